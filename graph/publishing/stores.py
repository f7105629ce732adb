"""The two stores of a release: what the sources say together, and what is served."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from pledgegraph.graph.asserted import background
from pledgegraph.graph.namespaces import DERIVED_GRAPH
from pledgegraph.graph.publishing import texts
from pledgegraph.graph.publishing.candidate import Candidate
from pledgegraph.graph.publishing.texts import Difference
from pledgegraph.graph.shacl import Change

DEFAULT = ox.DefaultGraph()
DERIVED = ox.NamedNode(DERIVED_GRAPH)


@dataclass(frozen=True)
class Stores:
    """The stores of a candidate, open for writing."""

    union: ox.Store
    served: ox.Store

    def quads(self, subject: ox.NamedNode | ox.BlankNode, graph: object) -> Iterator[ox.Triple]:
        """Iterate over the triples that a graph that is served has of a subject."""
        for quad in self.served.quads_for_pattern(subject, None, None, graph):  # type: ignore[arg-type]
            yield quad.triple

    def apply(self, changed: Sequence[Difference]) -> Change:
        """Change the source graphs; return how their union changed, terms as they are stored."""
        gone, new = set[ox.Triple](), set[ox.Triple]()
        for graph in changed:
            name = ox.NamedNode(graph.graph)
            removed, added = _stored_difference(graph)
            for triple in removed:
                self.served.remove(_quad(triple, name))
            self.served.extend(_quad(triple, name) for triple in added)
            gone |= removed
            new |= added
        lost = [t for t in gone if t not in background() and not self._is_said(t)]
        won = [t for t in new if _quad(t, DEFAULT) not in self.union]
        self.change_union(won, lost)
        return Change(tuple(won), tuple(lost))

    def change_union(self, added: Iterable[ox.Triple], removed: Iterable[ox.Triple]) -> None:
        """Change what the sources say together."""
        change_graph(self.union, DEFAULT, added, removed)

    def _is_said(self, triple: ox.Triple) -> bool:
        """Tell whether some source graph has a triple."""
        found = self.served.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        return any(quad.graph_name not in (DEFAULT, DERIVED) for quad in found)


@contextmanager
def copied(candidate: Candidate) -> Iterator[Stores]:
    """Open hard-linked copies of the stores of the release before; flush them at the end."""
    before = candidate.before
    assert before is not None
    for path in (before.union_path, before.store_path):
        ox.Store.read_only(str(path)).backup(str(candidate.path / path.name))
    with opened(candidate.path) as stores:
        yield stores


@contextmanager
def opened(path: Path) -> Iterator[Stores]:
    """Open the stores of a candidate, new ones if there are none; flush them at the end."""
    stores = Stores(ox.Store(str(path / "union")), ox.Store(str(path / "store")))
    yield stores
    stores.union.flush()
    stores.served.flush()


def change_graph(
    store: ox.Store,
    graph: ox.NamedNode | ox.DefaultGraph,
    added: Iterable[ox.Triple],
    removed: Iterable[ox.Triple],
) -> None:
    """Remove triples from a graph of a store, then add others."""
    for triple in removed:
        store.remove(_quad(triple, graph))
    store.extend(_quad(triple, graph) for triple in added)


def stored(triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    """Return triples as a store gives them back: it rewrites some literals."""
    store = ox.Store()
    store.extend(_quad(triple, DEFAULT) for triple in triples)
    return {quad.triple for quad in store}


def _stored_difference(graph: Difference) -> tuple[set[ox.Triple], set[ox.Triple]]:
    """Return what is removed and added, in the form of the store.

    What another line says in that form is not removed.
    """
    added, removed, now = graph.lines()
    subjects = {texts.subject_of(line) for line in removed}
    beside = [line for line in now if texts.subject_of(line) in subjects] if removed else []
    gone = stored(texts.triples_of(removed)) - stored(texts.triples_of(beside))
    return gone, stored(texts.triples_of(added))


def _quad(triple: ox.Triple, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)
