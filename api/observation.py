"""What is told of each request: an id, a line in the log, and numbers for ``/metrics``."""

from __future__ import annotations

import contextlib
import json
import random
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pledgegraph.api.metrics import Metrics

KEY = "pledgegraph.observed"
HEADER = "X-Request-Id"
NO_ROUTE = "none"  # no such address, or answered before it was looked up
GONE = 499  # what nginx logs for a client that did not wait
_SANE = re.compile(rb"[A-Za-z0-9._-]{1,64}")


@dataclass(slots=True)
class Observed:
    """What has been seen of a request so far; handlers add what only they know."""

    request_id: str
    route: str = NO_ROUTE  # the pattern of the address, which no client can make up
    status: int = 0
    bytes: int = 0
    release: int | None = None
    newest: int | None = None  # the release that was served when the request came
    query: str | None = None
    cut: str | None = None  # why the answer was broken off
    lasting: bool | None = None  # whether a release answers the same request the same each time


def observed(scope: Scope) -> Observed:
    """Return what is seen of a request; where nobody looks, what is added is lost."""
    found: Observed = scope.get(KEY) or Observed("")
    return found


class Observation:
    """Middleware that looks at every request."""

    def __init__(
        self,
        app: ASGIApp,
        metrics: Metrics,
        write: Callable[[str], object] | None,
        *,
        with_queries: bool,
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._write = write
        self._with_queries = with_queries

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, and tell of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        seen = scope[KEY] = Observed(_request_id(scope))
        begin = time.perf_counter()

        async def send_observed(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen.status = message["status"]
                mark = (b"x-request-id", seen.request_id.encode())
                message = {**message, "headers": [*message["headers"], mark]}
            else:
                seen.bytes += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, send_observed)
        except Exception:
            seen.status = 500
            raise
        finally:
            self._tell(scope, seen, time.perf_counter() - begin)

    def _tell(self, scope: Scope, seen: Observed, seconds: float) -> None:
        route, status = seen.route, seen.status or GONE
        self._metrics.count(route, status, seconds, is_cut=seen.cut is not None)
        if self._write is None:
            return
        line = _line(scope["method"], seen, status, seconds)
        if seen.cut is not None:
            line += f', "cut": {json.dumps(seen.cut)}'
        if self._with_queries and seen.query is not None:
            line += f', "query": {json.dumps(seen.query)}'
        with contextlib.suppress(OSError, ValueError):  # nobody reads the log any more
            self._write(f"{{{line}}}\n")


def _line(method: str, seen: Observed, status: int, seconds: float) -> str:
    """Write the members that every line has, of which a client makes up none."""
    return (
        f'"time": "{datetime.now(UTC).isoformat(timespec="milliseconds")}", '
        f'"method": "{method}", "route": "{seen.route}", "status": {status}, '
        f'"ms": {seconds * 1000:.2f}, "bytes": {seen.bytes}, '
        f'"release": {"null" if seen.release is None else seen.release}, '
        f'"request_id": "{seen.request_id}"'
    )


def log_writer(wanted: bool | None) -> Callable[[str], object] | None:
    """Return what writes a line to the log: standard error, unless a person reads it there."""
    if wanted is None:
        wanted = not sys.stderr.isatty()
    return sys.stderr.write if wanted else None


def _request_id(scope: Scope) -> str:
    """Return the id that the request brings, if it is a plain word, or a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _SANE.fullmatch(value):
            return str(value, "ascii")
    return f"{random.getrandbits(64):016x}"
