"""What breaks each shape, as text that needs no data graph but its classes.

The text is compiled once and used for each small set of focus nodes: most often none of them
breaks anything, and one query shows that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pyoxigraph as ox

from pledgegraph.graph.shacl.compiler import Compiler
from pledgegraph.graph.shacl.constraint import SparqlConstraint
from pledgegraph.graph.shacl.context import Context
from pledgegraph.graph.shacl.focus import Focus
from pledgegraph.graph.shacl.hierarchy import SUBCLASS, Links
from pledgegraph.graph.shacl.names import Node, Term
from pledgegraph.graph.shacl.shape import Shape
from pledgegraph.graph.shacl.source import Source

_HERE = "VALUES ?this { @nodes@ }"


class _NeedsDataError(Exception):
    """A text would depend on what the data graph says besides its classes."""


class _Classes(Context):
    """A data graph of which only the classes are known."""

    def terms(self, query: str) -> frozenset[Term]:
        raise _NeedsDataError

    def terms_named(self, name: str, query: str) -> frozenset[Term]:
        raise _NeedsDataError

    def count(self, pattern: str) -> int:
        raise _NeedsDataError

    def probe(
        self, key: tuple[object, ...], query: Callable[[], str]
    ) -> list[tuple[Term | None, ...]]:
        raise _NeedsDataError


@dataclass
class Plan:
    """How a few focus nodes of a shape are tried: a condition, and queries for nodes put in."""

    conditions: list[str] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)

    def tries(self, nodes: str) -> list[str]:
        """Return patterns that bind ``?this`` to each of some nodes that breaks the shape."""
        tests = [
            f"{_HERE.replace('@nodes@', nodes)} FILTER({' || '.join(self.conditions)})"
        ] if self.conditions else []  # fmt: skip
        return tests + [query.replace("@nodes@", nodes) for query in self.queries]


class Plans:
    """The plans of the shapes of a shapes graph, for data with certain classes."""

    def __init__(self, shapes: Source, links: Links) -> None:
        store = ox.Store()
        store.extend(
            ox.Quad(narrow, SUBCLASS, wide)
            for narrow, wide in links
            if not isinstance(narrow, ox.Literal)
        )
        self.context = _Classes(Source(store), shapes)
        self._compiler = Compiler(self.context)
        self._plans: dict[Node, Plan | None] = {}

    def plan(self, shape: Shape) -> Plan | None:
        """Return the plan of a shape; there is none where it takes more than one condition."""
        if shape.node not in self._plans:
            plan = Plan()
            try:
                self._gather(plan, shape)
            except _NeedsDataError:
                self._plans[shape.node] = None
            else:
                self._plans[shape.node] = plan
        return self._plans[shape.node]

    def _gather(self, plan: Plan, shape: Shape) -> None:
        for constraint in self._compiler.constraints(shape):
            if not isinstance(constraint, SparqlConstraint) or constraint.alone is None:
                plan.conditions.append(constraint.violated("?this"))
            elif constraint.one_by_one:
                raise _NeedsDataError
            else:
                here = Focus(
                    lambda node: _HERE.replace("?this", node), lambda node: "true", few=True
                )
                plan.queries += constraint.queries(here)
        for inner in shape.shapes("property"):
            if inner.deactivated:
                continue
            if shape.path is None:
                self._gather(plan, inner)
            else:
                plan.conditions.append(self._compiler.within(shape, inner, "?this"))
