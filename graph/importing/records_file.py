"""Write the sheets of a data set as one record file, as ``data/`` has them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from pledgegraph.graph.importing.data_set import Sheet
from pledgegraph.graph.records.forms import SECTIONS

_DUMPER = yaml.CSafeDumper if yaml.__with_libyaml__ else yaml.SafeDumper


def write_records(
    path: Path, source: Mapping[str, str], sheets: Iterable[Sheet], without: Collection[str] = ()
) -> None:
    """Write a record file that says the same as the sheets do when they are imported.

    The sections in ``without`` are left out.
    """
    sections: dict[str, list[Any]] = {}
    for sheet in sheets:
        for name, forms in sheet.items():
            sections.setdefault(name, []).extend(_plain(form) for form in forms)
    ordered = {
        name: sections[name] for name in SECTIONS if sections.get(name) and name not in without
    }
    text = yaml.dump(
        {"source": dict(source), **ordered},
        Dumper=_DUMPER,
        sort_keys=False,
        allow_unicode=True,
        width=120,
    )
    path.write_text(text, encoding="utf-8")


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items() if one not in (None, "", [], ())}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
