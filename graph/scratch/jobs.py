"""What a scratch store is asked to do, run on it in a process that may break without harm."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import pyoxigraph as ox

from pledgegraph.graph import errors, terminals, worker
from pledgegraph.graph.frames import Header
from pledgegraph.graph.scratch.dataset import with_dataset
from pledgegraph.graph.syntax_errors import explained
from pledgegraph.graph.well_formed import RDF_XML, XmlSink
from pledgegraph.graph.writing import GRAPH_FORMATS

GraphName = ox.NamedNode | ox.DefaultGraph
Done = tuple[Header, bytes]  # ``changed`` in the header tells that the store is another now


def query(store: ox.Store, header: Header, body: bytes) -> Done:
    """Answer a query."""
    text = body.decode()
    if header["networkDenied"]:
        _check_syntax(store, text, header["job"]["base"])
    kind, media_type, written = worker.answer(store, worker.Job(text, **header["job"]))
    return {"kind": kind, "mediaType": media_type}, written


def _check_syntax(store: ox.Store, text: str, base: str) -> None:
    """Say what is wrong with the syntax before SERVICE is refused: here it reaches nobody."""
    if terminals.find_service(text) is None:
        return
    try:
        store.query(text, base_iri=base)
    except SyntaxError as error:
        raise explained(str(error), text) from error
    except (OSError, RuntimeError, ValueError):
        return


def update(store: ox.Store, header: Header, body: bytes) -> Done:
    """Make an update, wholly or not at all.

    LOAD and SERVICE are refused. Without a network they fail by themselves (and do nothing where
    they say SILENT), so that what is wrong with the syntax can be said first.
    """
    text = body.decode()
    if not header["networkDenied"]:
        _refuse_remote(text)
    default, named = header["usingGraphs"], header["usingNamedGraphs"]
    asked = with_dataset(text, default, named) if default or named else text
    try:
        store.update(asked, base_iri=header["base"])
    except SyntaxError as error:
        raise explained(str(error), text) from error
    except (OSError, RuntimeError, ValueError) as error:
        _refuse_remote(text)
        raise errors.UnsupportedQueryError(str(error)) from error
    return {"changed": True}, b""


def get(store: ox.Store, header: Header, _body: bytes) -> Done:
    """Write a graph."""
    name = _name(header)
    if not _is_there(store, name):
        raise errors.UnknownGraphError(f"there is no graph {header['graph']}")
    triples = (quad.triple for quad in store.quads_for_pattern(None, None, None, name))
    sink = worker.BoundedBuffer(header["budget"])
    media_type = header["mediaType"]
    is_xml = media_type == RDF_XML
    checked: io.BytesIO = XmlSink(sink) if is_xml else sink
    ox.serialize(triples, checked, format=GRAPH_FORMATS[media_type])
    return {}, sink.getvalue()


def put(store: ox.Store, header: Header, body: bytes) -> Done:
    """Make RDF texts the whole content of a graph, or merge them into it."""
    name = _name(header)
    is_new = not _is_there(store, name) or (
        isinstance(name, ox.DefaultGraph) and not _holds_any(store, name)
    )
    if not header["merge"]:
        store.clear_graph(name)
    if isinstance(name, ox.NamedNode):
        store.add_graph(name)
    start = 0
    for media_type, length in header["parts"]:
        _load(store, name, body[start : start + length], media_type, header["base"])
        start += length
    return {"changed": True, "isNew": is_new}, b""


def delete(store: ox.Store, header: Header, _body: bytes) -> Done:
    """Remove a graph; the default graph stays and is empty."""
    name = _name(header)
    if not _is_there(store, name):
        raise errors.UnknownGraphError(f"there is no graph {header['graph']}")
    store.clear_graph(name) if isinstance(name, ox.DefaultGraph) else store.remove_graph(name)
    return {"changed": True}, b""


def names(store: ox.Store, _header: Header, _body: bytes) -> Done:
    """List the named graphs."""
    return {"graphs": sorted(str(name.value) for name in store.named_graphs())}, b""


JOBS: Mapping[str, Callable[[ox.Store, Header, bytes], Done]] = {
    "query": query,
    "update": update,
    "get": get,
    "put": put,
    "delete": delete,
    "names": names,
}


def _name(header: Mapping[str, Any]) -> GraphName:
    iri = header["graph"]
    return ox.DefaultGraph() if iri is None else ox.NamedNode(iri)


def _is_there(store: ox.Store, name: GraphName) -> bool:
    return isinstance(name, ox.DefaultGraph) or store.contains_named_graph(name)


def _holds_any(store: ox.Store, name: GraphName) -> bool:
    return any(True for _ in store.quads_for_pattern(None, None, None, name))


def _load(store: ox.Store, name: GraphName, body: bytes, media_type: str, base: str) -> None:
    try:
        for quad in ox.parse(
            body,
            format=GRAPH_FORMATS[media_type],
            base_iri=base,
            without_named_graphs=True,
            rename_blank_nodes=True,  # those of another text are others
        ):
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object, name))
    except SyntaxError as error:
        line, column = getattr(error, "lineno", None), getattr(error, "offset", None)
        raise errors.RdfSyntaxError(str(error).split(" (line")[0], line, column) from error


def _refuse_remote(text: str) -> None:
    for word in terminals.words(text):
        if word.keyword in ("LOAD", "SERVICE"):
            reason = f"{word.keyword} is refused: no request reaches other hosts or files"
            raise errors.UnsupportedQueryError(reason, *terminals.position(text, word.offset))
