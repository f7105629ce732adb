"""HTTP connections that wait for nobody for ever, and read a request in one way only.

uvicorn sets no limit to how long a request may take to arrive, how large its head is and how long
an answer may lie unread, and its parser passes on what RFC 9112 allows and a server behind another
one had better refuse.
"""

from __future__ import annotations

import asyncio
import json
import sys
from http import HTTPStatus

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from pledgegraph.api.conventions import SAFE_HEADERS
from pledgegraph.api.problem_kinds import REQUEST_PROBLEMS

HEAD_BYTES = 1 << 16  # of the request line and the header fields
# Beyond its seconds a client gets one more for each so many bytes that it sent or took.
BYTES_PER_SECOND = 1024
CHECK_SECONDS = 0.5
CROWDED_SECONDS = 5  # after which one may try again

UNREADABLE = "this is no request in HTTP/1.1, or not to be read in one way"
CROWDED = "too many clients are connected: try again in a few seconds"


class PatientProtocol(HttpToolsProtocol):
    """Ends a connection whose client sends or reads more slowly than it may."""

    seconds = 20.0
    _is_head = True  # whether what comes next belongs to the head of a request
    _head = 0
    _refusal = HTTPStatus.BAD_REQUEST

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to watch; also a client that never says anything has its time."""
        super().connection_made(transport)
        self._reset()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """End watching."""
        self._watching.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what came, and read on unless the head has grown too large."""
        self._moved += len(data)
        if self._is_head:
            self._head += len(data)
        self._unset_keepalive_if_required()
        self._read(data)
        if self._is_head and self._head > HEAD_BYTES and not self.transport.is_closing():
            self._refuse(self._too_large(), "the head of the request is too large")

    def resume_writing(self) -> None:
        """Begin to count anew: the client took most of what was there."""
        self._reset()
        super().resume_writing()

    def on_message_begin(self) -> None:
        """Begin another request."""
        super().on_message_begin()
        self._is_head, self._head = True, self._head if self._is_head else 0

    def on_header(self, name: bytes, value: bytes) -> None:
        """Note a header; what follows the body is none (RFC 9110 6.5.1)."""
        if self._is_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Look at the head as a whole, and begin to answer."""
        self._is_head, self._head = False, 0
        refusal = self._fault()
        if refusal is not None:
            self._refusal = refusal
            raise ValueError(refusal.phrase)  # the parser then ends, and the answer is sent
        if not self.parser.should_upgrade():
            super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Tell the application that it has all."""
        if not self.parser.should_upgrade():
            super().on_message_complete()

    def on_response_complete(self) -> None:
        """Begin to count anew: the next request has its own time."""
        self._reset()
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, or not to be read in one way only."""
        self._refuse(self._refusal, msg)

    def _read(self, data: bytes) -> None:
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as offer:
            self._read_without_offer(data[offer.args[0] :])
        except httptools.HttpParserError:
            crowded = self._refusal is HTTPStatus.SERVICE_UNAVAILABLE
            self.send_400_response(CROWDED if crowded else UNREADABLE)

    def _read_without_offer(self, rest: bytes) -> None:
        """Read a request as if it offered no other protocol (RFC 9110 7.8: it may be ignored).

        The parser reads no body after an offer, and Java's client makes one with every request.
        """
        version = self.parser.get_http_version().encode()
        lines = [b"%s %s HTTP/%s" % (self.parser.get_method(), self.url, version)]
        lines += [b"%s: %s" % item for item in self.headers if item[0] != b"upgrade"]
        self.parser = httptools.HttpRequestParser(self)
        self.parser.set_dangerous_leniencies(lenient_data_after_close=True)  # as uvicorn does
        self._read(b"\r\n".join([*lines, b"", rest]))

    def _fault(self) -> HTTPStatus | None:
        """Return with which status a head is refused, if it is."""
        version = self.parser.get_http_version()
        if version not in ("1.0", "1.1"):
            return HTTPStatus.HTTP_VERSION_NOT_SUPPORTED
        if self.parser.get_method() == b"CONNECT":
            return HTTPStatus.NOT_IMPLEMENTED
        if len(self.url) + sum([len(n) + len(v) for n, v in self.headers]) > HEAD_BYTES:
            return self._too_large()
        names = [name for name, _ in self.headers]
        if b"transfer-encoding" in names:
            if version == "1.0" or b"content-length" in names:
                return HTTPStatus.BAD_REQUEST  # RFC 9112 6.1: the end is said in two ways
            if [v.lower() for n, v in self.headers if n == b"transfer-encoding"] != [b"chunked"]:
                return HTTPStatus.NOT_IMPLEMENTED
        if not self._is_for_one_host(version, names.count(b"host")):
            return HTTPStatus.BAD_REQUEST
        return HTTPStatus.SERVICE_UNAVAILABLE if self._is_crowded() else None

    def _is_crowded(self) -> bool:
        most = self.limit_concurrency or sys.maxsize
        return len(self.connections) >= most or len(self.tasks) >= most

    def _is_for_one_host(self, version: str, hosts: int) -> bool:
        """Let a whole address go before the header Host (RFC 9112 3.2.2)."""
        if hosts > 1 or (version == "1.1" and not hosts):
            return False
        if self.url[:8].lower().startswith((b"http://", b"https://")):
            others = (item for item in self.headers if item[0] != b"host")
            self.headers[:] = [(b"host", _authority(self.url)), *others]
        return True

    def _too_large(self) -> HTTPStatus:
        if len(getattr(self, "url", b"")) > HEAD_BYTES // 2:
            return HTTPStatus.REQUEST_URI_TOO_LONG
        return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE

    def _reset(self) -> None:
        self._since = self.loop.time()
        self._moved = 0
        self._unsent = 0

    def _watch(self) -> None:
        """Look whether the client is at fault for this connection still being there."""
        self._watching = self.loop.call_later(CHECK_SECONDS, self._watch)
        unsent = self.transport.get_write_buffer_size()
        self._moved += max(0, self._unsent - unsent)
        self._unsent = unsent
        cycle = self.cycle
        asked = cycle is not None and not cycle.response_complete
        if asked and not unsent and (not cycle.more_body or self.flow.read_paused):
            self._reset()  # it is our turn
            return
        answered = cycle is not None and not asked and not unsent
        more = 0 if answered else self._moved / BYTES_PER_SECOND
        if self.loop.time() - self._since > self.seconds + more:
            self._give_up(unsent)

    def _give_up(self, unsent: int) -> None:
        answered = self.cycle is not None and self.cycle.response_complete
        if unsent or self.transport.is_closing():
            self.transport.abort()
        elif answered or not (self._head or self.cycle):
            self.transport.close()
        else:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, "the request did not arrive in time")

    def _refuse(self, status: HTTPStatus, detail: str) -> None:
        """Answer in place of the application, and close."""
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete:
            if cycle.response_started or self.pipeline:
                self.transport.abort()  # an answer is on its way, and must not look whole
                return
            cycle.disconnected = True
            cycle.message_event.set()
        body = _problem(status, detail)
        headers = {
            **SAFE_HEADERS,
            "Content-Type": "application/problem+json",
            "Content-Length": str(len(body)),
            "Connection": "close",
        }
        if status is HTTPStatus.SERVICE_UNAVAILABLE:
            headers["Retry-After"] = str(CROWDED_SECONDS)
        lines = [f"HTTP/1.1 {status.value} {status.phrase}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.transport.write("\r\n".join([*lines, "", ""]).encode() + body)
        self.transport.close()


def _authority(url: bytes) -> bytes:
    address = httptools.parse_url(url)
    host: bytes = b"[%s]" % address.host if b":" in address.host else address.host
    return b"%s:%d" % (host, address.port) if address.port else host


def _problem(status: HTTPStatus, detail: str) -> bytes:
    kinds = {kind.status: kind for kind in reversed(list(REQUEST_PROBLEMS.values()))}
    kind = kinds.get(status, REQUEST_PROBLEMS["bad-request"])
    described = {"type": kind.iri, "title": kind.title, "status": status.value}
    return json.dumps({**described, "detail": detail, "instance": ""}).encode()


def patient_protocol(seconds: float) -> type[PatientProtocol]:
    """Return the protocol for uvicorn, with the time that a client has."""
    return type("PatientProtocol", (PatientProtocol,), {"seconds": seconds})
