"""Read the body of a request: of a media type that is taken, as UTF-8, no larger than allowed."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from fastapi import Request

from pledgegraph.api.problems import RequestError

CODINGS = ("gzip", "x-gzip")
PIECE = 1 << 20


class Unpacker(Protocol):
    """What zlib makes to unpack with, whose own class has no public name."""

    @property
    def unused_data(self) -> bytes:
        """What follows the end."""

    @property
    def unconsumed_tail(self) -> bytes:
        """What is not unpacked yet."""

    def decompress(self, data: bytes, max_length: int = 0, /) -> bytes:
        """Unpack up to so many bytes."""


@dataclass(frozen=True, slots=True)
class Body:
    """What was sent, unpacked."""

    media_type: str
    data: bytes


async def read_body(request: Request, taken: Sequence[str], limit: int) -> Body:
    """Read a body of one of some media types, up to ``limit`` bytes when unpacked."""
    media_type = _media_type(request, taken)
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding not in (*CODINGS, "identity"):
        detail = f"a body may be packed by gzip, not by '{coding}'"
        raise RequestError("unsupported-media-type", detail, {"Accept-Encoding": "gzip"})
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16) if coding in CODINGS else None
    data = bytearray()
    async for chunk in request.stream():
        for piece in (chunk,) if unpack is None else _unpacked(unpack, chunk):
            data += piece
            if len(data) > limit:
                detail = (
                    f"a body may have {limit} bytes here, also when unpacked: send less at a time"
                )
                raise RequestError("content-too-large", detail, limit=limit)
    if unpack is not None and not unpack.eof:
        raise _not_gzip("it ends too early")
    return Body(media_type, bytes(data))


def _media_type(request: Request, taken: Sequence[str]) -> str:
    """Return the media type of a body, or refuse it naming those that are taken."""
    name, *parameters = (p.strip() for p in request.headers.get("content-type", "").split(";"))
    values = dict(parameter.lower().partition("=")[::2] for parameter in parameters)
    charset = values.get("charset", "utf-8").strip('"')
    # RFC 9110 15.5.16: Accept in an answer says what a request may be.
    field = "Accept-Post" if request.method == "POST" else "Accept"
    headers = {field: ", ".join(taken)}
    if name.lower() not in taken:
        given = name or "nothing named"
        detail = f"send a body as {', '.join(taken)}, not as {given[:100]}"
        raise RequestError("unsupported-media-type", detail, headers, available=list(taken))
    if charset not in ("utf-8", "utf8", "us-ascii"):
        detail = f"send text as UTF-8, not as {charset[:100]}"
        raise RequestError("unsupported-media-type", detail, headers, available=list(taken))
    return name.lower()


def _unpacked(unpack: Unpacker, chunk: bytes) -> Iterator[bytes]:
    """Unpack a chunk piece by piece: a few bytes can stand for gigabytes."""
    while chunk:
        try:
            yield unpack.decompress(chunk, PIECE)
        except zlib.error as error:
            raise _not_gzip(str(error)) from error
        if unpack.unused_data:
            raise _not_gzip("something follows its end")
        chunk = unpack.unconsumed_tail


def _not_gzip(reason: str) -> RequestError:
    return RequestError("bad-request", f"the body is not packed by gzip as it says: {reason}")
