"""What a case sends, made from its pieces: plain text, or one of a few generators.

A piece is a text, a list of pieces, or a mapping with one of the keys of ``MAKERS``. In text,
``{{name}}`` stands for what the run puts there, such as the address of the inner network.
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import quote_from_bytes

Places = Mapping[str, str]
Step = bytes | float  # bytes to send, or seconds to wait


def make(piece: Any, places: Places) -> bytes:
    """Return the bytes that a piece stands for."""
    if isinstance(piece, list):
        return b"".join(make(part, places) for part in piece)
    if isinstance(piece, Mapping):
        (kind,) = piece.keys() & MAKERS.keys()
        return MAKERS[kind](piece, places)
    return fill(str(piece), places).encode("utf-8", "surrogatepass")


def steps(pieces: Any, places: Places) -> Iterator[Step]:
    """Return what to send one after the other, with the waits between."""
    for piece in pieces if isinstance(pieces, list) else [pieces]:
        if isinstance(piece, Mapping) and "wait" in piece:
            yield float(piece["wait"])
        elif isinstance(piece, Mapping) and "drip" in piece:
            for byte in make(piece["drip"], places):
                yield bytes([byte])
                yield float(piece["every"])
        else:
            yield make(piece, places)


def fill(text: str, places: Places) -> str:
    """Put what the run knows in the place of its names."""
    for name, value in places.items():
        text = text.replace(f"{{{{{name}}}}}", value)
    return text


def _repeat(piece: Mapping[str, Any], places: Places) -> bytes:
    return make(piece["repeat"], places) * int(piece["times"])


def _number(piece: Mapping[str, Any], places: Places) -> bytes:
    """Repeat a text with ``{{n}}`` counted up from 0."""
    text = make(piece["number"], places)
    return b"".join(text.replace(b"{{n}}", b"%d" % n) for n in range(int(piece["times"])))


def _hex(piece: Mapping[str, Any], _places: Places) -> bytes:
    return bytes.fromhex(piece["hex"])


def _encoded(piece: Mapping[str, Any], places: Places) -> bytes:
    return make(piece["text"], places).decode().encode(piece["encoded"])


def _gzip(piece: Mapping[str, Any], places: Places) -> bytes:
    return gzip.compress(make(piece["gzip"], places), mtime=0)


def _chunked(piece: Mapping[str, Any], places: Places) -> bytes:
    data = make(piece["chunked"], places)
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(data), data)


def _percent(piece: Mapping[str, Any], places: Places) -> bytes:
    return quote_from_bytes(make(piece["percent"], places), safe="").encode()


def _random(piece: Mapping[str, Any], _places: Places) -> bytes:
    return random.Random(piece["seed"]).randbytes(int(piece["random"]))  # noqa: S311 - to repeat


MAKERS: Mapping[str, Callable[[Mapping[str, Any], Places], bytes]] = {
    "repeat": _repeat,
    "number": _number,
    "hex": _hex,
    "encoded": _encoded,
    "gzip": _gzip,
    "chunked": _chunked,
    "percent": _percent,
    "random": _random,
}
