"""Companies, associations and clients of lobbyists out of the data pack, as candidates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pledgegraph.graph.identity.candidates import Candidate
from pledgegraph.graph.importers import countries
from pledgegraph.graph.importers.united_states_names import STATES

_STATE_NAMES = {name.upper(): code for code, name in STATES.items()}
_SUBORDINATE = "9"  # what the tax office calls a chapter under a group exemption


def security(iri: str, rows: list[Mapping[str, str]]) -> Candidate:
    """Return a company of the register of the Securities and Exchange Commission."""
    tickers = {("ticker", row["ticker"].replace("-", ".")) for row in rows}
    identifiers = frozenset({("cik", rows[0]["cik"].zfill(10)), *tickers})
    names = tuple(dict.fromkeys(row["name"] for row in rows))
    return Candidate(iri, "organization", names, identifiers, sector="company")


def constituent(iri: str, row: Mapping[str, str]) -> Candidate:
    """Return a company of the S&P 500, of either day."""
    identifiers = {("ticker", row["Symbol"])}
    if row.get("CIK"):
        identifiers.add(("cik", row["CIK"].zfill(10)))
    seat = row.get("Headquarters Location", "").split(";")[0].rsplit(", ", 1)[-1]
    return Candidate(
        iri,
        "organization",
        (row.get("Security") or row["Name"],),
        frozenset(identifiers),
        places=_state(seat),
        sector="company",
    )


def legal_entity(iri: str, row: Mapping[str, str]) -> Candidate:
    """Return a legal entity by its LEI."""
    places = frozenset({row["country"].lower()} if row["country"] else ())
    identifiers = frozenset({("lei", row["lei"])})
    return Candidate(iri, "organization", (row["name"],), identifiers, places=places)


def pledging_company(iri: str, row: Mapping[str, str]) -> Candidate:
    """Return a company of the Net Zero Tracker."""
    try:
        places = frozenset({countries.country(row["country"])[-1]["id"]})
    except KeyError:
        places = frozenset()
    identifiers = frozenset({("isin", row["isin_id"])} if row["isin_id"] else ())
    return Candidate(
        iri, "organization", (row["name"],), identifiers, places=places, sector="company"
    )


def association(iri: str, row: Mapping[str, str]) -> Candidate:
    """Return an exempt organization of the tax office; a subordinate one is a chapter."""
    is_chapter = row["AFFILIATION"] == _SUBORDINATE
    return Candidate(
        iri,
        "organization",
        (row["NAME"],),
        frozenset({("ein", row["EIN"])}),
        places=frozenset({f"us-{row['STATE'].lower()}"}),
        unit=(row["SORT_NAME"].strip() or f"of group {row['GROUP']}") if is_chapter else "",
        sector="nonprofit",
    )


def donor(iri: str, name: str) -> Candidate:
    """Return a company of which only the name is given."""
    return Candidate(iri, "organization", (name,), sector="company")


def registrant(iri: str, name: str, day: date) -> Candidate:
    """Return a registrant of the lobbying disclosure."""
    number = iri.rsplit("-", 1)[-1]
    return Candidate(
        iri, "organization", (name,), frozenset({("lda-registrant", number)}), seen=day
    )


def client(iri: str, row: Mapping[str, str], day: date) -> Candidate:
    """Return a client of a registrant; one that files for itself is that registrant."""
    number = iri.removeprefix("organization/lda-client-")
    identifiers = {("lda-client", number)}
    if row.get("SelfFiler", "").upper() == "TRUE":
        identifiers.add(("lda-registrant", number.split("-")[0]))
    places = _state(row.get("ClientState", ""))
    if not places and row.get("ClientCountry") == "USA":
        places = frozenset({"us"})
    return Candidate(
        iri, "organization", (row["ClientName"],), frozenset(identifiers), places=places, seen=day
    )


def _state(name: str) -> frozenset[str]:
    code = _STATE_NAMES.get(name.upper())
    return frozenset({f"us-{code}"} if code else ())
