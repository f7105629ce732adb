"""Read and write header fields as ASGI carries them, without an object for each message."""

from __future__ import annotations

from collections.abc import Iterable

Fields = list[tuple[bytes, bytes]]


def given(fields: Iterable[tuple[bytes, bytes]], name: bytes) -> str | None:
    """Return the first value of a field, whose name is in lower case as ASGI has it."""
    for key, value in fields:
        if key == name:
            return value.decode("latin-1")
    return None


def vary(fields: Fields, *names: bytes) -> None:
    """Say that an answer depends on some fields of the request."""
    said = [value for key, value in fields if key == b"vary"]
    known = {name.strip().lower() for value in said for name in value.split(b",")}
    if b"*" in known:
        return
    fields[:] = [field for field in fields if field[0] != b"vary"]
    more = (name for name in names if name.lower() not in known)
    fields.append((b"vary", b", ".join([*said, *more])))
