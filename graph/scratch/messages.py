"""Messages between a scratch store and those who ask it.

A message is the length of its header (4 bytes, big-endian), the header (a JSON object) and a body
of as many bytes as the header's ``length`` says.
"""

from __future__ import annotations

import json
import struct
from typing import IO, Any

Header = dict[str, Any]

_SIZE = struct.Struct(">I")


def pack(header: Header, body: bytes = b"") -> bytes:
    """Put a header and a body into one message."""
    encoded = json.dumps({**header, "length": len(body)}).encode()
    return b"".join((_SIZE.pack(len(encoded)), encoded, body))


def unpack(source: IO[bytes]) -> tuple[Header, bytes]:
    """Take one message; raises ``EOFError`` where there is none, or a part of one."""
    (size,) = _SIZE.unpack(_exactly(source, _SIZE.size))
    header: Header = json.loads(_exactly(source, size))
    return header, _exactly(source, header["length"])


def _exactly(source: IO[bytes], count: int) -> bytes:
    data = source.read(count)
    if len(data) < count:
        raise EOFError
    return data
