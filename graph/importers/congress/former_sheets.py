"""Former members of Congress as record forms."""

from __future__ import annotations

from pledgegraph.graph.importers.congress.former import FormerMember
from pledgegraph.graph.importers.congress.history import History, Known
from pledgegraph.graph.importers.congress.people import one_or_all, sound_values
from pledgegraph.graph.importers.congress.raw import UnsoundRecordError, bioguide_of
from pledgegraph.graph.importers.congress.sheets import SheetMaker
from pledgegraph.graph.importers.congress.terms import CHAMBERS, Piece, party_of, seat_of
from pledgegraph.graph.importing import Ledger, Place, Sheet
from pledgegraph.graph.importing.place import Counted, Value

LAST_PARTY = "The table of former members gives the party held last."


def former_sheet(member: FormerMember, file: str, history: History, ledger: Ledger) -> Sheet:
    """Return the sheet of a former member."""
    place = Place(file, member.bioguide or f"line-{member.line}", "", member.line)
    ledger.read("terms")
    ledger.read("identifiers", len(member.identifiers))
    maker = SheetMaker(ledger)
    try:
        bioguide_of({"bioguide": member.bioguide})
    except UnsoundRecordError as error:
        for kind, count in (
            ("legislators", 1),
            ("terms", 1),
            ("identifiers", len(member.identifiers)),
        ):
            if count:
                ledger.quarantine(kind, place, error.rule, str(error), count)
        return {}
    known = history.person(member.bioguide)
    assert known, member.bioguide  # the history has read this table
    form: dict[str, Value] = {"id": f"bioguide-{member.bioguide}", "bioguide": member.bioguide}
    form |= _names(member, place, known)
    written = 0
    for one in member.identifiers:
        values = sound_values(one, place.at(one.name), known, history, ledger)
        if values:
            form[one.scheme.key], written = one_or_all(values), written + 1
    form["terms"] = _terms(member, place, known, maker)
    maker.add("people", ledger.record("legislators", place, form, {"identifiers": written}))
    return maker.sheet


def _names(member: FormerMember, place: Place, known: Known) -> dict[str, Value]:
    also = [name for name in member.names.all if name in known.names.others]
    other = [name for name in member.names.all if name not in known.names.all]
    names: list[Value] = [
        {"text": name, "kind": "alternative", "entry": place.entry} for name in other
    ]
    label = member.names.label if member.names.label == known.names.label else None
    return {"label": label, "also-called": also, "names": names}


def _terms(member: FormerMember, place: Place, known: Known, maker: SheetMaker) -> list[Counted]:
    """Return the latest term: the last that a slice dates in that seat, or one without days."""
    here = place.at("type")
    try:
        seat = seat_of(member.kind, member.state, member.place)
    except UnsoundRecordError as error:
        maker.ledger.quarantine("terms", here, error.rule, str(error))
        return []
    maker.share(seat, here)
    maker.share(member.parties, here)
    person = f"bioguide-{member.bioguide}"
    form: dict[str, Value] = {
        "seat": seat[-1].reference,
        "chamber": f"organization/{CHAMBERS[member.kind]}",
    }
    dated = [one for one in known.pieces if one.seat_slug == seat[-1].form["id"]]
    if dated:
        form |= {"id": dated[-1].slug(person)} | _last_party(member, dated[-1], person, here, maker)
    else:
        form |= {"id": f"{person}-{seat[-1].form['id']}-undated"}
        party = party_of(member.party) if member.is_of_a_party else ""
        form |= {"party": party} if party else {"party-label": member.party}
    return [maker.ledger.record("terms", here, form)]


def _last_party(
    member: FormerMember, piece: Piece, person: str, place: Place, maker: SheetMaker
) -> dict[str, Value]:
    party = party_of(member.party)
    if member.party == piece.party:
        return {"party": party} if party else {"party-label": member.party}
    form: dict[str, Value] = {"about": f"term/{piece.slug(person)}", "property": "term-party"}
    form |= {"value": party, "rank": "normal", "reason": LAST_PARTY}
    maker.add("assertions", {**form, "entry": place.entry})
    return {}
