"""Pack answers by gzip or zstd, as Accept-Encoding likes best; tiny ones are sent as they are.

RFC 9110 12.5.3: a coding of quality zero is refused, ``*`` stands for those not named. Whether
packed or not, a large answer says that it depends on Accept-Encoding.
"""

from __future__ import annotations

import functools

import zstandard
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipResponder, IdentityResponder
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pledgegraph.api import head

MINIMUM_BYTES = 1000
IN_THREAD_BYTES = 128 * 1024  # what would hold up the event loop
CODINGS = ("zstd", "gzip")  # the better first: it decides where both are liked alike
# The levels at which both take about as long as sending the answer does.
GZIP_LEVEL = 6
ZSTD_LEVEL = 3


class Compression:
    """Middleware that packs answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; what is tiny and whole goes past the packing."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        pack: Send | None = None

        async def send_packed(message: Message) -> None:
            nonlocal start, pack
            if pack is not None:
                await pack(message)
            elif start is None and message["type"] == "http.response.start":
                start = message
            elif start is not None and _is_tiny(message):
                await send(start)
                await send(message)
            else:
                header = head.given(scope["headers"], b"accept-encoding") or ""
                responder = _responder(self._app, chosen_coding(header))
                responder.send, pack = send, responder.send_with_compression
                for held in (start, message) if start else (message,):
                    await pack(held)

        await self._app(scope, receive, send_packed)


def _is_tiny(message: Message) -> bool:
    is_whole = message["type"] == "http.response.body" and not message.get("more_body", False)
    return is_whole and len(message.get("body", b"")) < MINIMUM_BYTES


class ZstdResponder(IdentityResponder):
    """Packs one answer by zstd; each piece that is sent can be unpacked at once."""

    content_encoding = "zstd"

    def __init__(self, app: ASGIApp, minimum_size: int) -> None:
        super().__init__(app, minimum_size)
        self._packer = zstandard.ZstdCompressor(level=ZSTD_LEVEL).compressobj()

    async def apply_compression(self, body: bytes, *, more_body: bool) -> bytes:
        """Pack a piece; the last one ends the frame."""
        if len(body) >= IN_THREAD_BYTES:
            return await run_in_threadpool(self._pack, body, more_body)
        return self._pack(body, more_body)

    def _pack(self, body: bytes, more_body: bool) -> bytes:
        end = zstandard.COMPRESSOBJ_FLUSH_BLOCK if more_body else zstandard.COMPRESSOBJ_FLUSH_FINISH
        return self._packer.compress(body) + self._packer.flush(end)


@functools.lru_cache(maxsize=256)
def chosen_coding(header: str) -> str | None:
    """Return the coding that an Accept-Encoding header likes best, or none."""
    liked = dict(_weighed(part) for part in header.lower().split(",") if part.strip())
    qualities = {coding: liked.get(coding, liked.get("*", 0.0)) for coding in CODINGS}
    best = max(CODINGS, key=lambda coding: qualities[coding])
    if qualities[best] <= 0 or qualities[best] < liked.get("identity", 0.0):
        return None
    return best


def _weighed(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip() for piece in part.split(";"))
    name = name.removeprefix("x-")  # RFC 9110 8.4.1.3: x-gzip is gzip
    values = dict(parameter.partition("=")[::2] for parameter in parameters)
    try:
        quality = float(values.get("q", "1"))
    except ValueError:
        quality = 0.0
    return name, quality if 0 <= quality <= 1 else 0.0


def _responder(app: ASGIApp, coding: str | None) -> IdentityResponder:
    if coding == "zstd":
        return ZstdResponder(app, MINIMUM_BYTES)
    if coding == "gzip":
        return GZipResponder(app, MINIMUM_BYTES, GZIP_LEVEL, thread_minimum_size=IN_THREAD_BYTES)
    return IdentityResponder(app, MINIMUM_BYTES)
