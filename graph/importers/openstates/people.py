"""People of Open States as record forms: names, identifiers, parties, seats and offices.

Left out by rule: office addresses, telephone numbers and e-mail addresses (counted: ``contacts``).
Portraits, birth days, gender, biographies, accounts on social media and links are not read at all:
no question asks for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pledgegraph.graph.importers import united_states as us
from pledgegraph.graph.importers.openstates import places
from pledgegraph.graph.importers.openstates.holdings import Holdings
from pledgegraph.graph.importers.openstates.names import identifiers, other_names
from pledgegraph.graph.importers.openstates.parties import memberships, party_name
from pledgegraph.graph.importers.openstates.raw import Person, Role
from pledgegraph.graph.importers.openstates.terms import Aside, Term, judge, slugs
from pledgegraph.graph.importing import Counted, Ledger, Place

Forms = dict[str, list[Mapping[str, Any]]]


class Writer:
    """Writes the people of one data set; what they refer to is written once."""

    def __init__(self, holdings: Holdings, ledger: Ledger) -> None:
        self.holdings = holdings
        self.ledger = ledger

    def person(self, person: Person, folder: str, place: Place) -> Forms:
        """Return the forms of a person and of what is new in it."""
        sheet: Forms = {}
        also = {"files": 1}
        form = {
            "id": person.slug,
            "label": self.label(person),
            "also-called": self.other_names(person, place, also),
            "names": self.names_then(person, place),
            "open-states": person.id,
            **identifiers(self.ledger, person, place, also),
            **self.parts_of(sheet, person, folder, place),
        }
        self.contacts(person, place)
        sheet["people"] = [self.ledger.record(folder, place, form, also)]
        return sheet

    def person_id(self, identifier: str) -> str:
        """Return the id under which a person is written, for one that the data set has used."""
        return self.holdings.merged.get(identifier, identifier)

    def label(self, person: Person) -> str | None:
        """Return the name by which a person is shown; none where another source graph gives it."""
        return person.name

    def names_then(self, person: Person, place: Place) -> list[dict[str, Any]]:
        """Return names of a time; the newest state of a data set has none."""
        return []

    def other_names(self, person: Person, place: Place, also: dict[str, int]) -> list[str]:
        """Return the names other than the label."""
        return other_names(self.ledger, person, place, also)

    def parts_of(self, sheet: Forms, person: Person, folder: str, place: Place) -> dict[str, Any]:
        """Return a person's terms and roles; what they refer to goes into the sheet."""
        terms, aside = judge(person, self.holdings.state)
        self.count_roles(person)
        for one in aside:
            self.set_aside(one, place)
        form: dict[str, Any] = {"terms": [], "roles": []}
        for term, slug in slugs(person.slug, terms):
            where = place.at(f"roles[{term.index}]")
            if term.role.is_legislative:
                made = self.term(sheet, person, term, folder, slug, where)
                form["terms"] += [made] if made else []
            else:
                form["roles"].append(self.office(sheet, person, term, slug, where))
        parties, forms = memberships(self.ledger, person, place)
        self.write(sheet, parties, place)
        form["roles"] += forms
        return form

    def term(
        self, sheet: Forms, person: Person, term: Term, folder: str, slug: str, place: Place
    ) -> Counted | None:
        """Return the term of a legislative role, unless the one seat has another present holder."""
        role, holdings = term.role, self.holdings
        is_open = holdings.is_open_ended(term, folder)
        if holdings.is_stale(person.id, term.held, role.start, None if is_open else role.end):
            detail = f"{person.id} and another hold {term.held}, which has one holder at a time"
            self.set_aside(Aside(term.index, "two-holders", detail, False, bool(role.start)), place)
            return None
        self.write(sheet, places.seat(role, number=self.numbered(term.held)), place)
        end = None if is_open else role.end
        form = {
            "id": slug,
            "seat": f"seat/{term.held}",
            "chamber": chamber_of(role),
            **self.party_at(sheet, person, role, place),
            "from": role.start,
            "until": holdings.until(person.id, term.held, role.start, end),
            "note": note(role, is_stand_in=is_open and role.end is not None),
        }
        return self.counted("roles", role, place, form)

    def office(self, sheet: Forms, person: Person, term: Term, slug: str, place: Place) -> Counted:
        """Return the membership of somebody who governs a state or a municipality."""
        role = term.role
        parts = places.government(role, self.holdings.places.get(role.jurisdiction))
        self.write(sheet, parts, place)
        form = {
            "id": slug,
            "of": parts[-1].reference,
            "title": places.office(role),
            "from": role.start,
            "until": self.holdings.until(person.id, term.held, role.start, role.end),
            "note": note(role, is_stand_in=False),
        }
        return self.counted("roles", role, place, form)

    def party_at(self, sheet: Forms, person: Person, role: Role, place: Place) -> dict[str, Any]:
        """Return the parties of a role, or the word by which it has none."""
        name = party_name(person, role)
        if name is None:
            return {}
        parts = us.parties(name)
        self.write(sheet, parts, place)
        return {"party": [part.reference for part in parts]} if parts else {"party-label": name}

    def contacts(self, person: Person, place: Place) -> None:
        """Count what is left out of the ways to reach somebody."""
        if person.contacts:
            self.ledger.read("contacts", person.contacts)
            self.ledger.skip("contacts", place, "contact-data", count=person.contacts)

    def numbered(self, seat: str) -> bool:
        """Tell whether a seat is to be numbered."""
        return self.holdings.is_numbered(seat)

    def write(self, sheet: Forms, parts: Iterable[us.Part], place: Place) -> None:
        """Add what is referred to for the first time."""
        for part in parts:
            if self.ledger.first(part.reference):
                form = {**part.form, "entry": place.entry}
                sheet.setdefault(part.section, []).append(form)

    def count_roles(self, person: Person) -> None:
        """Count roles as they are read, and those that give no first day."""
        self.ledger.read("roles", len(person.roles))
        missing = sum(isinstance(one, Role) and one.start is None for one in person.roles)
        self.ledger.read("roles_without_start", missing)

    def counted(self, kind: str, role: Role, place: Place, form: Mapping[str, Any]) -> Counted:
        """Return a form that counts as a role, and as one without a first day if it has none."""
        also = {} if role.start else {"roles_without_start": 1}
        return self.ledger.record(kind, place, form, also)

    def set_aside(self, one: Aside, place: Place) -> None:
        """Set a role aside, in each kind in which it was counted."""
        where = place.at(f"roles[{one.index}]")
        for kind in ("roles",) if one.has_start else ("roles", "roles_without_start"):
            if one.is_skip:
                self.ledger.skip(kind, where, one.rule, one.detail)
            else:
                self.ledger.quarantine(kind, where, one.rule, one.detail)


def chamber_of(role: Role) -> str:
    """Return the reference to the chamber of a legislative role."""
    return str(places.seat(role, number=False)[-1].form["chamber"])


def note(role: Role, *, is_stand_in: bool) -> str | None:
    """Return what is to be said of how the end day of a role was read."""
    if is_stand_in:
        return f"The data set gives {role.end} as the end day, which stands for none."
    if role.end_reason:
        return f"The data set gives a reason for the end: {role.end_reason}."
    return None
