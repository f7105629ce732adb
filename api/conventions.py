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

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pledgegraph.api import head
from pledgegraph.api.observation import observed
from pledgegraph.graph.errors import EngineError

POLICY = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
# Swagger UI writes style attributes and has pictures in data: addresses; its code is ours to serve.
DOCS_POLICY = f"{POLICY}; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
}
EXPOSED_HEADERS = ["ETag", "Link", "Location", "Retry-After", "WWW-Authenticate", "X-Request-Id"]
# Any page may read every answer: none depends on who asks from where (Fetch standard 3.2.2).
COMMON: head.Fields = [
    *((name.lower().encode(), value.encode()) for name, value in SAFE_HEADERS.items()),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", ", ".join(EXPOSED_HEADERS).encode()),
]
NO_STORE = (b"cache-control", b"no-store")
PACKAGES = ("pledgegraph.api", "pledgegraph.graph", "pledgegraph.ontology", "pledgegraph.shapes")
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
NOT_CACHED = ("/healthz", "/readyz", "/metrics")
SHOWN = frozenset({".py", ".html", ".css", ".js", ".ttl", ".rq"})  # what can change an answer


class Conventions:
    """Middleware that gives every answer what is common to all.

    ``route`` finds the pattern of an address whose answer is 304, so that nobody looked it up.
    """

    def __init__(
        self,
        app: ASGIApp,
        release: Callable[[], int],
        route: Callable[[Scope], str | None] = lambda _scope: None,
    ) -> None:
        self._app = app
        self._release = release
        self._route = route
        self._code = code_digest()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        method, path, seen = scope["method"], scope["path"], observed(scope)
        tag = self._tag(scope, seen.newest) if method in ("GET", "HEAD") else None
        if method == "HEAD":
            scope = {**scope, "method": "GET"}

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                keep = (
                    method in SAFE_METHODS and path not in NOT_CACHED and seen.lasting is not False
                )
                fields = _completed(message["headers"], path)
                if not keep:
                    fields = [*(field for field in fields if field[0] != NO_STORE[0]), NO_STORE]
                elif tag and message["status"] in (200, 304) and not head.given(fields, b"etag"):
                    fields += [(b"etag", tag), (b"cache-control", b"no-cache")]
                    seen.lasting = True
                message["headers"] = fields
            elif method == "HEAD":
                message = {**message, "body": b""}
            await send(message)

        known = head.given(scope["headers"], b"if-none-match") if tag else None
        if tag and known and tag in _tags(known):
            seen.route = self._route(scope) or seen.route
            await _send_not_modified(send_with_headers)
        else:
            await self._app(scope, receive, send_with_headers)

    def _tag(self, scope: Scope, release: int | None) -> bytes | None:
        """Return the ETag that a good answer to this request has."""
        if scope["path"] in NOT_CACHED:
            return None
        try:
            release = release or self._release()
        except EngineError:
            return None
        accept = head.given(scope["headers"], b"accept") or ""
        request = f"{self._code} {date.today()} {scope['path']}?{scope['query_string']!r} {accept}"
        return f'W/"{release}-{hashlib.sha256(request.encode()).hexdigest()[:20]}"'.encode()


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


def _tags(header: str) -> set[bytes]:
    """Read If-None-Match; weak and strong tags compare alike (RFC 9110 8.8.3.2)."""
    tags = (part.strip().encode("latin-1") for part in header.split(","))
    return {tag if tag.startswith(b"W/") else b"W/" + tag for tag in tags if tag}


def _completed(fields: head.Fields, path: str) -> head.Fields:
    present = {name for name, _ in fields}
    completed = [*fields, *(field for field in COMMON if field[0] not in present)]
    if path == "/docs":
        policy = b"content-security-policy"
        completed = [field for field in completed if field[0] != policy]
        completed.append((policy, DOCS_POLICY.encode()))
    head.vary(completed, b"Accept")
    return completed


async def _send_not_modified(send: Send) -> None:
    await send({"type": "http.response.start", "status": 304, "headers": []})
    await send({"type": "http.response.body", "body": b""})
