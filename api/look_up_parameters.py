"""The parameters of the look-ups: days, filters, and pages of a list."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import pyoxigraph as ox
from fastapi import Depends, Query
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from pledgegraph.api.context import Context
from pledgegraph.api.problems import RequestError
from pledgegraph.graph import clocks, look_up
from pledgegraph.graph.collections import Collection, Filter
from pledgegraph.graph.listing import Asked
from pledgegraph.graph.namespaces import ID, VOCAB
from pledgegraph.graph.ontology import concepts
from pledgegraph.graph.records.dates import parse_day

MAXIMUM_LIMIT = 500


def _calendar_day(value: object) -> object:
    """Refuse what is no day; a form sends an empty text for a day that is not given."""
    if value == "":
        return None
    try:
        return parse_day(value) if isinstance(value, str) else value
    except ValueError:
        message = "{given} is not a day: write it as YYYY-MM-DD, like 2020-06-12"
        raise PydanticCustomError("day", message, {"given": repr(value)[:80]}) from None


Day = Annotated[date | None, BeforeValidator(_calendar_day)]
On = Annotated[Day, Query(description="Was it so on this day? Today when absent.")]
KnownAsOf = Annotated[
    Day,
    Query(
        alias="knownAsOf", description="As far as had been published by this day; now if absent."
    ),
]
InForceOn = Annotated[
    Day,
    Query(alias="inForceOn", description="Only pledges with a commitment in force on this day."),
]
HeldOfficeOn = Annotated[
    Day, Query(alias="heldOfficeOn", description="Only those in office on this day.")
]
Named = Annotated[str | None, Query(description="An IRI, or the last part of one (a slug).")]
Text = Annotated[
    str | None, Query(max_length=200, description="Words that a name or title contains.")
]
Word = Annotated[str | None, Query(max_length=200, description="Exactly as the source writes it.")]
ConceptName = Annotated[str | None, Query(description="A concept, by IRI or name.")]
FormatName = Annotated[
    str | None,
    Query(alias="format", description="json, jsonld, html, turtle, ntriples or rdfxml"),
]


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of a list is asked for, and in which format."""

    limit: int
    after: str | None
    format: str | None


def paging(
    limit: Annotated[int, Query(ge=1, le=MAXIMUM_LIMIT, description="Items a page.")] = 50,
    cursor: Annotated[
        str | None, Query(description="Where the page begins: from a link with rel=next.")
    ] = None,
    format_name: FormatName = None,
) -> Paging:
    """Read the parameters that every list has."""
    return Paging(limit, None if cursor is None else read_cursor(cursor), format_name)


Page = Annotated[Paging, Depends(paging)]


def write_cursor(last: str) -> str:
    """Write the cursor of the page that begins after an item."""
    return base64.urlsafe_b64encode(last.removeprefix(ID).encode()).decode().rstrip("=")


def read_cursor(text: str) -> str:
    """Return the item after which a page begins."""
    try:
        padded = text.encode() + b"=" * (-len(text) % 4)
        name = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError):
        name = ""
    if not re.fullmatch(r"[a-z-]+/[\w.~-]+", name):
        raise invalid("cursor", f"{text!r} is no cursor: take it from a link with rel=next")
    return f"{ID}{name}"


def invalid(parameter: str, message: str) -> RequestError:
    """Say that a parameter has a value that it can't have."""
    errors = [{"parameter": parameter, "message": message}]
    return RequestError("invalid-parameter", f"{parameter}: {message}", errors=errors)


def filters_asked(
    here: Context, collection: Collection, given: Mapping[str, str | date | None]
) -> dict[str, Asked]:
    """Return what each filter that is given is asked for; refuse one that names nothing.

    A form sends an empty text for what is not filled in.
    """
    return {
        name: _asked(here, collection.filters[name], name, value)
        for name, value in given.items()
        if value is not None and value != ""
    }


def _asked(here: Context, wanted: Filter, name: str, value: str | date) -> Asked:
    if isinstance(value, date):
        return Asked(clocks.holds("?term", value), value.isoformat())
    if wanted.scheme is not None:
        concept = _concept(wanted.scheme, name, value)
        return Asked(f"<{concept}>", concept)
    if not wanted.kinds:
        return Asked(str(ox.Literal(value.lower() if wanted.table else value)), value)
    found = look_up.resolve(here.engine, value, wanted.kinds)
    if found is None:
        kinds = " or ".join(wanted.kinds)
        raise invalid(name, f"there is no {kinds} {value!r}: give its IRI or the last part of it")
    return Asked(f"<{found}>", found)


def _concept(scheme: str, name: str, text: str) -> str:
    found = look_up.concept_term(scheme, text, concepts())
    if found is None:
        prefix = f"{VOCAB}{scheme}/"
        known = sorted(c.removeprefix(prefix) for c in concepts() if c.startswith(prefix))
        raise invalid(name, f"{text!r} is none of {', '.join(known)}")
    return found
