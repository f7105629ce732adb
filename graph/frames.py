"""Messages between the engine and its worker processes.

A message is the lengths of its header and of its body (4 bytes each, big-endian), the header (a
JSON object) and the body. Nothing is ever unpickled.
"""

from __future__ import annotations

import functools
import json
import struct
from collections.abc import Mapping
from typing import Any

Header = Mapping[str, Any]
Message = tuple[Header, bytes]

_LENGTHS = struct.Struct(">II")
REMEMBERED = 64  # headers: nearly all are the same
REMEMBERED_BYTES = 1 << 12


def encode(header: Header) -> bytes:
    """Write a header."""
    return json.dumps(header).encode()


def pack(header: bytes, body: bytes = b"") -> bytes:
    """Put a header and a body into one message."""
    return b"".join((_LENGTHS.pack(len(header), len(body)), header, body))


class Decoder:
    """Takes bytes as they come and gives the messages that are whole."""

    def __init__(self) -> None:
        self._data = bytearray()

    def feed(self, data: bytes) -> None:
        """Take the next bytes."""
        self._data += data

    def take(self) -> Message | None:
        """Return the next message, or none while it is not whole. Nobody may change its header."""
        data, start = self._data, _LENGTHS.size
        if len(data) < start:
            return None
        header, body = _LENGTHS.unpack_from(data)
        middle, end = start + header, start + header + body
        if len(data) < end:
            return None
        message = _decode(bytes(data[start:middle])), bytes(data[middle:end])
        del data[:end]
        return message


def _decode(header: bytes) -> Header:
    return _decoded(header) if len(header) <= REMEMBERED_BYTES else _decoded.__wrapped__(header)


@functools.lru_cache(maxsize=REMEMBERED)
def _decoded(header: bytes) -> Header:
    found: Header = json.loads(header)
    return found
