"""HTTP/1.1 as uvicorn reads it by httptools, with bounds on what comes before the body."""

from __future__ import annotations

import asyncio

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAXIMUM_HEAD_BYTES = 1 << 16  # of the request line and the header fields
HEAD_SECONDS = 10.0  # in which they must have come


class BoundedProtocol(HttpToolsProtocol):
    """Refuses a head that is too large, comes too slowly or does not name its host."""

    _received = 0
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._begin_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._end_head()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, unless the head has grown too large."""
        if self._timer is not None:
            self._received += len(data)
        super().data_received(data)
        if self._timer is not None and self._received > MAXIMUM_HEAD_BYTES:
            self._refuse("The head of the request is too large.")

    def on_message_begin(self) -> None:
        """Begin another request on the same connection."""
        super().on_message_begin()
        if self._timer is None:
            self._begin_head()

    def on_headers_complete(self) -> None:
        """Go on to the body."""
        self._end_head()
        hosts = sum(name == b"host" for name, _ in self.headers)
        if hosts != 1 and self.parser.get_http_version() == "1.1":
            raise httptools.HttpParserError("RFC 9112 3.2: one Host")  # which becomes a 400
        super().on_headers_complete()

    def _begin_head(self) -> None:
        self._received = 0
        self._timer = self.loop.call_later(HEAD_SECONDS, self._refuse, "The request came slowly.")

    def _end_head(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _refuse(self, reason: str) -> None:
        self._end_head()
        if not self.transport.is_closing():
            self.send_400_response(reason)
