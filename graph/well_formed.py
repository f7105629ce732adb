"""See that no XML is sent that is not well-formed: the store writes what XML can't carry."""

from __future__ import annotations

import io
from typing import IO

from pledgegraph.graph import errors

RDF_XML = "application/rdf+xml"

# XML 1.0 2.2: no document can hold these, not even as references.
_CONTROLS = bytes(byte for byte in range(0x20) if byte not in b"\t\n\r")
_OTHERS = bytes(byte for byte in range(0x100) if byte not in _CONTROLS)
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())
# Namespaces in XML 4: Oxigraph writes a predicate that has no local name as ``<oxprefix:>``.
_NO_LOCAL_NAME = b"<oxprefix: "
_OVERLAP = (
    len(_NO_LOCAL_NAME) - 1
)  # of the bytes before, so that nothing hides where two pieces meet


def check(data: bytes) -> None:
    """Raise ``UnacceptableResultError`` if XML can't carry what these bytes say."""
    if data.translate(None, _OTHERS) or any(text in data for text in _NO_CHARACTERS):
        reason = "it holds characters that XML 1.0 can't carry: ask for another format"
        raise errors.UnacceptableResultError(reason)
    if _NO_LOCAL_NAME in data:
        reason = "a predicate ends in no name that RDF/XML could write: ask for another format"
        raise errors.UnacceptableResultError(reason)


class XmlSink(io.BytesIO):
    """Passes on what is written, after it has been checked."""

    def __init__(self, sink: IO[bytes]) -> None:
        super().__init__()
        self._sink = sink
        self._last = b""

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """Look at the bytes with the end of those before, and pass them on."""
        seen = self._last + data
        check(seen)
        self._last = seen[-_OVERLAP:]
        self._sink.write(data)
        return len(data)
