"""What a constraint is compiled to: a query for its results, and a condition for nested shapes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import pyoxigraph as ox

from pledgegraph.graph.shacl.context import Context
from pledgegraph.graph.shacl.focus import Focus
from pledgegraph.graph.shacl.names import TYPE, Node, Term, sh
from pledgegraph.graph.shacl.paths import Path

Condition = Callable[[str], str]
Rows = Sequence[tuple[Term | None, ...]]


@dataclass(frozen=True)
class Probe:
    """A query that has no rows where no node at all breaks a constraint.

    It reads all triples of one property, for small targets the constraint has ``few`` instead.
    Where it has all that violates, ``among`` looks for the results among its rows.
    """

    key: tuple[object, ...]
    path: Path
    query: Callable[[], str]
    among: Callable[[Focus, Rows], list[str]] | None = None


@dataclass(frozen=True)
class Quick:
    """A condition that is fast and holds for too many values, and what holds for the right ones."""

    violated: Callable[[str], str]
    confirm: Callable[[Term], bool]


@dataclass(frozen=True)
class Possible:
    """What a node must have to break a constraint: a number of values of a one-step path.

    Without a path: a property other than those that are known.
    """

    path: Path | None
    least: int = 0
    most: int | None = None
    known: frozenset[Term] = frozenset()


@dataclass(frozen=True)
class Constraint:
    """A compiled constraint.

    ``queries`` give one row for each result: ``?this``, and ``?value`` and ``?path`` where the
    result has them. ``violated`` is an expression that holds when a node has such a result.
    ``probe`` finds whether anything in the graph breaks the constraint, targets apart: most often
    nothing does, and shapes that share a constraint share the probe. ``joint`` ones only have their
    condition, so that several are tried in one query first. ``confirm`` looks at the value of each
    row once more, where the query is quick and finds too much. ``few`` are other queries, which
    start from the focus nodes, where ``queries`` read all triples of a property. A node that is
    not ``possible`` need not be asked about.
    """

    component: Node
    queries: Callable[[Focus], list[str]]
    violated: Callable[[str], str]
    probe: Probe | None = None
    joint: bool = False
    confirm: Callable[[Term], bool] | None = None
    few: Callable[[Focus], list[str]] | None = None
    possible: Possible | None = None


@dataclass(frozen=True)
class SparqlConstraint(Constraint):
    """A constraint written in SPARQL: its rows carry more, and it has messages of its own.

    ``alone`` is the query for one focus node, where it is a SELECT.
    """

    source: Node | None = None
    messages: tuple[ox.Literal, ...] = ()
    one_by_one: str | None = None
    alone: str | None = None
    parameters: tuple[tuple[str, Term], ...] = ()


def unless(condition: str) -> str:
    """Return an expression that holds where a condition is false or an error."""
    return f"!COALESCE({condition}, false)"


def each_value(
    context: Context,
    path: Path | None,
    name: str,
    violated: Condition,
    key: tuple[object, ...] = (),
    quick: Quick | None = None,
) -> Constraint:
    """Compile a constraint that looks at each value node by itself."""
    seems, confirm = (quick.violated, quick.confirm) if quick else (violated, None)

    def on_node(node: str) -> str:
        return violated(node) if path is None else context.reaches(node, path.steps, violated)

    def on_nodes(focus: Focus) -> list[str]:
        violating = f"{focus.bind('?this')} FILTER({seems('?this')})"
        return [f"SELECT DISTINCT ?this ?value {{ {violating} BIND(?this AS ?value) }}"]

    def by_property(focus: Focus) -> list[str]:
        test = f"{seems('?value')} && {focus.test('?this')}"
        return [f"SELECT ?this ?value {{ ?this {path} ?value FILTER({test}) }}"]

    component = sh(f"{name}ConstraintComponent")
    if path is None:
        return Constraint(component, on_nodes, on_node, confirm=confirm)
    by_focus = partial(_by_focus, path, seems)
    if not path.is_step:
        return Constraint(component, by_focus, on_node, confirm=confirm)
    repeated = name in _REPEATED or path.text == str(TYPE)
    query, among = partial(_probe, path, seems, repeated), partial(_among, path, by_property)
    identity = (name, path.text, key)
    probe = Probe(identity, path, query, among) if key else None
    made = Constraint(component, by_property, on_node, probe, confirm=confirm, few=by_focus)
    return replace(made, possible=Possible(path, least=1))


def _by_focus(path: Path, seems: Condition, focus: Focus) -> list[str]:
    values = f"{focus.bind('?this')} ?this {path} ?value"
    return [f"SELECT DISTINCT ?this ?value {{ {values} FILTER({seems('?value')}) }}"]


def _probe(path: Path, seems: Condition, repeated: bool) -> str:
    """Look for violating values or, where each has another, for violating triples."""
    values, columns = f"?this {path} ?value", "?this ?value"
    if repeated:
        values, columns = f"{{ SELECT DISTINCT ?value {{ {values} }} }}", "?value"
    return f"SELECT {columns} {{ {values} FILTER({seems('?value')}) }} LIMIT {SHORT + 1}"


def _among(
    path: Path, otherwise: Callable[[Focus], list[str]], focus: Focus, rows: Rows
) -> list[str]:
    if len(rows) > SHORT or any(isinstance(term, ox.BlankNode) for row in rows for term in row):
        return otherwise(focus)
    columns = "(?value)" if len(rows[0]) == 1 else "(?this ?value)"
    listed = " ".join(f"({' '.join(map(str, row))})" for row in rows)
    steps = f"?this {path} ?value " if len(rows[0]) == 1 else ""
    return [
        f"SELECT ?this ?value {{ VALUES {columns} {{ {listed} }} {steps}"
        f"FILTER({focus.test('?this')}) }}"
    ]


# Values that these look at are few and often the same: concepts of a scheme.
_REPEATED = {"Node", "Not", "And", "Or", "Xone"}
# So many violating terms are written into a query.
SHORT = 1000


def each_node(
    name: str,
    violated: Callable[[str], str],
    queries: Callable[[Focus], list[str]] | None = None,
    probe: Probe | None = None,
    few: Callable[[Focus], list[str]] | None = None,
) -> Constraint:
    """Compile a constraint on all value nodes together: its results have no value."""

    def plain(focus: Focus) -> list[str]:
        filtered = f"FILTER({violated('?this')})"
        return [f"SELECT DISTINCT ?this {{ {focus.bind('?this')} {filtered} }}"]

    component = sh(f"{name}ConstraintComponent")
    return Constraint(component, queries or plain, violated, probe, queries is None, few=few)


def each_match(
    name: str,
    patterns: list[Callable[[str, str], str]],
    columns: str,
    violated: Callable[[str], str],
) -> Constraint:
    """Compile a constraint that is violated wherever one of its patterns matches."""

    def queries(focus: Focus) -> list[str]:
        return [
            f"SELECT DISTINCT {columns} {{ {focus.bind('?this')} {pattern('?this', '?value')} }}"
            for pattern in patterns
        ]

    return Constraint(sh(f"{name}ConstraintComponent"), queries, violated)
