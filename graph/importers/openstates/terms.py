"""Which roles of a person stand, what each is called, and what is set aside for which rule.

The 121 roles that end before they start are all of people whose newer role begins on the very
same day: an older role that got the start of the newer one. Nothing tells its own start: it is
quarantined. A role that lies within another one of the same person in the same seat says nothing
more and is skipped; in Congress it stays, since there the data set gives both the elected terms
and one role for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pledgegraph.graph.importers.openstates import places
from pledgegraph.graph.importers.openstates.raw import Person, Role

FEDERAL = "us"


@dataclass(frozen=True)
class Term:
    """A role that stands: its number in the record, and the slug of what is held in it."""

    index: int
    role: Role
    held: str


@dataclass(frozen=True)
class Aside:
    """A role that is set aside: quarantined, or skipped as ``is_skip`` says."""

    index: int
    rule: str
    detail: str
    is_skip: bool = False
    has_start: bool = True


def judge(person: Person, state: str) -> tuple[list[Term], list[Aside]]:
    """Tell the roles that stand from those that are set aside."""
    terms: list[Term] = []
    aside: list[Aside] = []
    for index, role in enumerate(person.roles):
        if isinstance(role, str):
            aside.append(Aside(index, "unsound-role", role))
            continue
        try:
            held = _held(role)
        except places.UnknownPlaceError as error:
            aside.append(Aside(index, "unknown-place", str(error), has_start=bool(role.start)))
            continue
        if role.start and role.end and role.end < role.start:
            detail = f"starts on {role.start} and ends on {role.end}"
            aside.append(Aside(index, "ends-before-start", detail))
        else:
            terms.append(Term(index, role, held))
    for term in list(terms):
        more = _said_already(term, terms, state)
        if more:
            terms.remove(term)
            aside.append(more)
    return terms, sorted(aside, key=lambda one: one.index)


def _held(role: Role) -> str:
    if role.is_legislative:
        return places.seat_slug(role)
    government = places.government(role, None)[-1].form["id"]
    return f"{government}-{places.office(role).replace(' ', '-')}"


def _said_already(term: Term, terms: Iterable[Term], state: str) -> Aside | None:
    role = term.role
    for other in terms:
        if other is term or other.held != term.held:
            continue
        if (other.role.start, other.role.end) == (role.start, role.end):
            if other.index < term.index:
                detail = f"says what roles[{other.index}] says"
                return Aside(term.index, "repeated", detail, True, bool(role.start))
        elif state != FEDERAL and _lies_within(role, other.role):
            detail = f"lies within roles[{other.index}], the same seat"
            return Aside(term.index, "within-another", detail, True, bool(role.start))
    return None


def _lies_within(role: Role, other: Role) -> bool:
    if not role.start or not role.end or not other.start:
        return False
    return other.start <= role.start and (other.end is None or role.end <= other.end)


def slugs(person: str, terms: Iterable[Term]) -> Iterator[tuple[Term, str]]:
    """Name each term after person, seat and first day.

    Of several with the same name the one that lasts longest has it, and the others add their end.
    """
    longest: dict[str, Term] = {}
    named = [(term, _name(person, term)) for term in terms]
    for term, name in named:
        best = longest.get(name)
        if best is None or _reach(term) > _reach(best):
            longest[name] = term
    for term, name in named:
        yield term, name if longest[name] is term else f"{name}-until-{term.role.end}"


def _name(person: str, term: Term) -> str:
    start = term.role.start
    return f"{person}-{term.held}{'-' if start else ''}{start or ''}"


def _reach(term: Term) -> str:
    return term.role.end or "9999"


def next_day(day: str) -> str:
    """Return the day after, as an ISO text."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
