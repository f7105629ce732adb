"""SPARQL-based constraint components (section 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from pledgegraph.graph.shacl.constraint import Constraint, SparqlConstraint, each_match
from pledgegraph.graph.shacl.context import Context
from pledgegraph.graph.shacl.groups import outer_group
from pledgegraph.graph.shacl.names import TRUE, Node, ShapesError, Term, sh
from pledgegraph.graph.shacl.query_text import check, written
from pledgegraph.graph.shacl.shape import Shape
from pledgegraph.graph.shacl.sparql import Query, messages_of, read_query, select_constraint


def component_constraints(context: Context, shape: Shape) -> Iterator[Constraint]:
    """Compile what a shape says by the parameters of components that the shapes graph declares."""
    for component, parameters in uses(shape):
        yield _compile(context, shape, component, parameters)


def uses(shape: Shape) -> Iterator[tuple[Node, dict[str, Term]]]:
    """Iterate over the components that a shape uses, each with the values of its parameters."""
    for component in sorted(shape.graph.having(sh("parameter")), key=str):
        if sh("ConstraintComponent") in shape.graph.classes(component):
            yield from ((component, parameters) for parameters in _uses(shape, component))


def _uses(shape: Shape, component: Node) -> Iterator[dict[str, Term]]:
    """Iterate over the values of the parameters in a shape (section 6.2.1)."""
    found, several = dict[str, Term](), list[tuple[str, list[Term]]]()
    for parameter in shape.graph.objects(component, sh("parameter")):
        path = shape.graph.value(parameter, sh("path"))
        if not isinstance(path, ox.NamedNode):
            raise ShapesError(f"a parameter of {component} has no sh:path")
        name = path.value.rpartition("#")[2].rpartition("/")[2]
        values = shape.graph.objects(shape.node, path)
        if not values and TRUE not in shape.graph.objects(parameter, sh("optional")):
            return
        if len(values) == 1:
            found[name] = values[0]
        elif values:
            several.append((name, values))
    if len(several) > 1 or (several and found):
        raise ShapesError(f"{shape.node} gives {component} parameters more than once")
    for name, values in several:
        yield from ({**found, name: value} for value in values)
    if not several and found:
        yield found


def _compile(
    context: Context, shape: Shape, component: Node, parameters: Mapping[str, Term]
) -> Constraint:
    validator = validator_of(shape, component)
    if shape.graph.value(validator, sh("ask")) is not None:
        return _asked(context, shape, component, validator, parameters)
    return select_constraint(
        context, shape, validator, component, source=None, parameters=parameters
    )


def validator_of(shape: Shape, component: Node) -> Node:
    """Return the validator of a component for this kind of shape (section 6.2.3)."""
    name = "nodeValidator" if shape.path is None else "propertyValidator"
    own = shape.graph.value(component, sh(name))
    validator = own or shape.graph.value(component, sh("validator"))
    if validator is None or isinstance(validator, ox.Literal):
        raise ShapesError(f"{component} has no validator for this kind of shape")
    return validator


def _asked(
    context: Context, shape: Shape, component: Node, validator: Node, parameters: Mapping[str, Term]
) -> Constraint:
    """Compile an sh:ask: a value for which it says no violates (section 6.3.2)."""
    text, path = shape.graph.value(validator, sh("ask")), shape.path
    assert isinstance(text, ox.Literal)
    query = read_query(shape, validator, text.value, parameters)
    check(query.found, frozenset({"this", "value"}))

    def denies(node: str, value: str) -> str:
        return f"NOT EXISTS {{ {_body(context, query, node, value)} }}"

    def pattern(node: str, value: str) -> str:
        if path is None:
            return f"FILTER {denies(node, node)} BIND({node} AS {value})"
        return f"{node} {path} {value} FILTER {denies(node, value)}"

    def violated(node: str) -> str:
        if path is None:
            return f"({denies(node, node)})"
        return context.reaches(node, path.steps, lambda value: denies(node, value))

    made = each_match("", [pattern], "?this ?value", violated)
    return SparqlConstraint(
        component,
        made.queries,
        made.violated,
        messages=messages_of(shape, validator),
        parameters=tuple(parameters.items()),
    )


def _body(context: Context, query: Query, node: str, value: str) -> str:
    """Write what an ASK asks of a node and a value, with variables of its own."""
    own, names = context.fresh("ask"), {"this": node, "value": value}

    def named(name: str) -> str:
        known = query.names(name)
        return names.get(name, f"{own}_{name}" if known == f"?{name}" else known)

    outer = outer_group(query.found)
    return written(query.found[outer.start + 1 : outer.end], named)
