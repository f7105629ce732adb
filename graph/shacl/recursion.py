"""Recursive shapes: the recommendation leaves them open, so pySHACL decides (section 3.4.3)."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.term import Node as RdfNode

from pledgegraph.graph.shacl.context import Context
from pledgegraph.graph.shacl.focus import Focus
from pledgegraph.graph.shacl.graph import default_graph
from pledgegraph.graph.shacl.names import RDFS, SH, TYPE, Node, Term, sh
from pledgegraph.graph.shacl.report import Result
from pledgegraph.graph.shacl.shape import TARGETS, Shape

_SH = rdflib.Namespace(SH)
_EVERYWHERE = {TYPE, ox.NamedNode(f"{RDFS}subClassOf")}


def by_pyshacl(context: Context, shape: Shape, focus: Focus) -> Iterator[Result]:
    """Validate the focus nodes of a shape by pySHACL, on the part of the data that it can see."""
    nodes = context.terms(f"SELECT DISTINCT ?this {{ {focus.bind('?this')} }}")
    if not nodes:
        return
    shapes = rdflib.Graph()
    for quad in default_graph(context.shapes):
        if quad.predicate not in TARGETS and not _makes_targets(shape, quad):
            shapes.add((_rdf(quad.subject), _rdf(quad.predicate), _rdf(quad.object)))
    for node in nodes:
        shapes.add((_rdf(shape.node), _SH.targetNode, _rdf(node)))
    _, report, _ = pyshacl.validate(_neighbourhood(context, nodes), shacl_graph=shapes)
    if not isinstance(report, rdflib.Graph):
        raise TypeError(f"pySHACL gave no report: {report}")
    for result in report.objects(None, _SH.result):
        yield _read(report, result, shape)


def _makes_targets(shape: Shape, quad: ox.Quad) -> bool:
    """Tell whether a triple makes a shape a class, and so all instances its targets."""
    node = quad.subject
    return isinstance(node, ox.NamedNode | ox.BlankNode) and (
        quad.predicate == TYPE and shape.graph.is_class(node) and _is_shape(shape, node)
    )


def _is_shape(shape: Shape, node: Term) -> bool:
    return not {sh("NodeShape"), sh("PropertyShape")}.isdisjoint(shape.graph.classes(node))


def _neighbourhood(context: Context, nodes: frozenset[Term]) -> rdflib.Graph:
    """Return the triples that lie on paths from the nodes by properties that shapes name."""
    named = {
        value
        for quad in default_graph(context.shapes)
        for value in (quad.object,)
        if isinstance(value, ox.NamedNode)
    }
    graph, seen, todo = rdflib.Graph(), set[Term](), set(nodes)
    for predicate in _EVERYWHERE:
        for quad in context.data.quads_for_pattern(None, predicate, None, ox.DefaultGraph()):
            graph.add((_rdf(quad.subject), _rdf(quad.predicate), _rdf(quad.object)))
    while todo:
        node = todo.pop()
        seen.add(node)
        for quad in _around(context, node):
            graph.add((_rdf(quad.subject), _rdf(quad.predicate), _rdf(quad.object)))
            if quad.predicate in named - _EVERYWHERE:
                ends = {quad.subject, quad.object}
                todo |= {end for end in ends if not isinstance(end, ox.Triple)} - seen
    return graph


def _around(context: Context, node: Term) -> Iterator[ox.Quad]:
    data, graph = context.data, ox.DefaultGraph()
    if not isinstance(node, ox.Literal):
        yield from data.quads_for_pattern(node, None, None, graph)
        yield from data.quads_for_pattern(None, None, node, graph)


def _read(report: rdflib.Graph, result: RdfNode, shape: Shape) -> Result:
    def term(name: str) -> Term | None:
        found = report.value(result, _SH[name])
        return None if found is None else _ox(found)

    def node(name: str, other: Node) -> Node:
        found = term(name)
        return other if found is None or isinstance(found, ox.Literal) else found

    path, focus, source = term("resultPath"), term("focusNode"), term("sourceConstraint")
    assert focus is not None
    severity = term("resultSeverity")
    texts = map(_ox, report.objects(result, _SH.resultMessage))
    return Result(
        focus=focus,
        path=None if isinstance(path, ox.Literal) else path,
        value=term("value"),
        component=node("sourceConstraintComponent", sh("ConstraintComponent")),
        source_shape=node("sourceShape", shape.node),
        source_constraint=None if isinstance(source, ox.Literal) else source,
        severity=severity if isinstance(severity, ox.NamedNode) else sh("Violation"),
        messages=tuple(text for text in texts if isinstance(text, ox.Literal)),
        root=(shape.node, focus),
    )


def _rdf(term: Term | ox.Triple) -> RdfNode:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    assert isinstance(term, ox.Literal)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def _ox(term: RdfNode) -> Term:
    if isinstance(term, rdflib.Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        if term.datatype:
            return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)))
        return ox.Literal(str(term))
    return ox.BlankNode(str(term)) if isinstance(term, rdflib.BNode) else ox.NamedNode(str(term))
