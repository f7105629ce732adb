"""From a shape to its constraints, nested shapes as conditions within them (sections 4.6, 4.7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from pledgegraph.graph.shacl.components import component_constraints
from pledgegraph.graph.shacl.constraint import Constraint, each_value
from pledgegraph.graph.shacl.context import Context
from pledgegraph.graph.shacl.names import TRUE, Node
from pledgegraph.graph.shacl.sets import at_least, at_most, number, set_constraints
from pledgegraph.graph.shacl.shape import Shape, siblings
from pledgegraph.graph.shacl.sparql import sparql_constraints
from pledgegraph.graph.shacl.values import value_constraints


class Compiler:
    """Compiles each shape once for a data graph."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._compiled: dict[Node, list[Constraint]] = {}

    def constraints(self, shape: Shape) -> list[Constraint]:
        """Return the constraints of a shape; sh:property is not among them."""
        found = self._compiled.get(shape.node)
        if found is None:
            found = list(self._compile(shape))
            self._compiled[shape.node] = found
        return found

    def _compile(self, shape: Shape) -> Iterator[Constraint]:
        yield from value_constraints(self._context, shape)
        yield from set_constraints(self._context, shape)
        yield from self._logical(shape)
        yield from self._qualified(shape)
        yield from sparql_constraints(self._context, shape)
        yield from component_constraints(self._context, shape)

    def violated(self, shape: Shape, node: str) -> str:
        """Return an expression that holds when a node does not conform to a shape."""
        if shape.deactivated:
            return "false"
        parts = [constraint.violated(node) for constraint in self.constraints(shape)]
        parts += [self.within(shape, inner).violated(node) for inner in shape.shapes("property")]
        return f"({' || '.join(parts)})" if parts else "false"

    def within(self, shape: Shape, inner: Shape) -> Constraint:
        """Return a constraint that is violated when a value breaks a shape of sh:property."""
        return self._each(shape, "Property", self._violates(inner))

    def _violates(self, shape: Shape) -> Callable[[str], str]:
        return lambda node: self.violated(shape, node)

    def _denies(self, shape: Shape) -> Callable[[str], str]:
        return lambda node: f"(!{self.violated(shape, node)})"

    def _each(
        self, shape: Shape, name: str, violated: Callable[[str], str], *key: object
    ) -> Constraint:
        return each_value(self._context, shape.path, name, violated, key)

    def _logical(self, shape: Shape) -> Iterator[Constraint]:
        for inner in shape.shapes("node"):
            yield self._each(shape, "Node", self._violates(inner), inner.node)
        for inner in shape.shapes("not"):
            yield self._each(shape, "Not", self._denies(inner), inner.node)
        for name, join in (("and", self._any), ("or", self._all), ("xone", self._not_one)):
            for members in shape.members(name):
                tests = [self._violates(shape.shape(member)) for member in members]
                yield self._each(shape, name.capitalize(), partial(join, tests), *members)

    def _any(self, tests: list[Callable[[str], str]], value: str) -> str:
        return f"({' || '.join(test(value) for test in tests) or 'false'})"

    def _all(self, tests: list[Callable[[str], str]], value: str) -> str:
        return f"({' && '.join(test(value) for test in tests) or 'true'})"

    def _not_one(self, tests: list[Callable[[str], str]], value: str) -> str:
        return f"({' + '.join(f'IF({test(value)}, 0, 1)' for test in tests) or '0'} != 1)"

    def _qualified(self, shape: Shape) -> Iterator[Constraint]:
        """Compile sh:qualifiedValueShape (section 4.7.3)."""
        inner, path = shape.value("qualifiedValueShape"), shape.path
        if inner is None or path is None:
            return
        wanted = shape.shape(inner)
        others = siblings(shape) if TRUE in shape.values("qualifiedValueShapesDisjoint") else []

        def counts(value: str) -> str:
            ours = f"!{self.violated(wanted, value)}"
            return " && ".join([ours, *(self.violated(other, value) for other in others)])

        least, most = shape.value("qualifiedMinCount"), shape.value("qualifiedMaxCount")
        if least is not None:
            yield at_least("QualifiedMinCount", self._context, path, number(least), counts)
        if most is not None:
            yield at_most("QualifiedMaxCount", self._context, path, number(most), counts)
