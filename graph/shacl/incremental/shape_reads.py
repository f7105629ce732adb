"""The triples that a shape looks at: its targets, paths, comparisons and queries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from pledgegraph.graph.shacl.components import uses, validator_of
from pledgegraph.graph.shacl.incremental.chains import Chain, Step, UnreadableError, chain_of
from pledgegraph.graph.shacl.incremental.patterns import read_groups
from pledgegraph.graph.shacl.incremental.reads import Read, Way, along, at_subject, query_reads
from pledgegraph.graph.shacl.names import TRUE, TYPE, Node, Term, sh
from pledgegraph.graph.shacl.query_text import tokens, written
from pledgegraph.graph.shacl.shape import Shape, siblings
from pledgegraph.graph.shacl.sparql import read_query

_COMPARED = ("equals", "disjoint", "lessThan", "lessThanOrEquals")
_TYPE = Step(frozenset({TYPE}))
EVERYTHING = Read(None)


@dataclass(frozen=True)
class Reads:
    """What a targeted shape looks at, and in words how a change of it is decided."""

    reads: frozenset[Read]
    decision: str


def reads_of(shape: Shape) -> Reads:
    """Return what the verdict on a focus node can depend on."""
    if shape.deactivated:
        return Reads(frozenset(), "not at all: deactivated")
    if shape.is_recursive:
        return Reads(frozenset({EVERYTHING}), "whole: it refers to itself")
    try:
        found = frozenset([*_targets(shape), *_of(shape, ())])
    except UnreadableError as error:
        return Reads(frozenset({EVERYTHING}), f"whole: a query cannot be read: {error}")
    if unconnected := next((read for read in found if not read.ways), None):
        named = ", ".join(sorted(map(str, unconnected.predicates or ()))) or "any property"
        return Reads(found, f"whole: no pattern connects {named} with the focus node")
    return Reads(found, "by paths and patterns" if _has_query(shape) else "by paths")


def _targets(shape: Shape) -> Iterator[Read]:
    for kind in shape.target_classes:
        yield Read(_TYPE.predicates, (Way(False, ()),), kind=kind)
    for name, to_object in (("targetSubjectsOf", False), ("targetObjectsOf", True)):
        for predicate in shape.values(name):
            if isinstance(predicate, ox.NamedNode):
                yield Read(frozenset({predicate}), (Way(to_object, ()),))


def _of(shape: Shape, chain: Chain) -> Iterator[Read]:
    """Iterate over what a shape looks at when it validates the nodes at the end of a chain."""
    if shape.deactivated:
        return
    own = chain_of(shape.path.text) if shape.path else ()
    values = chain + own
    yield from along(own, chain)
    for kind in shape.values("class"):
        yield Read(_TYPE.predicates, (Way(False, values),), kind=kind)
    if shape.value("closed") == TRUE:
        yield at_subject(Step(None), chain)
    for name in _COMPARED:
        for predicate in shape.values(name):
            if isinstance(predicate, ox.NamedNode):
                yield at_subject(Step(frozenset({predicate})), chain)
    for part in _parts(shape):
        yield from _of(part, values)
    for node, text, parameters in _queries(shape):
        starts = {"this": chain, "value": values} if text.name == "ask" else {"this": chain}
        query = read_query(shape, node, text.text, parameters)
        plain = tokens(written(query.found, query.names), {})
        yield from query_reads(read_groups(plain), starts)


def _parts(shape: Shape) -> Iterator[Shape]:
    yield from shape.parts()
    if TRUE in shape.values("qualifiedValueShapesDisjoint"):
        yield from siblings(shape)


@dataclass(frozen=True)
class _Text:
    name: str
    text: str


def _queries(shape: Shape) -> Iterator[tuple[Node, _Text, Mapping[str, Term]]]:
    """Iterate over the queries of a shape, each with the values of its parameters."""
    for node in shape.values("sparql"):
        if not isinstance(node, ox.Literal) and TRUE not in shape.graph.objects(
            node, sh("deactivated")
        ):
            yield from ((node, text, {}) for text in _texts(shape, node))
    for component, parameters in uses(shape):
        node = validator_of(shape, component)
        yield from ((node, text, parameters) for text in _texts(shape, node))


def _texts(shape: Shape, node: Node) -> Iterator[_Text]:
    for name in ("ask", "select"):
        text = shape.graph.value(node, sh(name))
        if isinstance(text, ox.Literal):
            yield _Text(name, text.value)
            return


def _has_query(shape: Shape) -> bool:
    own = next(_queries(shape), None) is not None
    return own or any(_has_query(part) for part in _parts(shape) if not part.deactivated)
