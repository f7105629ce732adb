"""The store of a candidate: copied from the release before, and changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pyoxigraph as ox

from pledgegraph.graph.publishing import texts
from pledgegraph.graph.publishing.candidate import Candidate
from pledgegraph.graph.publishing.texts import Difference
from pledgegraph.graph.publishing.union import Union, as_quad, is_said
from pledgegraph.graph.release import Release
from pledgegraph.graph.shacl import Change


@dataclass(frozen=True)
class Stores:
    """The store that is served, open for writing, and the union that is looked up in it."""

    served: ox.Store
    union: Union

    def quads(self, subject: ox.NamedNode | ox.BlankNode, graph: object) -> Iterator[ox.Triple]:
        """Iterate over the triples that a graph that is served has of a subject."""
        for quad in self.served.quads_for_pattern(subject, None, None, graph):  # type: ignore[arg-type]
            yield quad.triple


@contextmanager
def copied(candidate: Candidate) -> Iterator[ox.Store]:
    """Open a copy of the store of the release before; flush it at the end.

    Nothing has it open for writing, so that its files are whole. RocksDB never writes again to
    its tables: they are hard-linked, and the few small files beside them copied.
    """
    assert candidate.before is not None
    link_store(candidate.before, candidate)
    with opened(candidate) as served:
        yield served


def link_store(before: Release, candidate: Candidate) -> None:
    """Copy the store of a release, its tables by hard links."""
    target = candidate.path / before.store_path.name
    target.mkdir()
    with os.scandir(before.store_path) as entries:
        for entry in entries:
            if entry.name.endswith(".sst"):
                os.link(entry.path, target / entry.name)
            elif entry.name != "LOCK":
                shutil.copyfile(entry.path, target / entry.name)


@contextmanager
def opened(candidate: Candidate) -> Iterator[ox.Store]:
    """Open the store of a candidate, a new one if there is none; flush it at the end."""
    served = ox.Store(str(candidate.path / "store"))
    yield served
    served.flush()


def apply(served: ox.Store, changed: Sequence[Difference]) -> Change:
    """Change the source graphs; return how their union changed, terms as they are stored."""
    gone, new = set[ox.Triple](), set[ox.Triple]()
    differences = [(ox.NamedNode(graph.graph), *_stored_difference(graph)) for graph in changed]
    for _, removed, added in differences:
        gone |= removed
        new |= added
    won = [triple for triple in new if not _has(served, triple)]
    for name, removed, added in differences:
        change_graph(served, name, added, removed)
    lost = [triple for triple in gone if not _has(served, triple)]
    return Change(tuple(won), tuple(lost))


def _has(served: ox.Store, triple: ox.Triple) -> bool:
    """Tell whether a triple is in the union."""
    found = served.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    return any(map(is_said, found))


def change_graph(
    store: ox.Store,
    graph: ox.NamedNode | ox.DefaultGraph,
    added: Iterable[ox.Triple],
    removed: Iterable[ox.Triple],
) -> None:
    """Remove triples from a graph of a store, then add others."""
    for triple in removed:
        store.remove(as_quad(triple, graph))
    store.extend(as_quad(triple, graph) for triple in added)


def stored(triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    """Return triples as a store gives them back: it rewrites some literals."""
    store = ox.Store()
    store.extend(map(as_quad, triples))
    return {quad.triple for quad in store}


def _stored_difference(graph: Difference) -> tuple[set[ox.Triple], set[ox.Triple]]:
    """Return what is removed and added, in the form of the store.

    What another line says in that form is not removed.
    """
    added, removed = graph.lines()
    subjects = {texts.subject_of(line) for line in removed}
    beside = graph.lines_about(subjects) if removed else ()
    gone = stored(texts.triples_of(removed)) - stored(texts.triples_of(beside))
    return gone, stored(texts.triples_of(added))
