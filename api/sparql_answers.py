"""Run a query and send its result in the format that was asked for.

https://www.w3.org/TR/sparql11-protocol/, section numbers are given where a rule comes from it.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from ipaddress import ip_network

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from pledgegraph.api import access, negotiation
from pledgegraph.api.context import Context
from pledgegraph.api.negotiation import Format
from pledgegraph.api.observation import observed
from pledgegraph.api.presence import WhileClientStays
from pledgegraph.api.problems import RequestError
from pledgegraph.api.sparql_page import result_page
from pledgegraph.graph.engine import Answer, Kind
from pledgegraph.graph.errors import PledgeGraphError
from pledgegraph.graph.lasting import is_lasting

OFFERS: Mapping[Kind, Sequence[Format]] = {
    "solutions": negotiation.SOLUTION_FORMATS,
    "boolean": negotiation.BOOLEAN_FORMATS,
    "graph": negotiation.GRAPH_FORMATS,
}
EVERY_FORMAT = (*negotiation.SOLUTION_FORMATS, *negotiation.GRAPH_FORMATS)
LINGER_SECONDS = 1  # for the client to take what there is when its query has been stopped
MAXIMUM_PAGE_BYTES = 4 << 20  # of a result that is shown as a page, which is made in memory
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


class QueryResponse(Response):
    """The answer to a query, which is worked out while it is sent.

    What goes wrong before the first byte has a status of its own; after it the connection is
    broken off, so that no client takes what it has for the whole.
    """

    def __init__(
        self, request: Request, here: Context, asked: Asked, formats: Mapping[Kind, Format]
    ) -> None:
        super().__init__()
        self._request = request
        self._engine = here.engine
        self._asked = asked
        self._formats = formats
        self._allowance = access.allowance(here, request) or here.engine.allowance()
        if not formats:
            result = min(self._allowance.result, MAXIMUM_PAGE_BYTES)
            self._allowance = replace(self._allowance, result=result)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask and send, as long as there is somebody to send it to."""
        asked, wanted = self._asked, self._formats or PAGE_FORMATS
        assert asked.query is not None
        seen = observed(scope)
        seen.query = asked.query
        seen.lasting = is_lasting(asked.query)
        async with (
            WhileClientStays(receive),
            self._engine.open(
                asked.query,
                {kind: chosen.media_type for kind, chosen in wanted.items()},
                default_graphs=asked.default_graphs if asked.has_dataset else None,
                named_graphs=asked.named_graphs if asked.has_dataset else None,
                allowance=self._allowance,
                client=client_of(scope),
            ) as opened,
        ):
            result, rest = opened.start, opened.rest
            seen.release = result.release
            # an answer by HTTP/1.0 ends where the connection does: none may be cut
            if rest is not None and (not self._formats or scope["http_version"] == "1.0"):
                result = replace(result, body=result.body + b"".join([p async for p in rest]))
                rest = None
            if not self._formats:
                show = functools.partial(result_page, self._request, asked.query, result)
                await (await run_in_threadpool(show))(scope, receive, send)
            elif rest is None:
                await _send_whole(result, self._formats[result.kind], send)
            else:
                await self._stream(result, rest, scope, send)

    async def _stream(
        self, start: Answer, rest: AsyncIterator[bytes], scope: Scope, send: Send
    ) -> None:
        content_type = self._formats[start.kind].content_type.encode()
        headers = [(b"content-type", content_type)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": start.body, "more_body": True})
        try:
            async with asyncio.timeout(self._allowance.deadline + LINGER_SECONDS):
                async for piece in rest:
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
        except (PledgeGraphError, TimeoutError) as error:
            observed(scope).cut = str(error) or "the client did not take it in time"
            return  # without the end of the answer: the server then closes the connection
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def answer(request: Request, here: Context, asked: Asked) -> Response:
    """Return the response that runs a query and sends its result in the wanted format."""
    formats = choose_formats(request.headers.get("accept"), asked.format)
    return QueryResponse(request, here, asked, formats)


def client_of(scope: Scope) -> str:
    """Return whose request it is: an address, or the network that one customer has in IPv6."""
    client = scope.get("client")
    if client is None:
        return "unknown"
    address = str(client[0])
    if ":" not in address:
        return address
    try:
        return str(ip_network((address.partition("%")[0], 64), strict=False))
    except ValueError:
        return address


@functools.lru_cache(maxsize=256)
def choose_formats(accept: str | None, name: str | None) -> Mapping[Kind, Format]:
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


async def _send_whole(result: Answer, chosen: Format, send: Send) -> None:
    headers = [
        (b"content-length", b"%d" % len(result.body)),
        (b"content-type", chosen.content_type.encode()),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": result.body})
