"""What holds for every answer: HEAD, safe headers, Vary, and ETag with 304 before any work.

An answer to GET is a function of the release, the code, the address, the Accept header and, where
it says what holds today, the day: these make its ETag. It is weak because compression changes the
bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import date
from importlib.resources import files
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pledgegraph.graph.errors import EngineError

POLICY = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
# Swagger UI writes style attributes and has pictures in data: addresses; its code is ours to serve.
DOCS_POLICY = f"{POLICY}; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
}
PACKAGES = ("pledgegraph.api", "pledgegraph.graph", "pledgegraph.ontology", "pledgegraph.shapes")
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
NOT_CACHED = ("/healthz", "/readyz", "/metrics")
SHOWN = frozenset({".py", ".html", ".css", ".js", ".ttl", ".rq"})  # what can change an answer


class Conventions:
    """Middleware that gives every answer what is common to all."""

    def __init__(self, app: ASGIApp, release: Callable[[], int]) -> None:
        self._app = app
        self._release = release
        self._code = code_digest()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"
        tag = self._tag(scope) if scope["method"] in ("GET", "HEAD") else None
        known = _tags(Headers(scope=scope).get("if-none-match", ""))
        if is_head:
            scope = {**scope, "method": "GET"}

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _complete(message, scope["path"], tag, keep=scope["method"] in SAFE_METHODS)
            elif is_head:
                message = {**message, "body": b""}
            await send(message)

        if tag is not None and known & {tag}:
            await _send_not_modified(send_with_headers)
        else:
            await self._app(scope, receive, send_with_headers)

    def _tag(self, scope: Scope) -> str | None:
        """Return the ETag that a good answer to this request has."""
        if scope["path"] in NOT_CACHED:
            return None
        try:
            release = self._release()
        except EngineError:
            return None
        accept = Headers(scope=scope).get("accept", "")
        request = f"{self._code} {date.today()} {scope['path']}?{scope['query_string']!r} {accept}"
        return f'W/"{release}-{hashlib.sha256(request.encode()).hexdigest()[:20]}"'


def code_digest() -> str:
    """Return a digest of the installed code, templates and vocabularies."""
    digest = hashlib.sha256()
    for package in PACKAGES:
        folder = Path(str(files(package)))
        for path in sorted(_packaged(folder)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _packaged(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.suffix in SHOWN and path.is_file())


def _tags(header: str) -> set[str]:
    """Read If-None-Match; weak and strong tags compare alike (RFC 9110 8.8.3.2)."""
    tags = (part.strip() for part in header.split(","))
    return {tag if tag.startswith("W/") else f"W/{tag}" for tag in tags if tag}


def _complete(message: Message, path: str, tag: str | None, *, keep: bool) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in SAFE_HEADERS.items():
        headers.setdefault(name, value)
    if path == "/docs":
        headers["Content-Security-Policy"] = DOCS_POLICY
    headers.add_vary_header("Accept")
    if path in NOT_CACHED or not keep:
        headers["Cache-Control"] = "no-store"
    elif tag is not None and message["status"] in (200, 304) and "etag" not in headers:
        headers["ETag"] = tag
        headers["Cache-Control"] = "no-cache"


async def _send_not_modified(send: Send) -> None:
    await send({"type": "http.response.start", "status": 304, "headers": []})
    await send({"type": "http.response.body", "body": b""})
