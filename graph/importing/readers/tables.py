"""Read CSV files a row at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pledgegraph.graph import errors
from pledgegraph.graph.importing.ledger import Ledger
from pledgegraph.graph.importing.place import Place
from pledgegraph.graph.importing.readers.packed import opened

MAXIMUM_FIELD = 1 << 20  # characters


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what stands under each column, stripped, and the line on which it ends."""

    values: dict[str, str]
    line: int

    def __getitem__(self, column: str) -> str:
        return self.values[column]


def rows(path: Path, ledger: Ledger, kind: str, columns: Sequence[str]) -> Iterator[Row]:
    """Iterate over the rows of a CSV file in UTF-8, counted as read records of a kind.

    A row of another length, or with a NUL, is quarantined as ``ragged-row`` or
    ``control-character``. Raises ``DataSetError`` where the head lacks one of the columns, for
    another encoding, and for a quotation mark that is never closed.
    """
    csv.field_size_limit(MAXIMUM_FIELD)
    with opened(path, ledger) as file:
        reader = csv.reader(_decoded(file, path), strict=True)
        try:
            head = next(reader, [])
            _check_head(path, head, columns)
            for cells in reader:
                if cells:
                    yield from _row(path, ledger, kind, head, cells, reader.line_num)
        except csv.Error as error:
            place = f"{path}:{reader.line_num}"
            raise errors.DataSetError(
                f"{place} is no CSV ({error}): mend or cut the row"
            ) from error


def _row(
    path: Path, ledger: Ledger, kind: str, head: list[str], cells: list[str], line: int
) -> Iterator[Row]:
    ledger.read(kind)
    place = Place(path.name, f"line-{line}", "", line)
    if len(cells) != len(head):
        detail = f"{len(cells)} values under {len(head)} columns"
        ledger.quarantine(kind, place, "ragged-row", detail)
    elif any("\0" in cell for cell in cells):
        ledger.quarantine(kind, place, "control-character", "holds the character U+0000")
    else:
        yield Row({name: cell.strip() for name, cell in zip(head, cells, strict=True)}, line)


def _check_head(path: Path, head: list[str], columns: Sequence[str]) -> None:
    missing = [name for name in columns if name not in head]
    if missing:
        raise errors.DataSetError(
            f"{path}:1 has no column {', '.join(missing)}: is it another file?"
        )
    double = sorted({name for name in head if head.count(name) > 1})
    if double:
        raise errors.DataSetError(f"{path}:1 has the column {', '.join(double)} twice")


def _decoded(file: BinaryIO, path: Path) -> Iterator[str]:
    """Iterate over lines of text; a mark of the byte order is no text."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="strict", newline="")
    try:
        yield from text
    except UnicodeDecodeError as error:
        raise errors.DataSetError(
            f"{path} is not UTF-8 ({error.reason} at byte {error.start} of a block): convert it"
        ) from error
