"""Phases: commitment, valid time, knowledge time and status; two comparisons answer both clocks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pledgegraph.graph.derive.courses import Inputs, moments, value_of
from pledgegraph.graph.derive.known import Clock, Knowledge
from pledgegraph.graph.derive.timeline import Course, Segment, timeline


@dataclass(frozen=True)
class Phase:
    """One status of one commitment over a span of days, as known over a span of days."""

    commitment: str
    segment: Segment
    known: Clock
    possible: bool = False

    @property
    def slug(self) -> str:
        """Name the phase by what it says."""
        kind = "possible" if self.possible else "known"
        mark = hashlib.sha256(repr((self.segment, self.known, kind)).encode()).hexdigest()[:12]
        return f"{self.commitment.rsplit('/', 1)[-1]}-{mark}"


def phases(inputs: Inputs, knowledge: dict[str, Knowledge]) -> list[Phase]:
    """Return the phases of a commitment as known, and those only possibly known.

    A possible phase is given only where the possible clock differs from the known one.
    """
    found = _on_clock(inputs, knowledge, possible=False)
    exact = all(knowledge[record].is_exact for record in inputs.records if record in knowledge)
    return found if exact else [*found, *_on_clock(inputs, knowledge, possible=True)]


def _on_clock(inputs: Inputs, knowledge: dict[str, Knowledge], *, possible: bool) -> list[Phase]:
    days = moments(inputs, knowledge, possible=possible)
    open_phases: dict[Segment, date] = {}
    found: list[Phase] = []
    for moment in days:
        segments = set(_segments(inputs, knowledge, moment, possible=possible))
        for segment in [known for known in open_phases if known not in segments]:
            clock = Clock(_or_none(open_phases.pop(segment)), moment)
            found.append(Phase(inputs.commitment, segment, clock, possible))
        for segment in segments:
            open_phases.setdefault(segment, moment)
    for segment, start in open_phases.items():
        found.append(Phase(inputs.commitment, segment, Clock(_or_none(start)), possible))
    return sorted(found, key=_order)


def _segments(
    inputs: Inputs, knowledge: dict[str, Knowledge], moment: date, *, possible: bool
) -> Iterator[Segment]:
    """Return the course of a commitment as known on one day."""
    known = {record for record in inputs.records if _holds(knowledge, record, moment, possible)}
    if inputs.commitment not in known:
        return
    start, _ = value_of(inputs, "validFrom", known)
    end, end_record = value_of(inputs, "validUntil", known)
    events = tuple(event for event in inputs.events if event.record in known)
    course = Course(inputs.commitment, start, end, events)
    for segment in timeline(course):
        records = tuple(
            end_record
            if segment.rule == "end-reached" and end_record and record == inputs.commitment
            else record
            for record in segment.records
        )
        yield Segment(segment.start, segment.until, segment.status, segment.rule, records)


def _holds(knowledge: dict[str, Knowledge], record: str, moment: date, possible: bool) -> bool:
    known = knowledge.get(record)
    clock = (known.possible if possible else known.known) if known else None
    return clock is not None and clock.holds(moment)


def _or_none(moment: date) -> date | None:
    return None if moment == date.min else moment


def _order(phase: Phase) -> tuple[date, date, date, str]:
    known = phase.known
    return (
        known.start or date.min,
        phase.segment.start or date.min,
        known.until or date.max,
        phase.segment.status,
    )
