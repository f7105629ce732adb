"""The limits within which the SPARQL endpoint answers, for people and for programs."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from pledgegraph.api import pages
from pledgegraph.api.context import Here
from pledgegraph.api.documents import FormatName, chosen_format
from pledgegraph.api.negotiation import HTML, Format
from pledgegraph.api.settings import Settings
from pledgegraph.graph.guard import COUNTED

JSON = Format("json", "json", "application/json")
# The settings that bound a query's run; those that bound its text are the guard's.
RUN = (
    "workers",
    "queue",
    "queue_wait_seconds",
    "query_deadline_seconds",
    "query_memory_mebibytes",
    "query_result_mebibytes",
)

router = APIRouter(tags=["SPARQL"])


class Limit(BaseModel):
    """One limit: how much there may be of what, and the setting that says so."""

    name: str = Field(description="The limit; the member `rule` of a refusal names it.")
    most: float = Field(description="How much there may be.")
    of: str = Field(description="What is counted.")
    setting: str = Field(description="The environment variable that sets it.")


class SparqlLimits(BaseModel):
    """What a query may have, and what its run may use."""

    query: list[Limit] = Field(description="Checked before a query is parsed: 422 beyond it.")
    run: list[Limit] = Field(description="What its run may use: 422 or 503 beyond it.")


def sparql_limits(settings: Settings) -> SparqlLimits:
    """Return every limit that concerns queries."""
    return SparqlLimits(
        query=[_limit(settings, f"query_{name}", name.replace("_", "-")) for name in COUNTED],
        run=[_limit(settings, field, field.replace("_", "-")) for field in RUN],
    )


def _limit(settings: Settings, field: str, name: str) -> Limit:
    said = Settings.model_fields[field].description or ""
    most = getattr(settings, field)
    return Limit(name=name, most=most, of=said, setting=f"PLEDGEGRAPH_{field.upper()}")


@router.get(
    "/sparql/limits",
    summary="The limits of queries",
    response_model=SparqlLimits,
    responses={200: {"content": {HTML.media_type: {}}}},
)
def get_limits(request: Request, here: Here, name: FormatName = None) -> Response:
    """Show how large a query may be and what its run may use, as a page or as JSON."""
    limits = sparql_limits(here.settings)
    if chosen_format(request, name, (JSON, HTML)) is JSON:
        return JSONResponse(limits.model_dump(), media_type=JSON.media_type)
    return pages.page(request, "limits.html", limits=limits)
