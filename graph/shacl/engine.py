"""Validation: every targeted shape over all its focus nodes, by queries (section 3.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path as FilePath

import pyoxigraph as ox

from pledgegraph.graph.shacl.compiler import Compiler
from pledgegraph.graph.shacl.constraint import SHORT, Constraint, SparqlConstraint
from pledgegraph.graph.shacl.context import Context
from pledgegraph.graph.shacl.focus import Focus, given, targets, value_nodes
from pledgegraph.graph.shacl.messages import default_message, filled
from pledgegraph.graph.shacl.names import TRUE, ShapesError, Term
from pledgegraph.graph.shacl.paths import Path
from pledgegraph.graph.shacl.recursion import by_pyshacl
from pledgegraph.graph.shacl.report import Report, Result, order
from pledgegraph.graph.shacl.shape import Shape, targeted_shapes
from pledgegraph.graph.shacl.source import read, shapes_graph
from pledgegraph.graph.shacl.sparql import one_by_one

# A node looked up costs about as much as four triples read in order.
_FEWER = 4

Weights = Callable[[], Counter[Term]]


def validate(data: ox.Store | FilePath, shapes: ox.Store | FilePath) -> Report:
    """Validate the default graph of the data against the shapes in that of the shapes graph."""
    shapes_source = read(shapes)
    # One file for both is one graph: its blank nodes are the same.
    data_source = shapes_source if data == shapes else read(data)
    graph = shapes_graph(shapes_source)
    context = Context(data_source, shapes_source)
    run = _Run(context)
    results = [result for shape in targeted_shapes(graph) for result in run.results(shape)]
    return Report(tuple(sorted(results, key=order)), context.fallbacks, graph)


class _Run:
    """One validation: its compiler, and the functions from a shape to its results."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._compiler = Compiler(context)
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
            yield from self._of(shape, focus)

    def _of(self, shape: Shape, focus: Focus, weights: Weights | None = None) -> Iterator[Result]:
        if shape.deactivated:
            return
        found = [
            (constraint, row)
            for constraint in self._compiler.constraints(shape)
            for row in self._rows(shape, constraint, focus)
            if constraint.confirm is None or constraint.confirm(row["value"])
        ]
        # A value node is validated once for each node that it is a value of (section 2.3.2).
        times = weights() if weights and found else None
        for constraint, row in found:
            exact = {name: self._context.exact(term) for name, term in row.items()}
            result = _result(shape, constraint, exact)
            yield from [result] * (times[row["this"]] if times else 1)
        inner = [part for part in shape.shapes("property") if not part.deactivated]
        if inner:
            path = shape.path
            if path is None:
                reached, heavier = focus, weights
                self._try_together(inner, focus)
            else:
                reached = value_nodes(self._context, focus, path)
                heavier = self._weights(focus, path, weights)
            for part in inner:
                yield from self._of(part, reached, heavier)

    def _try_together(self, parts: list[Shape], focus: Focus) -> None:
        """Find the few nodes that break any of the conditions that several shapes have."""
        conditions = [
            constraint.violated
            for part in parts
            for constraint in self._compiler.constraints(part)
            if constraint.joint
        ]
        if len(conditions) < 2:
            return
        any_violated = " || ".join(violated("?this") for violated in conditions)
        bound = f"{focus.bind('?this')} FILTER({any_violated})"
        found = self._context.terms(f"SELECT DISTINCT ?this {{ {bound} }} LIMIT {SHORT + 1}")
        if len(found) <= SHORT and not any(isinstance(node, ox.BlankNode) for node in found):
            broken = given(self._context, sorted(found, key=str))
            self._broken.update(((violated, focus), broken) for violated in conditions)

    def _weights(self, focus: Focus, path: Path, outer: Weights | None) -> Weights:
        """Return how often each value node is reached from different focus nodes."""

        def weights() -> Counter[Term]:
            bound = f"{focus.bind('?start')} ?start {path} ?this"
            known, counted = outer() if outer else None, Counter[Term]()
            for row in self._context.rows(f"SELECT DISTINCT ?start ?this {{ {bound} }}"):
                counted[row["this"]] += known[row["start"]] if known else 1
            return counted

        return weights

    def _queries(self, constraint: Constraint, focus: Focus) -> list[str]:
        """Return the queries to put: those of the constraint, or none where nothing violates it."""
        probe = constraint.probe
        if constraint.joint:
            focus = self._broken.get((constraint.violated, focus), focus)
            if focus.size() == 0:
                return []
        if probe is None:
            return constraint.queries(focus)
        size = focus.size()
        if size is not None and size * _FEWER < self._context.count(f"?this {probe.path} ?value"):
            return probe.few(focus)
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


def _result(shape: Shape, constraint: Constraint, row: dict[str, Term]) -> Result:
    path, found, node = shape.path, row.get("path"), row["this"]
    if isinstance(found, ox.NamedNode):
        shown: Term | None = found
    else:
        shown = None if path is None else path.node
    assert not isinstance(shown, ox.Literal)
    messages, source = shape.messages, None
    value = row.get("value")
    if isinstance(constraint, SparqlConstraint):
        if row.get("failure") == TRUE:
            raise ShapesError(f"{constraint.source} says by ?failure that it cannot be checked")
        source, messages = constraint.source, _own_messages(shape, constraint, node, row)
        value = node if value is None and path is None else value
    return Result(
        focus=node,
        path=shown,
        value=value,
        component=constraint.component,
        source_shape=shape.node,
        source_constraint=source,
        severity=shape.severity,
        messages=messages or (default_message(constraint.component),),
    )


def _own_messages(
    shape: Shape, constraint: SparqlConstraint, node: Term, row: dict[str, Term]
) -> tuple[ox.Literal, ...]:
    """Return the messages of a SPARQL constraint with values in their places (section 5.3.2)."""
    if isinstance(message := row.get("message"), ox.Literal):
        return (message,)
    bindings = {**dict(constraint.parameters), **row, "this": node}
    if shape.path is not None:
        bindings.setdefault("PATH", shape.path.node)
    return tuple(filled(text, bindings) for text in constraint.messages or shape.messages)
