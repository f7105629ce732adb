"""Property paths: read from RDF and written in SPARQL (section 2.3.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from pledgegraph.graph.shacl.graph import Graph
from pledgegraph.graph.shacl.names import RDF, SH, Node, ShapesError, Term, sh

_MODIFIERS = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}

_NAMES = ("alternativePath", "inversePath", *_MODIFIERS)
_CELL = (f"{RDF}first", f"{RDF}rest")


@dataclass(frozen=True)
class Path:
    """A path: its node in the shapes graph, its text, and the steps that follow one another."""

    node: Term
    text: str
    is_step: bool
    steps: tuple[str, ...]

    def __str__(self) -> str:
        """Return the path as SPARQL writes it."""
        return self.text


def read_path(graph: Graph, node: Term) -> Path:
    """Read the path that a node of the shapes graph stands for."""
    text = _text(graph, node, ())
    inner = graph.value(node, sh("inversePath")) if isinstance(node, ox.BlankNode) else node
    return Path(node, text, isinstance(inner, ox.NamedNode), tuple(_steps(graph, node)))


def _steps(graph: Graph, node: Term) -> Iterator[str]:
    if isinstance(node, ox.BlankNode) and graph.is_list(node):
        for item in graph.items(node):
            yield from _steps(graph, item)
    else:
        yield _text(graph, node, ())


def _text(graph: Graph, node: Term, above: tuple[Term, ...]) -> str:
    if node in above or isinstance(node, ox.Literal):
        raise ShapesError(f"{node} is not a well-formed path")
    if isinstance(node, ox.NamedNode):
        return str(node)
    above = (*above, node)
    if graph.is_list(node):
        return _joined(graph, node, "/", above)
    if (choice := graph.value(node, sh("alternativePath"))) is not None:
        return _joined(graph, choice, "|", above)
    if (inner := graph.value(node, sh("inversePath"))) is not None:
        text = _text(graph, inner, above)
        return f"^({text})" if text.startswith("^") else f"^{text}"
    for name, sign in _MODIFIERS.items():
        if (inner := graph.value(node, sh(name))) is not None:
            return f"({_text(graph, inner, above)}{sign})"
    raise ShapesError(f"{node} is not a well-formed path")


def _joined(graph: Graph, head: Term, sign: str, above: tuple[Term, ...]) -> str:
    parts = [_text(graph, item, above) for item in graph.items(head)]
    if len(parts) < 2 and sign == "/":
        raise ShapesError(f"{head} is not a well-formed path: a sequence has two members or more")
    return f"({sign.join(parts)})"


def path_triples(graph: Graph, node: Term) -> Iterator[ox.Triple]:
    """Iterate over the triples that describe a path, and no others about its nodes."""
    if isinstance(node, ox.BlankNode):
        for predicate, value in _description(graph, node):
            yield ox.Triple(node, predicate, value)
            yield from path_triples(graph, value)


def _description(graph: Graph, node: ox.BlankNode) -> Iterator[tuple[ox.NamedNode, Term]]:
    said = graph.subjects.get(node, {})
    read = [name for name in (*_CELL, *(SH + name for name in _NAMES)) if name in said]
    for predicate in _CELL if _CELL[0] in read else read[:1]:
        yield ox.NamedNode(predicate), graph.objects(node, ox.NamedNode(predicate))[0]


def path_copy(graph: Graph, node: Node) -> tuple[Node, list[ox.Triple]]:
    """Copy the description of a path as a tree: no blank node is used twice."""
    if not isinstance(node, ox.BlankNode):
        return node, []
    copy, triples = ox.BlankNode(), list[ox.Triple]()
    for predicate, value in _description(graph, node):
        inner, more = (value, []) if isinstance(value, ox.Literal) else path_copy(graph, value)
        triples += [ox.Triple(copy, predicate, inner), *more]
    return copy, triples
