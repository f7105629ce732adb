"""Terms of legislators: seats, parties within a term, and the day on which each no longer holds.

The data set says that ``end`` is the last day of service, and that since 1935 terms end and begin
at noon of 3 January of odd years. So a term holds until the day after its ``end``; until the very
day where that is such a 3 January, or where another term of the member or in the seat begins on it.
(Of 2,792 terms of June 2026, 2,777 end so; the next begins on that day in 1,582 cases, on the next
in 162, and never before.) Where a member changed the party within a term, ``party_affiliations``
decides, not ``party``: only the day on which each begins counts, since its ``end`` is now the same
day, now the day before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pledgegraph.graph.importers import united_states as us
from pledgegraph.graph.importers.congress.raw import Raw, UnsoundRecordError, entries, text

CHAMBERS = {"sen": "us-senate", "rep": "us-house"}
FIRST_NOON_OF_JANUARY = 1935
UNKNOWN_DISTRICT = "-1"


@dataclass(frozen=True)
class Piece:
    """A term, or the part of one that was served under one party.

    ``end`` is the last day as the source gives it, ``change`` the day on which the next part
    begins. ``index`` and ``part`` tell where it stands; days are ISO texts, empty where unknown.
    """

    index: int
    part: int
    chamber: str
    seat: us.Parts
    start: str
    end: str
    change: str
    party: str
    caucus: str

    @property
    def seat_slug(self) -> str:
        """Return the last part of the address of the seat."""
        return str(self.seat[-1].form["id"])

    @property
    def is_numbered(self) -> bool:
        """Tell whether the seat has one holder at a time."""
        return "number" in self.seat[-1].form

    def slug(self, person: str) -> str:
        """Return the last part of its address, as the record format derives it."""
        return f"{person}-{self.seat_slug}-{self.start or 'undated'}"

    def until(self, starts: Collection[str]) -> str:
        """Return the day on which it no longer holds, empty where the end is unknown.

        ``starts`` has the days on which other terms of the member or in the seat begin.
        """
        if self.change or not self.end or self.end in starts:
            return self.change or self.end
        last = date.fromisoformat(self.end)
        is_noon = (last.month, last.day) == (1, 3) and last.year % 2 == 1
        if is_noon and last.year >= FIRST_NOON_OF_JANUARY:
            return self.end
        return (last + timedelta(days=1)).isoformat()


def pieces(raw: Raw, index: int) -> list[Piece]:
    """Return a term in its parts, one where the party did not change.

    Raises ``UnsoundRecordError`` for an impossible day, and a seat that does not exist.
    """
    start, end = _day(raw, "start"), _day(raw, "end")
    kind, state = text(raw, "type"), text(raw, "state")
    place = text(raw, "class" if kind == "sen" else "district")
    seat = seat_of(kind, state, place)
    parts = sorted(entries(raw, "party_affiliations"), key=lambda part: _day(part, "start"))
    parts = parts or [raw]
    starts = [start, *(_day(part, "start") for part in parts[1:])]
    return [
        Piece(
            index=index,
            part=number,
            chamber=CHAMBERS[kind],
            seat=seat,
            start=starts[number],
            end=end,
            change=starts[number + 1] if number + 1 < len(parts) else "",
            party=text(part, "party"),
            caucus=text(part, "caucus"),
        )
        for number, part in enumerate(parts)
    ]


def seat_of(kind: str, state: str, number: str) -> us.Parts:
    """Return a seat by ``sen`` or ``rep``, state, and class or district.

    District 0 is at large, -1 is not known. Raises ``UnsoundRecordError`` for what does not exist.
    """
    try:
        if kind == "sen" and number in ("1", "2", "3"):
            return us.senate_seat(state, int(number))
        if kind == "rep" and (number in ("", UNKNOWN_DISTRICT) or number.isdecimal()):
            is_known = number not in ("", UNKNOWN_DISTRICT)
            return us.house_seat(state, int(number) if is_known else None)
    except KeyError as error:
        raise UnsoundRecordError("state-unknown", f"'{state}' is no state") from error
    raise UnsoundRecordError("seat-unknown", f"there is no seat '{kind} {state} {number}'")


def same_term(piece: Piece, others: Sequence[Piece]) -> Piece | None:
    """Find the term that another version gives for this one.

    It is in the same seat and begins on the same day, or else shares the most days.
    """
    in_seat = [one for one in others if one.seat_slug == piece.seat_slug]
    exact = [one for one in in_seat if one.start == piece.start]
    if exact:
        return exact[0]
    best = max(in_seat, key=lambda one: _shared_days(piece, one), default=None)
    return best if best and _shared_days(piece, best) > 0 else None


def party_keys(party: str, caucus: str) -> Iterator[tuple[str, str]]:
    """Iterate over the keys of a term that tell its party and, where it is another, its caucus."""
    found = party_of(party)
    if found:
        yield "party", found
    elif party:
        yield "party-label", party
    sits = party_of(caucus)
    if sits and sits != found:
        yield "caucus", sits


def party_of(label: str) -> str:
    """Return the party that a label names, as a reference; empty where it names none."""
    return next((part.reference for part in us.parties(label)), "")


def party_parts(piece: Piece) -> us.Parts:
    """Return the parties that a term names."""
    return (*us.parties(piece.party), *us.parties(piece.caucus))


def _day(raw: Mapping[str, Raw], key: str) -> str:
    given = text(raw, key)
    if not given:
        return ""
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise UnsoundRecordError("impossible-day", f"{key}: '{given}' is no day") from error


def _shared_days(one: Piece, other: Piece) -> int:
    first, last = date.min.isoformat(), date.max.isoformat()
    start = max(one.start or first, other.start or first)
    end = min(one.change or one.end or last, other.change or other.end or last)
    return (date.fromisoformat(end) - date.fromisoformat(start)).days
