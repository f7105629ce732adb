"""What all sources say together: looked up in the store that is served, and never stored."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

import pyoxigraph as ox

from pledgegraph.graph.asserted import Term, background
from pledgegraph.graph.namespaces import DERIVED_GRAPH
from pledgegraph.graph.shacl import Change, Triples

DEFAULT = ox.DefaultGraph()
DERIVED = ox.NamedNode(DERIVED_GRAPH)

# The answer to a look-up is remembered if it is shorter.
_SHORT = 100

Subject = ox.NamedNode | ox.BlankNode | ox.Triple
Pattern = tuple[Subject | None, ox.NamedNode | None, Term | None]


class Union:
    """The triples of all source graphs, each once, with those that every release says.

    Answers are remembered: the source graphs must not change after the first question.
    """

    def __init__(self, served: ox.Store) -> None:
        self._served = served
        self._known: dict[Pattern, list[ox.Quad]] = {}

    def quads_for_pattern(
        self,
        subject: Subject | None,
        predicate: ox.NamedNode | None,
        value: Term | None,
        _graph: ox.DefaultGraph = DEFAULT,
        /,
    ) -> Iterator[ox.Quad]:
        """Iterate over the triples that match, as quads of the default graph."""
        pattern = (subject, predicate, value)
        if pattern not in self._known:
            found = self._look_up(pattern)
            first = list(islice(found, _SHORT))
            if len(first) == _SHORT:
                return chain(first, found)
            self._known[pattern] = first
        return iter(self._known[pattern])

    def _look_up(self, pattern: Pattern) -> Iterator[ox.Quad]:
        seen = set[ox.Quad]()
        for quad in self._served.quads_for_pattern(*pattern, None):
            plain = as_quad(quad.triple)
            if plain not in seen and is_said(quad):
                seen.add(plain)
                yield plain


class Changed:
    """A graph as it would be after a change, which is not made."""

    def __init__(self, triples: Triples, change: Change) -> None:
        self._triples, self._added = triples, tuple(map(as_quad, change.added))
        self._removed = frozenset(map(as_quad, change.removed))

    def quads_for_pattern(
        self,
        subject: Subject | None,
        predicate: ox.NamedNode | None,
        value: Term | None,
        graph: ox.DefaultGraph = DEFAULT,
        /,
    ) -> Iterator[ox.Quad]:
        """Iterate over the triples that match, as quads of the default graph."""
        for quad in self._triples.quads_for_pattern(subject, predicate, value, graph):
            if quad not in self._removed:
                yield quad
        for quad in self._added:
            if (
                subject in (None, quad.subject)
                and predicate in (None, quad.predicate)
                and value in (None, quad.object)
            ):
                yield quad


def is_said(quad: ox.Quad) -> bool:
    """Tell whether a quad of the store is in a source graph, or said by every release."""
    if quad.graph_name == DEFAULT:
        return quad.triple in background()
    return quad.graph_name != DERIVED


def as_quad(triple: ox.Triple, graph: ox.NamedNode | ox.DefaultGraph = DEFAULT) -> ox.Quad:
    """Return a triple as a quad of a graph."""
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)
