"""What was in force when: one commitment's course as far as it was known at one moment.

The published rules (scheme ``status-rule``), applied to events in order of date:

* before its announcement a commitment is *not yet announced*, then *announced*, and *in force*
  from its first day;
* its end makes it *lapsed*; an extension moves the end (or removes it), a curtailment brings it
  forward; an extension after the end opens a new phase, with the gap between;
* a withdrawal, supersession, fulfilment or met condition gives the status of that name (met:
  *released*), a reinstatement puts it back where it would be;
* nothing takes a maximum: a later event applies to what the earlier ones left.

Where days are uncertain, the course is computed twice, with every event on its earliest and on its
latest possible day. Where the two differ the status is *unknown*.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from pledgegraph.graph.records.dates import add_duration


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
class Bounds:
    """The day that one end of a commitment can be, and the records that give it."""

    earliest: date | None = None
    latest: date | None = None
    records: tuple[str, ...] = ()


@dataclass(frozen=True)
class Course:
    """What is known of a commitment at one moment."""

    commitment: str
    start: Bounds = Bounds()
    end: Bounds = Bounds()
    duration: str | None = None
    events: tuple[Event, ...] = ()


_FINAL = {
    "withdrawal": "withdrawn",
    "supersession": "superseded",
    "fulfilment": "fulfilled",
    "condition-met": "released",
}
# What happens on one day happens in this order.
_ORDER = ("extension", "curtailment", *_FINAL, "reinstatement")


def timeline(course: Course) -> list[Segment]:
    """Return the course of a commitment as segments without overlap, in order of date."""
    if not any(event.kind == "announcement" for event in course.events):
        records = (course.commitment,)
        return [Segment(None, None, "unknown", "announcement-missing", records)]
    early = _Run(course, latest=False).segments()
    late = _Run(course, latest=True).segments()
    return early if early == late else _compare(early, late)


@dataclass
class _State:
    """The status so far, and the end that will lapse it."""

    status: str = "not-yet-announced"
    end: date | None = None
    end_records: tuple[str, ...] = ()
    turns: list[tuple[date, tuple[str, ...]]] = field(default_factory=list)


class _Run:
    """Walk along the days, cutting a segment wherever the status, its rule or its records change.

    All events stand on their earliest, or all on their latest possible day.
    """

    def __init__(self, course: Course, *, latest: bool) -> None:
        self.course, self.latest = course, latest
        announcements = [event for event in course.events if event.kind == "announcement"]
        self.announced, self.announcement = min(
            (self._day(event), event.record) for event in announcements
        )
        start = course.start.latest if latest else course.start.earliest
        self.begins = max(start or self.announced, self.announced)
        end = course.end.latest if latest else course.end.earliest
        if end is None and course.duration and not course.end.records:
            end = add_duration(start or self.announced, course.duration)
        self.state = _State(end=end, end_records=course.end.records or (course.commitment,))
        before = (self.announcement,)
        self.cuts = [Segment(None, None, "not-yet-announced", "not-announced", before)]

    def _day(self, event: Event) -> date:
        if self.latest:
            return event.latest or date.max
        return event.earliest or date.min

    def segments(self) -> list[Segment]:
        """Apply every event in order of date, and let all that is due happen."""
        self._cut(self.announced, "announced", "announced-before", (self.announcement,))
        changes = [event for event in self.course.events if event.kind != "announcement"]
        days = {event: max(self._day(event), self.announced) for event in changes}
        order = {kind: place for place, kind in enumerate(_ORDER)}
        for event in sorted(changes, key=lambda e: (days[e], order[e.kind], e.record)):
            if days[event] < date.max:
                self._advance(days[event])
                self._apply(event, days[event])
        self._advance(date.max)
        return [cut for cut in self.cuts if cut.start is None or cut.start != cut.until]

    def _apply(self, event: Event, day: date) -> None:
        if event.kind in _FINAL:
            self._cut(day, _FINAL[event.kind], event.kind, (event.record,))
        elif event.kind == "reinstatement":
            begun = self.begins <= day
            self._cut(day, "in-force" if begun else "announced", event.kind, (event.record,))
            self._advance(day)
        else:
            self._move_end(event, day)

    def _move_end(self, event: Event, day: date) -> None:
        before, state = self.state.end, self.state
        state.end, state.end_records = event.new_end, (event.record,)
        if event.kind == "curtailment":
            kept = event.new_end or date.max
            state.turns = [turn for turn in state.turns if turn[0] < kept]
        elif state.status == "lapsed" and (event.new_end is None or event.new_end > day):
            self._cut(day, "in-force", "extension", (event.record,))
        elif before and state.status == "in-force":
            state.turns.append((before, (event.record,)))

    def _advance(self, day: date) -> None:
        """Let what is due by a day happen: the first day, turns to an extension, the end."""
        state = self.state
        if state.status == "announced" and self.begins <= day:
            self._cut(self.begins, "in-force", "start", self._start_records())
        for moment, records in sorted(state.turns):
            if moment <= day and state.status == "in-force":
                self._cut(moment, "in-force", "extension", records)
                state.turns.remove((moment, records))
        if state.status == "in-force" and state.end and state.end <= day:
            self._cut(state.end, "lapsed", "end-reached", state.end_records)

    def _start_records(self) -> tuple[str, ...]:
        own = self.course.start.records or (self.course.commitment,)
        return tuple(dict.fromkeys((*own, self.announcement)))

    def _cut(self, day: date, status: str, rule: str, records: tuple[str, ...]) -> None:
        self.state.status = status
        last = self.cuts[-1]
        start = max(day, last.start) if last.start else day
        if start == date.min:
            self.cuts = []
        elif last.start == start:
            self.cuts.pop()
        else:
            self.cuts[-1] = replace(last, until=start)
        begins = None if start == date.min else start
        self.cuts.append(Segment(begins, None, status, rule, records))


def _compare(early: list[Segment], late: list[Segment]) -> list[Segment]:
    """Keep what holds on the earliest and on the latest days alike; the rest is unknown."""
    days = sorted({cut.start or date.min for cut in (*early, *late)})
    found: list[Segment] = []
    for start, until in zip(days, [*days[1:], None], strict=True):
        one, other = _at(early, start), _at(late, start)
        span = (None if start == date.min else start, until)
        if one.status == other.status:
            cut = Segment(*span, other.status, other.rule, other.records)
        else:
            records = tuple(dict.fromkeys((*one.records, *other.records)))
            cut = Segment(*span, "unknown", "uncertain-date", records)
        if found and (found[-1].status, found[-1].rule, found[-1].records) == (
            cut.status,
            cut.rule,
            cut.records,
        ):
            found[-1] = replace(found[-1], until=until)
        else:
            found.append(cut)
    return found


def _at(segments: list[Segment], day: date) -> Segment:
    """Return the segment that holds on a day."""
    return next(cut for cut in reversed(segments) if cut.start is None or cut.start <= day)
