"""The shapes that a node is a target of, told from the types and properties of the node."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pyoxigraph as ox

from pledgegraph.graph.shacl.incremental.chains import Step
from pledgegraph.graph.shacl.incremental.surroundings import Surroundings
from pledgegraph.graph.shacl.names import TYPE, Node, Term
from pledgegraph.graph.shacl.shape import Shape

_TYPES = Step(frozenset({TYPE}))
_DIRECTIONS = (("targetSubjectsOf", False), ("targetObjectsOf", True))

Subclasses = Callable[[Term], frozenset[Term]]


class Targets:
    """Targeted shapes by what makes a node their target."""

    def __init__(self, shapes: Iterable[Shape], subclasses: Subclasses) -> None:
        self.subclasses = subclasses
        self._by_type: dict[Term, set[Node]] = {}
        self._by_node: dict[Term, set[Node]] = {}
        self._by_property: dict[bool, dict[ox.NamedNode, set[Node]]] = {False: {}, True: {}}
        for shape in shapes:
            for kind in shape.target_classes:
                for narrower in subclasses(kind):
                    self._by_type.setdefault(narrower, set()).add(shape.node)
            for node in shape.values("targetNode"):
                self._by_node.setdefault(node, set()).add(shape.node)
            for name, inverse in _DIRECTIONS:
                for predicate in shape.values(name):
                    if isinstance(predicate, ox.NamedNode):
                        found = self._by_property[inverse].setdefault(predicate, set())
                        found.add(shape.node)
        self._with_property = {
            inverse: frozenset(node for nodes in found.values() for node in nodes)
            for inverse, found in self._by_property.items()
        }

    def of(
        self, node: Term, around: Surroundings, among: frozenset[Node], *, before: bool
    ) -> set[Node]:
        """Return those of some shapes that target a node after a change or, if asked, before it."""
        found = set(self._by_node.get(node, ()))
        kinds = around.neighbours(node, _TYPES) if before else around.present(node, _TYPES)
        for kind in kinds:
            found |= self._by_type.get(kind, frozenset())
        for inverse, by_property in self._by_property.items():
            if not self._with_property[inverse].isdisjoint(among - found):
                has = around.properties(node, by_property.keys(), inverse=inverse, before=before)
                found.update(*(by_property[predicate] for predicate in has))
        return found & among
