"""Records over HTTP: one source a request, in the record format or as JSON-LD."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from pledgegraph.api import writes
from pledgegraph.api.access import RecordsToken, check_source
from pledgegraph.api.bodies import Body, read_body
from pledgegraph.api.context import Context, Here
from pledgegraph.api.graphs import CREATED
from pledgegraph.api.tokens import Scope, Token
from pledgegraph.api.writes import DryRun
from pledgegraph.graph import source_graphs
from pledgegraph.graph.build import consequences
from pledgegraph.graph.errors import DataRefusedError, RecordsRefusedError
from pledgegraph.graph.known import known_to
from pledgegraph.graph.namespaces import GRAPH, ID
from pledgegraph.graph.publishing import GraphEdit
from pledgegraph.graph.reading import read_rdf
from pledgegraph.graph.records.load import Records, load_text
from pledgegraph.graph.release import latest

JSON_LD = "application/ld+json"
# RFC 9512 names the first; the others are older and still sent.
YAML = ("application/yaml", "text/yaml", "application/x-yaml")
TAKEN = (*YAML, JSON_LD)
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {name: {"schema": {"type": "string"}} for name in TAKEN},
    }
}

router = APIRouter(tags=["Writing"])


@router.post(
    "/records",
    summary="Publish a record",
    response_class=Response,
    responses=CREATED,
    openapi_extra=BODY,
)
async def post_record(
    request: Request, here: Here, token: RecordsToken, dry_run: DryRun = False
) -> Response:
    """Make a record the content of its source's graph; a record of the same source is replaced.

    It may refer to what the graph holds already. Send `If-None-Match: *` to replace nothing.
    """
    body = await read_body(request, TAKEN, writes.limit(here))
    return await run_in_threadpool(_publish, request, here, token, body, dry_run)


def _publish(request: Request, here: Context, token: Token, body: Body, dry_run: bool) -> Response:
    with here.only_writer():
        records = None if body.media_type == JSON_LD else _read(here, body)
        edit = _document(body) if records is None else _edit(records)
        slug = source_graphs.slug_of(edit.graph)
        check_source(token, Scope.RECORDS, slug)
        try:
            outcome = writes.publish(request, here, edit, dry_run=dry_run)
        except DataRefusedError as error:
            if records is None:
                raise
            found = sorted(consequences(error.report.violations, records))
            raise RecordsRefusedError(found, error.report) from error
    return writes.answer(edit, outcome, f"/sources/{slug}", dry_run=dry_run)


def _read(here: Context, body: Body) -> Records:
    release = latest(here.settings.home)
    records = load_text(body.data, lambda slugs: known_to(release, slugs))
    if records.problems.errors:
        raise RecordsRefusedError(records.problems.errors)
    return records


def _edit(records: Records) -> GraphEdit:
    ((graph, triples),) = records.graphs.items()
    return GraphEdit(graph, tuple(triples))


def _document(body: Body) -> GraphEdit:
    triples = read_rdf(body.data, body.media_type, ID)
    return GraphEdit(f"{GRAPH}{source_graphs.source_described(triples)}", triples)
