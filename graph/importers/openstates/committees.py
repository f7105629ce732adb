"""Committees of Open States and their members as record forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pledgegraph.graph.importers.openstates import places
from pledgegraph.graph.importers.openstates.names import is_twice_encoded
from pledgegraph.graph.importers.openstates.people import Forms, Writer
from pledgegraph.graph.importers.openstates.raw import Committee, Member, slug_of
from pledgegraph.graph.importers.openstates.terms import FEDERAL, next_day
from pledgegraph.graph.importing import Place


def committee(writer: Writer, one: Committee, place: Place) -> Forms:
    """Return a committee with its members; those whom no id tells are skipped.

    A member whose id is that of no person in the data set is quarantined (``dangling-person``).
    """
    sheet: Forms = {}
    state = writer.holdings.state
    chamber = places.chamber(None if state == FEDERAL else state, one.chamber)
    writer.write(sheet, chamber, place)
    label = f"{one.name} ({chamber[-1].form['label']})"
    other = [name for name in (one.name, *one.other_names) if not is_twice_encoded(name)]
    form = {
        "id": one.slug,
        "type": "committee",
        "label": label,
        "also-called": list(dict.fromkeys(other)),
        "part-of": f"organization/{slug_of(one.parent)}" if one.parent else chamber[-1].reference,
        "jurisdiction": chamber[-1].form["jurisdiction"],
        "open-states": one.id,
    }
    made = writer.ledger.record("committees", place, form, {"files": 1})
    sheet.setdefault("organizations", []).append(made)
    sheet["memberships"] = _memberships(writer, one, place)
    return sheet


def _memberships(writer: Writer, one: Committee, place: Place) -> list[Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    ledger = writer.ledger
    for index, member in enumerate(one.members):
        ledger.read("committee_members")
        where = place.at(f"members[{index}]")
        rule, detail = _fault(writer, member)
        if isinstance(member, str) or rule:
            if rule == "unidentified-member":
                ledger.skip("committee_members", where, rule, detail)
            else:
                ledger.quarantine("committee_members", where, rule, detail)
            continue
        form = _membership(writer, one, member)
        if form["id"] in found:
            ledger.skip("committee_members", where, "repeated", member.name)
        else:
            found[form["id"]] = ledger.record("committee_members", where, form)
    return list(found.values())


def _fault(writer: Writer, member: Member | str) -> tuple[str, str]:
    """Return the rule by which a member is set aside, if any, and what is wrong."""
    if isinstance(member, str):
        return "unsound-member", member
    if not member.person:
        return "unidentified-member", member.name
    if writer.person_id(member.person) not in writer.holdings.names:
        return "dangling-person", f"{member.person} ({member.name}) is in no file"
    if member.start and member.end and member.end < member.start:
        return "ends-before-start", f"starts on {member.start} and ends on {member.end}"
    return "", ""


def _membership(writer: Writer, one: Committee, member: Member) -> dict[str, Any]:
    assert member.person
    person = slug_of(writer.person_id(member.person))
    parts = (person, one.slug, member.start or "")
    return {
        "id": "-".join(part for part in parts if part),
        "member": f"person/{person}",
        "of": f"organization/{one.slug}",
        "title": member.role,
        "from": member.start,
        "until": next_day(member.end) if member.end else None,
    }
