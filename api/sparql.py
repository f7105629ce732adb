"""The SPARQL endpoint: SPARQL 1.1 Protocol for queries, and a form for people.

https://www.w3.org/TR/sparql11-protocol/, section numbers are given where a rule comes from it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from pledgegraph.api import negotiation, pages
from pledgegraph.api.context import Here
from pledgegraph.api.parameters import refuse_unexpected
from pledgegraph.api.problems import RequestError
from pledgegraph.api.sparql_answers import EVERY_FORMAT, Asked, answer
from pledgegraph.api.sparql_page import examples
from pledgegraph.api.sparql_service import describe_service
from pledgegraph.graph.errors import UpdateRefusedError

MAXIMUM_BODY_BYTES = 1 << 20
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
METHODS = "GET, HEAD, OPTIONS, POST"

# May a parameter be given more than once? (2.1.4: the graph lists may, the query may not.)
FORM_PARAMETERS = {
    "query": False,
    "default-graph-uri": True,
    "named-graph-uri": True,
    "format": False,
}
router = APIRouter(tags=["SPARQL"])


def from_address(
    query: Annotated[str | None, Query(description="A SPARQL 1.1 query.")] = None,
    default_graph_uri: Annotated[list[str] | None, Query(alias="default-graph-uri")] = None,
    named_graph_uri: Annotated[list[str] | None, Query(alias="named-graph-uri")] = None,
    format_: Annotated[
        str | None,
        Query(alias="format", description="json, xml, csv, tsv, turtle, ntriples, jsonld, rdfxml"),
    ] = None,
) -> Asked:
    """Read the parameters in the address."""
    return Asked(query, tuple(default_graph_uri or ()), tuple(named_graph_uri or ()), format_)


Address = Annotated[Asked, Depends(from_address)]


@router.get(
    "/sparql",
    summary="Answer a query (2.1.1), or describe the service",
    response_class=Response,
    responses=negotiation.declared(negotiation.HTML, *EVERY_FORMAT),
)
def get_sparql(request: Request, here: Here, asked: Address) -> Response:
    """Answer ``query=``; without it, describe the service or show a form."""
    if asked.query is None:
        return _introduce(request, asked)
    return answer(request, here, asked)


@router.post(
    "/sparql",
    summary="Answer a query sent as a form (2.1.2) or as it is (2.1.3)",
    response_class=Response,
    responses=negotiation.declared(negotiation.HTML, *EVERY_FORMAT),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                DIRECT: {"schema": {"type": "string"}},
                FORM: {
                    "schema": {
                        "type": "object",
                        "required": ["query"],
                        "properties": {"query": {"type": "string"}, "format": {"type": "string"}},
                    }
                },
            },
        }
    },
)
async def post_sparql(request: Request, here: Here, address: Address) -> Response:
    """Answer a query in the body."""
    asked = await _read_body(request, address)
    return await run_in_threadpool(answer, request, here, asked)


@router.options("/sparql", include_in_schema=False)
async def options_sparql() -> Response:
    """Say which methods there are."""
    return Response(status_code=204, headers={"Allow": METHODS})


def _introduce(request: Request, asked: Asked) -> Response:
    """Answer a request without a query: a form for a browser, else the service description."""
    if asked.has_dataset:
        raise RequestError("bad-request", "graphs are named, but there is no query")
    offers = negotiation.PAGE_FORMATS
    accept = request.headers.get("accept")
    if asked.format is not None:
        chosen = negotiation.named(asked.format, offers)
    elif negotiation.is_browser(accept):
        chosen = negotiation.HTML
    else:
        chosen = negotiation.choose(accept, negotiation.GRAPH_FORMATS)
    if chosen is None:
        available = [offer.media_type for offer in offers]
        raise RequestError("not-acceptable", "the service is not described so", available=available)
    if chosen is negotiation.HTML:
        return pages.page(request, "sparql.html", query=examples()[0].query, examples=examples())
    endpoint = str(request.url.replace(query="", fragment=""))
    body = describe_service(endpoint, EVERY_FORMAT, chosen.media_type)
    return Response(body, headers={"Content-Type": chosen.content_type})


async def _read_body(request: Request, address: Asked) -> Asked:
    """Read the query from the body; graphs and format may also stand in the address."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == UPDATE:
        raise UpdateRefusedError("this endpoint answers queries and takes no updates")
    if media_type not in (FORM, DIRECT):
        detail = f"send a query as {DIRECT} or {FORM}, not as {media_type or 'nothing named'}"
        raise RequestError(
            "unsupported-media-type", detail, headers={"Accept-Post": f"{DIRECT}, {FORM}"}
        )
    if address.query is not None:
        raise RequestError("bad-request", "the query belongs into the body of a POST request")
    text = _decode(await _read_bounded(request))
    if media_type == DIRECT:
        return replace(address, query=text)
    return _merge(address, _form_items(text))


async def _read_bounded(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAXIMUM_BODY_BYTES:
            detail = f"a query may have {MAXIMUM_BODY_BYTES} bytes"
            raise RequestError("content-too-large", detail, limit=MAXIMUM_BODY_BYTES)
    return bytes(body)


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError("bad-request", f"the body is not UTF-8: {error.reason}") from error


def _form_items(text: str) -> list[tuple[str, str]]:
    """Decode a form, once: ``%2525`` is ``%25`` after it."""
    try:
        items = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise RequestError("bad-request", f"the form can't be read: {error}") from error
    if any(name == "update" for name, _ in items):
        raise UpdateRefusedError("this endpoint answers queries and takes no updates")
    refuse_unexpected(items, FORM_PARAMETERS)
    return items


def _merge(address: Asked, items: list[tuple[str, str]]) -> Asked:
    values: dict[str, list[Any]] = {name: [] for name in FORM_PARAMETERS}
    for name, value in items:
        values[name].append(value)
    if not values["query"]:
        raise RequestError("bad-request", "the form has no field 'query'")
    if values["format"] and address.format is not None:
        raise RequestError("duplicate-parameter", "'format' stands in the address and in the form")
    return Asked(
        query=values["query"][0],
        default_graphs=(*address.default_graphs, *values["default-graph-uri"]),
        named_graphs=(*address.named_graphs, *values["named-graph-uri"]),
        format=next(iter(values["format"]), address.format),
    )
