"""Read brands of the name suggestion index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pledgegraph.graph.importing import Counted, DataSet, Ledger, Place, Sheet
from pledgegraph.graph.importing.place import Value
from pledgegraph.graph.importing.readers.json_lines import json_lines

OTHER_NAMES = ("brand", "name", "official_name", "short_name", "alt_name", "brand:en", "name:en")


def read_brands(data_set: DataSet, ledger: Ledger) -> Iterator[Sheet]:
    """Iterate over the entries: a brand in each sheet, named where its QID is first met."""
    names: dict[str, str] = {}
    for line in json_lines(data_set.path, ledger, "brand"):
        entry = line.value
        slug, name, tags = entry.get("id"), entry.get("displayName"), entry.get("tags")
        place = Place(data_set.path.name, str(slug or f"line-{line.number}"), "", line.number)
        if "templateSource" in entry:
            ledger.skip("brand", place, "template-for-other-entries")
        elif not (_is_id(slug) and _is_name(name) and isinstance(tags, dict)):
            ledger.quarantine("brand", place, "no-id-or-name", f"{slug} {name}")
        elif not ledger.first(str(slug)):
            ledger.quarantine("brand", place, "id-twice", str(slug))
        else:
            yield {"products": [_brand(str(slug), str(name), tags, place, ledger, names)]}


def _brand(
    slug: str,
    name: str,
    tags: dict[str, Any],
    place: Place,
    ledger: Ledger,
    names: dict[str, str],
) -> Counted:
    qid = tags.get("brand:wikidata")
    qid = qid if isinstance(qid, str) and re.fullmatch(r"Q[1-9][0-9]*", qid) else None
    thing = f"brand-{qid}" if qid else f"nsi-{slug}"
    first = names.setdefault(thing, name)
    also = {name, *(str(tags[key]) for key in OTHER_NAMES if tags.get(key))} - {first}
    form: dict[str, Value] = {
        "id": thing,
        "label": name if ledger.first(thing) else None,
        "also-called": sorted(also),
        "wikidata": qid,
    }
    return ledger.record("brand", place, form)


def _is_id(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value))


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
