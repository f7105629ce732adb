"""The documentation of every type of problem, where its ``type`` leads."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from pledgegraph.api import pages
from pledgegraph.api.problems import RequestError, all_kinds

router = APIRouter(tags=["Problems"])


@router.get("/problems", summary="Every type of problem", response_class=Response)
def get_problems(request: Request) -> Response:
    """List the types of problem."""
    return pages.page(request, "problems.html", kinds=list(all_kinds().values()))


@router.get("/problems/{slug}", summary="One type of problem", response_class=Response)
def get_problem(request: Request, slug: str) -> Response:
    """Explain one type of problem."""
    kind = all_kinds().get(slug)
    if kind is None:
        raise RequestError("not-found", f"there is no type of problem {slug!r}")
    return pages.page(request, "problems.html", kinds=[kind])
