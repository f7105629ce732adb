"""Read files with one JSON object a line, and JSON documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from pledgegraph.graph.importing.ledger import Ledger
from pledgegraph.graph.importing.place import Place
from pledgegraph.graph.importing.readers.packed import opened

MAXIMUM_LINE = 64 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Line:
    """One object and its line."""

    value: dict[str, Any]
    number: int


class _UnsoundError(ValueError):
    pass


def json_lines(path: Path, ledger: Ledger, kind: str) -> Iterator[Line]:
    """Iterate over the objects of a file, counted as read records of a kind.

    A line that is no sound object (a key twice, NaN, nesting over a bound) is quarantined as
    ``bad-json``, a longer one than is read as ``line-too-long``. Raises ``DataSetError`` for a
    file that is cut short.
    """
    with opened(path, ledger) as file:
        number = 0
        while data := file.readline(MAXIMUM_LINE + 1):
            number += 1
            place = Place(path.name, f"line-{number}", "", number)
            if not data.strip():
                continue
            ledger.read(kind)
            if len(data) > MAXIMUM_LINE:
                while not data.endswith(b"\n") and (data := file.readline(MAXIMUM_LINE)):
                    pass
                ledger.quarantine(kind, place, "line-too-long", f"over {MAXIMUM_LINE} bytes")
                continue
            try:
                value = parsed(data)
            except (ValueError, RecursionError) as error:
                ledger.quarantine(kind, place, "bad-json", str(error))
                continue
            yield Line(value, number)


def parsed(data: bytes) -> dict[str, Any]:
    """Parse one JSON object in UTF-8; raises ``ValueError`` for what is none, or not sound."""
    value = json.loads(
        data.decode("utf-8-sig"), object_pairs_hook=_unique, parse_constant=_refuse_constant
    )
    if not isinstance(value, dict):
        raise _UnsoundError("is no object")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _UnsoundError(f"has the key '{twice[:100]}' twice")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise _UnsoundError(f"{name} is no number")
