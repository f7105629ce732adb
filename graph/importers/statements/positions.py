"""Read the recorded positions of members of Congress on the net neutrality resolution."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pledgegraph.graph import errors
from pledgegraph.graph.importing import Counted, DataSet, Ledger, Place, Sheet
from pledgegraph.graph.importing.place import Value
from pledgegraph.graph.importing.readers.json_lines import parsed
from pledgegraph.graph.importing.readers.packed import opened

MAXIMUM_BYTES = 16 << 20
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_positions(data_set: DataSet, ledger: Ledger) -> Iterator[Sheet]:
    """Iterate over the members; raises ``DataSetError`` for a file that is no list in JSON."""
    file = data_set.path.name
    for number, member in enumerate(_members(data_set, ledger), 1):
        ledger.read("position")
        found = member if isinstance(member, dict) else {}
        code, answer = found.get("biocode"), found.get("yesOnCRA")
        place = Place(file, code if isinstance(code, str) and code else f"item-{number}")
        if not (isinstance(code, str) and re.fullmatch(r"[A-Z][0-9]{6}", code)):
            ledger.quarantine("position", place, "no-bioguide-identifier", str(code))
        elif not ledger.first(code):
            ledger.quarantine("position", place, "identifier-twice", code)
        elif not isinstance(answer, bool):
            ledger.quarantine("position", place, "no-answer", f"yesOnCRA {answer}")
        else:
            yield {"positions": [_position(code, answer, place, ledger)]}


def _members(data_set: DataSet, ledger: Ledger) -> list[Any]:
    """Return the members: the file is one list, and small."""
    with opened(data_set.path, ledger) as file:
        data = file.read(MAXIMUM_BYTES + 1)
    if len(data) > MAXIMUM_BYTES:
        raise errors.DataSetError(f"{data_set.path} has over {MAXIMUM_BYTES} bytes: not this list")
    try:
        members = parsed(b'{"members":' + data.removeprefix(BYTE_ORDER_MARK) + b"}")["members"]
    except (ValueError, RecursionError) as error:
        raise errors.DataSetError(f"{data_set.path} is no sound JSON: {error}") from error
    if not isinstance(members, list):
        raise errors.DataSetError(f"{data_set.path} holds no list of members")
    return members


def _position(code: str, answer: bool, place: Place, ledger: Ledger) -> Counted:
    form: dict[str, Value] = {
        "id": f"net-neutrality-resolution-{code}",
        "holder": f"person/bioguide-{code}",
        "stance": "support" if answer else "not-stated",
        "on": "net-neutrality-resolution",
        "note": None if answer else "The list has no yes of this member; it does not say why.",
    }
    return ledger.record("position", place.at("yesOnCRA"), form)
