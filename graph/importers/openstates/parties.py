"""Parties of the people of Open States: memberships with days, and the party of a role."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pledgegraph.graph.importers import united_states as us
from pledgegraph.graph.importers.openstates.raw import Party, Person, Role
from pledgegraph.graph.importers.openstates.terms import next_day
from pledgegraph.graph.importing import Ledger, Place


def memberships(
    ledger: Ledger, person: Person, place: Place
) -> tuple[list[us.Part], list[Mapping[str, Any]]]:
    """Return the parties and a person's memberships in them; one entry may name several.

    An entry that says that there is no party is skipped: the roles keep its word.
    """
    parties: list[us.Part] = []
    found: list[Mapping[str, Any]] = []
    for index, party in enumerate(person.parties):
        ledger.read("party_entries")
        where = place.at(f"party[{index}]")
        if isinstance(party, str):
            ledger.quarantine("party_entries", where, "unsound-party", party)
        elif us.is_no_party(party.name):
            ledger.skip("party_entries", where, "no-party", party.name)
        elif party.start and party.end and party.end < party.start:
            detail = f"starts on {party.start} and ends on {party.end}"
            ledger.quarantine("party_entries", where, "ends-before-start", detail)
        else:
            parts = us.parties(party.name)
            known = {form["id"] for form in found}
            forms = [_membership(person, party, part) for part in parts]
            new = [form for form in forms if form["id"] not in known]
            if not new:
                ledger.skip("party_entries", where, "repeated", party.name)
                continue
            parties += parts
            found.append(ledger.record("party_entries", where, new[0]))
            found += [{"entry": where.entry, **form} for form in new[1:]]
    return parties, found


def party_name(person: Person, role: Role) -> str | None:
    """Return what the one entry that can hold in the time of a role says; none if several can."""
    parties = [party for party in person.parties if isinstance(party, Party)]
    names = {party.name for party in parties if _meet(party, role)}
    return names.pop() if len(names) == 1 else None


def _membership(person: Person, party: Party, part: us.Part) -> dict[str, Any]:
    return {
        "id": "-".join((person.slug, part.form["id"], *_days(party))),
        "of": part.reference,
        "from": party.start,
        "until": next_day(party.end) if party.end else None,
    }


def _days(party: Party) -> tuple[str, ...]:
    """Return what tells a membership from others in the same party."""
    if party.start:
        return (party.start,)
    return ("until", party.end) if party.end else ()


def _meet(party: Party, role: Role) -> bool:
    if party.end and role.start and party.end < role.start:
        return False
    return not (party.start and role.end and role.end < party.start)
