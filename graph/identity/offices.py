"""Compare the offices that two people held: at one time, one after the other, or excluded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from pledgegraph.graph.identity.candidates import Office
from pledgegraph.graph.identity.findings import Finding

_SAME_SEAT, _SAME_CHAMBER, _SAME_STATE, _OTHER_STATE = 14.0, 9.0, 4.5, -5.0
_UNDATED_SEAT, _UNDATED_CHAMBER = 8.5, 6.0
SEAT = _SAME_SEAT
SAME_STATE = _SAME_STATE
DATED = 9.0  # bits from which offices were held at one time for certain
_MOVED_AT_ONCE, _MOVED, _MOVED_LATER = 12.0, 9.0, 6.5
_OTHER_SEAT, _TWO_OFFICES, _EXCLUDED = -6.0, -7.0, -20.0
# Days by which sources differ on when a term begins, and by which offices overlap in a change.
_SLACK = timedelta(days=75)
_CAREER = timedelta(days=75 * 365)
_AT_ONCE, _SOON, _LATER = 75, 400, 1500  # days between two offices that make a career likely
CONGRESS = frozenset({"us-house", "us-senate"})

Days = tuple[date, date]


def compare_offices(left: Sequence[Office], right: Sequence[Office]) -> Iterator[Finding]:
    """Iterate over what the offices of two people say; nothing where one has none."""
    if not left or not right:
        return
    excluded = [*_not_in_office(left, right), *_not_in_office(right, left)]
    excluded += [*_over(left, right), *_over(right, left), *_at_two_places(left, right)]
    excluded += _in_no_lifetime(left, right)
    if excluded:
        yield excluded[0]
        return
    found = [f for one in left for other in right if (f := _together(one, other))]
    yield max(found, key=lambda f: f.bits) if found else _apart(left, right)
    yield from _two_offices(left, right)


def _not_in_office(seen: Sequence[Office], held: Sequence[Office]) -> Iterator[Finding]:
    """Iterate over acts in office on days on which the other held no such office."""
    terms = [office for office in held if not office.attested]
    for act in seen:
        if terms and act.attested and not any(_may_cover(act, office) for office in terms):
            yield _exclusion(f"acted as {act}; the other held {_text(terms)}")


def _may_cover(act: Office, office: Office) -> bool:
    is_there = office.chamber == act.chamber and _may_equal(act.state, office.state)
    return is_there and _days(act.certain, office.possible) > timedelta(0)


def _over(left: Sequence[Office], right: Sequence[Office]) -> Iterator[Finding]:
    """Iterate over offices that were over for good before the other still held one there."""
    for one in left:
        for other in right:
            start, until = other.certain
            is_over = one.ended and one.legislature == other.legislature
            if is_over and one.until and start < until and one.until < until:
                yield _exclusion(f"{one} is over for good; {other}")


def _in_no_lifetime(left: Sequence[Office], right: Sequence[Office]) -> list[Finding]:
    """Return that offices lie further apart than anybody holds any."""
    dated = [(office.start, str(office)) for office in (*left, *right) if office.start]
    if not dated or max(dated)[0] - min(dated)[0] <= _CAREER:
        return []
    return [_exclusion(f"no career is so long: {min(dated)[1]}; {max(dated)[1]}")]


def _at_two_places(left: Sequence[Office], right: Sequence[Office]) -> Iterator[Finding]:
    """Iterate over offices that nobody holds at one time."""
    for one in left:
        for other in right:
            is_federal = one.chamber in CONGRESS and other.chamber in CONGRESS
            is_elsewhere = bool(one.state and other.state and one.state != other.state)
            is_excluded = is_elsewhere or (is_federal and one.chamber != other.chamber)
            if is_excluded and _overlap(one, other) > _slack(one, other):
                yield _exclusion(f"two offices at one time: {one}; {other}")


def _together(one: Office, other: Office) -> Finding | None:
    """Return what one chamber at one time says."""
    if one.chamber != other.chamber or not _may_equal(one.state, other.state):
        return None
    if _days(one.possible, other.possible) <= timedelta(0):
        return None
    is_dated = _days(one.certain, other.certain) > timedelta(0)
    has_seats = bool(one.seat and other.seat)
    told = f"{one}; {other}"
    if has_seats and one.seat == other.seat:
        bits = _SAME_SEAT if is_dated else _UNDATED_SEAT
        return Finding("office", bits, f"the same seat at one time: {told}", bears_out=True)
    if has_seats and is_dated:
        return Finding("office", _OTHER_SEAT, f"two seats at one time: {told}")
    bits = _SAME_CHAMBER if is_dated else _UNDATED_CHAMBER
    bits = bits if one.state and other.state else bits - _SAME_STATE
    return Finding("office", bits, f"the same chamber at one time: {told}", bears_out=True)


def _two_offices(left: Sequence[Office], right: Sequence[Office]) -> Iterator[Finding]:
    """Iterate, once at most, over two offices of different chambers held for long at one time."""
    for one in left:
        for other in right:
            is_known = not (_is_nominal(one, other) or _is_nominal(other, one))
            if one.chamber != other.chamber and is_known and _overlap(one, other) > _SLACK:
                yield Finding("offices", _TWO_OFFICES, f"two at one time: {one}; {other}")
                return


def _apart(left: Sequence[Office], right: Sequence[Office]) -> Finding:
    moves = [m for one in left for other in right if (m := _move(one, other))]
    if moves:
        days, told = min(moves, key=lambda move: abs(move[0]))
        bits = _MOVED if days <= _SOON else _MOVED_LATER
        bits = _MOVED_AT_ONCE if days <= _AT_ONCE else bits
        return Finding(
            "office", bits, f"one office {days} days after the other: {told}", bears_out=True
        )
    states = {office.state for office in left} & {office.state for office in right} - {""}
    told = f"{_text(left)}; {_text(right)}"
    if states:
        return Finding("office", _SAME_STATE, f"one state, no day together: {told}")
    return Finding("office", _OTHER_STATE, f"no state and no day together: {told}")


def _move(one: Office, other: Office) -> tuple[int, str] | None:
    """Return the days between leaving one chamber and entering another of the same state.

    Who follows in the same seat may be a child of the same name: that is no move.
    """
    if not one.state or one.state != other.state or one.chamber == other.chamber:
        return None
    first, second = sorted((one, other), key=lambda office: office.certain)
    if not first.until or first.ended or not second.start:
        return None
    days = 0 if _is_nominal(first, second) else (second.start - first.until).days
    return (days, f"{first}; {second}") if -_SLACK.days <= days <= _LATER else None


def _exclusion(reason: str) -> Finding:
    return Finding("office", _EXCLUDED, reason, excludes=True)


def _slack(one: Office, other: Office) -> timedelta:
    return timedelta(0) if one.attested or other.attested else _SLACK


def _may_equal(one: str, other: str) -> bool:
    return not one or not other or one == other


def _is_nominal(first: Office, second: Office) -> bool:
    """Tell whether an office ended by the calendar, after another one began.

    Sources give the last day of the term, at the end of a year, to who left for another office.
    """
    until, start = first.until, second.start
    is_year_end = until is not None and (until.month, until.day) in ((12, 31), (1, 1))
    return bool(is_year_end and first.start and until and start and first.start < start < until)


def _overlap(one: Office, other: Office) -> timedelta:
    """Return how long two offices were held together for certain.

    One that began on an unknown day was held on its last: by then the other, if held then, had
    been held since its own first day.
    """
    days = _days(one.certain, other.certain)
    for late, known in ((one, other), (other, one)):
        if days > timedelta(0) and late.start is None and late.until and known.start:
            days = max(days, min(late.until, known.certain[1]) - known.start)
    return days


def _days(one: Days, other: Days) -> timedelta:
    return min(one[1], other[1]) - max(one[0], other[0])


def _text(offices: Sequence[Office]) -> str:
    shown = ", ".join(str(office) for office in offices[:3])
    return f"{shown}, ..." if len(offices) > 3 else shown
