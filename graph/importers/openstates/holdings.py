"""Who holds which seat when, over all people of one data set: read before records are written.

From this follow the day on which a term ends, half-open, and which seats have one holder at a
time.

**End days.** Where a role begins within three days of the end day of another one, of the same
person or in the same district, it begins on the day after in 5,357 of 7,619 cases (in all of the
layout before 2021), and on the end day itself in 1,706: the end day is the last day of the role.
Where the next role of the person, or in the one seat, begins on it, it is the day after. Terms in
Congress (``us``) are taken over from congress-legislators and end on 3 January as told in
``congress.terms``.

**Numbers.** The data set numbers no seats. A chamber whose districts have one present holder
each has one seat in each of them; that seat is numbered by its district unless terms in it
overlap. Most of those overlaps are of roles before 2017 whose days are those of sessions (1
January, 31 December).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pledgegraph.graph.importers.congress.terms import FIRST_NOON_OF_JANUARY
from pledgegraph.graph.importers.openstates.raw import Person
from pledgegraph.graph.importers.openstates.terms import FEDERAL, Term, judge, next_day, slugs

PRESENT_FOLDERS = ("legislature", "people")
ONE_IN = 20  # districts of a chamber with two present holders make its districts have many seats
_NEVER = "9999-12-31"
_MEMBERS_END = ("01-02", "01-03")  # the days on which terms in Congress end


@dataclass(frozen=True)
class Span:
    """A time in which a person holds a seat; ``end`` is the end day as the data set gives it."""

    person: str
    slug: str
    start: str | None
    end: str | None
    is_present: bool = False


class Holdings:
    """What the people of a data set hold; ``state`` is its postal code, or ``us``."""

    def __init__(self, state: str) -> None:
        self.state = state
        self.names: dict[str, str] = {}  # of people, by id
        self.merged: dict[str, str] = {}  # ids that a person had before, and the id now
        self.places: dict[str, str] = {}  # names of municipalities, by jurisdiction
        self._spans: dict[str, list[Span]] = defaultdict(list)
        self._chambers: dict[str, str] = {}
        self._starts: dict[str, set[str]] = defaultdict(set)
        self._many: set[str] = set()
        self._settled: dict[str, bool] = {}

    def add(self, person: Person, folder: str) -> None:
        """Take in a person, or more of one who was two before."""
        self.names.setdefault(person.id, person.name)
        for scheme, identifier in person.identifiers:
            if scheme == "openstates":
                self.merged[identifier] = person.id
        terms, _ = judge(person, self.state)
        seats = [term for term in terms if term.role.is_legislative]
        for term, slug in slugs(person.slug, seats):
            role = term.role
            end = None if self._is_stand_in(term, folder) else role.end
            is_present = folder in PRESENT_FOLDERS and end is None
            self._spans[term.held].append(Span(person.id, slug, role.start, end, is_present))
            self._chambers[term.held] = role.kind
            if role.start:
                self._starts[person.id].add(role.start)

    def settle(self) -> None:
        """Find the chambers whose districts have several seats, when all people are in."""
        districts: dict[str, list[int]] = defaultdict(list)
        for seat, spans in self._spans.items():
            present = len({span.person for span in spans if span.is_present})
            if present:
                districts[self._chambers[seat]].append(present)
        for chamber, holders in districts.items():
            if sum(count > 1 for count in holders) * ONE_IN > len(holders):
                self._many.add(chamber)

    def has_seat(self, seat: str) -> bool:
        """Tell whether anybody holds or held a seat."""
        return seat in self._spans

    def spans(self, person: str, seat: str) -> list[Span]:
        """Return the times in which a person held a seat."""
        return [span for span in self._spans.get(seat, ()) if span.person == person]

    def until(self, person: str, seat: str, start: str | None, end: str | None) -> str | None:
        """Return the first day on which a seat is held no more, for an end day."""
        if end is None or start == end:
            return end and next_day(end)
        if end in self._starts[person] or (self.state == FEDERAL and _is_noon(end)):
            return end
        if self._has_one_seat(seat) and any(one.start == end for one in self._spans.get(seat, ())):
            return end
        return next_day(end)

    def is_numbered(self, seat: str) -> bool:
        """Tell whether a seat has one holder at a time, as far as the data set tells."""
        if seat not in self._settled:
            self._settled[seat] = self._has_one_seat(seat) and not self._overlap(seat)
        return self._settled[seat]

    def is_stale(self, person: str, seat: str, start: str | None, end: str | None) -> bool:
        """Tell whether another present holder of the one seat began no earlier: two at a time."""
        present = [span for span in self._spans.get(seat, ()) if span.is_present]
        if end or not self._has_one_seat(seat) or len(present) < 2:
            return False
        return any(
            span.person != person and (span.start or "") >= (start or "") for span in present
        )

    def clash(self, slug: str, seat: str, start: str | None, until: str | None) -> str | None:
        """Return the slug of another term in a numbered seat at the same time, if there is one."""
        if start is None or not self.is_numbered(seat):
            return None
        for other, first, last in self._times(seat):
            if other.slug != slug and start < last and first < (until or _NEVER):
                return other.slug
        return None

    def is_open_ended(self, term: Term, folder: str) -> bool:
        """Tell whether a role goes on, whatever end day the data set gives."""
        return term.role.end is None or self._is_stand_in(term, folder)

    def _is_stand_in(self, term: Term, folder: str) -> bool:
        """Tell whether an end day stands for none: 533 members of Congress have one in 2030."""
        end = term.role.end or ""
        is_member = self.state == FEDERAL and folder == "legislature" and term.index == 0
        return is_member and end[5:] not in _MEMBERS_END

    def _has_one_seat(self, seat: str) -> bool:
        return self.state != FEDERAL and self._chambers.get(seat) not in self._many

    def _overlap(self, seat: str) -> bool:
        reach = ""
        for _, first, last in sorted(self._times(seat), key=lambda time: time[1:]):
            if first < reach:
                return True
            reach = max(reach, last)
        return False

    def _times(self, seat: str) -> Iterable[tuple[Span, str, str]]:
        for span in self._spans.get(seat, ()):
            if span.start and not self.is_stale(span.person, seat, span.start, span.end):
                until = self.until(span.person, seat, span.start, span.end)
                yield span, span.start, until or _NEVER


def _is_noon(day: str) -> bool:
    """Tell whether terms in Congress end, and begin, at noon of a day."""
    year, rest = int(day[:4]), day[5:]
    return rest == "01-03" and year % 2 == 1 and year >= FIRST_NOON_OF_JANUARY
