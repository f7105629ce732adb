"""Source graphs over HTTP: the SPARQL 1.1 Graph Store Protocol, with ``?graph=`` naming one.

https://www.w3.org/TR/sparql11-http-rdf-update/. There is no ``?default``: the default graph
follows from the source graphs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from pledgegraph.api import negotiation, writes
from pledgegraph.api.access import GraphsToken, check_source
from pledgegraph.api.bodies import Body, read_body
from pledgegraph.api.context import Context, Here
from pledgegraph.api.documents import FormatName, chosen_format
from pledgegraph.api.look_up_answers import write_json
from pledgegraph.api.look_up_parameters import invalid
from pledgegraph.api.negotiation import Format
from pledgegraph.api.problems import RequestError
from pledgegraph.api.tokens import Scope, Token
from pledgegraph.api.writes import DryRun, Written
from pledgegraph.graph import source_graphs
from pledgegraph.graph.namespaces import thing
from pledgegraph.graph.publishing import GraphEdit, texts
from pledgegraph.graph.reading import READ_FORMATS, read_rdf
from pledgegraph.graph.release import Release, numbered
from pledgegraph.graph.writing import write_triples

GraphName = Annotated[
    str,
    Query(
        alias="graph",
        description="IRI of a source graph.",
        examples=["https://w3id.org/pledgegraph/graph/acme-news-2026-01-15"],
    ),
]
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {name: {"schema": {"type": "string"}} for name in READ_FORMATS},
    }
}
ANSWERS: dict[int | str, dict[str, Any]] = {200: {"model": Written}}
CREATED: dict[int | str, dict[str, Any]] = {**ANSWERS, 201: {"model": Written}}

WRITTEN_WHOLE = 100_000  # triples: a larger graph would take too much memory at once
AS_LINES = (negotiation.N_TRIPLES, negotiation.TURTLE)

router = APIRouter(tags=["Writing"])


@router.get(
    "/graphs",
    summary="List the source graphs, or send one",
    response_class=Response,
    responses={
        200: {"content": {"application/json": {}, **{name: {} for name in READ_FORMATS}}},
        304: {"description": "It has not changed."},
    },
)
def get_graphs(
    request: Request,
    here: Here,
    graph: Annotated[str | None, Query(description="IRI of the one to send.")] = None,
    name: FormatName = None,
) -> Response:
    """Send the source graph that is named, literals as written; without a name, list them all."""
    if graph is not None:
        return _send(request, here, graph, chosen_format(request, name, negotiation.GRAPH_FORMATS))
    if name is not None:
        raise invalid("format", "a list is JSON: name a graph, or leave 'format' out")
    release = _served(here)
    items = [
        {
            "id": item.iri,
            "source": {"id": thing("source", item.slug)},
            "triples": item.triples,
            "etag": f'"{item.digest}"',
            "origin": item.origin,
        }
        for item in source_graphs.listed(release)
    ]
    return write_json({"release": release.number, "items": items})


def _send(request: Request, here: Context, iri: str, chosen: Format) -> Response:
    release = _served(here)
    found = source_graphs.named(release, iri)
    # strong, since If-Match compares strongly; the part before the dot is the state of the graph
    headers = {"ETag": f'"{found.digest}.{chosen.suffix}"', "Cache-Control": "no-cache"}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    headers["Content-Type"] = chosen.content_type
    if found.triples > WRITTEN_WHOLE:
        return StreamingResponse(_lines(release, iri, chosen), headers=headers)
    body = write_triples(source_graphs.triples(release, iri), chosen.media_type)
    return Response(body, headers=headers)


def _lines(release: Release, iri: str, chosen: Format) -> Iterator[bytes]:
    """Send a large graph from its text as it stands: N-Triples, which is Turtle as well."""
    if chosen not in AS_LINES:
        detail = f"a graph of more than {WRITTEN_WHOLE} triples is sent as N-Triples or Turtle"
        available = [offer.media_type for offer in AS_LINES]
        raise RequestError("not-acceptable", detail, available=available)
    path = release.graph(iri)
    assert path is not None  # it is listed
    return texts.triple_lines(path, iri)


def _served(here: Context) -> Release:
    return numbered(here.settings.home, here.engine.release())


@router.put(
    "/graphs",
    summary="Replace a source graph, or add one",
    response_class=Response,
    responses=CREATED,
    openapi_extra=BODY,
)
async def put_graph(
    request: Request, here: Here, token: GraphsToken, graph: GraphName, dry_run: DryRun = False
) -> Response:
    """Make what is sent the whole content of a source graph; 201 where it is new."""
    _check_name(token, graph)
    body = await read_body(request, READ_FORMATS, writes.limit(here))
    return await run_in_threadpool(_store, request, here, graph, body, False, dry_run)


@router.post(
    "/graphs",
    summary="Add to a source graph",
    response_class=Response,
    responses=CREATED,
    openapi_extra=BODY,
)
async def post_graph(
    request: Request, here: Here, token: GraphsToken, graph: GraphName, dry_run: DryRun = False
) -> Response:
    """Merge what is sent into a source graph; 201 where it is new."""
    _check_name(token, graph)
    body = await read_body(request, READ_FORMATS, writes.limit(here))
    return await run_in_threadpool(_store, request, here, graph, body, True, dry_run)


@router.delete(
    "/graphs", summary="Remove a source graph", response_class=Response, responses=ANSWERS
)
def delete_graph(
    request: Request, here: Here, token: GraphsToken, graph: GraphName, dry_run: DryRun = False
) -> Response:
    """Remove a source graph, unless others rely on it."""
    _check_name(token, graph)
    edit = GraphEdit(graph, None)
    with here.only_writer():
        outcome = writes.publish(request, here, edit, dry_run=dry_run)
    return writes.answer(edit, outcome, "", dry_run=dry_run)


def _check_name(token: Token, iri: str) -> None:
    check_source(token, Scope.GRAPHS, source_graphs.slug_of(iri))


def _store(
    request: Request, here: Context, iri: str, body: Body, merge: bool, dry_run: bool
) -> Response:
    with here.only_writer():
        triples = read_rdf(body.data, body.media_type, iri)
        edit = GraphEdit(iri, triples, merge)
        outcome = writes.publish(request, here, edit, dry_run=dry_run)
    return writes.answer(edit, outcome, f"/graphs?graph={quote(iri)}", dry_run=dry_run)
