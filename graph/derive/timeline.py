"""What was in force when: one commitment's course as far as it was known at one moment.

The published rules (scheme ``status-rule``), applied to events in order of date:

* before its announcement a commitment is *not yet announced*, then *announced*, and *in force*
  from its first day;
* its end makes it *lapsed*; an extension moves the end (or removes it), a curtailment brings it
  forward; an extension after the end opens a new phase, with the gap between;
* a withdrawal, supersession, fulfilment or met condition gives the status of that name (met:
  *released*), a reinstatement puts it back in force;
* between the earliest and the latest day that an event can have, the status is *unknown*.

Nothing takes a maximum: a later event applies to what the earlier ones left.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date


@dataclass(frozen=True)
class Event:
    """Something dated that changes a commitment's course."""

    kind: str
    earliest: date | None
    latest: date | None
    record: str
    new_end: date | None = None


@dataclass(frozen=True)
class Segment:
    """A span with one status, the rule that gave it, and the records it rests on."""

    start: date | None
    until: date | None
    status: str
    rule: str
    records: tuple[str, ...]


@dataclass(frozen=True)
class Course:
    """What is known of a commitment at one moment."""

    commitment: str
    start: date | None
    end: date | None
    events: tuple[Event, ...]


@dataclass
class _State:
    """The status so far, and the end that will lapse it."""

    status: str = "not-yet-announced"
    rule: str = "not-announced"
    records: tuple[str, ...] = ()
    end: date | None = None
    end_records: tuple[str, ...] = ()
    turns: list[tuple[date, tuple[str, ...]]] = field(default_factory=list)


_FINAL = {
    "withdrawal": "withdrawn",
    "supersession": "superseded",
    "fulfilment": "fulfilled",
    "condition-met": "released",
}


def timeline(course: Course) -> list[Segment]:
    """Return the course of a commitment as segments without overlap, in order of date."""
    run = _Run(course)
    for event in sorted(course.events, key=_order):
        run.meet(event)
    return run.finish()


def _order(event: Event) -> tuple[date, date, int, str]:
    first = event.earliest or date.min
    rank = 0 if event.kind == "announcement" else 1
    return first, event.latest or date.max, rank, event.record


class _Run:
    """Walk along the days, cutting a segment wherever the status, its rule or its records change.

    An event takes effect on its latest possible day, and never before the events that sort
    before it; until then, from its earliest possible day, nothing but *unknown* is shown.
    """

    def __init__(self, course: Course) -> None:
        self.course = course
        self.state = _State(end=course.end, end_records=(course.commitment,))
        self.begun = False
        self.reached = date.min
        announced = [event.record for event in course.events if event.kind == "announcement"]
        rests_on = tuple(announced or [course.commitment])
        self.cuts = [Segment(None, None, "not-yet-announced", "not-announced", rests_on)]

    def meet(self, event: Event) -> None:
        """Apply one event, with the span in which its day is uncertain."""
        first = max(event.earliest or date.min, self.reached)
        self._advance(first)
        self.reached = max(event.latest or date.max, self.reached)
        if first < self.reached:
            day = None if first == date.min else first
            self._cut(day, "unknown", "uncertain-date", (event.record,))
        if event.latest is not None:
            self._advance(self.reached)
            self._apply(event, self.reached)
            if self.cuts[-1].status == "unknown":
                state = self.state
                self._cut(self.reached, state.status, state.rule, state.records)

    def _apply(self, event: Event, day: date) -> None:
        if event.kind == "announcement":
            self._set(day, "announced", "announced-before", (event.record,))
            if self.course.start is None or self.course.start <= day:
                self._begin(day)
        elif event.kind in _FINAL:
            self._set(day, _FINAL[event.kind], event.kind, (event.record,))
        elif event.kind == "reinstatement":
            self._set(day, "in-force", "reinstatement", (event.record,))
            self._advance(day)
        elif event.kind in ("extension", "curtailment"):
            self._move_end(event, day)

    def _begin(self, day: date) -> None:
        self.begun = True
        self._set(day, "in-force", "start", (self.course.commitment,))

    def _move_end(self, event: Event, day: date) -> None:
        before, state = self.state.end, self.state
        state.end, state.end_records = event.new_end, (event.record,)
        if event.kind == "curtailment":
            state.turns = [
                turn for turn in state.turns if event.new_end and turn[0] < event.new_end
            ]
        elif state.status == "lapsed" and (event.new_end is None or event.new_end > day):
            self._set(day, "in-force", "extension", (event.record,))
        elif before and state.status == "in-force":
            state.turns.append((before, (event.record,)))

    def _advance(self, day: date) -> None:
        """Let what is due by a day happen: the first day, ends, and turns to an extension."""
        start = self.course.start
        if not self.begun and start and start <= day and self.state.status == "announced":
            self._begin(start)
        state = self.state
        for moment, records in sorted(state.turns):
            if moment <= day and state.status == "in-force":
                self._set(moment, "in-force", "extension", records)
                state.turns.remove((moment, records))
        if state.status == "in-force" and state.end and state.end <= day:
            self._set(state.end, "lapsed", "end-reached", state.end_records)

    def _set(self, day: date, status: str, rule: str, records: tuple[str, ...]) -> None:
        self.state.status, self.state.rule, self.state.records = status, rule, records
        uncertain = self.cuts[-1].status == "unknown" and day < self.reached
        if not uncertain:
            self._cut(day, status, rule, records)

    def _cut(self, day: date | None, status: str, rule: str, records: tuple[str, ...]) -> None:
        last = self.cuts[-1]
        day = max(day, last.start) if day and last.start else day
        if last.start == day:
            self.cuts.pop()
        else:
            self.cuts[-1] = replace(last, until=day)
        self.cuts.append(Segment(day, None, status, rule, records))

    def finish(self) -> list[Segment]:
        """Let all that is still due happen, and return the segments."""
        if self.cuts[-1].status != "unknown":
            self._advance(date.max)
        return self.cuts
