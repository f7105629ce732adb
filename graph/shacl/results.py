"""From the rows of queries to results with their messages (sections 3.6, 5.3.2)."""

from __future__ import annotations

import pyoxigraph as ox

from pledgegraph.graph.shacl.constraint import Constraint, SparqlConstraint
from pledgegraph.graph.shacl.messages import default_message, filled
from pledgegraph.graph.shacl.names import TRUE, Node, ShapesError, Term
from pledgegraph.graph.shacl.report import Result
from pledgegraph.graph.shacl.shape import Shape


def made_of(
    shape: Shape, constraint: Constraint, row: dict[str, Term], root: tuple[Node, Term]
) -> Result:
    """Return the result that a row of a constraint's query stands for (section 3.6.2)."""
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
        root=root,
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
