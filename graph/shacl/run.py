"""Full validation: every targeted shape over all its focus nodes, by queries (section 3.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pyoxigraph as ox

from pledgegraph.graph.shacl.census import Census
from pledgegraph.graph.shacl.compiler import Compiler
from pledgegraph.graph.shacl.constraint import SHORT, Constraint, SparqlConstraint
from pledgegraph.graph.shacl.context import Context
from pledgegraph.graph.shacl.focus import Focus, given, targets, value_nodes
from pledgegraph.graph.shacl.names import Node, ShapesError, Term
from pledgegraph.graph.shacl.paths import Path
from pledgegraph.graph.shacl.recursion import by_pyshacl
from pledgegraph.graph.shacl.report import Result
from pledgegraph.graph.shacl.results import made_of
from pledgegraph.graph.shacl.shape import Shape
from pledgegraph.graph.shacl.sparql import one_by_one

# A node looked up costs about as much as four triples read in order.
_FEWER = 4

# From value nodes to the targets that each is reached from.
Roots = Callable[[set[Term]], dict[Term, list[Term]]]


class Run:
    """One validation: its compiler, and the functions from a shape to its results."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._compiler = Compiler(context)
        self._census = Census(context)
        self._broken: dict[tuple[Callable[[str], str], Focus], Focus] = {}

    def results(self, shape: Shape) -> Iterator[Result]:
        """Iterate over the results of a shape for its targets."""
        if shape.deactivated:
            return
        focus = targets(self._context, shape)
        if focus.size() == 0:
            return
        if shape.is_recursive:
            self._context.fallbacks[shape.node.value] = "recursive: validated by pySHACL"
            yield from by_pyshacl(self._context, shape, focus)
        else:
            yield from self._of(shape.node, shape, focus)

    def _of(
        self, root: Node, shape: Shape, focus: Focus, outer: Roots | None = None
    ) -> Iterator[Result]:
        if shape.deactivated:
            return
        found = [
            (constraint, {name: self._context.exact(term) for name, term in row.items()}, row)
            for constraint in self._compiler.constraints(shape)
            for row in self._rows(shape, constraint, focus)
            if constraint.confirm is None or constraint.confirm(row["value"])
        ]
        # A value node is validated once for each node that it is a value of (section 2.3.2).
        roots = outer({row["this"] for *_, row in found}) if outer and found else None
        for constraint, exact, row in found:
            for node in roots[row["this"]] if roots else [exact["this"]]:
                yield made_of(shape, constraint, exact, (root, node))
        inner = [part for part in shape.shapes("property") if not part.deactivated]
        if inner:
            path = shape.path
            if path is None:
                reached, further = focus, outer
                self._try_together(inner, focus)
            else:
                reached = value_nodes(self._context, focus, path)
                further = partial(self._roots, focus, path, outer)
            for part in inner:
                yield from self._of(root, part, reached, further)

    def _try_together(self, parts: list[Shape], focus: Focus) -> None:
        """Find the few nodes that break any of the conditions that several shapes have."""
        conditions = [
            constraint.violated
            for part in parts
            for constraint in self._compiler.constraints(part)
            if constraint.joint and not self._is_ruled_out(constraint, focus)
        ]
        if len(conditions) < 2:
            return
        any_violated = " || ".join(violated("?this") for violated in conditions)
        bound = f"{focus.bind('?this')} FILTER({any_violated})"
        found = self._context.terms(f"SELECT DISTINCT ?this {{ {bound} }} LIMIT {SHORT + 1}")
        if len(found) <= SHORT and not any(isinstance(node, ox.BlankNode) for node in found):
            broken = given(self._context, sorted(found, key=str))
            self._broken.update(((violated, focus), broken) for violated in conditions)

    def _roots(
        self, focus: Focus, path: Path, outer: Roots | None, nodes: set[Term]
    ) -> dict[Term, list[Term]]:
        """Return the targets that each of some value nodes is reached from, step by step."""
        among = given(self._context, sorted(nodes, key=str))
        bound = f"{among.bind('?this')} {focus.bind('?start')} ?start {path} ?this"
        rows = list(self._context.rows(f"SELECT DISTINCT ?start ?this {{ {bound} }}"))
        known = outer({row["start"] for row in rows}) if outer else None
        found: dict[Term, list[Term]] = {}
        for row in rows:
            start = row["start"]
            found.setdefault(row["this"], []).extend(known[start] if known else [start])
        return found

    def _is_ruled_out(self, constraint: Constraint, focus: Focus) -> bool:
        """Tell whether counts show that nothing violates a constraint."""
        needed = constraint.possible
        if needed is None or not focus.classes:
            return False
        if needed.path is not None and not isinstance(needed.path.node, ox.NamedNode):
            return False  # an inverse path
        return self._census.rules_out(needed, focus.classes)

    def _queries(self, constraint: Constraint, focus: Focus) -> list[str]:
        """Return the queries to put: those of the constraint, or none where nothing violates it."""
        if self._is_ruled_out(constraint, focus):
            return []
        needed = constraint.possible
        if focus.classes and needed is not None and needed.path is None:
            return [_others(self._census.others(needed.known, focus.classes), focus)]
        probe = constraint.probe
        if constraint.joint:
            focus = self._broken.get((constraint.violated, focus), focus)
            if focus.size() == 0:
                return []
        if probe is None:
            return constraint.queries(focus)
        size = focus.size()
        if size is not None and size * _FEWER < self._context.count(f"?this {probe.path} ?value"):
            return (constraint.few or constraint.queries)(focus)
        found = self._context.probe(probe.key, probe.query)
        if not found:
            return []
        if probe.among:
            return probe.among(focus, found)
        return constraint.queries(focus)

    def _rows(
        self, shape: Shape, constraint: Constraint, focus: Focus
    ) -> Iterator[dict[str, Term]]:
        for query in self._queries(constraint, focus):
            try:
                if isinstance(constraint, SparqlConstraint) and constraint.one_by_one:
                    name = (constraint.source or shape.node).value
                    reason = f"one query for each focus node: {constraint.one_by_one}"
                    self._context.fallbacks[name] = reason
                    yield from one_by_one(self._context, query, focus)
                else:
                    yield from self._context.rows(query)
            except SyntaxError as error:
                raise ShapesError(f"{shape.node}: {error}\n{query}") from error


def _others(properties: list[Term], focus: Focus) -> str:
    """Ask for the values that focus nodes have of some properties."""
    listed = " ".join(map(str, properties))
    return (
        f"SELECT ?this ?path ?value {{ VALUES ?path {{ {listed} }} "
        f"?this ?path ?value FILTER({focus.test('?this')}) }}"
    )
