"""The two clocks as SPARQL patterns: what was so on a day, as far as known by a day.

Spans are half-open and an absent bound is open. Each pattern binds ``?isKnown``: 1 where the
record counts as known, 0 where it is only possibly known, because the day on which its source was
published is uncertain.
"""

from __future__ import annotations

from datetime import date

import pyoxigraph as ox

from pledgegraph.graph.namespaces import XSD

ALWAYS_KNOWN = "BIND(1 AS ?isKnown)"

_PHASE_CLASSES = "VALUES (?phaseClass ?isKnown) { (pg:Phase 1) (pg:PossiblePhase 0) }"


def day_term(day: date) -> str:
    """Write a day as a SPARQL term."""
    return str(ox.Literal(day.isoformat(), datatype=ox.NamedNode(f"{XSD}date")))


def known_by(known_as_of: date | None) -> str:
    """Match records that were known, or possibly known, by a day; by now, all are."""
    if known_as_of is None:
        return ALWAYS_KNOWN
    certain = _knowledge("?item", "pg:knownFrom", "pg:knownUntil", known_as_of)
    possible = _from("?item", "pg:possiblyKnownFrom", known_as_of)
    possible += _until("?item", "pg:possiblyKnownUntil", known_as_of)
    return (
        f"{{ {certain} BIND(1 AS ?isKnown) }}\n  UNION\n"
        f"  {{ ?item pg:epistemicStatus ?standing . {possible} BIND(0 AS ?isKnown) }}"
    )


def phases(on: date, known_as_of: date | None) -> str:
    """Match ``?phase`` of any commitment on a day, as known by a day, or by now."""
    spans = _from("?phase", "pg:validFrom", on) + _until("?phase", "pg:validUntil", on)
    if known_as_of is None:
        spans += "FILTER NOT EXISTS { ?phase pg:knownUntil ?superseded } "
    else:
        spans += _from("?phase", "pg:knownFrom", known_as_of)
        spans += _until("?phase", "pg:knownUntil", known_as_of)
    return f"{_PHASE_CLASSES}\n  ?phase a ?phaseClass .\n  {spans}"


def in_force(on: date, known_as_of: date | None) -> str:
    """Match pledges with a commitment in force on a day, as known by a day, or by now."""
    return (
        f"?phase pg:phaseOfPledge ?item ; pg:status status:in-force .\n  {phases(on, known_as_of)}"
    )


def holds(subject: str, on: date) -> str:
    """Match a subject that held on a day: within its span, or attested on that very day."""
    day = day_term(on)
    not_ended = _until(subject, "pg:validUntil", on)
    within = f"{subject} pg:validFrom ?from FILTER(?from <= {day}) {not_ended}"
    return f"{{ {within} }} UNION {{ {subject} pg:attestedOn {day} }}"


def _knowledge(subject: str, start: str, end: str, day: date) -> str:
    """Match what has been known since a day; without a start it has never been known."""
    name = start.removeprefix("pg:")
    return (
        f"{subject} {start} ?{name} FILTER(?{name} <= {day_term(day)}) {_until(subject, end, day)}"
    )


def _from(subject: str, start: str, day: date) -> str:
    name = start.removeprefix("pg:")
    later = f"{subject} {start} ?{name} FILTER(?{name} > {day_term(day)})"
    return f"FILTER NOT EXISTS {{ {later} }} "


def _until(subject: str, end: str, day: date) -> str:
    name = end.removeprefix("pg:")
    ended = f"{subject} {end} ?{name} FILTER(?{name} <= {day_term(day)})"
    return f"FILTER NOT EXISTS {{ {ended} }} "
