"""What breaks each shape, as text that needs no data graph but its classes.

The text is compiled once and used for each small set of focus nodes: most often none of them
breaks anything, and one query shows that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import pyoxigraph as ox

from pledgegraph.graph.shacl.compiler import Compiler
from pledgegraph.graph.shacl.constraint import Possible, SparqlConstraint
from pledgegraph.graph.shacl.context import Context
from pledgegraph.graph.shacl.focus import Focus
from pledgegraph.graph.shacl.hierarchy import SUBCLASS, Links
from pledgegraph.graph.shacl.incremental.chains import Step, UnreadableError, chain_of, turned
from pledgegraph.graph.shacl.incremental.patterns import read_groups
from pledgegraph.graph.shacl.incremental.reads import certain
from pledgegraph.graph.shacl.incremental.surroundings import Surroundings
from pledgegraph.graph.shacl.names import Node, Term
from pledgegraph.graph.shacl.query_text import tokens
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


@dataclass(frozen=True)
class Plan:
    """How a few focus nodes of a shape are tried: by conditions, and by queries for nodes put in.

    Each comes with what a node needs to be found: a number of values, or all of some properties.
    """

    conditions: list[tuple[str, Possible | None]] = field(default_factory=list)
    queries: list[tuple[str, frozenset[Step]]] = field(default_factory=list)

    def tries(self, nodes: Sequence[Term], around: Surroundings) -> Iterator[str]:
        """Iterate over queries for the nodes that break the shape; most often few are left."""
        around.read(nodes)
        tests = [
            text
            for text, needed in self.conditions
            if needed is None or any(is_possible(needed, node, around) for node in nodes)
        ]
        if tests:
            yield _put_in(nodes, f"SELECT ?this {{ {_HERE} FILTER({' || '.join(tests)}) }}")
        for query, steps in self.queries:
            having = [node for node in nodes if all(_has(node, step, around) for step in steps)]
            if having:
                yield _put_in(having, query)


def _put_in(nodes: Sequence[Term], query: str) -> str:
    return query.replace("@nodes@", " ".join(map(str, nodes)))


def _has(node: Term, step: Step, around: Surroundings) -> bool:
    return next(iter(around.present(node, step)), None) is not None


def is_possible(needed: Possible, node: Term, around: Surroundings) -> bool:
    """Tell whether a node has what it needs to break a constraint."""
    if needed.path is None:
        return around.has_other(node, needed.known)
    (step,) = chain_of(needed.path.text)
    assert isinstance(step, Step)
    enough = needed.least if needed.most is None else needed.most + 1
    count = len(list(islice(around.present(node, step), enough)))
    return count >= needed.least if needed.most is None else count <= needed.most


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
                plan.conditions.append((constraint.violated("?this"), constraint.possible))
            elif constraint.one_by_one:
                raise _NeedsDataError
            else:
                here = Focus(
                    lambda node: _HERE.replace("?this", node), lambda node: "true", few=True
                )
                needed = _required(constraint.alone)
                plan.queries.extend((query, needed) for query in constraint.queries(here))
        for inner in shape.shapes("property"):
            if inner.deactivated:
                continue
            if shape.path is None:
                self._gather(plan, inner)
            else:
                within = self._compiler.within(shape, inner)
                plan.conditions.append((within.violated("?this"), within.possible))


def _required(query: str) -> frozenset[Step]:
    """Return the properties without which a node is in no solution of a query."""
    try:
        group = read_groups(tokens(query, {}))
    except UnreadableError:
        return frozenset()
    patterns = list(certain(group))
    chains = [pattern.chain for pattern in patterns if pattern.subject == "this"]
    chains += [turned(pattern.chain) for pattern in patterns if pattern.object == "this"]
    return frozenset(step for chain in chains for step in chain[:1] if isinstance(step, Step))
