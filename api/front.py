"""What stands before the web framework: it sees every request first and every answer last."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from pledgegraph.api.compression import Compression
from pledgegraph.api.conventions import Conventions


class Application(FastAPI):
    """A web application behind layers of ours.

    The framework's own layers around a handler take longer than most answers, so that those which
    need no handler are given before them; and what the framework answers by itself passes here.
    """

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - as the framework's own
        super().__init__(**settings)
        self.front: ASGIApp = self.handle

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        scope["app"] = self
        await self.front(scope, receive, send)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the framework answer."""
        await super().__call__(scope, receive, send)

    def pattern(self, scope: Scope) -> str | None:
        """Return the pattern of the address of a request, if there is such an address."""
        return _pattern(self.routes, scope)


def _pattern(routes: Iterable[BaseRoute], scope: Scope) -> str | None:
    for route in routes:
        if route.matches(scope)[0] is Match.FULL:
            included = getattr(route, "original_router", None)  # as the framework includes them
            return _pattern(included.routes, scope) if included else getattr(route, "path", None)
    return None


class Preflights(CORSMiddleware):
    """Answers what a browser asks before it lets a page of another host ask."""

    def __init__(self, app: ASGIApp) -> None:
        methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]
        super().__init__(app, allow_origins=["*"], allow_methods=methods, allow_headers=["*"])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; all but OPTIONS passes by."""
        passes = scope["type"] != "http" or scope["method"] != "OPTIONS"
        await (self.app if passes else super().__call__)(scope, receive, send)

    async def simple_response(
        self, scope: Scope, receive: Receive, send: Send, request_headers: Headers
    ) -> None:
        """Let others answer what is no preflight."""
        await self.app(scope, receive, send)


def usual_layers(app: Application, inner: ASGIApp, release: Callable[[], int]) -> ASGIApp:
    """Give every answer what is common to all; ``release`` tells what a tag is made of."""
    # outside in: a 304 has what all have, HEAD the length of the compressed GET
    return Preflights(Conventions(Compression(inner), release, app.pattern))
