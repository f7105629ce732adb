"""Messages between the engine and its worker processes.

A message is the lengths of its header and of its body (4 bytes each, big-endian), the header (a
JSON object) and the body. Nothing is ever unpickled.
"""

from __future__ import annotations

import functools
import json
import os
import struct
from collections.abc import Mapping
from typing import Any

Header = Mapping[str, Any]
Message = tuple[bytes, bytes]  # a header as it was written, and a body

_LENGTHS = struct.Struct(">II")


def encode(header: Header) -> bytes:
    """Write a header."""
    return json.dumps(header).encode()


@functools.lru_cache(maxsize=64)
def decode(header: bytes) -> Header:
    """Read a header. Nearly all are the same, and nobody may change what is kept of them."""
    found: Header = json.loads(header)
    return found


def write(descriptor: int, header: bytes, body: bytes = b"") -> None:
    """Send a header and a body as one message, and wait until it is taken."""
    message = b"".join((_LENGTHS.pack(len(header), len(body)), header, body))
    done = os.write(descriptor, message)
    while done < len(message):
        done += os.write(descriptor, memoryview(message)[done:])


class Decoder:
    """Takes bytes as they come and gives the messages that are whole."""

    def __init__(self) -> None:
        self._data = bytearray()

    def feed(self, data: bytes) -> None:
        """Take the next bytes."""
        self._data += data

    def take(self) -> Message | None:
        """Return the next message, or none while it is not whole."""
        data, start = self._data, _LENGTHS.size
        if len(data) < start:
            return None
        header, body = _LENGTHS.unpack_from(data)
        middle, end = start + header, start + header + body
        if len(data) < end:
            return None
        message = bytes(data[start:middle]), bytes(data[middle:end])
        del data[:end]
        return message
