"""The published status rules, applied to invented courses of one commitment."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgegraph.graph.derive.timeline import Bounds, Course, Event, Segment, timeline

ANNOUNCED = "2020-06-10"


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def event(kind: str, at: str, *, new_end: str | None = None, until: str | None = None) -> Event:
    return Event(kind, day(at), day(until or at), f"{kind}-{at}", day(new_end))


def course(*events: Event, start: str = ANNOUNCED, end: str | None = None) -> list[Segment]:
    announcement = event("announcement", ANNOUNCED)
    return timeline(Course("commitment", on(start), on(end), None, (announcement, *events)))


def on(text: str | None) -> Bounds:
    return Bounds(day(text), day(text), ("commitment",)) if text else Bounds()


def status_on(segments: list[Segment], when: str) -> str:
    moment = date.fromisoformat(when)
    (held,) = [
        segment.status
        for segment in segments
        if (segment.start is None or segment.start <= moment)
        and (segment.until is None or moment < segment.until)
    ]
    return held


CASES = {
    "not yet announced before its day": (course(), "2020-06-09", "not-yet-announced"),
    "in force from its first day": (course(), "2020-06-10", "in-force"),
    "announced until its first day": (course(start="2020-07-01"), "2020-06-30", "announced"),
    "in force from a later first day": (course(start="2020-07-01"), "2020-07-01", "in-force"),
    "in force on its last day": (course(end="2021-06-10"), "2021-06-09", "in-force"),
    "lapsed on its end": (course(end="2021-06-10"), "2021-06-10", "lapsed"),
    "extended to open end": (
        course(event("extension", "2021-05-18"), end="2021-06-10"),
        "2030-01-01",
        "in-force",
    ),
    "extended to a later end, then lapsed": (
        course(event("extension", "2021-05-18", new_end="2022-06-10"), end="2021-06-10"),
        "2022-06-10",
        "lapsed",
    ),
    "an earlier end after a later one": (
        course(
            event("extension", "2020-12-01", new_end="2025-01-01"),
            event("curtailment", "2021-03-01", new_end="2021-09-01"),
            end="2021-06-10",
        ),
        "2021-09-01",
        "lapsed",
    ),
    "still in force before the earlier end": (
        course(
            event("extension", "2020-12-01", new_end="2025-01-01"),
            event("curtailment", "2021-03-01", new_end="2021-09-01"),
            end="2021-06-10",
        ),
        "2021-08-31",
        "in-force",
    ),
    "a gap before an extension after the end": (
        course(event("extension", "2021-08-01"), end="2021-06-10"),
        "2021-07-01",
        "lapsed",
    ),
    "in force again after that gap": (
        course(event("extension", "2021-08-01"), end="2021-06-10"),
        "2021-08-01",
        "in-force",
    ),
    "withdrawn": (course(event("withdrawal", "2020-09-01")), "2020-09-01", "withdrawn"),
    "reinstated": (
        course(event("withdrawal", "2020-09-01"), event("reinstatement", "2020-10-01")),
        "2020-10-01",
        "in-force",
    ),
    "reinstated past its end": (
        course(
            event("withdrawal", "2020-09-01"),
            event("reinstatement", "2021-10-01"),
            end="2021-06-10",
        ),
        "2021-10-02",
        "lapsed",
    ),
    "withdrawn does not lapse": (
        course(event("withdrawal", "2020-09-01"), end="2021-06-10"),
        "2022-01-01",
        "withdrawn",
    ),
    "superseded": (course(event("supersession", "2020-09-01")), "2021-01-01", "superseded"),
    "fulfilled": (course(event("fulfilment", "2020-09-01")), "2021-01-01", "fulfilled"),
    "released": (course(event("condition-met", "2020-09-01")), "2021-01-01", "released"),
    "in force whatever the day of an extension before its end": (
        course(event("extension", "2020-09-01", until="2021-03-01"), end="2021-06-10"),
        "2020-12-01",
        "in-force",
    ),
    "unknown whether an extension came before its end": (
        course(event("extension", "2021-05-01", until="2021-07-31"), end="2021-06-10"),
        "2021-07-01",
        "unknown",
    ),
    "a withdrawal in an unknown month of the year of the announcement": (
        course(event("withdrawal", "2020-01-01", until="2020-12-31")),
        "2021-02-01",
        "withdrawn",
    ),
    "not yet announced, however early a withdrawal may have been": (
        course(event("withdrawal", "2020-01-01", until="2020-12-31")),
        "2020-03-01",
        "not-yet-announced",
    ),
    "put back before its first day": (
        course(
            event("withdrawal", "2020-07-01"),
            event("reinstatement", "2020-08-01"),
            start="2021-01-01",
        ),
        "2020-09-01",
        "announced",
    ),
    "withdrawn and reinstated on one day": (
        course(event("reinstatement", "2020-09-01"), event("withdrawal", "2020-09-01")),
        "2020-09-01",
        "in-force",
    ),
    "unknown while the day of an event is uncertain": (
        course(event("withdrawal", "2020-09-01", until="2020-09-30")),
        "2020-09-15",
        "unknown",
    ),
    "certain again on its latest day": (
        course(event("withdrawal", "2020-09-01", until="2020-09-30")),
        "2020-09-30",
        "withdrawn",
    ),
    "certain before its earliest day": (
        course(event("withdrawal", "2020-09-01", until="2020-09-30")),
        "2020-08-31",
        "in-force",
    ),
}


@pytest.mark.parametrize(("segments", "when", "expected"), CASES.values(), ids=CASES)
def test_a_course_gives_the_status(segments: list[Segment], when: str, expected: str) -> None:
    assert status_on(segments, when) == expected


def test_an_extension_is_named_for_the_days_that_it_adds() -> None:
    segments = course(event("extension", "2021-05-18"), end="2021-06-10")
    assert [(cut.rule, cut.start and cut.start.isoformat()) for cut in segments] == [
        ("not-announced", None),
        ("start", "2020-06-10"),
        ("extension", "2021-06-10"),
    ]
    assert segments[-1].records == ("extension-2021-05-18",)


def test_a_commitment_whose_announcement_does_not_count_is_unknown() -> None:
    (segment,) = timeline(Course("commitment", on("2020-06-10")))
    assert (segment.status, segment.rule) == ("unknown", "announcement-missing")


def test_a_length_from_an_uncertain_day_gives_an_uncertain_end() -> None:
    announcement = event("announcement", "2020-06-01", until="2020-06-30")
    segments = timeline(Course("commitment", duration="P1Y", events=(announcement,)))
    days = ("2020-05-31", "2020-06-15", "2020-07-01", "2021-06-15", "2021-06-30")
    found = [status_on(segments, when) for when in days]
    assert found == ["not-yet-announced", "unknown", "in-force", "unknown", "lapsed"]


def test_rival_ends_leave_the_days_between_them_unknown() -> None:
    end = Bounds(day("2021-01-01"), day("2021-12-31"), ("one", "other"))
    announcement = event("announcement", ANNOUNCED)
    segments = timeline(Course("commitment", on(ANNOUNCED), end, None, (announcement,)))
    found = [status_on(segments, when) for when in ("2020-12-31", "2021-06-01", "2021-12-31")]
    assert found == ["in-force", "unknown", "lapsed"]


KINDS = ["extension", "curtailment", "withdrawal", "reinstatement", "supersession", "fulfilment"]


@st.composite
def events(draw: st.DrawFn) -> Event:
    first = date(2020, 6, 10) + timedelta(days=draw(st.integers(-200, 900)))
    last = first + timedelta(days=draw(st.sampled_from([0, 0, 0, 20])))
    new_end = draw(st.none() | st.integers(-30, 900))
    end = first + timedelta(days=new_end) if new_end is not None else None
    kind = draw(st.sampled_from(KINDS))
    earliest, latest = draw(st.sampled_from([(first, last), (None, last), (first, None)]))
    return Event(kind, earliest, latest, f"{kind}-{first}", end)


@given(st.lists(events(), max_size=6), st.none() | st.integers(1, 900))
def test_segments_cover_all_days_once_and_in_order(found: list[Event], length: int | None) -> None:
    end = (date(2020, 6, 10) + timedelta(days=length)).isoformat() if length else None
    segments = course(*found, end=end)
    assert segments[0].start is None
    assert segments[-1].until is None
    for before, after in itertools.pairwise(segments):
        assert before.until == after.start
        assert after.start
        assert before.start is None or before.start < after.start


@given(st.lists(events(), max_size=5))
def test_nothing_holds_before_its_announcement(found: list[Event]) -> None:
    assert status_on(course(*found), "2020-06-09") == "not-yet-announced"
