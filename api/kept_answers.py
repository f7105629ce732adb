"""Whole answers kept in memory: header fields and packed body, ready to be sent again.

An answer with a tag is a function of the release, the day and the request (``conventions.py``), as
is one that its handler calls lasting, so that the same request gets it again until one of these
changes. Requests with a token go by: who asks decides what they get.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pledgegraph.api import head
from pledgegraph.api.head import Fields
from pledgegraph.api.observation import observed
from pledgegraph.api.recent import Recent
from pledgegraph.api.sparql_requests import FORM, QUERY
from pledgegraph.graph.errors import EngineError

POSTED = "/sparql"  # where also POST only asks
STATUSES = (200, 304)
MAXIMUM_BODY_BYTES = 1 << 20
MAXIMUM_POSTED_BYTES = 1 << 16
OVERHEAD_BYTES = 2000  # of an entry beside its texts
# What says who asks, or how it is sent, and changes no answer. Every other field is in the key.
NO_MATTER = frozenset(
    b"connection content-length dnt forwarded keep-alive origin priority referer save-data "
    b"sec-fetch-dest sec-fetch-mode sec-fetch-site sec-fetch-user sec-gpc traceparent tracestate "
    b"upgrade-insecure-requests user-agent via x-forwarded-for x-real-ip x-request-id".split()
)


class Key(NamedTuple):
    """What an answer depends on."""

    release: int
    day: date
    method: str
    scheme: str
    path: bytes
    query: bytes
    fields: tuple[tuple[bytes, bytes], ...]
    posted: bytes


class Kept(NamedTuple):
    """An answer, and what is told of its request."""

    status: int
    fields: Fields
    body: bytes
    route: str
    release: int | None
    query: str | None


Memory = Recent[Key, Kept]


class KeptAnswers:
    """Middleware that answers from memory what was asked before."""

    def __init__(self, app: ASGIApp, release: Callable[[], int], memory: Memory) -> None:
        self._app = app
        self._release = release
        self._memory = memory

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if not _only_asks(scope):
            await self._app(scope, receive, send)
            return
        posted: bytes | None = b""
        if scope["method"] == "POST":
            posted, receive = await _read(receive)
        key = None if posted is None else self._key(scope, posted)
        kept = self._memory.get(key) if key else None
        if kept is not None:
            await _send_again(kept, scope, send)
        elif key is not None:
            await self._ask(key, scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _key(self, scope: Scope, posted: bytes) -> Key | None:
        """Return what the answer to a request depends on; none while there is no release."""
        release = self._newest()
        if release is None:
            return None
        observed(scope).newest = release
        return Key(
            release,
            date.today(),
            scope["method"],
            scope["scheme"],
            scope.get("raw_path") or scope["path"].encode(),
            scope["query_string"],
            tuple(field for field in scope["headers"] if field[0] not in NO_MATTER),
            posted,
        )

    async def _ask(self, key: Key, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request be answered, and keep the answer if it comes in one piece."""
        start: Message = {}

        async def send_and_keep(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
            elif start and not message.get("more_body", False):
                self._keep(key, scope, start, message.get("body", b""))
            else:
                start = {}
            await send(message)

        await self._app(scope, receive, send_and_keep)

    def _newest(self) -> int | None:
        try:
            return self._release()
        except EngineError:
            return None

    def _keep(self, key: Key, scope: Scope, start: Message, body: bytes) -> None:
        seen = observed(scope)
        may_be_kept = seen.lasting and start["status"] in STATUSES
        if not may_be_kept or len(body) > MAXIMUM_BODY_BYTES:
            return
        if key.release != (seen.release or self._newest()):
            return  # a new one came meanwhile
        fields = start["headers"]
        kept = Kept(start["status"], fields, body, seen.route, seen.release, seen.query)
        texts = (key.query, key.posted, body, *(part for pair in key.fields for part in pair))
        size = 3 * len(key.query + key.posted) + sum(map(len, texts)) + OVERHEAD_BYTES
        self._memory.put(key, kept, size)


def _only_asks(scope: Scope) -> bool:
    """Tell whether a request changes nothing, and comes from nobody in particular."""
    if scope["type"] != "http":
        return False
    method = scope["method"]
    asks = method in ("GET", "HEAD")
    if method == "POST" and scope["path"] == POSTED:
        media_type = head.given(scope["headers"], b"content-type") or ""
        asks = media_type.partition(";")[0].strip().lower() in (FORM, QUERY)  # others are refused
    return asks and all(name != b"authorization" for name, _ in scope["headers"])


async def _read(receive: Receive) -> tuple[bytes | None, Receive]:
    """Read a body, none if it is not whole or large; the receiver gives its pieces again."""
    messages: list[Message] = []
    size, more = 0, True
    while more and size <= MAXIMUM_POSTED_BYTES:
        message = await receive()
        messages.append(message)
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    is_whole = not more and messages[-1]["type"] == "http.request"
    posted = b"".join(message.get("body", b"") for message in messages) if is_whole else None

    async def receive_again() -> Message:
        return messages.pop(0) if messages else await receive()

    return posted, receive_again


async def _send_again(kept: Kept, scope: Scope, send: Send) -> None:
    seen = observed(scope)
    seen.route, seen.release, seen.query = kept.route, kept.release, kept.query
    await send({"type": "http.response.start", "status": kept.status, "headers": kept.fields})
    await send({"type": "http.response.body", "body": kept.body})
