"""Days and spans in words, and how they were found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pledgegraph.graph.namespaces import local_name

Node = Mapping[str, Any]

_MONTHS = (
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_BASES: Mapping[str, str] = {
    "resolved-weekday": "worked out from the weekday",
    "computed": "computed",
    "inferred": "inferred",
}


def days(edtf: str) -> str:
    """Write a day or span in EDTF in words: ``10 June 2020``, ``on or before 12 June 2020``."""
    start, slash, end = edtf.partition("/")
    if not slash:
        return _day(start)
    if start in ("", ".."):
        return f"on or before {_day(end)}"
    if end in ("", ".."):
        return f"{_day(start)} or later"
    return f"between {_day(start)} and {_day(end)}"


def held(node: Node) -> str:
    """Say when a term or membership was held: its span, the days it was attested, or neither."""
    if node.get("validFrom") or node.get("validUntil"):
        return span(node)
    return attested(node) or "days not known"


def attested(node: Node) -> str:
    """Say on which days something was attested: the one, or the first and last of several."""
    found = node.get("attestedOn", [])
    on = sorted(found) if isinstance(found, list) else [found]
    if len(on) > 1:
        return f"attested on {len(on)} days, {days(on[0])} to {days(on[-1])}"
    return f"attested on {days(on[0])}" if on else ""


def how_dated(node: Node) -> str:
    """Say how a day was found, where the source does not simply state it."""
    found = [_BASES.get(local_name(basis["id"]), "") for basis in node.get("dateBasis", ())]
    words = "; ".join(text for text in found if text)
    if words and "dateText" in node:
        return f"{words} “{node['dateText']}”"
    return words


def span(node: Node, start: str = "validFrom", end: str = "validUntil") -> str:
    """Write a half-open span in words; an absent bound is open."""
    first, last = node.get(start), node.get(end)
    if first and last:
        return f"{_day(first)} until {_day(last)}"
    if first:
        return f"from {_day(first)}"
    return f"until {_day(last)}" if last else "always"


def _day(text: str) -> str:
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?([~?%]?)", text)
    if not match:
        return text
    year, month, day, doubt = match.groups()
    parts = [str(int(day))] if day else []
    parts += [_MONTHS[int(month)]] if month and 1 <= int(month) <= 12 else []
    return " ".join([*parts, year]) + (" (uncertain)" if doubt else "")
