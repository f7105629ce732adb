"""Which companies have the name that is shown first from somewhere else."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pledgegraph.graph.importing import Ledger
from pledgegraph.graph.importing.place import Value
from pledgegraph.graph.importing.readers.tables import rows

CIKS: Mapping[str, str] = {"sec-securities": "cik", "sp-500": "CIK"}


@dataclass(frozen=True)
class Named:
    """What a list is, and the CIKs whose companies other sources name."""

    kind: str
    ciks: frozenset[str] = frozenset()

    def company(self, cik: str, name: str) -> dict[str, Value]:
        """Return the form of a company with its name: the first one, or one that it has too."""
        key = "also-called" if cik in self.ciks else "label"
        return {"id": f"cik-{cik}", key: name, "cik": cik}


def ciks_in(path: Path, kind: str) -> Iterator[str]:
    """Iterate over the CIKs of a list, with ten digits each."""
    column = CIKS[kind]
    for row in rows(path, Ledger(io.StringIO()), "row", [column]):
        yield row[column].zfill(10)
