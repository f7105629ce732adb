"""The REST look-ups: nine collections, each with filters and a page for every item."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from pledgegraph.api.context import Here
from pledgegraph.api.item_answers import (
    ItemSlug,
    answer_item,
    answer_status,
    document_handler,
    item_handler,
)
from pledgegraph.api.list_answers import answer_list
from pledgegraph.api.look_up_answers import OFFERS
from pledgegraph.api.look_up_parameters import (
    ConceptName,
    FormatName,
    HeldOfficeOn,
    InForceOn,
    KnownAsOf,
    Named,
    On,
    Page,
    Text,
    Word,
)
from pledgegraph.api.negotiation import declared
from pledgegraph.graph import clocks
from pledgegraph.graph.collections import (
    BILLS,
    COLLECTIONS,
    COMPANIES,
    EXEMPTIONS,
    LEGISLATORS,
    ORGANIZATIONS_LISTED,
    PLEDGES,
    POSITIONS,
    SOURCES,
    STATEMENTS,
)

router = APIRouter(tags=["Look-ups"], responses=declared(*OFFERS))


@router.get("/pledges", summary="List pledges", response_class=Response)
def list_pledges(
    request: Request,
    here: Here,
    page: Page,
    in_force_on: InForceOn = None,
    known_as_of: KnownAsOf = None,
    source: Named = None,
    pledgor: Named = None,
    kind: ConceptName = None,
) -> Response:
    """List pledges: on two clocks, by source, by who made them, by kind.

    Pledges that were only possibly known are listed apart, under ``possiblyKnown``.
    """
    if in_force_on is not None:
        clock = clocks.in_force(in_force_on, known_as_of)
    else:
        clock = clocks.known_by(known_as_of)
    filters = {"source": source, "pledgor": pledgor, "kind": kind}
    return answer_list(request, here, PLEDGES, page, filters, clock)


@router.get("/bills", summary="List bills", response_class=Response)
def list_bills(
    request: Request,
    here: Here,
    page: Page,
    session: Word = None,
    chamber: Named = None,
    stage: ConceptName = None,
    subject: Word = None,
    text: Text = None,
    sponsor: Named = None,
    source: Named = None,
) -> Response:
    """List bills: by session, chamber, the stage they are at, subject, title or who is behind them.

    ``sponsor`` finds what a person sponsors or cosponsors.
    """
    filters = {"session": session, "chamber": chamber, "stage": stage, "subject": subject}
    filters |= {"text": text, "sponsor": sponsor, "source": source}
    return answer_list(request, here, BILLS, page, filters)


@router.get("/companies", summary="List companies", response_class=Response)
def list_companies(
    request: Request,
    here: Here,
    page: Page,
    source: Named = None,
    pledge: Named = None,
    name: Text = None,
) -> Response:
    """List companies."""
    filters = {"source": source, "pledge": pledge, "name": name}
    return answer_list(request, here, COMPANIES, page, filters)


@router.get("/exemptions", summary="List exemptions", response_class=Response)
def list_exemptions(
    request: Request,
    here: Here,
    page: Page,
    pledge: Named = None,
    company: Named = None,
    beneficiary: Named = None,
    source: Named = None,
    known_as_of: KnownAsOf = None,
) -> Response:
    """List exemptions: who may still do what a pledge rules out, and in which words."""
    filters = {"pledge": pledge, "company": company, "beneficiary": beneficiary, "source": source}
    clock = clocks.known_by(known_as_of)
    return answer_list(request, here, EXEMPTIONS, page, filters, clock)


@router.get("/legislators", summary="List legislators", response_class=Response)
def list_legislators(
    request: Request,
    here: Here,
    page: Page,
    held_office_on: HeldOfficeOn = None,
    source: Named = None,
    name: Text = None,
    chamber: Named = None,
    party: Named = None,
) -> Response:
    """List legislators, all or those in office on a day."""
    filters = {"heldOfficeOn": held_office_on, "source": source, "name": name}
    filters |= {"chamber": chamber, "party": party}
    return answer_list(request, here, LEGISLATORS, page, filters)


@router.get("/organizations", summary="List organizations", response_class=Response)
def list_organizations(
    request: Request, here: Here, page: Page, source: Named = None, name: Text = None
) -> Response:
    """List organizations of every kind, companies among them."""
    filters = {"source": source, "name": name}
    return answer_list(request, here, ORGANIZATIONS_LISTED, page, filters)


@router.get("/statements", summary="List statements", response_class=Response)
def list_statements(
    request: Request,
    here: Here,
    page: Page,
    speaker: Named = None,
    company: Named = None,
    pledge: Named = None,
    source: Named = None,
    known_as_of: KnownAsOf = None,
) -> Response:
    """List statements: who said what, in which role and for whom."""
    filters = {"speaker": speaker, "company": company, "pledge": pledge, "source": source}
    clock = clocks.known_by(known_as_of)
    return answer_list(request, here, STATEMENTS, page, filters, clock)


@router.get("/positions", summary="List positions", response_class=Response)
def list_positions(
    request: Request,
    here: Here,
    page: Page,
    holder: Named = None,
    pledge: Named = None,
    stance: ConceptName = None,
    source: Named = None,
    known_as_of: KnownAsOf = None,
) -> Response:
    """List positions: who is for or against what."""
    filters = {"holder": holder, "pledge": pledge, "stance": stance, "source": source}
    clock = clocks.known_by(known_as_of)
    return answer_list(request, here, POSITIONS, page, filters, clock)


@router.get("/sources", summary="List sources", response_class=Response)
def list_sources(
    request: Request, here: Here, page: Page, pledge: Named = None, kind: ConceptName = None
) -> Response:
    """List source documents and data sets."""
    return answer_list(request, here, SOURCES, page, {"pledge": pledge, "kind": kind})


@router.get("/pledges/{slug}", summary="Show a pledge", response_class=Response)
def get_pledge(
    request: Request,
    slug: ItemSlug,
    here: Here,
    on: On = None,
    known_as_of: KnownAsOf = None,
    format_name: FormatName = None,
) -> Response:
    """Show a pledge with all that is recorded about it, and its status on both clocks."""
    return answer_item(request, here, PLEDGES, slug, format_name, (on, known_as_of))


@router.get("/pledges/{slug}/status", summary="Was it in force?", response_class=Response)
def get_status(
    request: Request, slug: ItemSlug, here: Here, on: On = None, known_as_of: KnownAsOf = None
) -> Response:
    """Answer with the status on a day as known by a day, the rule, and the records it rests on."""
    return answer_status(request, here, slug, on, known_as_of)


for _collection in COLLECTIONS.values():
    if _collection is not PLEDGES:
        router.add_api_route(
            f"/{_collection.name}/{{slug}}",
            item_handler(_collection),
            name=f"get {_collection.name}",
            summary=f"Show one of the {_collection.name}",
            response_class=Response,
        )

for _kind in sorted({kind for collection in COLLECTIONS.values() for kind in collection.kinds}):
    router.add_api_route(
        f"/doc/{_kind}/{{slug}}",
        document_handler(_kind),
        name=f"document of a {_kind}",
        include_in_schema=False,
        response_class=Response,
    )
