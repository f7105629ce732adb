"""For operators: is the server alive, is it ready, did the release pass the gate, and the docs."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from pledgegraph.api import negotiation, pages
from pledgegraph.api.context import Here
from pledgegraph.api.metrics import MEDIA_TYPE
from pledgegraph.graph.errors import EngineBusyError
from pledgegraph.graph.release import numbered

router = APIRouter(tags=["Operations"])


@router.get("/healthz", summary="Is the server alive?")
async def healthz() -> dict[str, str]:
    """Answer without asking the engine."""
    return {"status": "alive"}


@router.get("/readyz", summary="Is there a release, and does a worker answer?")
def readyz(here: Here) -> dict[str, str | int]:
    """Ask the engine a trivial query; a full queue means that workers are there."""
    release = here.engine.release()
    try:
        # RAND: what may change is not answered from memory
        release = here.engine.query("ASK { FILTER(RAND() < 1) }").release
    except EngineBusyError:
        return {"status": "busy", "release": release}
    return {"status": "ready", "release": release}


@router.get(
    "/metrics",
    summary="Requests, queue, workers and release in numbers (Prometheus)",
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}}},
)
def metrics(here: Here) -> Response:
    """Write the numbers in Prometheus's text format."""
    return Response(here.metrics.text(), headers={"Content-Type": MEDIA_TYPE})


@router.get(
    "/quality/report.ttl",
    summary="The validation report of the current release",
    response_class=Response,
    responses={200: {"content": {"text/turtle": {}}}},
)
def quality_report(here: Here) -> Response:
    """Send the report that the release was published with."""
    release = numbered(here.settings.home, here.engine.release())
    body = release.report_path.read_bytes()
    return Response(body, headers={"Content-Type": negotiation.TURTLE.content_type})


@router.get("/docs", include_in_schema=False)
def docs(request: Request) -> Response:
    """Show the interface's documentation, from our own host only."""
    by_subject: dict[str, list[dict[str, str]]] = {}
    for path, methods in request.app.openapi()["paths"].items():
        for method, operation in methods.items():
            entry = {"method": method.upper(), "path": path, "summary": operation["summary"]}
            by_subject.setdefault(operation["tags"][0], []).append(entry)
    return pages.page(request, "docs.html", by_subject=by_subject)


@router.get("/favicon.ico", include_in_schema=False)
async def favicon() -> Response:
    """Say that there is no icon, which browsers ask for and would log as an error."""
    return Response(status_code=204)
