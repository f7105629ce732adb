"""Messages between the engine and its worker processes.

A message is the length of its header (4 bytes, big-endian), the header (a JSON object) and a body
of as many bytes as the header's ``length`` says. Nothing is ever unpickled.
"""

from __future__ import annotations

import json
import struct
from typing import Any

Header = dict[str, Any]
Message = tuple[Header, bytes]

_SIZE = struct.Struct(">I")


def pack(header: Header, body: bytes = b"") -> bytes:
    """Put a header and a body into one message."""
    encoded = json.dumps({**header, "length": len(body)}).encode()
    return b"".join((_SIZE.pack(len(encoded)), encoded, body))


class Decoder:
    """Takes bytes as they come and gives the messages that are whole."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._header: Header | None = None

    def feed(self, data: bytes) -> None:
        """Take the next bytes."""
        self._data += data

    def take(self) -> Message | None:
        """Return the next message, or none while it is not whole."""
        if self._header is None:
            start = _SIZE.size
            if len(self._data) < start:
                return None
            end = start + _SIZE.unpack_from(self._data)[0]
            if len(self._data) < end:
                return None
            self._header = json.loads(self._data[start:end])
            del self._data[:end]
        header, length = self._header, self._header["length"]
        if len(self._data) < length:
            return None
        body = bytes(self._data[:length])
        del self._data[:length]
        self._header = None
        return header, body
