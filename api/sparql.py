"""The SPARQL endpoint: SPARQL 1.1 Protocol for queries, and a form for people.

https://www.w3.org/TR/sparql11-protocol/, section numbers are given where a rule comes from it.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from pledgegraph.api import negotiation, pages
from pledgegraph.api.context import Context, Here
from pledgegraph.api.sparql_answers import EVERY_FORMAT, Asked, answer
from pledgegraph.api.sparql_page import examples
from pledgegraph.api.sparql_requests import FORM, QUERY, QueryAddress, read_query
from pledgegraph.api.sparql_service import (
    Service,
    address,
    describe_service,
    description_format,
)
from pledgegraph.graph.release import numbered
from pledgegraph.graph.source_graphs import listed

METHODS = "GET, HEAD, OPTIONS, POST"

router = APIRouter(tags=["SPARQL"])


@router.get(
    "/sparql",
    summary="Answer a query (2.1.1), or describe the service",
    response_class=Response,
    responses=negotiation.declared(negotiation.HTML, *EVERY_FORMAT),
)
def get_sparql(request: Request, here: Here, asked: QueryAddress) -> Response:
    """Answer ``query=``; without it, describe the service or show a form."""
    if asked.query is None:
        return _introduce(request, here, asked)
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
                QUERY: {"schema": {"type": "string"}},
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
async def post_sparql(request: Request, here: Here, address: QueryAddress) -> Response:
    """Answer a query in the body."""
    asked = await read_query(request, address)
    return await run_in_threadpool(answer, request, here, asked)


@router.options("/sparql", include_in_schema=False)
async def options_sparql(asked: QueryAddress) -> Response:
    """Say which methods there are."""
    return Response(status_code=204, headers={"Allow": METHODS})


def _introduce(request: Request, here: Context, asked: Asked) -> Response:
    """Answer a request without a query: a form for a browser, else the service description."""
    accept = request.headers.get("accept")
    chosen = description_format(accept, asked, negotiation.PAGE_FORMATS)
    if chosen is negotiation.HTML:
        return pages.page(request, "sparql.html", query=examples()[0].query, examples=examples())
    release = numbered(here.settings.home, here.engine.release())
    service = Service(
        endpoint=address(str(request.url.replace(query="", fragment=""))),
        languages=("SPARQL11Query",),
        result_formats=EVERY_FORMAT,
        graphs=[(graph.iri, graph.triples) for graph in listed(release)],
    )
    body = describe_service(service, chosen.media_type)
    return Response(body, headers={"Content-Type": chosen.content_type})
