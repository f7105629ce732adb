"""Sort more lines than fit into memory: canonical N-Quads from triples in any order."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from pledgegraph.graph.publishing import texts

LINES_IN_MEMORY = 400_000  # some 150 bytes each, and the objects that hold them
_WRITTEN_AT_ONCE = 20_000


class SortedText:
    """Collects triples of one source graph, and writes them sorted, each once."""

    def __init__(self, graph: str, folder: Path) -> None:
        self._graph = graph
        self._folder = Path(tempfile.mkdtemp(prefix="sorting-", dir=folder))
        self._triples: list[ox.Triple] = []
        self._lines: set[bytes] = set()
        self._runs: list[Path] = []

    def add(self, triples: Iterable[ox.Triple]) -> None:
        """Add triples."""
        self._triples.extend(triples)
        if len(self._triples) >= _WRITTEN_AT_ONCE:
            self._write()

    def save(self, path: Path) -> int:
        """Write the text to a file, and return how many lines it has."""
        self._write()
        count = 0
        with ExitStack() as stack, path.open("wb") as file:
            runs = [stack.enter_context(run.open("rb")) for run in self._runs]
            merged = heapq.merge(*runs, sorted(self._lines))
            for line in _once(merged):
                file.write(line)
                count += 1
        self.close()
        return count

    def close(self) -> None:
        """Remove what is kept on disk meanwhile."""
        for run in self._runs:
            run.unlink()
        self._runs.clear()
        if self._folder.is_dir():
            self._folder.rmdir()

    def _write(self) -> None:
        text = ox.serialize(self._triples, format=ox.RdfFormat.N_TRIPLES)
        assert text is not None
        self._lines.update(texts.lines_of(texts.in_graph(self._graph, text)))
        self._triples.clear()
        if len(self._lines) >= LINES_IN_MEMORY:
            run = self._folder / str(len(self._runs))
            run.write_bytes(b"".join(sorted(self._lines)))
            self._runs.append(run)
            self._lines.clear()


def _once(lines: Iterable[bytes]) -> Iterator[bytes]:
    return (line for line, _ in groupby(lines))
