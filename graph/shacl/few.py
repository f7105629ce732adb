"""Validation of a few focus nodes: every query starts from them (section 3.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import pyoxigraph as ox

from pledgegraph.graph.shacl.compiler import Compiler
from pledgegraph.graph.shacl.constraint import Constraint, SparqlConstraint
from pledgegraph.graph.shacl.context import Context
from pledgegraph.graph.shacl.focus import Focus, everything
from pledgegraph.graph.shacl.incremental.surroundings import Surroundings
from pledgegraph.graph.shacl.names import Node, Term
from pledgegraph.graph.shacl.plans import Plan, Plans
from pledgegraph.graph.shacl.report import Result
from pledgegraph.graph.shacl.results import made_of
from pledgegraph.graph.shacl.shape import Shape

Roots = Mapping[Term, list[Term]]


class FewRun:
    """One validation of a few focus nodes of each shape."""

    def __init__(self, context: Context, plans: Plans, around: Surroundings) -> None:
        self._context, self._plans, self._around = context, plans, around
        self._compiler = Compiler(context)

    def results(self, focus: Mapping[Shape, Sequence[Term]]) -> Iterator[Result]:
        """Iterate over the results of shapes for focus nodes."""
        for shape, nodes in sorted(focus.items(), key=lambda item: str(item[0].node)):
            plan = self._plans.plan(shape) if self._context.keeps_literals else None
            broken = nodes if plan is None else self._broken(plan, nodes)
            if broken:
                yield from self._of(shape.node, shape, {node: [node] for node in broken})

    def _broken(self, plan: Plan, nodes: Sequence[Term]) -> list[Term]:
        """Return the nodes that break the shape, and those that cannot be named in a query."""
        named = [node for node in nodes if not isinstance(node, ox.BlankNode)]
        found = set(nodes) - set(named)
        if named:
            for query in plan.tries(named, self._around):
                found |= self._context.terms_named("this", query)
        return [node for node in nodes if node in found]

    def _of(self, root: Node, shape: Shape, roots: Roots) -> Iterator[Result]:
        """Iterate over the results for nodes, each with the targets that it was reached from."""
        if shape.deactivated or not roots:
            return
        for constraint in self._compiler.constraints(shape):
            for row in self._rows(shape, constraint, list(roots)):
                if constraint.confirm is None or constraint.confirm(row["value"]):
                    exact = {name: self._context.exact(term) for name, term in row.items()}
                    for node in roots[row["this"]]:
                        yield made_of(shape, constraint, exact, (root, self._context.exact(node)))
        inner = [part for part in shape.shapes("property") if not part.deactivated]
        if inner and shape.path is not None:
            roots = self._values(shape.path.text, roots)
        for part in inner:
            yield from self._of(root, part, roots)

    def _values(self, path: str, roots: Roots) -> Roots:
        """Follow a path from nodes to their values."""
        found: dict[Term, list[Term]] = {}
        for named, this in self._portions(roots):
            query = f"SELECT DISTINCT ?this ?value {{ {named.bind('?this')} ?this {path} ?value }}"
            for row in self._context.rows(query, this):
                found.setdefault(row["value"], []).extend(roots[this or row["this"]])
        return found

    def _rows(
        self, shape: Shape, constraint: Constraint, nodes: Sequence[Term]
    ) -> Iterator[dict[str, Term]]:
        if isinstance(constraint, SparqlConstraint) and constraint.one_by_one and constraint.alone:
            name = (constraint.source or shape.node).value
            reason = f"one query for each focus node: {constraint.one_by_one}"
            self._context.fallbacks[name] = reason
            for node in nodes:
                for row in self._context.rows(constraint.alone, node):
                    yield {**row, "this": node}
            return
        for named, this in self._portions(nodes):
            for query in (constraint.few or constraint.queries)(named):
                for row in self._context.rows(query, this):
                    yield {**row, "this": this or row["this"]}

    def _portions(self, nodes: Iterable[Term]) -> Iterator[tuple[Focus, Term | None]]:
        """Part nodes into those that a query can name, and single blank nodes.

        A blank node is put in for ``?this``, but Oxigraph reckons only with variables that a
        pattern binds: some triple of the node stands for it.
        """
        nodes = list(nodes)
        named = " ".join(str(node) for node in nodes if not isinstance(node, ox.BlankNode))
        if named:
            yield (
                Focus(lambda node: f"VALUES {node} {{ {named} }}", lambda _: "true", few=True),
                None,
            )
        for node in nodes:
            if isinstance(node, ox.BlankNode):
                yield replace(everything(self._context), few=True), node
