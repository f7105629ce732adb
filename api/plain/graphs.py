"""The SPARQL 1.1 Graph Store Protocol on a plain server.

https://www.w3.org/TR/sparql11-http-rdf-update/: a graph is named by ``?graph=`` or ``?default``
(4.2), or by its own address below ``/graphs/`` (4.1).
"""

from __future__ import annotations

import uuid
from email.parser import BytesParser
from email.policy import HTTP
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from pledgegraph.api import negotiation
from pledgegraph.api.bodies import read_body
from pledgegraph.api.documents import FormatName, chosen_format
from pledgegraph.api.plain.context import Store, WithToken, iri, own_address, write_limit
from pledgegraph.api.problems import RequestError
from pledgegraph.graph.reading import READ_FORMATS
from pledgegraph.graph.scratch import ScratchStore, Text

MULTIPART = "multipart/form-data"
METHODS = "DELETE, GET, HEAD, OPTIONS, POST, PUT"

GraphName = Annotated[str | None, Query(alias="graph", description="IRI of a graph.")]
IsDefault = Annotated[str | None, Query(alias="default", description="The default graph.")]

router = APIRouter()


@router.get("/graphs", response_class=Response)
def get_graphs(
    request: Request,
    store: Store,
    graph: GraphName = None,
    default: IsDefault = None,
    name: FormatName = None,
) -> Response:
    """Send the graph that is named; without a name, list them all."""
    if graph is None and default is None:
        return JSONResponse({"items": [{"id": name} for name in store.names()]})
    return _send(request, store, _named(graph, default), name)


@router.put("/graphs", response_class=Response, dependencies=[WithToken])
async def put_graph(
    request: Request, store: Store, graph: GraphName = None, default: IsDefault = None
) -> Response:
    """Make what is sent the whole content of a graph."""
    return await _store(request, store, _named(graph, default), merge=False)


@router.post("/graphs", response_class=Response, dependencies=[WithToken])
async def post_graph(
    request: Request, store: Store, graph: GraphName = None, default: IsDefault = None
) -> Response:
    """Merge what is sent into a graph; without a name, make a graph of it (5.5)."""
    if graph is not None or default is not None:
        return await _store(request, store, _named(graph, default), merge=True)
    made = f"{own_address(request)}/{uuid.uuid4().hex}"
    await _store(request, store, made, merge=False)
    return Response(status_code=201, headers={"Location": made})


@router.delete("/graphs", response_class=Response, dependencies=[WithToken])
def delete_graph(store: Store, graph: GraphName = None, default: IsDefault = None) -> Response:
    """Remove a graph, or empty the default graph."""
    store.delete(_named(graph, default))
    return Response(status_code=204)


@router.get("/graphs/{path:path}", response_class=Response)
def get_own(request: Request, store: Store, name: FormatName = None) -> Response:
    """Send the graph with this address."""
    return _send(request, store, own_address(request), name)


@router.put("/graphs/{path:path}", response_class=Response, dependencies=[WithToken])
async def put_own(request: Request, store: Store) -> Response:
    """Make what is sent the whole content of the graph with this address."""
    return await _store(request, store, own_address(request), merge=False)


@router.post("/graphs/{path:path}", response_class=Response, dependencies=[WithToken])
async def post_own(request: Request, store: Store) -> Response:
    """Merge what is sent into the graph with this address."""
    return await _store(request, store, own_address(request), merge=True)


@router.delete("/graphs/{path:path}", response_class=Response, dependencies=[WithToken])
def delete_own(request: Request, store: Store) -> Response:
    """Remove the graph with this address."""
    store.delete(own_address(request))
    return Response(status_code=204)


@router.options("/graphs")
async def options_graphs(graph: GraphName = None, default: IsDefault = None) -> Response:
    """Say which methods there are."""
    return Response(status_code=204, headers={"Allow": METHODS})


@router.options("/graphs/{path:path}")
async def options_own() -> Response:
    """Say which methods there are."""
    return Response(status_code=204, headers={"Allow": METHODS})


def _named(graph: str | None, default: str | None) -> str | None:
    """Return the name of a graph, none for the default graph."""
    if graph is not None and default is not None:
        raise RequestError("bad-request", "name a graph or the default graph, not both")
    if graph is None and default is None:
        raise RequestError("bad-request", "name a graph by ?graph=IRI, or the default by ?default")
    return None if graph is None else iri(graph, "'graph'")


def _send(request: Request, store: ScratchStore, graph: str | None, name: str | None) -> Response:
    chosen = chosen_format(request, name, negotiation.GRAPH_FORMATS)
    body = store.get(graph, chosen.media_type)
    return Response(body, headers={"Content-Type": chosen.content_type})


async def _store(
    request: Request, store: ScratchStore, graph: str | None, *, merge: bool
) -> Response:
    texts = await _read_texts(request)
    base = own_address(request) if graph is None else graph
    is_new = await run_in_threadpool(store.put, graph, texts, base, merge=merge)
    return Response(status_code=201 if is_new else 204)


async def _read_texts(request: Request) -> list[Text]:
    """Read an RDF text, or several in one form (5.5)."""
    taken = (*READ_FORMATS, MULTIPART) if request.method == "POST" else READ_FORMATS
    body = await read_body(request, taken, write_limit(request))
    if body.media_type != MULTIPART:
        return [Text(body.media_type, body.data)]
    return _parts(request.headers["content-type"], body.data)


def _parts(content_type: str, data: bytes) -> list[Text]:
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1")
    message = BytesParser(policy=HTTP).parsebytes(head + data)
    if message.defects or not message.is_multipart():
        raise RequestError("bad-request", "the form has no parts between its boundaries")
    texts = []
    for part in message.iter_parts():
        media_type = part.get_content_type()
        if media_type not in READ_FORMATS:
            detail = f"a part of the form is {media_type}: send {', '.join(READ_FORMATS)}"
            raise RequestError("unsupported-media-type", detail, available=list(READ_FORMATS))
        payload = part.get_payload(decode=True)
        assert isinstance(payload, bytes)  # a part that is not itself in parts
        texts.append(Text(media_type, payload))
    return texts
