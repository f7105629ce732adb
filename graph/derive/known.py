"""Knowledge time: from when to when each record could be known (PRODUCT, two clocks).

A record is known from the publication of its first evidence until the publication of the source
that retracts it. Where a publication has only bounds, the latest day makes a record *known*, the
earliest *possibly known*. A source without a publication date was published at the latest on the
day it was read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from pledgegraph.graph.derive.rows import day, select


@dataclass(frozen=True)
class Clock:
    """A half-open span of days; an open side is none."""

    start: date | None
    until: date | None = None

    def holds(self, moment: date) -> bool:
        """Tell whether a day lies within the span."""
        after = self.start is None or self.start <= moment
        return after and (self.until is None or moment < self.until)


@dataclass(frozen=True)
class Knowledge:
    """When a record is known, and when it is possibly known (never a narrower span)."""

    known: Clock | None
    possible: Clock

    @property
    def is_exact(self) -> bool:
        """Tell whether both clocks agree."""
        return self.known == self.possible


_EVIDENCE = """
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
SELECT ?record ?earliest ?latest ?read WHERE {
  GRAPH ?g { ?record pg:hasEvidence ?evidence . ?evidence pg:inSource ?source }
  OPTIONAL { GRAPH ?g2 { ?source pg:dateEarliest ?earliest } }
  OPTIONAL { GRAPH ?g3 { ?source pg:dateLatest ?latest } }
  OPTIONAL { GRAPH ?g4 { ?source pg:readOn ?read } }
}"""

_RETRACTIONS = """
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
SELECT ?record ?retraction WHERE { GRAPH ?g { ?retraction pg:retracts ?record } }"""


def knowledge(candidate: ox.Store) -> dict[str, Knowledge]:
    """Return for each record with evidence when it was known, by IRI."""
    published: dict[str, list[tuple[date | None, date | None]]] = {}
    for row in select(candidate, _EVIDENCE):
        latest = day(row["latest"]) or day(row["read"])
        published.setdefault(row["record"], []).append((day(row["earliest"]), latest))
    first = {record: _first(bounds) for record, bounds in published.items()}
    until: dict[str, tuple[date | None, date | None]] = {}
    for row in select(candidate, _RETRACTIONS):
        until[row["record"]] = first.get(row["retraction"], (None, None))
    return {record: _spans(first[record], until.get(record)) for record in first}


def _first(bounds: list[tuple[date | None, date | None]]) -> tuple[date | None, date | None]:
    """Return the earliest possible and the earliest certain day of publication."""
    earliest = [start for start, _ in bounds]
    latest = [end for _, end in bounds if end]
    possible = None if None in earliest else min(start for start in earliest if start)
    return possible, min(latest) if latest else None


def _spans(
    first: tuple[date | None, date | None], until: tuple[date | None, date | None] | None
) -> Knowledge:
    possible, certain = first
    if until is None:
        return Knowledge(Clock(certain) if certain else None, Clock(possible))
    earliest_end, latest_end = until
    known = Clock(certain, earliest_end or certain) if certain else None
    return Knowledge(known, Clock(possible, latest_end))
