"""Tell by a Central Index Key when a company was registered, and what it was called before.

The Securities and Exchange Commission gives the keys out in order. A company that takes the place
of another (General Motors in 2009) has a key of its own.
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from importlib.resources import files

# Companies whose first registration is widely known: key, year.
_KNOWN = (
    (1018724, 1997),  # Amazon.com
    (1065280, 1998),  # Netflix
    (1288776, 2004),  # Google
    (1326801, 2005),  # Facebook
    (1403161, 2007),  # Visa
    (1467858, 2009),  # General Motors Company
    (1543151, 2012),  # Uber
    (1652044, 2015),  # Alphabet
    (1744489, 2018),  # The Walt Disney Company, after its purchase of Fox
    (1783180, 2019),  # Carrier Global
)
_KEYS = [key for key, _ in _KNOWN]


def year_of(cik: str) -> int | None:
    """Return a year before which a key was not given out; none for the earliest keys."""
    position = bisect_right(_KEYS, int(cik)) if cik.isdecimal() else 0
    return _KNOWN[position - 1][1] if position else None


def former_names(cik: str) -> tuple[str, ...]:
    """Return the names that a company bore before, as far as ``former_names.txt`` has them."""
    return _former_names().get(cik.lstrip("0"), ())


@functools.cache
def _former_names() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    text = (files("pledgegraph.graph.identity") / "former_names.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            cik, _, name = line.split(maxsplit=2)
            found[cik] = (*found.get(cik, ()), name)
    return found
