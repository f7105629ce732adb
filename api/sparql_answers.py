"""Run a query and send its result in the format that was asked for.

https://www.w3.org/TR/sparql11-protocol/, section numbers are given where a rule comes from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import Request
from starlette.responses import Response

from pledgegraph.api import negotiation
from pledgegraph.api.context import Context
from pledgegraph.api.negotiation import Format
from pledgegraph.api.problems import RequestError
from pledgegraph.api.sparql_page import result_page
from pledgegraph.graph.engine import Answer, Kind

OFFERS: Mapping[Kind, Sequence[Format]] = {
    "solutions": negotiation.SOLUTION_FORMATS,
    "boolean": negotiation.BOOLEAN_FORMATS,
    "graph": negotiation.GRAPH_FORMATS,
}
EVERY_FORMAT = (*negotiation.SOLUTION_FORMATS, *negotiation.GRAPH_FORMATS)
# What a page is made from.
PAGE_FORMATS: Mapping[Kind, Format] = {
    "solutions": negotiation.JSON,
    "boolean": negotiation.JSON,
    "graph": negotiation.TURTLE,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a query's result, however it was sent."""

    query: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format: str | None

    @property
    def has_dataset(self) -> bool:
        """Whether the request names graphs, which then replace the query's own (2.1.4)."""
        return bool(self.default_graphs or self.named_graphs)


def answer(request: Request, here: Context, asked: Asked) -> Response:
    """Run a query and send its result in the format that was asked for."""
    assert asked.query is not None
    formats = choose_formats(request.headers.get("accept"), asked.format)
    result = here.engine.query(
        asked.query,
        {kind: chosen.media_type for kind, chosen in (formats or PAGE_FORMATS).items()},
        default_graphs=asked.default_graphs if asked.has_dataset else None,
        named_graphs=asked.named_graphs if asked.has_dataset else None,
    )
    if not formats:
        return result_page(request, asked.query, result)
    return _send(result, formats[result.kind])


def choose_formats(accept: str | None, name: str | None) -> dict[Kind, Format]:
    """Return the format for each form of result that can be had; none means a page."""
    if name is not None:
        if negotiation.named(name, [negotiation.HTML]):
            return {}
        found = {kind: negotiation.named(name, offers) for kind, offers in OFFERS.items()}
    elif negotiation.is_browser(accept):
        return {}
    else:
        found = {kind: negotiation.choose(accept, offers) for kind, offers in OFFERS.items()}
    formats = {kind: chosen for kind, chosen in found.items() if chosen is not None}
    if not formats:
        available = [offer.media_type for offer in EVERY_FORMAT]
        detail = f"no result is written as {name or accept}"
        raise RequestError("not-acceptable", detail, available=available)
    return formats


def _send(result: Answer, chosen: Format) -> Response:
    return Response(result.body, headers={"Content-Type": chosen.content_type})
