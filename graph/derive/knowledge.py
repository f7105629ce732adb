"""Knowledge time: when each record could be known, and when it counted (PRODUCT, two clocks).

A record is *known* from the publication of its first evidence until the publication of the source
that retracts it. It *counts*, for what was in force, from the first source that says it in its own
voice until it is retracted or denied. A part ends with its whole.

Publication days may be bounds. What is certain starts on the latest and ends on the earliest
possible day; what is possible the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pledgegraph.graph.derive.grounds import Grounds, Publication


@dataclass(frozen=True)
class Span:
    """A half-open span of days; ``date.min`` and ``date.max`` are open sides."""

    start: date
    until: date = date.max

    def holds(self, moment: date) -> bool:
        """Tell whether a day lies within the span."""
        return self.start <= moment < self.until


@dataclass(frozen=True)
class Knowledge:
    """The spans of one record; none where there is no such day at all."""

    known: Span | None
    possibly_known: Span | None
    counts: Span | None
    possibly_counts: Span | None


class _Clock:
    """One reading of uncertain days: certain, or possible."""

    def __init__(self, grounds: Grounds, *, possible: bool) -> None:
        self.grounds, self.possible = grounds, possible

    def first(self, publications: Iterable[Publication], *, possible: bool) -> date | None:
        """Return the first day of publication, at its earliest if ``possible``."""
        if possible:
            days = [publication.earliest or date.min for publication in publications]
        else:
            days = [publication.latest for publication in publications if publication.latest]
        return min(days, default=None)

    def end(self, records: Iterable[str]) -> date:
        """Return the day on which the first of some retractions or denials is out."""
        days = [
            self.first(self.grounds.publications.get(record, ()), possible=not self.possible)
            for record in records
        ]
        return min((found for found in days if found), default=date.max)

    def until(self, record: str, *, counts: bool, seen: frozenset[str] = frozenset()) -> date:
        """Return the end of a record: its own, or that of a whole of it."""
        ends = [self.end(self.grounds.effective_retractions(record))]
        if counts:
            ends.append(self.end(self.grounds.effective_denials(record)))
        for whole in self.grounds.wholes.get(record, set()) - seen:
            ends.append(self.until(whole, counts=counts, seen=seen | {record}))
        return min(ends)

    def span(self, record: str, *, counts: bool) -> Span | None:
        """Return the span in which a record is known, or counts."""
        publications = self.grounds.publications[record]
        if counts:
            publications = [publication for publication in publications if publication.own]
        start = self.first(publications, possible=self.possible)
        until = self.until(record, counts=counts)
        return Span(start, until) if start is not None and start < until else None


def knowledge(grounds: Grounds) -> dict[str, Knowledge]:
    """Return the spans of every record with evidence, by IRI."""
    certain, possible = _Clock(grounds, possible=False), _Clock(grounds, possible=True)
    return {
        record: Knowledge(
            certain.span(record, counts=False),
            possible.span(record, counts=False),
            certain.span(record, counts=True),
            possible.span(record, counts=True),
        )
        for record in grounds.publications
    }
