"""Answer with one item of a collection: as data, or as its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Path as InPath
from fastapi import Request
from starlette.responses import RedirectResponse, Response

from pledgegraph.api import naming, negotiation, pages
from pledgegraph.api.context import Context, Here
from pledgegraph.api.documents import chosen_format, get_document
from pledgegraph.api.look_up_answers import OFFERS, sparql_address, write_data, write_json
from pledgegraph.api.look_up_parameters import FormatName
from pledgegraph.api.negotiation import HTML, Format
from pledgegraph.graph import bounds, coverage, look_up
from pledgegraph.graph.bills import add_stage
from pledgegraph.graph.collections import BILLS, COLLECTIONS, PLEDGES, SOURCES, Collection
from pledgegraph.graph.frame import reference
from pledgegraph.graph.look_up import Fetched
from pledgegraph.graph.lookups.description import describe
from pledgegraph.graph.namespaces import ID, thing
from pledgegraph.graph.status import status_on

ItemSlug = Annotated[str, InPath(pattern=r"^[A-Za-z0-9][A-Za-z0-9._~-]*$")]
Clocks = tuple[date | None, date | None]

_TEMPLATES = {
    "bills": "bill.html",
    "pledges": "pledge.html",
    "sources": "source.html",
    "statements": "statement.html",
    "companies": "organization.html",
    "organizations": "organization.html",
    "legislators": "legislator.html",
    "positions": "position.html",
    "exemptions": "exemption.html",
}


def item_handler(collection: Collection) -> Callable[..., Response]:
    """Make the handler that shows one item of a collection."""

    def get_item(
        request: Request, slug: ItemSlug, here: Here, format_name: FormatName = None
    ) -> Response:
        return answer_item(request, here, collection, slug, format_name)

    return get_item


def answer_item(
    request: Request,
    here: Context,
    collection: Collection,
    slug: str,
    format_name: str | None,
    clocks: Clocks = (None, None),
) -> Response:
    """Show an item, or lead from an alias, or from another collection's item, to its address."""
    stem, suffix = negotiation.split_suffix(slug, OFFERS)
    chosen = suffix or chosen_format(request, format_name, OFFERS)
    iri = _find_item(here, collection, stem)
    if iri is None:
        return _elsewhere(here, collection, stem)
    address = _address(collection, iri)
    if address != f"/{collection.name}/{stem}":
        return _redirect(request, address, suffix)
    fetched = look_up.fetch(here.engine, collection, [iri])
    return _answer(request, here, collection, fetched, chosen, clocks)


def answer_status(
    request: Request, here: Context, slug: str, on: date | None, known_as_of: date | None
) -> Response:
    """Answer with the status of a pledge on a day, as far as known by a day."""
    chosen = chosen_format(request, None, (OFFERS[0], negotiation.JSON_LD))
    iri = _find_item(here, PLEDGES, slug)
    if iri is None:
        return _elsewhere(here, PLEDGES, slug)
    address = _address(PLEDGES, iri)
    if address != f"/pledges/{slug}":
        return _redirect(request, f"{address}/status", None)
    return write_json(_status(here, iri, (on, known_as_of)), chosen)


def document_handler(kind: str) -> Callable[..., Response]:
    """Make the handler of the documents about things of a kind: their page is the item's page."""

    def get_item_document(
        request: Request, slug: ItemSlug, here: Here, format_name: FormatName = None
    ) -> Response:
        stem, suffix = negotiation.split_suffix(slug, negotiation.PAGE_FORMATS)
        if (suffix or chosen_format(request, format_name)) is HTML:
            for collection in COLLECTIONS.values():
                iri = thing(kind, stem)
                if kind in collection.kinds and _find_item(here, collection, iri) == iri:
                    fetched = look_up.fetch(here.engine, collection, [iri])
                    return _answer(request, here, collection, fetched, HTML, (None, None))
        return get_document(request, kind, slug, here, format_name)

    return get_item_document


def _find_item(here: Context, collection: Collection, name: str) -> str | None:
    return look_up.resolve(here.engine, name, collection.kinds, collection.classes)


def _elsewhere(here: Context, collection: Collection, slug: str) -> Response:
    """Say why there is no such item: unknown, retracted, or a thing that is no item."""
    iri = describe(here.engine, thing(collection.kinds[0], slug)).iri
    return RedirectResponse(f"/doc/{quote(iri.removeprefix(ID))}", 303)


def _address(collection: Collection, iri: str) -> str:
    """Return the address of an item: a company has it among the companies."""
    kind, _, slug = iri.removeprefix(ID).partition("/")
    name = naming.COLLECTION_OF.get(kind, collection.name)
    return f"/{name}/{quote(slug)}"


def _redirect(request: Request, address: str, suffix: Format | None) -> Response:
    ending = "" if suffix is None else f".{suffix.suffix}"
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{address}{ending}{query}", 308)


def _answer(
    request: Request,
    here: Context,
    collection: Collection,
    fetched: Fetched,
    chosen: Format,
    clocks: Clocks,
) -> Response:
    iri, item = next(iter(fetched.items.items()))
    extra = _complete(here, collection, fetched, iri, clocks)
    document = iri.removeprefix(ID)
    if chosen is HTML:
        values: dict[str, Any] = {"item": item, "naming": naming, **extra}
        values |= {"address": _address(collection, iri), "query": sparql_address(fetched.query)}
        response: Response = pages.page(request, _TEMPLATES[collection.name], **values)
    else:
        body = {**item, **extra, "query": sparql_address(fetched.query)}
        response = write_data(body, fetched.triples, chosen)
    describes = f'</id/{quote(document)}>; rel="describes"'
    canonical = f'</doc/{quote(document)}>; rel="canonical", '
    is_document = request.url.path.startswith("/doc/")
    response.headers["Link"] = describes if is_document else canonical + describes
    return response


def _complete(
    here: Context, collection: Collection, fetched: Fetched, iri: str, clocks: Clocks
) -> dict[str, Any]:
    """Add what is computed, not fetched: a status, a stage, counts, and what is left out."""
    item, listings = fetched.items[iri], here.listings
    if collection is SOURCES and "DataSet" in item["type"]:
        coverage.add_counts(here.engine, listings, item)
    elif collection is SOURCES:
        coverage.add_coverage(here.engine, item)
    elif collection.parts:
        bounds.cut(collection, item, lambda query: listings.count(here.engine, query))
    if collection is BILLS:
        add_stage(item)
    for left in item.get("leftOut", {}).values():
        left["query"] = sparql_address(left["query"])
    if collection is not PLEDGES:
        return {}
    status = _status(here, iri, clocks)
    for phase in status["items"]:
        phase["restsOn"] = [reference(fetched.facts, part["id"]) for part in phase["restsOn"]]
    return {"statusOn": status}


def _status(here: Context, iri: str, clocks: Clocks) -> dict[str, Any]:
    on, known_as_of = clocks
    found = status_on(here.engine, iri, on or date.today(), known_as_of)
    return {**found, "query": sparql_address(found["query"])}
