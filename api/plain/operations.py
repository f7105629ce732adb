"""SPARQL on a plain server: queries at ``/sparql``, updates at ``/update``."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response

from pledgegraph.api import negotiation
from pledgegraph.api.plain.context import Store, WithToken, own_address, write_limit
from pledgegraph.api.sparql import METHODS
from pledgegraph.api.sparql_answers import EVERY_FORMAT, PAGE_FORMATS, Asked, choose_formats
from pledgegraph.api.sparql_requests import (
    Change,
    QueryAddress,
    UpdateAddress,
    read_query,
    read_update,
)
from pledgegraph.api.sparql_service import Service, describe_service, description_format
from pledgegraph.graph.scratch import ScratchStore

NOTICE = (
    "This is a plain scratch store: nothing in it is validated, nothing of it is kept, "
    "and it is no part of the graph of pledges."
)
WELCOME = f"""\
{NOTICE}

  /sparql              queries (GET, POST), and the service description
  /update              updates (POST)
  /graphs?graph=IRI    one graph (GET, PUT, POST, DELETE)
  /graphs?default      the default graph
  /graphs/...          graphs named by their own address; POST to /graphs makes one

Reading is open. Writing needs 'Authorization: Bearer' and the PLEDGEGRAPH_WRITE_TOKEN.
"""

router = APIRouter()


@router.get("/", response_class=PlainTextResponse)
def get_home() -> Response:
    """Say what this is, and that nothing is validated."""
    return PlainTextResponse(WELCOME)


@router.get("/healthz")
def get_health() -> dict[str, str]:
    """Say that the server is alive."""
    return {"status": "alive"}


@router.get("/sparql", response_class=Response)
def get_sparql(request: Request, store: Store, asked: QueryAddress) -> Response:
    """Answer ``query=``; without it, describe the service."""
    if asked.query is None:
        return _describe(request, store, asked)
    return _answer(request, store, asked)


@router.post("/sparql", response_class=Response)
async def post_sparql(request: Request, store: Store, address: QueryAddress) -> Response:
    """Answer a query in the body."""
    asked = await read_query(request, address)
    return await run_in_threadpool(_answer, request, store, asked)


@router.options("/sparql")
async def options_sparql(asked: QueryAddress) -> Response:
    """Say which methods there are."""
    return Response(status_code=204, headers={"Allow": METHODS})


@router.post("/update", response_class=Response, dependencies=[WithToken])
async def post_update(request: Request, store: Store, address: UpdateAddress) -> Response:
    """Make an update; relative IRIs in it are below the address of this server."""
    change = await read_update(request, address, write_limit(request))
    await run_in_threadpool(_update, store, change, own_address(request))
    return Response(status_code=204)


@router.options("/update")
async def options_update(address: UpdateAddress) -> Response:
    """Say which methods there are."""
    return Response(status_code=204, headers={"Allow": "OPTIONS, POST"})


def _update(store: ScratchStore, change: Change, base: str) -> None:
    store.update(change.text, base, change.using_graphs, change.using_named_graphs)


def _answer(request: Request, store: ScratchStore, asked: Asked) -> Response:
    assert asked.query is not None
    formats = choose_formats(request.headers.get("accept"), asked.format) or PAGE_FORMATS
    result = store.query(
        asked.query,
        {kind: chosen.media_type for kind, chosen in formats.items()},
        default_graphs=asked.default_graphs if asked.has_dataset else None,
        named_graphs=asked.named_graphs if asked.has_dataset else None,
        base=own_address(request),
    )
    return Response(result.body, headers={"Content-Type": formats[result.kind].content_type})


def _describe(request: Request, store: ScratchStore, asked: Asked) -> Response:
    accept = request.headers.get("accept")
    chosen = description_format(accept, asked, negotiation.GRAPH_FORMATS)
    endpoint = own_address(request)
    service = Service(
        endpoint=endpoint,
        languages=("SPARQL11Query", "SPARQL11Update"),
        result_formats=EVERY_FORMAT,
        input_formats=negotiation.GRAPH_FORMATS,
        graphs=[(name, None) for name in store.names()],
        iri=endpoint,
    )
    body = describe_service(service, chosen.media_type)
    return Response(body, headers={"Content-Type": chosen.content_type})
