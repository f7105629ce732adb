"""Answer a list: find a page of items, fetch them, write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from fastapi import Request
from starlette.datastructures import URL
from starlette.responses import Response

from pledgegraph.api import naming, pages
from pledgegraph.api.context import Context
from pledgegraph.api.documents import chosen_format
from pledgegraph.api.look_up_answers import OFFERS, sparql_address, write_data
from pledgegraph.api.look_up_parameters import Paging, filters_asked, write_cursor
from pledgegraph.api.negotiation import HTML
from pledgegraph.graph import look_up
from pledgegraph.graph.bills import add_stage
from pledgegraph.graph.clocks import ALWAYS_KNOWN
from pledgegraph.graph.collections import BILLS, Collection
from pledgegraph.graph.listing import Found, Wanted
from pledgegraph.graph.look_up import Fetched

_NOT_FILTERS = ("limit", "cursor", "format")


def answer_list(
    request: Request,
    here: Context,
    collection: Collection,
    page: Paging,
    given: Mapping[str, str | date | None],
    clock: str = ALWAYS_KNOWN,
) -> Response:
    """Answer with the items that pass the filters."""
    chosen = chosen_format(request, page.format, OFFERS)
    wanted = Wanted(collection, filters_asked(here, collection, given), clock)
    found = here.listings.find(here.engine, wanted, page.after, page.limit)
    fetched = look_up.fetch(here.engine, collection, found.known, listed=True)
    possible = look_up.fetch(here.engine, collection, found.possibly_known, listed=True)
    if collection is BILLS:
        for bill in fetched.items.values():
            add_stage(bill)
    following = _next_address(request, found)
    if chosen is HTML:
        response = _list_page(request, collection, found, fetched, possible, following)
    else:
        body = _body(request, found, fetched, possible, following)
        response = write_data(body, fetched.triples, chosen)
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


def _body(
    request: Request, found: Found, fetched: Fetched, possible: Fetched, following: str | None
) -> dict[str, Any]:
    return {
        "query": sparql_address(found.query),
        "detailsQuery": sparql_address(fetched.query) if found.known else None,
        "asked": _asked(request),
        "total": found.total,
        "items": list(fetched.items.values()),
        "possiblyKnown": list(possible.items.values()),
        "next": following,
    }


def _list_page(
    request: Request,
    collection: Collection,
    found: Found,
    fetched: Fetched,
    possible: Fetched,
    following: str | None,
) -> Response:
    return pages.page(
        request,
        "list.html",
        collection=collection,
        asked=_asked(request),
        items=list(fetched.items.values()),
        possibly=list(possible.items.values()),
        following=following,
        start=found.start,
        total=found.total,
        query=sparql_address(found.query),
        as_json=str(_relative(request).include_query_params(format="json")),
        naming=naming,
    )


def _asked(request: Request) -> dict[str, str]:
    parameters = request.query_params.items()
    return {name: value for name, value in parameters if name not in _NOT_FILTERS}


def _relative(request: Request) -> URL:
    return URL(path=request.url.path, query=request.url.query)


def _next_address(request: Request, found: Found) -> str | None:
    if found.last is None:
        return None
    cursor = write_cursor(found.last)
    return str(_relative(request).include_query_params(cursor=cursor))
