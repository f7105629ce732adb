"""Read the files of ``unitedstates/congress-legislators`` and check the shape of their records.

A slice is the data set as it was on a day: an archive of YAML files, named after that day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from pledgegraph.graph import errors
from pledgegraph.graph.importing import Ledger
from pledgegraph.graph.importing.readers import yaml_text
from pledgegraph.graph.importing.readers.packed import tar_members

LEGISLATORS = "legislators-current.yaml"
COMMITTEES = "committees-current.yaml"
MEMBERSHIPS = "committee-membership-current.yaml"
EXECUTIVES = "executive.yaml"
_NEEDED = (LEGISLATORS, COMMITTEES, MEMBERSHIPS)
_DAY = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")

# Plain YAML: a dict, a list, a text, or none.
Raw: TypeAlias = Any


class UnsoundRecordError(ValueError):
    """A record is not what it should be; ``rule`` names the rule of quarantine."""

    def __init__(self, rule: str, detail: str) -> None:
        super().__init__(detail)
        self.rule = rule


@dataclass(frozen=True)
class Slice:
    """What the files of one slice hold, as it is read."""

    legislators: Sequence[Raw]
    committees: Sequence[Raw]
    memberships: Mapping[str, Raw]
    executives: Sequence[Raw]


def day_of(path: Path) -> str | None:
    """Return the day that the name of a file gives, ``YYYY-MM-DD``."""
    found = _DAY.search(path.name)
    return found[1] if found else None


def is_slice(path: Path) -> bool:
    """Tell whether a file is an archive, by its name."""
    return ".tar" in path.suffixes


def read_slice(path: Path, ledger: Ledger) -> Slice:
    """Read a slice; raise ``DataSetError`` where a file is missing, cut short or no plain YAML."""
    documents: dict[str, Raw] = {}
    for name, data in tar_members(path, ledger):
        base = name.rpartition("/")[2]
        if base in (*_NEEDED, EXECUTIVES):
            if not data.endswith(b"\n"):
                raise errors.DataSetError(f"{path}: {base} ends within a line: get it again")
            try:
                documents[base] = yaml_text.document(data)
            except yaml_text.UnsoundYamlError as error:
                raise errors.DataSetError(f"{path}: {base} {error}") from error
    for name in _NEEDED:
        kind: type = dict if name == MEMBERSHIPS else list
        if not isinstance(documents.get(name), kind):
            raise errors.DataSetError(f"{path} holds no {kind.__name__} in {name}")
    return Slice(
        legislators=documents[LEGISLATORS],
        committees=documents[COMMITTEES],
        memberships=documents[MEMBERSHIPS],
        executives=documents.get(EXECUTIVES) or [],
    )


def text(raw: Raw, key: str) -> str:
    """Return the text under a key, stripped; empty where there is none."""
    value = raw.get(key) if isinstance(raw, Mapping) else None
    return value.strip() if isinstance(value, str) else ""


def entries(raw: Raw, key: str) -> list[Raw]:
    """Return the list under a key; empty where there is none."""
    value = raw.get(key) if isinstance(raw, Mapping) else None
    return value if isinstance(value, list) else []


def mapping(raw: Raw, key: str) -> Mapping[str, Raw]:
    """Return the mapping under a key; empty where there is none."""
    value = raw.get(key) if isinstance(raw, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def bioguide_of(raw: Raw) -> str:
    """Return the Bioguide id of a legislator or member; raise ``UnsoundRecordError`` for none."""
    found = text(raw.get("id") if isinstance(raw, Mapping) and "id" in raw else raw, "bioguide")
    if not re.fullmatch(r"[A-Z][0-9]{6}", found):
        raise UnsoundRecordError("bioguide-form", f"'{found}' is no Bioguide id")
    return found
