"""The classes of a data graph and which are subclasses of which (section 1.1)."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from pledgegraph.graph.shacl.names import RDFS, Term
from pledgegraph.graph.shacl.source import Triples

SUBCLASS = ox.NamedNode(f"{RDFS}subClassOf")

# Pairs of a class and a wider one.
Links = frozenset[tuple[Term, Term]]


def subclass_links(data: Triples) -> Links:
    """Return what the data graph says of subclasses: it is little, however large the graph."""
    quads = data.quads_for_pattern(None, SUBCLASS, None, ox.DefaultGraph())
    return frozenset(
        (quad.subject, quad.object)
        for quad in quads
        if not isinstance(quad.subject, ox.Triple) and not isinstance(quad.object, ox.Triple)
    )


class Hierarchy:
    """Classes and their subclasses, direct ones and others."""

    def __init__(self, links: Iterable[tuple[Term, Term]]) -> None:
        self._narrower: dict[Term, list[Term]] = {}
        for narrow, wide in links:
            self._narrower.setdefault(wide, []).append(narrow)
        self._known: dict[Term, frozenset[Term]] = {}

    def subclasses(self, kind: Term) -> frozenset[Term]:
        """Return a class and all its subclasses."""
        if kind not in self._known:
            found, todo = set[Term](), [kind]
            while todo:
                wider = todo.pop()
                if wider not in found:
                    found.add(wider)
                    todo += self._narrower.get(wider, ())
            self._known[kind] = frozenset(found)
        return self._known[kind]
