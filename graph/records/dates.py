"""Dates at the precision that a source gives, and the days that they can mean.

The text form is EDTF (Library of Congress, levels 0 and 1: years, months, days, unspecified
digits, qualifiers and intervals with open ends). What rules compare is only the pair of bounds:
the earliest and the latest day that the text can denote.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = tuple(day.lower() for day in calendar.day_name)
INFERRED = " (inferred)"
LAST_YEAR = 2999
_DATE = re.compile(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?[?~%]?")
_DURATION = re.compile(
    r"P(?=[0-9])(?:([0-9]{1,3})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,4})W)?(?:([0-9]{1,5})D)?"
)


@dataclass(frozen=True)
class When:
    """A date as EDTF text with its bounds (either may be open) and how it was found."""

    edtf: str
    earliest: date | None
    latest: date | None
    basis: str = "stated"
    text: str | None = None


def parse_edtf(text: str) -> tuple[date | None, date | None]:
    """Return the earliest and latest day of an EDTF text (levels 0 and 1, without seasons).

    Raises ``ValueError`` when the text is not such a date, or an interval runs backwards.
    """
    if "/" not in text:
        return _single(text)
    start, _, end = text.partition("/")
    earliest = _single(start)[0] if start not in ("", "..") else None
    latest = _single(end)[1] if end not in ("", "..") else None
    if earliest is None and latest is None:
        raise ValueError(f"'{text}' says nothing")
    if earliest and latest and latest < earliest:
        raise ValueError(f"the interval '{text}' runs backwards")
    return earliest, latest


def _single(text: str) -> tuple[date, date]:
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(
            f"'{text}' is not a date such as 2020-06-11, 2020-06, 2020, 2020-06-10/2020-06-12 "
            "or a weekday"
        )
    year, month, day = match.groups()
    if not year.isdigit() and (month or day):
        raise ValueError(f"'{text}' gives a month in no certain year: write the years only")
    if year.isdigit() and not 1 <= int(year) <= LAST_YEAR:
        raise ValueError(f"'{text}' is no year between 1 and {LAST_YEAR}")
    first = date(int(year.replace("X", "0")), 1, 1)
    last = date(int(year.replace("X", "9")), 12, 31)
    if month and month != "XX":
        first = _day(first.year, month, 1)
        last = _day(last.year, month, calendar.monthrange(first.year, first.month)[1])
        if day and day != "XX":
            first = last = _day(first.year, month, int(day))
    elif day and day != "XX":
        raise ValueError(f"'{text}' gives a day without its month")
    return first, last


def _day(year: int, month: str, day: int) -> date:
    try:
        return date(year, int(month), day)
    except ValueError:
        raise ValueError(f"there is no day {year:04d}-{month}-{day:02d}") from None


def parse_day(text: str) -> date:
    """Read one calendar day; raises ``ValueError`` for anything else."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(f"'{text}' is not a day such as 2020-06-11")
    return _single(text)[0]


def resolve_weekday(name: str, published: date) -> date:
    """Return the last such weekday on or before the day of publication."""
    back = (published.weekday() - WEEKDAYS.index(name.lower())) % 7
    return published - timedelta(days=back)


def read_when(text: str, published: date | None) -> When:
    """Read what an author wrote for a date.

    Accepts a weekday (``Thursday``: resolved against the day of publication), an EDTF date, and
    either with `` (inferred)`` behind it. Raises ``ValueError`` with what to write instead.
    """
    plain = text.removesuffix(INFERRED)
    if plain.lower() in WEEKDAYS:
        if published is None:
            raise ValueError(f"'{plain}' needs a source with a day of publication: write the date")
        day = resolve_weekday(plain, published)
        return When(day.isoformat(), day, day, "resolved-weekday", plain)
    earliest, latest = parse_edtf(plain)
    return When(plain, earliest, latest, "stated" if plain == text else "inferred")


def parse_duration(text: str) -> str:
    """Check a length such as ``P1Y`` or ``P90D`` (ISO 8601, days and longer)."""
    if not _DURATION.fullmatch(text):
        raise ValueError(f"'{text}' is not a duration such as P1Y, P6M or P90D")
    return text


def add_duration(start: date, duration: str) -> date:
    """Return the first day after a length that begins on ``start``.

    A month that has no such day ends on its last one (29 February + P1Y is 28 February).
    """
    match = _DURATION.fullmatch(duration)
    if not match:
        raise ValueError(f"'{duration}' is not a duration")
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    total = start.year * 12 + start.month - 1 + years * 12 + months
    year, month = divmod(total, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last)) + timedelta(weeks=weeks, days=days)
