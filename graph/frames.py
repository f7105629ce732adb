"""Messages between the engine and its worker processes.

A message is the length of its header (4 bytes, big-endian), the header (a JSON object) and a body
of as many bytes as the header's ``length`` says. Nothing is ever unpickled.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from typing import Any

Header = dict[str, Any]
Exactly = Callable[[int], bytes]

_SIZE = struct.Struct(">I")


def pack(header: Header, body: bytes = b"") -> bytes:
    """Put a header and a body into one message."""
    encoded = json.dumps({**header, "length": len(body)}).encode()
    return _SIZE.pack(len(encoded)) + encoded + body


def unpack(exactly: Exactly) -> tuple[Header, bytes]:
    """Take one message from ``exactly``, which returns the next n bytes or raises EOFError."""
    (size,) = _SIZE.unpack(exactly(_SIZE.size))
    header: Header = json.loads(exactly(size))
    return header, exactly(header["length"])
