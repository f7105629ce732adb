"""A small graph in memory: how the shapes are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from pledgegraph.graph.shacl.names import OWL, RDF, RDFS, TYPE, Node, ShapesError, Term

_FIRST, _REST = ox.NamedNode(f"{RDF}first"), ox.NamedNode(f"{RDF}rest")
_NIL = ox.NamedNode(f"{RDF}nil")
_SUBCLASS = ox.NamedNode(f"{RDFS}subClassOf")
_CLASSES = (ox.NamedNode(f"{RDFS}Class"), ox.NamedNode(f"{OWL}Class"))


class Graph:
    """Triples by subject and property, in the order in which they were given."""

    def __init__(self, triples: Iterable[ox.Quad | ox.Triple]) -> None:
        self.subjects: dict[Node, dict[str, list[Term]]] = {}
        self._having: dict[str, dict[Node, None]] = {}
        for triple in triples:
            subject, value = triple.subject, triple.object
            if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
                continue  # RDF 1.2 has triple terms, SHACL 1.0 knows none
            found = self.subjects.setdefault(subject, {}).setdefault(triple.predicate.value, [])
            found.append(value)
            self._having.setdefault(triple.predicate.value, {})[subject] = None

    def objects(self, subject: Term, predicate: ox.NamedNode) -> list[Term]:
        """Return the values of a property, in a stable order."""
        if isinstance(subject, ox.Literal):
            return []
        return sorted(self.subjects.get(subject, {}).get(predicate.value, []), key=str)

    def value(self, subject: Term, predicate: ox.NamedNode) -> Term | None:
        """Return the value of a property, or nothing."""
        return next(iter(self.objects(subject, predicate)), None)

    def having(self, predicate: ox.NamedNode) -> Iterator[Node]:
        """Iterate over the nodes that have a property."""
        return iter(self._having.get(predicate.value, ()))

    def items(self, head: Term) -> Iterator[Term]:
        """Iterate over the members of an RDF list."""
        seen = set()
        while head != _NIL:
            first, rest = self.value(head, _FIRST), self.value(head, _REST)
            if first is None or rest is None or head in seen:
                raise ShapesError(f"{head} is not a well-formed list")
            seen.add(head)
            yield first
            head = rest

    def is_list(self, node: Term) -> bool:
        """Tell whether a node is an RDF list."""
        return node == _NIL or self.value(node, _FIRST) is not None

    def classes(self, node: Term) -> set[Term]:
        """Return the SHACL types of a node: its types and all that they are subclasses of."""
        found, todo = set[Term](), list(self.objects(node, TYPE))
        while todo:
            kind = todo.pop()
            if kind not in found:
                found.add(kind)
                todo.extend(self.objects(kind, _SUBCLASS))
        return found

    def is_class(self, node: Term) -> bool:
        """Tell whether a node is a class by its types (an implicit target, section 2.1.3.3)."""
        return not self.classes(node).isdisjoint(_CLASSES)


def default_graph(store: ox.Store) -> Iterator[ox.Quad]:
    """Iterate over the triples of the default graph: it is the data graph or shapes graph."""
    return store.quads_for_pattern(None, None, None, ox.DefaultGraph())
