"""Names and documents: ``/id/...`` leads by 303 to ``/doc/...``, which is negotiated.

https://www.w3.org/TR/cooluris/: a thing is not the document about it.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

import pyoxigraph as ox
from fastapi import APIRouter, Query, Request
from fastapi import Path as InPath
from starlette.responses import RedirectResponse, Response

from pledgegraph.api import negotiation, pages
from pledgegraph.api.context import Context, Here
from pledgegraph.api.description_page import show
from pledgegraph.api.negotiation import Format
from pledgegraph.api.problems import RequestError
from pledgegraph.graph.errors import UnknownThingError
from pledgegraph.graph.lookups.description import Description, describe, resolve_alias
from pledgegraph.graph.namespaces import BASE, GRAPH, ID, thing
from pledgegraph.graph.writing import write_triples

Kind = Annotated[str, InPath(pattern="^[a-z][a-z-]*$", description="As in pledge or company.")]
Slug = Annotated[str, InPath(pattern=r"^[A-Za-z0-9][A-Za-z0-9._~-]*$")]
FormatName = Annotated[
    str | None,
    Query(alias="format", description="html, turtle, jsonld, ntriples or rdfxml"),
]

router = APIRouter(tags=["Documents"])


@router.get(
    "/id/{kind}/{slug}",
    summary="Go from a thing to the document about it",
    status_code=303,
    response_class=RedirectResponse,
)
def get_thing(kind: Kind, slug: Slug, here: Here) -> Response:
    """Redirect to the document, or from a readable alias to the thing's own name."""
    alias = _alias_path(here, kind, slug)
    if alias is not None:
        return RedirectResponse(f"/id/{alias}", 308)
    return RedirectResponse(f"/doc/{kind}/{slug}", 303)


@router.get(
    "/doc/{kind}/{slug}",
    summary="Describe a thing",
    response_class=Response,
    responses=negotiation.declared(*negotiation.PAGE_FORMATS),
)
def get_document(
    request: Request, kind: Kind, slug: Slug, here: Here, name: FormatName = None
) -> Response:
    """Describe a thing in the format of its suffix, of ``format=`` or of the Accept header."""
    stem, suffix = negotiation.split_suffix(slug, negotiation.PAGE_FORMATS)
    chosen = suffix or chosen_format(request, name)
    try:
        description = describe(here.engine, thing(kind, stem))
    except UnknownThingError:
        alias = _alias_path(here, kind, stem)
        if alias is None:
            raise
        ending = "" if suffix is None else f".{suffix.suffix}"
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/doc/{alias}{ending}{query}", 308)
    return _document(request, description, chosen)


@router.get(
    "/graph/{slug}",
    summary="Send what one source says",
    response_class=Response,
    responses=negotiation.declared(*negotiation.GRAPH_FORMATS),
)
def get_graph(request: Request, slug: Slug, here: Here, name: FormatName = None) -> Response:
    """Send a named graph: all that one source says, asserted by this graph or not."""
    stem, suffix = negotiation.split_suffix(slug, negotiation.GRAPH_FORMATS)
    offers = negotiation.GRAPH_FORMATS
    chosen = suffix or chosen_format(request, name, offers)
    graph = ox.NamedNode(f"{GRAPH}{stem}")
    held = here.engine.query(f"ASK {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
    if b"true" not in held.body:
        raise UnknownThingError(f"there is no graph {graph.value}")
    text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
    answer = here.engine.query(text, {"graph": chosen.media_type})
    return Response(answer.body, headers={"Content-Type": chosen.content_type})


def chosen_format(
    request: Request,
    name: str | None,
    offers: tuple[Format, ...] = negotiation.PAGE_FORMATS,
) -> Format:
    """Return the format that a request wants among some, or refuse with 406."""
    accept = request.headers.get("accept")
    found = negotiation.named(name, offers) if name else negotiation.choose(accept, offers)
    if found is None:
        available = [offer.media_type for offer in offers]
        detail = f"this address is not served as {(name or accept or '')[:200]}"
        raise RequestError("not-acceptable", detail, available=available)
    return found


def _alias_path(here: Context, kind: str, slug: str) -> str | None:
    """Return kind and slug of the thing that an alias stands for."""
    iri = resolve_alias(here.engine, kind, slug)
    if iri is None or iri == thing(kind, slug):
        return None
    return quote(iri.removeprefix(ID))


def _document(request: Request, description: Description, chosen: Format) -> Response:
    if chosen is negotiation.HTML:
        response: Response = pages.page(request, "thing.html", thing=show(description))
    else:
        found = (*description.outgoing, *description.incoming, *description.label_triples())
        body = write_triples(found, chosen.media_type)
        response = Response(body, headers={"Content-Type": chosen.content_type})
    about = description.iri.removeprefix(BASE)
    response.headers["Link"] = f'</{quote(about)}>; rel="describes"'
    return response
