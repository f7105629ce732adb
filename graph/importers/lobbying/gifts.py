"""Reports on contributions (LD-203): one filing becomes one sheet.

The filer is the registrant, or the lobbyist whom the filing names beside it. ``Contributor`` is
the filer in a third of the gifts, else mostly a political committee, known by its name only;
``Payee`` and ``Honoree`` are words throughout, at times exchanged. Equal gifts of one filing are
kept, since two on a day are possible. Refunds are negative. Dates out of the half year are
kept: filers disclose late. ``Comments`` are left out, and so is an address below a name.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pledgegraph.graph.importers.lobbying import words
from pledgegraph.graph.importers.lobbying.agents import (
    Agents,
    Form,
    Names,
    are_same,
    squeezed,
    without_address,
)
from pledgegraph.graph.importers.lobbying.filings import (
    ContradictionError,
    common,
    registrant_of,
    when,
)
from pledgegraph.graph.importing import Ledger, Place, Sheet

Known = tuple[tuple[str, str], ...]  # names and references of the filer
_NOBODY = ("", "N/A", "NA", "NONE", "-")


def read_gifts(filing: etree._Element, place: Place, names: Names, ledger: Ledger) -> Sheet:
    """Return the sheet of a filing; empty where the whole of it is set aside."""
    counts = {"Registrant": 1 if filing.find("Registrant") is not None else 0}
    counts["Lobbyist"] = len(filing.findall("Lobbyist"))
    gifts = list(filing.iter("Contribution"))
    for kind, count in {"Filing": 1, "Contribution": len(gifts), **counts}.items():
        ledger.read(kind, count)
    agents = Agents(names, ledger, place)
    try:
        form = common(filing, place, agents, ledger)
        filer = _filer(filing, place, agents, ledger, counts)
        form["lobbyists"] = [filer[1]] if filer[1].startswith("person/") else []
        form["label"] = f"{filer[0]}, {when(form)}"
        number, name = registrant_of(filing)
        known = (filer, (name, f"organization/lda-registrant-{number}"))
        form["contributions"] = list(_contributions(gifts, place, form, known, ledger))
    except ContradictionError as found:
        for kind, count in {"Filing": 1, "Contribution": len(gifts), **counts}.items():
            if count:
                ledger.quarantine(kind, place, found.rule, str(found), count)
        return {}
    return {**agents.forms, "filings": [ledger.record("Filing", place, form, counts)]}


def _filer(
    filing: etree._Element, place: Place, agents: Agents, ledger: Ledger, counts: dict[str, int]
) -> tuple[str, str]:
    """Return the name of who files, and the reference to it."""
    number, name = registrant_of(filing)
    person = filing.find("Lobbyist")
    if person is None:
        return squeezed(name), agents.registrant(number, name)
    own = person.get("LobbyistName", "")
    try:
        return squeezed(own), agents.lobbyist(number, own)
    except ValueError as error:
        counts["Lobbyist"] -= 1
        ledger.skip("Lobbyist", place.at("Lobbyist"), "no-person", str(error))
        return squeezed(name), agents.registrant(number, name)


def _contributions(
    gifts: list[etree._Element],
    place: Place,
    filing: Form,
    known: Known,
    ledger: Ledger,
) -> Iterator[Form]:
    for number, gift in enumerate(gifts, 1):
        where = place.at(f"Contribution[{number}]")
        try:
            form = _contribution(gift, known)
        except ValueError as error:
            ledger.quarantine("Contribution", where, "unreadable-contribution", str(error))
            continue
        if form["amount"] == "0" and str(form["donee-name"]).upper() in _NOBODY:
            ledger.skip("Contribution", where, "nothing-given")
        elif str(form["date"]) > str(filing["received"]):
            detail = f"given on {form['date']}, received on {filing['received']}"
            ledger.quarantine("Contribution", where, "gift-after-receipt", detail)
        else:
            more: Form = {"id": f"{filing['id']}-{number}", "entry": place.entry}
            yield ledger.record("Contribution", where, {**more, **form})


def _contribution(gift: etree._Element, known: Known) -> Form:
    """Return what a gift says; raise ``ValueError`` for a sum, day or type that is none."""
    donor = without_address(gift.get("Contributor", ""))
    amount = words.money(gift.get("Amount", ""))
    form: Form = {
        "kind": words.gift_kind(gift.get("ContributionType", "")),
        "date": words.day(gift.get("ContributionDate", "")),
        "donee-name": without_address(gift.get("Payee", "")),
        "honoree-name": without_address(gift.get("Honoree", "")),
        "amount": amount,
        "currency": "USD" if amount else None,
    }
    filer = next((reference for name, reference in known if are_same(name, donor)), None)
    return {**form, **({"donor": filer} if filer else {"donor-name": donor})}
