"""Constraints written in SPARQL: sh:sparql (section 5), and what components share with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from pledgegraph.graph.shacl.constraint import SparqlConstraint
from pledgegraph.graph.shacl.context import SHAPES_GRAPH, Context
from pledgegraph.graph.shacl.decorrelate import decorrelated
from pledgegraph.graph.shacl.focus import Focus, distinct, everything
from pledgegraph.graph.shacl.graph import Graph
from pledgegraph.graph.shacl.groups import outer_group
from pledgegraph.graph.shacl.incremental.chains import Chain, Step, UnreadableError
from pledgegraph.graph.shacl.incremental.patterns import read_groups
from pledgegraph.graph.shacl.incremental.reads import certain
from pledgegraph.graph.shacl.names import OWL, TRUE, Node, ShapesError, Term, sh
from pledgegraph.graph.shacl.query_text import Token, check, tokens, written
from pledgegraph.graph.shacl.shape import Shape

_AGGREGATES = {"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"}


def sparql_constraints(context: Context, shape: Shape) -> Iterator[SparqlConstraint]:
    """Compile the SPARQL constraints of a shape."""
    for node in shape.values("sparql"):
        if isinstance(node, ox.Literal):
            raise ShapesError(f"{node} is not a SPARQL constraint")
        if TRUE not in shape.graph.objects(node, sh("deactivated")):
            yield select_constraint(
                context, shape, node, sh("SPARQLConstraintComponent"), source=node, parameters={}
            )


def prefixes(graph: Graph, node: Term) -> dict[str, str]:
    """Return the prefixes that sh:prefixes gives, imported ones too (section 5.2.1)."""
    found, seen, todo = dict[str, str](), set[Term](), graph.objects(node, sh("prefixes"))
    while todo:
        owner = todo.pop()
        if owner in seen:
            continue
        seen.add(owner)
        todo += graph.objects(owner, ox.NamedNode(f"{OWL}imports"))
        for entry in graph.objects(owner, sh("declare")):
            name, space = graph.value(entry, sh("prefix")), graph.value(entry, sh("namespace"))
            if name is None or space is None:
                raise ShapesError(f"{owner} declares a prefix without name or namespace")
            found[str(name.value)] = str(space.value)
    return found


def messages_of(shape: Shape, node: Node) -> tuple[ox.Literal, ...]:
    """Return the messages of a constraint or validator."""
    found = shape.graph.objects(node, sh("message"))
    return tuple(text for text in found if isinstance(text, ox.Literal))


@dataclass(frozen=True)
class Query:
    """A SELECT query with pre-bound variables, ready for focus nodes."""

    found: list[Token]
    names: Callable[[str], str]
    one_by_one: str | None

    def _makes_targets(self, focus: Focus) -> bool:
        """Tell whether only targets are in a solution, by the properties that it takes."""
        if not focus.having:
            return False
        try:
            patterns = certain(read_groups(self.found))
        except UnreadableError:
            return False
        return any(
            pattern.subject == "this" and _is_one_of(pattern.chain, focus.having)
            for pattern in patterns
        )

    def over(self, focus: Focus | None) -> str:
        """Write the query for all focus nodes at once; with none, as it stands."""
        if focus is None:
            return written(self.found, self.names)
        found = decorrelated(self.found)
        inserted = _inserted(found, focus, is_sure=self._makes_targets(focus))
        parts, last = list[str](), 0
        for at in sorted(inserted):
            parts += [written(found[last : at + 1], self.names), f" {inserted[at]} "]
            last = at + 1
        return "".join([*parts, written(found[last:], self.names)])


def _inserted(found: list[Token], focus: Focus, *, is_sure: bool) -> dict[int, str]:
    """Return what binds or tests the focus nodes, by the place of the brace that it follows."""
    outer = outer_group(found)
    if focus.few:
        starts = {group.start for group in outer.naming()}
        if not outer.has_subquery:
            starts.add(outer.start)
        return dict.fromkeys(starts, focus.bind("?this"))
    inserted = {group.start: distinct(focus, "?this") for group in outer.unbound()}
    if outer.is_bound() and not _has_any_property(found):
        if is_sure:
            return inserted
        inserted[outer.start] = f"FILTER({focus.test('?this')})"
    elif not outer.has_subquery:
        inserted[outer.start] = distinct(focus, "?this")
    return inserted


def _is_one_of(chain: Chain, properties: frozenset[Term]) -> bool:
    step = chain[0]
    named = step.predicates if isinstance(step, Step) and not step.inverse else None
    return named is not None and named <= properties


def _has_any_property(found: list[Token]) -> bool:
    """Tell whether a focus node is the subject of a triple with any property."""
    start = next((at for at, token in enumerate(found) if token.word == "{"), 0)
    pairs = zip(found[start:], found[start + 1 :], strict=False)
    return any(one.variable == "this" and bool(two.variable) for one, two in pairs)


def read_query(shape: Shape, node: Node, text: str, parameters: Mapping[str, Term]) -> Query:
    """Read and check the text of a constraint or validator."""
    found = tokens(text, prefixes(shape.graph, node))
    bound = {"this", "shapesGraph", "currentShape", *parameters}
    check(found, frozenset(bound))
    path = shape.path
    values = {name: str(term) for name, term in parameters.items()}
    if path is not None:
        values["PATH"] = str(path)
    values["shapesGraph"] = str(SHAPES_GRAPH)
    if isinstance(shape.node, ox.NamedNode):
        values["currentShape"] = str(shape.node)
    found = _without_bound_tests(_without_shown(found, values), values)
    return Query(found, lambda name: values.get(name, f"?{name}"), _reason_one_by_one(found))


def _without_shown(found: list[Token], values: Mapping[str, str]) -> list[Token]:
    """Leave replaced variables out of what a SELECT returns."""
    head = next((at for at, token in enumerate(found) if token.word in ("{", "WHERE")), 0)
    return [token for at, token in enumerate(found) if at > head or token.variable not in values]


def _without_bound_tests(found: list[Token], values: Mapping[str, str]) -> list[Token]:
    result, at = list[Token](), 0
    while at < len(found):
        inside = found[at + 2].variable if at + 3 < len(found) else ""
        if found[at].word == "BOUND" and inside in values:
            result.append(Token("word", "(true)"))
            at += 4
        else:
            result.append(found[at])
            at += 1
    return result


def _reason_one_by_one(found: list[Token]) -> str | None:
    """Say why a query cannot be put to all focus nodes at once, if it cannot."""
    words = [token.word for token in found]
    if "LIMIT" in words or "OFFSET" in words:
        return "its LIMIT or OFFSET counts for each focus node"
    grouped = [at for at, word in enumerate(words) if word == "GROUP"]
    if any("this" not in {t.variable for t in found[at : at + 12]} for at in grouped):
        return "its groups are not by focus node"
    if not grouped and not _AGGREGATES.isdisjoint(words):
        return "it counts for each focus node"
    return None


def select_constraint(
    context: Context,
    shape: Shape,
    node: Node,
    component: Node,
    *,
    source: Node | None,
    parameters: Mapping[str, Term],
) -> SparqlConstraint:
    """Compile the sh:select of a constraint or validator."""
    text = shape.graph.value(node, sh("select"))
    if not isinstance(text, ox.Literal):
        raise ShapesError(f"{node} has no sh:select")
    query = read_query(shape, node, text.value, parameters)

    def violated(value: str) -> str:
        """Hold for nodes found beforehand: a query of its own cannot stand in a condition."""
        if query.one_by_one is None:
            found = context.terms_named("this", query.over(everything(context)))
            return context.one_of(found, value)
        rows = one_by_one(context, query.over(None), everything(context))
        return context.one_of(frozenset(row["this"] for row in rows), value)

    return SparqlConstraint(
        component,
        lambda focus: [query.over(None if query.one_by_one else focus)],
        violated,
        source=source,
        messages=messages_of(shape, node),
        one_by_one=query.one_by_one,
        alone=query.over(None),
        parameters=tuple(parameters.items()),
    )


def one_by_one(context: Context, query: str, focus: Focus) -> Iterator[dict[str, Term]]:
    """Put a query to each focus node by itself."""
    for node in context.terms(f"SELECT DISTINCT ?this {{ {focus.bind('?this')} }}"):
        for row in context.rows(query, node):
            yield {**row, "this": node}
