"""Read the words of the Senate's lobbying data: types, periods, days, sums, issue areas.

``Type`` decides what a filing is; ``Period`` says the same again and contradicts it once in the
26,631 filings of 2003 to 2007. ``Year`` is the year of the period. The end of a period is
inclusive (``Mid-Year (Jan 1 - Jun 30)``) and becomes the day after it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import pyoxigraph as ox

from pledgegraph.graph.namespaces import SKOS, concept, local_name
from pledgegraph.graph.ontology import ontology

_PERIODS: Mapping[str, tuple[int, int]] = {  # first month, and how many
    "mid-year": (1, 6),
    "year-end": (7, 6),
    "1st quarter": (1, 3),
    "2nd quarter": (4, 3),
    "3rd quarter": (7, 3),
    "4th quarter": (10, 3),
}
_PERIOD_OF_TYPE: Mapping[str, str] = {
    "MID-YEAR": "mid-year",
    "YEAR-END": "year-end",
    "FIRST QUARTER": "1st quarter",
    "SECOND QUARTER": "2nd quarter",
    "THIRD QUARTER": "3rd quarter",
    "FOURTH QUARTER": "4th quarter",
}
_MARKS: Mapping[str, str] = {  # as the words stand in a type
    "AMENDMENT": "amendment",
    "TERM": "termination",
    "NO ACTIVITY": "no-activity",
    "LETTER": "letter",
}
_GIFTS: Mapping[str, str] = {
    "FECA": "campaign",
    "HONORARY EXPENSES": "honorary-expenses",
    "MEETING EXPENSES": "meeting-expenses",
    "PRESIDENTIAL LIBRARY EXPENSES": "presidential-library",
    "PRESIDENTIAL INAUGURAL COMMITTEE": "inaugural-committee",
}
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(T[0-9:.]+)?")
_SUM = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,4})?")


@dataclass(frozen=True)
class FilingType:
    """What a type says: the kind and marks of a filing, and the period that it is about."""

    kind: str
    marks: tuple[str, ...]
    period: str | None


def filing_type(text: str) -> FilingType:
    """Read a type such as ``YEAR-END TERMINATION (NO ACTIVITY)``.

    Raises ``ValueError`` for one that no form of the Senate has.
    """
    words = " ".join(text.upper().split())
    marks = tuple(mark for word, mark in _MARKS.items() if re.search(rf"\b{word}", words))
    plain = words.removeprefix("LD-203 ")
    period = next((p for name, p in _PERIOD_OF_TYPE.items() if plain.startswith(name)), None)
    if plain != words and period:
        return FilingType("contribution-report", marks, period)
    if period:
        return FilingType("activity-report", marks, period)
    if words.startswith("REGISTRATION"):
        return FilingType("registration", marks, None)
    if words.startswith("MISC"):
        return FilingType("other-document", marks, None)
    raise ValueError(f"'{text}' is no known type of filing")


def period_days(period: str, year: str) -> tuple[str, str] | None:
    """Return the first day of a period and the day after its last one, none if undetermined.

    Raises ``ValueError`` for a period or year that cannot be read.
    """
    name = period.partition("(")[0].strip().lower()
    if name in ("undetermined", ""):
        return None
    if name not in _PERIODS or not re.fullmatch(r"(19|20)[0-9]{2}", year):
        raise ValueError(f"'{period}' of '{year}' is no period")
    month, length = _PERIODS[name]
    end = month + length
    until = f"{year}-{end:02}-01" if end <= 12 else f"{int(year) + 1}-01-01"
    return f"{year}-{month:02}-01", until


def is_period_of(kind: FilingType, period: str) -> bool:
    """Tell whether the period of a filing is the one that its type names."""
    return kind.period is None or period.lower().startswith(kind.period)


def day(text: str) -> str:
    """Return the day of a point in time, ``2003-02-10T00:00:00``; ``ValueError`` for others."""
    match = _DAY.fullmatch(text.strip())
    if not match:
        raise ValueError(f"'{text}' is no day such as 2003-02-10")
    return match[1]


def money(text: str) -> str | None:
    """Return a sum, without cents that are nought; none where blank, which is unknown and not 0.

    Raises ``ValueError`` for what is no number.
    """
    plain = text.strip().replace(",", "").removeprefix("$")
    if not plain:
        return None
    if not _SUM.fullmatch(plain):
        raise ValueError(f"'{text}' is no sum of money")
    exact = Decimal(plain)
    return str(exact.to_integral_value()) if exact == exact.to_integral_value() else plain


def gift_kind(text: str) -> str:
    """Return the concept of a contribution's type; ``ValueError`` for one that no form has."""
    try:
        return _GIFTS[" ".join(text.upper().split())]
    except KeyError:
        raise ValueError(f"'{text}' is no known type of contribution") from None


def issue(code: str) -> str:
    """Return the concept of a general issue area, ``TAXATION/INTERNAL REVENUE CODE``.

    Raises ``ValueError`` for one that the forms do not have.
    """
    try:
        return _issues()[" ".join(code.upper().split())]
    except KeyError:
        raise ValueError(f"'{code}' is no known issue area") from None


@cache
def _issues() -> dict[str, str]:
    """Return the concepts by the words of the data, which are their other labels."""
    scheme = concept("lobbying-issue", "")
    label = ox.NamedNode(f"{SKOS}altLabel")
    found = ontology().quads_for_pattern(None, label, None, None)
    return {
        quad.object.value: local_name(quad.subject.value)
        for quad in found
        if isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.Literal)
        and quad.subject.value.startswith(scheme)
    }
