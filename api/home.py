"""The first page: what this is, what it holds and what to try."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from pledgegraph.api import pages
from pledgegraph.api.context import Here
from pledgegraph.graph.errors import NoReleaseError

TRIES = (
    (
        "/pledges?inForceOn=2020-06-12",
        "Which pledges were in force on 12 June 2020?",
        "Three companies had just suspended police facial recognition, in three different ways.",
    ),
    (
        "/pledges?inForceOn=2021-07-01&knownAsOf=2020-12-31",
        "Which were in force on 1 July 2021, as far as was known at the end of 2020?",
        "Amazon's extension was reported only in May 2021, so that its pledge is not among them.",
    ),
    (
        "/pledges/amazon-2020-06-police-facial-recognition",
        "What did Amazon promise, and who was exempt?",
        "The words, the sources, the exemptions, and what each statement rests on.",
    ),
)

router = APIRouter(include_in_schema=False)


@router.get("/", response_class=Response)
def get_home(request: Request, here: Here) -> Response:
    """Show the first page, also while there is no release yet."""
    try:
        release = here.engine.release()
    except NoReleaseError:
        release = None
    return pages.page(request, "home.html", release=release, tries=TRIES, today=date.today())
