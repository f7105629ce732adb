"""An older state of a data set beside the newest: it adds, and never gives a second label or end.

A person that the newest state knows (by the id of then, or by the one that it was merged into)
keeps the newest label; a name of then is another name. A role that is a term of the newest state
becomes further evidence for it. A day on which the two differ is an assertion beside the newest
one, which stays; a first day that only the older state gives is written. A role that would make
a second holder of a seat that has one at a time is quarantined (``two-holders``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pledgegraph.graph.importers.openstates import places
from pledgegraph.graph.importers.openstates.holdings import Holdings, Span
from pledgegraph.graph.importers.openstates.people import Forms, Writer, chamber_of
from pledgegraph.graph.importers.openstates.raw import Person, Role
from pledgegraph.graph.importers.openstates.terms import Aside, Term
from pledgegraph.graph.importing import Counted, Ledger, Place

NEAR = 62  # days by which those of one term differ: of the session, of the oath


class OlderWriter(Writer):
    """Writes an older state; ``day`` is the one on which its open roles were held, if known."""

    def __init__(
        self, holdings: Holdings, ledger: Ledger, newest: Holdings, day: str | None
    ) -> None:
        super().__init__(holdings, ledger)
        self.newest = newest
        self.day = day

    def person_id(self, identifier: str) -> str:
        """Return the id that the newest state has for a person."""
        own = super().person_id(identifier)
        return self.newest.merged.get(own, own)

    def label(self, person: Person) -> str | None:
        """Return a label only for whom the newest state does not know."""
        return None if person.id in self.newest.names else super().label(person)

    def names_then(self, person: Person, place: Place) -> list[dict[str, Any]]:
        """Return what was the label then, as a name attested that day."""
        if self.newest.names.get(person.id, person.name) == person.name:
            return []
        name = {"text": person.name, "kind": "alternative", "attested": self.day}
        return [{**name, "entry": place.at("name").entry}]

    def numbered(self, seat: str) -> bool:
        """Tell whether a seat is to be numbered: as the newest state has it."""
        known = self.newest if self.newest.has_seat(seat) else self.holdings
        return known.is_numbered(seat)

    def term(
        self, sheet: Forms, person: Person, term: Term, folder: str, slug: str, place: Place
    ) -> Counted | None:
        """Return a term of its own, or attest one of the newest state."""
        role = term.role
        until = self.holdings.until(person.id, term.held, role.start, role.end)
        span = self._same(person, term)
        if span:
            return self._attested(sheet, span, term, until, place)
        clash = self.newest.clash(slug, term.held, role.start, until)
        if clash and self.newest.has_seat(term.held):
            detail = f"overlaps {clash}, and {term.held} has one holder at a time"
            one = Aside(term.index, "two-holders", detail, False, bool(role.start))
            self.set_aside(one, place)
            return None
        return super().term(sheet, person, term, folder, slug, place)

    def _attested(
        self, sheet: Forms, span: Span, term: Term, until: str | None, place: Place
    ) -> Counted | None:
        role = term.role
        newest_until = self.newest.until(span.person, term.held, span.start, span.end)
        if role.start and not span.start and self._fits(span, term, newest_until):
            self.write(sheet, places.seat(role, number=self.numbered(term.held)), place)
            seat, chamber = f"seat/{term.held}", chamber_of(role)
            form = {"id": span.slug, "seat": seat, "chamber": chamber, "from": role.start}
            return self.counted("roles", role, place, form)
        attested = {"record": f"term/{span.slug}"}
        sheet.setdefault("also", []).append(self.counted("roles", role, place, attested))
        self._differ(sheet, span.slug, "valid-from", role.start, span.start, place)
        if until:
            self._differ(sheet, span.slug, "valid-until", until, newest_until, place)
        return None

    def _fits(self, span: Span, term: Term, until: str | None) -> bool:
        """Tell whether a first day can be added to a term that has none."""
        start = term.role.start or ""
        if until and start >= until:
            return False
        return not self.newest.clash(span.slug, term.held, start, until)

    def _differ(
        self,
        sheet: Forms,
        slug: str,
        name: str,
        value: str | None,
        newest: str | None,
        place: Place,
    ) -> None:
        if value is None or value == newest:
            return
        reason = f"The newest state of the data set gives {newest or 'no day'}."
        form: Mapping[str, Any] = {
            "about": f"term/{slug}",
            "property": name,
            "value": value,
            "rank": "deprecated",
            "reason": reason,
            "entry": place.entry,
        }
        sheet.setdefault("assertions", []).append(form)

    def _same(self, person: Person, term: Term) -> Span | None:
        """Return the term of the newest state that a role is, if it is one."""
        spans = self.newest.spans(person.id, term.held)
        role = term.role
        exact = [span for span in spans if span.start == role.start and role.start]
        if exact:
            return exact[0]
        if role.end is None:
            found = [span for span in spans if self._covers(span)]
        else:
            found = [span for span in spans if _holds(span, role) or _is_near(span, role)]
        return found[0] if len(found) == 1 else None

    def _covers(self, span: Span) -> bool:
        if self.day is None:
            return True
        return (span.start or "") <= self.day <= (span.end or "9999")


def _holds(span: Span, role: Role) -> bool:
    """Tell whether an ended role lies within a term."""
    end = role.end or ""
    starts_after = bool(span.start and role.start) and (span.start or "") <= (role.start or "")
    return starts_after and end <= (span.end or "9999")


def _is_near(span: Span, role: Role) -> bool:
    """Tell whether an ended role and a term begin, or end, at about the same time."""
    pairs = ((span.start, role.start), (span.end, role.end))
    return any(mine and theirs and _days_between(mine, theirs) <= NEAR for mine, theirs in pairs)


def _days_between(one: str, other: str) -> int:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def known_now(person: Person, newest: Holdings | None) -> Person:
    """Return a person under the id that the newest state has for it."""
    now = newest.merged.get(person.id) if newest else None
    return replace(person, id=now) if now else person
