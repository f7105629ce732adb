"""Constraints on the value nodes together (sections 4.2, 4.5, 4.8.1, 4.8.2, sh:uniqueLang)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pyoxigraph as ox

from pledgegraph.graph.shacl.constraint import (
    Constraint,
    Possible,
    Probe,
    each_match,
    each_node,
    unless,
)
from pledgegraph.graph.shacl.context import Context
from pledgegraph.graph.shacl.focus import Focus
from pledgegraph.graph.shacl.names import TRUE, ShapesError, Term, sh
from pledgegraph.graph.shacl.paths import Path
from pledgegraph.graph.shacl.shape import Shape

Condition = Callable[[str], str]


def set_constraints(context: Context, shape: Shape) -> Iterator[Constraint]:
    """Compile what a shape says of the number of its value nodes and of other properties."""
    path = shape.path
    if path is not None:
        if (least := shape.value("minCount")) is not None:
            yield at_least("MinCount", context, path, number(least))
        if (most := shape.value("maxCount")) is not None:
            yield at_most("MaxCount", context, path, number(most))
        if TRUE in shape.values("uniqueLang"):
            yield _unique_languages(context, path)
        yield from _ordered(context, shape, path)
    yield from _compared(context, shape, path)
    for value in shape.values("hasValue"):
        yield _has_value(context, path, value)
    if shape.value("closed") == TRUE:
        yield _closed(context, shape)


def number(term: Term) -> int:
    """Read a count."""
    try:
        return int(str(term.value))
    except ValueError as error:
        raise ShapesError(f"{term} is not a whole number") from error


def always(_: str) -> str:
    """Hold for every value."""
    return "true"


def at_least(
    name: str, context: Context, path: Path, least: int, counts: Condition = always
) -> Constraint:
    """Compile a lower bound for the number of values for which a condition holds."""

    def violated(node: str) -> str:
        return f"(!{_has(context, node, path, least, counts)})"

    def queries(focus: Focus) -> list[str]:
        counted = f"COUNT(DISTINCT ?found) < {least}"
        return [
            f"SELECT ?this {{ {focus.bind('?this')} "
            f"OPTIONAL {{ ?this {path} ?found FILTER({counts('?found')}) }} }} "
            f"GROUP BY ?this HAVING({counted})"
        ]

    made = each_node(name, violated, queries if least > 1 else None)
    if counts is always and path.is_step:
        return replace(made, possible=Possible(path, most=least - 1))
    return made


def at_most(
    name: str, context: Context, path: Path, most: int, counts: Condition = always
) -> Constraint:
    """Compile an upper bound for the number of values for which a condition holds."""

    def violated(node: str) -> str:
        return _has(context, node, path, most + 1, counts)

    def by_focus(focus: Focus) -> list[str]:
        return [
            f"SELECT ?this {{ {focus.bind('?this')} ?this {path} ?found "
            f"FILTER({counts('?found')}) }} "
            f"GROUP BY ?this HAVING(COUNT(DISTINCT ?found) > {most})"
        ]

    def by_property(focus: Focus) -> list[str]:  # each triple is one value
        grouped = f"SELECT ?this {{ ?this {path} ?found }} GROUP BY ?this"
        return [
            f"SELECT ?this {{ {{ {grouped} HAVING(COUNT(*) > {most}) }} "
            f"FILTER({focus.test('?this')}) }}"
        ]

    def more() -> str:
        if most == 0:
            return f"SELECT ?this {{ ?this {path} ?found }} LIMIT 1"
        counted = (
            f"SELECT (COUNT(*) AS ?all) (COUNT(DISTINCT ?this) AS ?nodes) {{ ?this {path} ?v }}"
        )
        return f"SELECT * {{ {{ {counted} }} FILTER(?all != ?nodes) }}"

    possible = Possible(path, least=most + 1) if path.is_step else None
    if counts is not always or not path.is_step:
        return replace(each_node(name, violated, by_focus), possible=possible)
    probe = Probe((min(most, 1), path.text), path, more)
    made = each_node(name, violated, by_property, probe, by_focus)
    return replace(made, possible=possible)


def _has(context: Context, node: str, path: Path, count: int, counts: Condition) -> str:
    """Return an expression: the node has so many values or more for which a condition holds."""
    if count <= 0:
        return "true"
    if count == 1:
        return context.reaches(node, path.steps, counts)
    if count > 2 or not path.is_step:  # found beforehand: pairs of pairs would grow too fast
        grouped = f"?x {path} ?found FILTER({counts('?found')})"
        having = f"HAVING(COUNT(DISTINCT ?found) >= {count})"
        found = context.terms(f"SELECT ?x {{ {grouped} }} GROUP BY ?x {having}")
        return context.one_of(found, node)
    one, other = context.fresh(), context.fresh()
    tests = f"!SAMETERM({one}, {other})"
    if counts is not always:
        tests += f" && {counts(one)} && {counts(other)}"
    return f"EXISTS {{ {node} {path} {one} . {node} {path} {other} FILTER({tests}) }}"


def _unique_languages(context: Context, path: Path) -> Constraint:
    def shared(one: str, other: str) -> str:
        same = f"LCASE(LANG({one})) = LCASE(LANG({other})) && !SAMETERM({one}, {other})"
        return f"(LANG({one}) != '' && {same})"

    def violated(node: str) -> str:
        return context.reaches(
            node,
            path.steps,
            lambda one: context.reaches(node, path.steps, lambda other: shared(one, other)),
        )

    def queries(focus: Focus) -> list[str]:
        values = f"?this {path} ?one . ?this {path} ?other FILTER({shared('?one', '?other')})"
        return [
            f"SELECT DISTINCT ?this ?language {{ {focus.bind('?this')} {values} "
            "BIND(LCASE(LANG(?one)) AS ?language) }"
        ]

    made = each_node("UniqueLang", violated, queries)
    return replace(made, possible=Possible(path, least=2) if path.is_step else None)


def _ordered(context: Context, shape: Shape, path: Path) -> Iterator[Constraint]:
    for name, sign in (("lessThan", "<"), ("lessThanOrEquals", "<=")):
        for other in shape.values(name):
            yield _order(context, path, other, sign, name[0].upper() + name[1:])


def _order(context: Context, path: Path, other: Term, sign: str, name: str) -> Constraint:
    """Compile sh:lessThan or sh:lessThanOrEquals: a result for each pair (section 4.5.3)."""

    def pattern(node: str, value: str) -> str:
        failing = unless(f"{value} {sign} ?bound")
        return f"{node} {path} {value} . {node} {other} ?bound FILTER({failing})"

    def violated(node: str) -> str:
        return context.reaches(
            node,
            path.steps,
            lambda value: context.reaches(
                node, (str(other),), lambda bound: unless(f"{value} {sign} {bound}")
            ),
        )

    made = each_match(name, [pattern], "?this ?value ?bound", violated)
    return replace(made, possible=Possible(path, least=1) if path.is_step else None)


def _compared(context: Context, shape: Shape, path: Path | None) -> Iterator[Constraint]:
    own = path.steps if path else ()
    for other in shape.values("equals"):
        step = (str(other),)
        sides = [(own, step), (step, own)]
        yield _pairs(context, "Equals", sides, lacks=True)
    for other in shape.values("disjoint"):
        yield _pairs(context, "Disjoint", [(own, (str(other),))], lacks=False)


Steps = tuple[str, ...]


def _pairs(
    context: Context, name: str, sides: list[tuple[Steps, Steps]], *, lacks: bool
) -> Constraint:
    """Compile a comparison of two sets of values; a path of no steps is the node itself.

    A value of the first side violates if the second side lacks it, or has it (section 4.5).
    """

    def other(node: str, value: str, steps: Steps) -> str:
        def same(found: str) -> str:
            return f"SAMETERM({found}, {value})"

        if len(steps) == 1:
            found = f"EXISTS {{ {node} {steps[0]} {value} }}"
        else:
            found = context.reaches(node, steps, same) if steps else same(node)
        return f"(!{found})" if lacks else found

    def violated(node: str) -> str:
        def side(first: Steps, second: Steps) -> str:
            if not first:
                return other(node, node, second)
            return context.reaches(node, first, lambda value: other(node, value, second))

        return f"({' || '.join(side(*pair) for pair in sides)})"

    def pattern(first: Steps, second: Steps) -> Callable[[str, str], str]:
        if not first:
            return lambda n, v: f"FILTER({other(n, n, second)}) BIND({n} AS {v})"
        return lambda n, v: f"{n} {'/'.join(first)} {v} FILTER({other(n, v, second)})"

    return each_match(name, [pattern(*side) for side in sides], "?this ?value", violated)


def _has_value(context: Context, path: Path | None, value: Term) -> Constraint:
    def violated(node: str) -> str:
        if path is None:
            return f"(!{context.one_of([value], node)})"
        if path.is_step and not isinstance(value, ox.BlankNode):
            return f"(!EXISTS {{ {node} {path} {value} }})"
        return f"(!{context.reaches(node, path.steps, lambda v: context.one_of([value], v))})"

    return each_node("HasValue", violated)


def _closed(context: Context, shape: Shape) -> Constraint:
    """Compile sh:closed with the properties that property shapes name (section 4.8.1)."""
    ignored = [term for terms in shape.members("ignoredProperties") for term in terms]
    named = [shape.graph.value(part.node, sh("path")) for part in shape.shapes("property")]
    known = {term for term in [*ignored, *named] if isinstance(term, ox.NamedNode)}

    allowed = sorted(known, key=str)

    def pattern(node: str, value: str) -> str:
        return f"{node} ?path {value} FILTER(!{context.one_of(allowed, '?path')})"

    def violated(node: str) -> str:
        path, value = context.fresh("path"), context.fresh()
        return f"EXISTS {{ {node} {path} {value} FILTER(!{context.one_of(allowed, path)}) }}"

    made = each_match("Closed", [pattern], "?this ?path ?value", violated)
    return replace(made, possible=Possible(None, known=frozenset(known)))
