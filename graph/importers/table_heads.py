"""Tell by its first line which table a file holds."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from pledgegraph.graph import errors
from pledgegraph.graph.importing import Ledger
from pledgegraph.graph.importing.readers.packed import opened

MAXIMUM_HEAD = 1 << 16  # bytes


def table_of(path: Path, kinds: Mapping[str, Sequence[str]]) -> str:
    """Return which of some kinds of table a file is, each known by columns that it must have.

    Raises ``DataSetError`` for a file that is none of them, or can't be opened.
    """
    with opened(path, Ledger(io.StringIO())) as file:
        line = file.readline(MAXIMUM_HEAD)
    head = next(csv.reader([line.decode("utf-8-sig", "replace")]), [])
    for name, columns in kinds.items():
        if set(columns) <= set(head):
            return name
    raise errors.DataSetError(f"{path} has not the columns of {', or '.join(kinds)}")
