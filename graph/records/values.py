"""Plain values as authors write them: each reader returns the text, or says what to write."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from pledgegraph.graph.records import dates


def iri(text: str) -> str:
    """Check a web address."""
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:
        sound = None
    if not sound or any(character in text for character in ' <>"{}|\\^`'):
        raise ValueError(f"'{text}' is not a web address: begin it with https:// and a host")
    return text


def decimal(text: str) -> str:
    """Check a number."""
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        raise ValueError(f"'{text}' is not a number such as 50 or 1.5")
    return text


def integer(text: str) -> str:
    """Check a whole number."""
    if not re.fullmatch(r"0|-?[1-9][0-9]*", text):
        raise ValueError(f"'{text}' is not a whole number such as 2030")
    return text


def day(text: str) -> str:
    """Check a calendar day."""
    return dates.parse_day(text).isoformat()


READERS: Mapping[str, Callable[[str], str]] = {
    "day": day,
    "duration": dates.parse_duration,
    "iri": iri,
    "decimal": decimal,
    "integer": integer,
}
