"""Phases: commitment, valid time, knowledge time and status; two comparisons answer both clocks."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from pledgegraph.graph.derive.courses import Inputs
from pledgegraph.graph.derive.knowledge import Knowledge, Span
from pledgegraph.graph.derive.timeline import Course, Event, Segment, timeline


@dataclass(frozen=True)
class Phase:
    """One status of one commitment over a span of days, as known over a span of days."""

    commitment: str
    pledge: str
    segment: Segment
    known: Span
    possible: bool = False

    @property
    def slug(self) -> str:
        """Name the phase by what it says."""
        kind = "possible" if self.possible else "known"
        mark = hashlib.sha256(repr((self.segment, self.known, kind)).encode()).hexdigest()[:12]
        return f"{self.commitment.rsplit('/', 1)[-1]}-{mark}"


def phases(inputs: Inputs, knowledge: Mapping[str, Knowledge]) -> list[Phase]:
    """Return the phases of a commitment as known, and those only possibly known.

    Possible phases are given only where the possible clock differs from the known one.
    """
    spans = {record: knowledge[record] for record in inputs.records if record in knowledge}
    certain = {record: known.counts for record, known in spans.items()}
    possible = {record: known.possibly_counts for record, known in spans.items()}
    limits = {record: known.known.start for record, known in spans.items() if known.known}
    found = _on_clock(inputs, certain, limits)
    if certain == possible:
        return found
    return [*found, *(replace(p, possible=True) for p in _on_clock(inputs, possible, limits))]


def _on_clock(
    inputs: Inputs, spans: Mapping[str, Span | None], reported: Mapping[str, date]
) -> list[Phase]:
    counting = {record: span for record, span in spans.items() if span}
    moments = sorted({m for span in counting.values() for m in (span.start, span.until)})
    open_phases: dict[Segment, date] = {}
    found: list[Phase] = []

    def close(segment: Segment, until: date) -> None:
        span = Span(open_phases.pop(segment), until)
        found.append(Phase(inputs.commitment, inputs.pledge, segment, span))

    for moment in [moment for moment in moments if moment < date.max]:
        counted = {record for record, span in counting.items() if span.holds(moment)}
        segments = set(_course(inputs, counted, reported))
        for segment in [known for known in open_phases if known not in segments]:
            close(segment, moment)
        for segment in segments:
            open_phases.setdefault(segment, moment)
    for segment in list(open_phases):
        close(segment, date.max)
    return sorted(found, key=_order)


def _course(inputs: Inputs, counted: set[str], reported: Mapping[str, date]) -> list[Segment]:
    """Return the course of a commitment from the records that count at one moment."""
    if inputs.commitment not in counted:
        return []
    events = tuple(_reported_by(event, reported) for event in inputs.events(counted))
    return timeline(
        Course(
            inputs.commitment,
            inputs.bounds("validFrom", counted),
            inputs.bounds("validUntil", counted),
            inputs.duration,
            events,
        )
    )


def _reported_by(event: Event, reported: Mapping[str, date]) -> Event:
    """Bound an event without a latest day: it had happened when it was reported."""
    if event.latest is not None:
        return event
    limit = reported.get(event.record)
    after = limit and (event.earliest is None or event.earliest <= limit)
    return replace(event, latest=limit) if after else event


def _order(phase: Phase) -> tuple[date, date, date, str]:
    known, segment = phase.known, phase.segment
    return known.start, segment.start or date.min, known.until, segment.status
