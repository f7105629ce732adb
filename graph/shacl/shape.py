"""Shapes as they stand in the shapes graph: what they target and what they declare (section 2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from pledgegraph.graph.shacl.graph import Graph
from pledgegraph.graph.shacl.names import TRUE, TYPE, Node, ShapesError, Term, sh
from pledgegraph.graph.shacl.paths import Path, read_path

TARGETS = tuple(map(sh, ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")))
_LISTS = tuple(map(sh, ("and", "or", "xone")))
_SINGLE = tuple(map(sh, ("node", "property", "not", "qualifiedValueShape")))


@dataclass(frozen=True)
class Shape:
    """A node shape or, with a path, a property shape."""

    graph: Graph
    node: Node

    @property
    def path(self) -> Path | None:
        """Return the path of a property shape."""
        node = self.graph.value(self.node, sh("path"))
        return None if node is None else read_path(self.graph, node)

    @property
    def deactivated(self) -> bool:
        """Tell whether all nodes conform to it (section 2.1.6)."""
        return TRUE in self.values("deactivated")

    @property
    def severity(self) -> ox.NamedNode:
        """Return the severity of its results (section 2.1.4)."""
        found = self.graph.value(self.node, sh("severity"))
        return found if isinstance(found, ox.NamedNode) else sh("Violation")

    @property
    def messages(self) -> tuple[ox.Literal, ...]:
        """Return the messages of its results (section 2.1.5)."""
        return tuple(text for text in self.values("message") if isinstance(text, ox.Literal))

    def values(self, name: str) -> list[Term]:
        """Return the values of a parameter, in a stable order."""
        return self.graph.objects(self.node, sh(name))

    def value(self, name: str) -> Term | None:
        """Return the value of a parameter that may have but one."""
        found = self.values(name)
        if len(found) > 1:
            raise ShapesError(f"{self.node} has more than one sh:{name}")
        return found[0] if found else None

    def members(self, name: str) -> Iterator[list[Term]]:
        """Iterate over the lists that are values of a parameter."""
        return (list(self.graph.items(head)) for head in self.values(name))

    def shape(self, node: Term) -> Shape:
        """Return another shape of the same shapes graph."""
        if isinstance(node, ox.Literal):
            raise ShapesError(f"{node} is not a shape")
        return Shape(self.graph, node)

    def shapes(self, name: str) -> list[Shape]:
        """Return the shapes that are values of a parameter."""
        return [self.shape(node) for node in self.values(name)]

    def parts(self) -> Iterator[Shape]:
        """Iterate over the shapes that this one refers to."""
        for name in _SINGLE:
            yield from map(self.shape, self.graph.objects(self.node, name))
        for name in _LISTS:
            for head in self.graph.objects(self.node, name):
                yield from map(self.shape, self.graph.items(head))

    @property
    def is_recursive(self) -> bool:
        """Tell whether it refers to itself, or to one that does (section 3.4.3)."""
        return _reaches_a_circle(self, ())

    @property
    def has_target(self) -> bool:
        """Tell whether it selects focus nodes."""
        given = any(self.graph.objects(self.node, name) for name in TARGETS)
        return given or self._is_implicit_class

    @property
    def _is_implicit_class(self) -> bool:
        kinds = {sh("NodeShape"), sh("PropertyShape")} & self.graph.classes(self.node)
        return bool(kinds) and self.graph.is_class(self.node)

    @property
    def target_classes(self) -> list[Term]:
        """Return the classes of which the instances are targets."""
        own: list[Term] = [self.node] if self._is_implicit_class else []
        return self.values("targetClass") + own


def _reaches_a_circle(shape: Shape, above: tuple[Node, ...]) -> bool:
    if shape.node in above:
        return True
    return any(_reaches_a_circle(part, (*above, shape.node)) for part in shape.parts())


def targeted_shapes(graph: Graph) -> list[Shape]:
    """Return the shapes that have a target, in a stable order."""
    nodes = {node for target in TARGETS for node in graph.having(target)}
    nodes |= {node for node in graph.having(TYPE) if graph.is_class(node)}
    found = (Shape(graph, node) for node in sorted(nodes, key=str))
    return [shape for shape in found if shape.has_target]


def siblings(shape: Shape) -> list[Shape]:
    """Return the sibling shapes of a qualified value shape (section 4.7.3)."""
    own, graph = set(shape.shapes("qualifiedValueShape")), shape.graph
    parents = [
        node
        for node, found in graph.subjects.items()
        if shape.node in found.get(sh("property").value, [])
    ]
    inner = {
        wanted: None
        for parent in parents
        for part in shape.shape(parent).shapes("property")
        for wanted in part.shapes("qualifiedValueShape")
    }
    return [wanted for wanted in inner if wanted not in own]
