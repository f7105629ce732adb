"""Canonical text of source graphs: sorted N-Quads, each line once. Text is the truth.

A store rewrites some literals ("1.50" becomes "1.5"), so what a source says is kept as it was
written, one file for each source graph, and the stores are made from these files.
"""

from __future__ import annotations

import io
import os
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

_CHUNK = 1 << 22


@dataclass(frozen=True)
class Difference:
    """How the text of one source graph changed: its files, and how many lines came and went.

    ``old`` is absent for a new graph and ``new`` for one that was removed.
    """

    graph: str
    old: Path | None
    new: Path | None
    added: int
    removed: int

    def lines(self) -> tuple[list[bytes], list[bytes]]:
        """Return the lines that came and those that went."""
        came, went = list[bytes](), list[bytes]()
        for line, is_new in differing(self.old, self.new):
            (came if is_new else went).append(line)
        return came, went

    def lines_about(self, subjects: Container[bytes]) -> Iterator[bytes]:
        """Iterate over the lines that are there now about some subjects."""
        for line in _lines_in(self.new):
            if subject_of(line) in subjects:
                yield line


def differing(old: Path | None, new: Path | None) -> Iterator[tuple[bytes, bool]]:
    """Iterate over the lines that only one of two texts has, and whether it is the new one.

    Both are sorted, so that they are compared while they are read.
    """
    olds, news = _lines_in(old), _lines_in(new)
    before, now = next(olds, None), next(news, None)
    while before is not None or now is not None:
        if before == now:
            before, now = next(olds, None), next(news, None)
        elif now is None or (before is not None and before < now):
            assert before is not None
            yield before, False
            before = next(olds, None)
        else:
            yield now, True
            now = next(news, None)


def _lines_in(path: Path | None) -> Iterator[bytes]:
    if path is not None:
        with path.open("rb") as file:
            yield from file


def canonical(triples: Iterable[ox.Triple]) -> bytes:
    """Write triples as canonical N-Triples: one a line, sorted, each once."""
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert text is not None
    return b"".join(sorted(lines_of(text)))


def graph_text(graph: str, triples: Iterable[ox.Triple]) -> bytes:
    """Write the canonical N-Quads of a graph."""
    return in_graph(graph, canonical(triples))


def in_graph(graph: str, text: bytes) -> bytes:
    """Make canonical N-Quads of canonical N-Triples.

    No literal holds an end of line as such, so that each full stop before one ends a triple.
    """
    return text.replace(b" .\n", f" {ox.NamedNode(graph)} .\n".encode())


def lines_of(data: bytes) -> frozenset[bytes]:
    """Return the lines of a text, each with its end."""
    return frozenset(data.splitlines(keepends=True))


def triples_of(lines: Iterable[bytes]) -> list[ox.Triple]:
    """Read lines back, literals as written."""
    quads = ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS)
    return [quad.triple for quad in quads]


def subject_of(line: bytes) -> bytes:
    """Return the subject of a line, as it is written there."""
    return line.split(b" ", 1)[0]


def blocks(path: Path) -> Iterator[bytes]:
    """Iterate over blocks of whole lines of a text."""
    with path.open("rb") as file:
        rest = b""
        while block := file.read(_CHUNK):
            whole, newline, rest = (rest + block).rpartition(b"\n")
            yield whole + newline


def triple_lines(path: Path, graph: str) -> Iterator[bytes]:
    """Iterate over blocks of whole lines of a source graph, without its name: N-Triples."""
    end = f" <{graph}> .\n".encode()
    return (block.replace(end, b" .\n") for block in blocks(path))


class Blocks(io.RawIOBase):
    """Blocks of bytes as a file, so that a store can read what is made on the way."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = iter(blocks)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: object, /) -> int:
        """Fill a buffer with what comes next."""
        target = memoryview(buffer)  # type: ignore[arg-type]
        while not self._rest:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._rest = memoryview(block)
        count = min(len(target), len(self._rest))
        target[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def write(path: Path, data: bytes) -> None:
    """Write a file so that it is on the disk when this returns; never into an existing one."""
    path.unlink(missing_ok=True)  # it may be a hard link into an older release
    with path.open("xb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def sync(path: Path) -> None:
    """Put a file, or the names in a folder, on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
