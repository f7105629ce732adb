"""Registrations and reports on lobbying (LD-1, LD-2): one filing becomes one sheet.

* ``SelfFiler`` says that a registrant lobbies in its own interest. It is wrong at times (583
  filings name one firm as registrant and client, and say FALSE), so it is kept as a mark, and a
  sum is called income or expenses only where the names agree with it.
* ``LobbyistCoveredGovPositionIndicator`` is COVERED for 99 % of lobbyists, with ``N/A`` for the
  position: ``OfficialPosition`` decides.
* ``IsStateOrLocalGov`` is TRUE for museums and foundations: it is not used.
* Addresses, contact persons, descriptions, and countries and states of clients are left out.
* Most ``SpecificIssue`` are blank up to 2005, when paper was not typed in. Bills stand in them by
  number without their Congress, so they stay words.
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
    lines,
    squeezed,
    unique,
)
from pledgegraph.graph.importers.united_states import nation
from pledgegraph.graph.importing import Ledger, Place, Sheet
from pledgegraph.graph.importing.place import Value

_UNUSED = {"Org": "AffiliatedOrganization", "Entity": "ForeignEntity"}
_NO_OFFICE = ("N/A", "NA", "NONE", "")


class ContradictionError(ValueError):
    """What makes a filing be set aside, with the name of the rule."""

    def __init__(self, rule: str, detail: str) -> None:
        super().__init__(detail)
        self.rule = rule


def read_filing(filing: etree._Element, place: Place, names: Names, ledger: Ledger) -> Sheet:
    """Return the sheet of a filing; empty where the whole of it is set aside."""
    counts = _count(filing, place, ledger)
    try:
        return _sheet(filing, place, Agents(names, ledger, place), ledger, counts)
    except ContradictionError as found:
        for kind, count in {"Filing": 1, "Issue": _number(filing, "Issue"), **counts}.items():
            if count:
                ledger.quarantine(kind, place, found.rule, str(found), count)
        return {}


def _count(filing: etree._Element, place: Place, ledger: Ledger) -> dict[str, int]:
    """Count the raw records of a filing; return those that share its fate."""
    counts = {"Registrant": _number(filing, "Registrant"), "Client": _number(filing, "Client")}
    counts["Lobbyist"] = _number(filing, "Lobbyist")
    counts["GovernmentEntity"] = _number(filing, "GovernmentEntity")
    for kind, count in {"Filing": 1, "Issue": _number(filing, "Issue"), **counts}.items():
        ledger.read(kind, count)
    for tag, kind in _UNUSED.items():
        count = _number(filing, tag)
        if count:
            ledger.read(kind, count)
            ledger.skip(kind, place, "not-taken", count=count)
    return counts


def _sheet(
    filing: etree._Element, place: Place, agents: Agents, ledger: Ledger, counts: dict[str, int]
) -> Sheet:
    form = common(filing, place, agents, ledger)
    number, registrant = registrant_of(filing)
    client = filing.find("Client")
    if client is not None:
        name = client.get("ClientName", "")
        form["client"] = agents.client(number, client.get("ClientID", ""), name)
        is_own = client.get("SelfFiler") == "TRUE"
        if is_own:
            form["marks"] = [*_listed(form["marks"]), "self-filed"]
        if form.get("amount") and is_own == are_same(registrant, name):
            form["amount-kind"] = "expenses" if is_own else "income"
        form["label"] = f"{squeezed(registrant)} for {squeezed(name)}, {when(form)}"
    people = list(filing.iter("Lobbyist"))
    form["lobbyists"] = unique(_lobbyists(people, number, place, agents, ledger, counts))
    form["former-offices"] = unique(_office(person) for person in people)
    form["contacted"] = unique(_bodies(filing, place, agents, ledger, counts))
    form["lobbying"] = list(_activities(filing, place, form, ledger))
    if form["lobbying"]:
        agents.parts(nation())
    return {**agents.forms, "filings": [ledger.record("Filing", place, form, counts)]}


def common(filing: etree._Element, place: Place, agents: Agents, ledger: Ledger) -> Form:
    """Return what filings of every kind have; ``ContradictionError`` where that is impossible."""
    number, name = registrant_of(filing)
    try:
        kind = words.filing_type(filing.get("Type", ""))
        received = words.day(filing.get("Received", ""))
        period = filing.get("Period", "")
        days = words.period_days(period, filing.get("Year", ""))
        amount = words.money(filing.get("Amount", ""))
    except ValueError as error:
        raise ContradictionError("unreadable-filing", str(error)) from None
    if not ledger.first(f"filing {place.record}"):
        raise ContradictionError("duplicate-id", f"{place.record} was read before")
    if not words.is_period_of(kind, period):
        raise ContradictionError("type-against-period", f"{filing.get('Type')} on {period}")
    if days and days[0] > received:
        detail = f"on the time from {days[0]}, received on {received}"
        raise ContradictionError("period-after-receipt", detail)
    form: Form = {"id": f"lda-{place.record}", "kind": kind.kind, "marks": list(kind.marks)}
    form |= {"registrant": agents.registrant(number, name), "received": received}
    if amount is not None:  # blank is unknown; 0 is what the source says
        form |= {"amount": amount, "currency": "USD"}
    if days:
        form |= {"from": days[0], "until": days[1]}
    elif filing.get("RegistrationEffectiveDate"):
        form["from"] = effective(filing.get("RegistrationEffectiveDate", ""), received)
    return form


def effective(text: str, received: str) -> str | None:
    """Return the day from which a registration counts, none where it lies after its receipt."""
    try:
        day = words.day(text)
    except ValueError:
        return None
    return day if day <= received else None


def registrant_of(filing: etree._Element) -> tuple[str, str]:
    """Return number and name of the registrant; ``ContradictionError`` where there is none."""
    found = filing.find("Registrant")
    number = found.get("RegistrantID", "") if found is not None else ""
    if found is None or not number.isdigit():
        raise ContradictionError("no-registrant", f"'{number}' is no number of a registrant")
    return number, found.get("RegistrantName", "")


def _lobbyists(
    people: list[etree._Element],
    registrant: str,
    place: Place,
    agents: Agents,
    ledger: Ledger,
    counts: dict[str, int],
) -> Iterator[str]:
    for person in people:
        try:
            yield agents.lobbyist(registrant, person.get("LobbyistName", ""))
        except ValueError as error:
            counts["Lobbyist"] -= 1
            ledger.skip("Lobbyist", place.at("Lobbyist"), "no-person", str(error))


def _bodies(
    filing: etree._Element, place: Place, agents: Agents, ledger: Ledger, counts: dict[str, int]
) -> Iterator[str]:
    for element in filing.iter("GovernmentEntity"):
        body = agents.body(element.get("GovEntityName", ""))
        if body:
            yield body
        else:
            counts["GovernmentEntity"] -= 1
            ledger.skip("GovernmentEntity", place, "no-body", element.get("GovEntityName", ""))


def _office(person: etree._Element) -> str | None:
    office = squeezed(person.get("OfficialPosition", ""))
    if office.upper() in _NO_OFFICE:
        return None
    return f"{squeezed(person.get('LobbyistName', ''))}: {office}"


def _activities(filing: etree._Element, place: Place, form: Form, ledger: Ledger) -> Iterator[Form]:
    for number, element in enumerate(filing.iter("Issue"), 1):
        where = place.at(f"Issue[{number}]")
        try:
            issue = words.issue(element.get("Code", ""))
        except ValueError as error:
            ledger.quarantine("Issue", where, "unknown-issue", str(error))
            continue
        activity: Form = {
            "id": f"{form['id']}-{number}",
            "entry": place.entry,
            "client": form.get("client"),
            "lobbyist": form["registrant"],
            "issue": issue,
            "text": lines(element.get("SpecificIssue", "")),
            "jurisdiction": "jurisdiction/us",
            "from": form.get("from"),
            "until": form.get("until"),
        }
        yield ledger.record("Issue", where, activity)


def when(form: Form) -> str:
    """Return in words what a filing is: ``report on 2002-07-01 to 2003-01-01``."""
    kind = str(form["kind"]).replace("-", " ")
    if form.get("until"):
        return f"{kind} from {form['from']} until {form['until']}"
    return f"{kind} received on {form['received']}"


def _listed(value: Value) -> list[Value]:
    return list(value) if isinstance(value, list) else []


def _number(filing: etree._Element, tag: str) -> int:
    return sum(1 for _ in filing.iter(tag))
