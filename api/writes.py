"""What every write over HTTP has in common: a dry run, preconditions, and its answer."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from pledgegraph.api import refusals
from pledgegraph.api.context import Context
from pledgegraph.api.look_up_answers import write_json
from pledgegraph.api.problems import RequestError
from pledgegraph.graph import source_graphs
from pledgegraph.graph.errors import DamagedReleaseError
from pledgegraph.graph.publishing import GraphEdit, Outcome, write
from pledgegraph.graph.reading import MEBIBYTE
from pledgegraph.graph.release import Release, latest

DryRun = Annotated[
    bool, Query(alias="dry-run", description="Say what would happen, and publish nothing.")
]


class Written(BaseModel):
    """What a write did, or would do."""

    graph: str = Field(description="The source graph.")
    result: str = Field(description="created, replaced, merged, removed or unchanged")
    dry_run: bool = Field(alias="dryRun", description="Whether nothing was published.")
    release: int | None = Field(description="The release that holds it; null after a dry run.")
    added: int = Field(description="Triples that are new.")
    removed: int = Field(description="Triples that are there no more.")
    etag: str | None = Field(description="For If-Match; null after a dry run or a removal.")
    warnings: list[dict[str, Any]] = Field(description="What the shapes advise.")


def limit(here: Context) -> int:
    """Return how many bytes a write may have."""
    return here.settings.write_mebibytes * MEBIBYTE


def publish(request: Request, here: Context, edit: GraphEdit, *, dry_run: bool) -> Outcome:
    """Publish one edit, if its graph is what the request expects it to be."""
    slug = source_graphs.slug_of(edit.graph)

    def look(state: str | None) -> None:
        _check_preconditions(request, state, slug)

    _check_newest(here)
    wait = here.settings.write_wait_seconds
    edits = [replace(edit, look=look)]
    return write(here.settings.home, edits, origin="http", dry_run=dry_run, wait=wait)


def _check_newest(here: Context) -> None:
    """Refuse to build on a release that is not served: it may be damaged."""
    newest = latest(here.settings.home)
    if newest and newest.number != here.engine.release():
        raise DamagedReleaseError(
            f"release {newest.number} is not the one that is served: it is damaged (run "
            "'pledgegraph rebuild'), or the server was told to serve an older one"
        )


def answer(edit: GraphEdit, outcome: Outcome, location: str, *, dry_run: bool) -> Response:
    """Say what a write did, or would do."""
    is_there = not dry_run and edit.triples is not None and outcome.release is not None
    written = Written(
        graph=edit.graph,
        result=_result(edit, outcome),
        dryRun=dry_run,
        release=None if dry_run or outcome.release is None else outcome.release.number,
        added=outcome.added,
        removed=outcome.removed,
        etag=_tag(outcome.release, edit.graph) if is_there else None,
        warnings=refusals.first(map(refusals.described, sorted(set(outcome.report.results)))),
    )
    response = write_json(written.model_dump(by_alias=True))
    if is_there:
        response.headers["Location"] = location
        if edit.graph in outcome.created:
            response.status_code = HTTPStatus.CREATED
    return response


def _tag(release: Release | None, iri: str) -> str | None:
    return f'"{source_graphs.named(release, iri).digest}"' if release else None


def tags(header: str) -> set[str]:
    """Return what the tags of a header name, without the format that a tag of ours ends with."""
    every = (part.strip() for part in header.split(","))
    return {tag.strip('"').partition(".")[0] for tag in every if tag}


def _result(edit: GraphEdit, outcome: Outcome) -> str:
    if edit.triples is None:
        return "removed"
    if edit.graph in outcome.created:
        return "created"
    if not outcome.added and not outcome.removed:
        return "unchanged"
    return "merged" if edit.merge else "replaced"


def _check_preconditions(request: Request, state: str | None, slug: str) -> None:
    """Refuse a write over something else than its sender knows (RFC 9110 13.2.2)."""
    match, none_match = request.headers.get("if-match"), request.headers.get("if-none-match")
    if match is not None and (state is None or not tags(match) & {"*", state}):
        detail = f"graph {slug} is not there" if state is None else f"graph {slug} has changed"
        raise RequestError("precondition-failed", f"{detail}: fetch it before you write over it")
    if none_match is not None and state is not None and tags(none_match) & {"*", state}:
        detail = f"graph {slug} is there already: leave If-None-Match out to replace it"
        raise RequestError("precondition-failed", detail)
