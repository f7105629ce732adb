"""Lexical forms: whether a literal is ill-typed (section 4.1.2, XML Schema 1.1 part 2).

Oxigraph reads the common datatypes itself, and a cast shows whether it could; this decides on the
others and on numbers that are too large for it.
"""

from __future__ import annotations

import calendar
import re
from typing import Final

import pyoxigraph as ox

from pledgegraph.graph.shacl.names import XSD, Term

# Oxigraph casts to these; a literal that a cast does not change is well-formed.
CASTABLE: Final = frozenset(
    XSD + name for name in ("boolean", "integer", "decimal", "float", "double", "date", "dateTime")
)

_ZONE = r"(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_YEAR = r"-?([1-9]\d{3,}|0\d{3})"
_MONTH, _DAY = r"(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
_TIME = r"(([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?|24:00:00(\.0+)?)"
_CLOCK = r"T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?"
_REAL = r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|[+-]?INF|NaN"

_FORMS: Final = {
    "boolean": r"true|false|1|0",
    "integer": r"[+-]?\d+",
    "decimal": r"[+-]?(\d+(\.\d*)?|\.\d+)",
    "float": _REAL,
    "double": _REAL,
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "dateTimeStamp": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE[:-1]}",
    "time": f"{_TIME}{_ZONE}",
    "gYear": f"{_YEAR}{_ZONE}",
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gMonth": f"--{_MONTH}{_ZONE}",
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}",
    "gDay": f"---{_DAY}{_ZONE}",
    "duration": rf"-?P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?({_CLOCK})?",
    "yearMonthDuration": r"-?P(?=\d)(\d+Y)?(\d+M)?",
    "dayTimeDuration": rf"-?P(?=\d|T\d)(\d+D)?({_CLOCK})?",
    "hexBinary": r"([0-9a-fA-F]{2})*",
    "base64Binary": r"(([A-Za-z0-9+/] ?){4})*(([A-Za-z0-9+/] ?){3}=|([A-Za-z0-9+/] ?){2}= ?=)?",
    "language": r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*",
    "normalizedString": r"[^\t\n\r]*",
    "token": r"([^\s]+( [^\s]+)*)?",
}

# Oxigraph stores each of these as xsd:integer, so their bounds are all that can be held to.
_RANGES: Final[dict[str, tuple[int | None, int | None]]] = {
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-128, 127),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 255),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
}
STORED_AS: Final = {f"{XSD}{name}": f"{XSD}integer" for name in _RANGES} | {
    f"{XSD}dateTimeStamp": f"{XSD}dateTime"
}
_PATTERNS: Final = {f"{XSD}{name}": re.compile(form, re.ASCII) for name, form in _FORMS.items()}


def is_checked(datatype: str) -> bool:
    """Tell whether the lexical forms of a datatype are known here."""
    return datatype in _PATTERNS or datatype in STORED_AS


def is_well_formed(text: str, datatype: str) -> bool:
    """Tell whether a text is in the lexical space of a datatype."""
    bounds = _RANGES.get(datatype.removeprefix(XSD))
    pattern = _PATTERNS.get(f"{XSD}integer" if bounds else datatype)
    if pattern is not None and not pattern.fullmatch(text):
        return False
    if bounds:
        low, high = bounds
        return (low is None or int(text) >= low) and (high is None or int(text) <= high)
    if datatype in {f"{XSD}date", f"{XSD}dateTime", f"{XSD}dateTimeStamp"}:
        return _is_day(text)
    return True


def has_datatype(term: Term, datatype: str, *, stored: bool = True) -> bool:
    """Tell whether a term is a well-formed literal of a datatype, or of the one it is stored as."""
    if not isinstance(term, ox.Literal):
        return False
    if not stored and term.datatype.value != datatype:
        return False
    if term.datatype.value not in (datatype, STORED_AS.get(datatype)):
        return False
    return is_well_formed(term.value, datatype)


def _is_day(text: str) -> bool:
    year, month, day = text.lstrip("-").split("T")[0].split("-")[:3]
    whole = 2000 + int(year) % 400  # the calendar repeats, and the year 0 is a leap year
    return int(day[:2]) <= calendar.monthrange(whole, int(month))[1]
