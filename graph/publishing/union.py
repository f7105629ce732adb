"""What all sources say together: looked up in the store that is served, and never stored."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import pyoxigraph as ox

from pledgegraph.graph.asserted import Term, background
from pledgegraph.graph.namespaces import DERIVED_GRAPH
from pledgegraph.graph.shacl import Change, Triples

DEFAULT = ox.DefaultGraph()
DERIVED = ox.NamedNode(DERIVED_GRAPH)

# An answer is read at once and remembered if the store has fewer quads than this for it.
_SHORT = 200
# When more properties of a node than this were asked for, all are read.
_SEVERAL = 2

Subject = ox.NamedNode | ox.BlankNode | ox.Triple
Pattern = tuple[Subject | None, ox.NamedNode | None, Term | None]


class Union:
    """The triples of all source graphs, each once, with those that every release says.

    Answers are remembered: the source graphs must not change after the first question.
    """

    def __init__(self, served: ox.Store) -> None:
        self._served = served
        self._known: dict[Pattern, list[ox.Quad] | None] = {}
        self._asked = Counter[Pattern]()

    def quads_for_pattern(
        self,
        subject: Subject | None,
        predicate: ox.NamedNode | None,
        value: Term | None,
        _graph: ox.DefaultGraph = DEFAULT,
        /,
    ) -> Iterator[ox.Quad]:
        """Iterate over the triples that match, as quads of the default graph."""
        if predicate is not None and (known := self._all((subject, None, value))) is not None:
            return (quad for quad in known if quad.predicate == predicate)
        pattern = (subject, predicate, value)
        known = self._short(pattern)
        return self._long(pattern) if known is None else iter(known)

    def _all(self, pattern: Pattern) -> list[ox.Quad] | None:
        """Return the answer for any property, once several were asked for, if it is short."""
        if pattern in self._known:
            return self._known[pattern]
        self._asked[pattern] += 1
        is_wanted = self._asked[pattern] > _SEVERAL and pattern != (None, None, None)
        return self._short(pattern) if is_wanted else None

    def _short(self, pattern: Pattern) -> list[ox.Quad] | None:
        """Return a short answer, or none where it is long."""
        if pattern not in self._known:
            quads = list(islice(self._served.quads_for_pattern(*pattern, None), _SHORT))
            said = dict.fromkeys(quad.triple for quad in quads if is_said(quad))
            self._known[pattern] = [as_quad(t) for t in said] if len(quads) < _SHORT else None
        return self._known[pattern]

    def _long(self, pattern: Pattern) -> Iterator[ox.Quad]:
        """Iterate over a long answer, without passing through the default graph first."""
        given = set(_given().quads_for_pattern(*pattern, DEFAULT))
        yield from given
        ends = (
            name if term is None else str(term)
            for name, term in zip(("?s", "?p", "?o"), pattern, strict=True)
        )
        named = f"GRAPH ?g {{ {' '.join(ends)} }} FILTER(?g != {DERIVED})"
        answer = self._served.query(f"SELECT DISTINCT ?s ?p ?o {{ {named} }}")
        assert isinstance(answer, ox.QuerySolutions)
        for row in answer:
            found = (known or term for known, term in zip(pattern, row, strict=True))
            quad = ox.Quad(*found)  # type: ignore[arg-type]
            if quad not in given:
                yield quad


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
        return as_quad(quad.triple) in _given()
    return quad.graph_name != DERIVED


def as_quad(triple: ox.Triple, graph: ox.NamedNode | ox.DefaultGraph = DEFAULT) -> ox.Quad:
    """Return a triple as a quad of a graph."""
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)


@functools.cache
def _given() -> ox.Store:
    """Return what every release says, literals as a store has them."""
    store = ox.Store()
    store.extend(map(as_quad, background()))
    return store
