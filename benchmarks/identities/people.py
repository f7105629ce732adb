"""People of the congressional data set and of Open States, as candidates.

The graph has no days of birth: ``measuring`` leaves them out unless it is asked for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pledgegraph.graph.identity.candidates import Candidate, Office
from pledgegraph.graph.importers.united_states_names import STATES

_CHAMBERS = {"rep": "us-house", "sen": "us-senate", "lower": "us-house", "upper": "us-senate"}
_BY_NAME = {name: code for code, name in STATES.items()}
_SCHEMES = {
    "bioguide": "bioguide",
    "wikidata": "wikidata",
    "govtrack": "govtrack",
    "icpsr": "icpsr",
    "opensecrets": "opensecrets",
    "votesmart": "votesmart",
    "fec": "fec",
    "cspan": "cspan",
    "lis": "lis",
    "thomas": "thomas",
    "house_history": "house-history",
    "maplight": "maplight",
    "google_entity_id": "google-entity",
}
_OF_HISTORY = {name: f"{name}_id" for name in ("bioguide", "govtrack", "icpsr", "lis", "thomas")}
DAY_OF_HISTORY = date(2026, 6, 15)  # its commit; whoever sat on that day is not in it


def member(iri: str, record: Mapping[str, Any]) -> Candidate:
    """Return a member of Congress as a slice describes one."""
    name = record["name"]
    inverted = _inverted(name["last"], name["first"], name.get("middle"), name.get("suffix"))
    nickname = f' "{name["nickname"]}"' if name.get("nickname") else ""
    born = str(record.get("bio", {}).get("birthday") or "")
    names = (name.get("official_full") or f"{name['first']} {name['last']}", inverted + nickname)
    identifiers = set()
    for key, scheme in _SCHEMES.items():
        value = record["id"].get(key)
        values = value if isinstance(value, list) else [value] if value else []
        identifiers |= {(scheme, str(one)) for one in values}
    return Candidate(
        iri,
        "person",
        names,
        frozenset(identifiers),
        tuple(_term(term) for term in record["terms"]),
        parties=frozenset(party(t["party"]) for t in record["terms"] if t.get("party")),
        born=born,
    )


def _term(term: Mapping[str, Any]) -> Office:
    chamber = _CHAMBERS.get(term["type"], f"us-{term['type']}")
    state = f"us-{term['state'].lower()}" if term.get("state") else ""
    seat = str(term.get("district", "")) if chamber == "us-house" else ""
    return Office(chamber, state, seat, _day(term.get("start")), _day(term.get("end")))


def historical_member(iri: str, row: Mapping[str, str]) -> Candidate:
    """Return a former member of Congress as the table of them describes one: its last seat only."""
    chamber = _CHAMBERS[row["type"]]
    seat = row["district"] if chamber == "us-house" else ""
    office = Office(chamber, f"us-{row['state'].lower()}", seat, None, DAY_OF_HISTORY, ended=True)
    inverted = _inverted(row["last_name"], row["first_name"], row["middle_name"], row["suffix"])
    nickname = f' "{row["nickname"]}"' if row["nickname"] else ""
    identifiers = {(s, row[column]) for s, column in _OF_HISTORY.items() if row[column]}
    identifiers |= {("fec", value) for value in row["fec_ids"].split(",") if value}
    return Candidate(
        iri,
        "person",
        tuple(name for name in (row["full_name"], inverted + nickname) if name),
        frozenset(identifiers),
        (office,),
        parties=frozenset({party(row["party"])} if row["party"] else ()),
        born=row["birthday"],
    )


def state_person(iri: str, record: Mapping[str, Any]) -> Candidate:
    """Return a person of Open States."""
    names = [record["name"]]
    if record.get("given_name") and record.get("family_name"):
        names.append(
            _inverted(
                record["family_name"],
                record["given_name"],
                record.get("middle_name"),
                record.get("suffix"),
            )
        )
    names += [other["name"] for other in record.get("other_names") or ()]
    identifiers = {
        (_SCHEMES[one["scheme"]], str(one["identifier"]))
        for one in record.get("other_identifiers") or ()
        if one["scheme"] in _SCHEMES
    }
    return Candidate(
        iri,
        "person",
        tuple(dict.fromkeys(names)),
        frozenset(identifiers | {("open-states", record["id"])}),
        tuple(_role(role) for role in record.get("roles") or ()),
        parties=frozenset(party(one["name"]) for one in record.get("party") or ()),
        born=str(record.get("birth_date") or ""),
    )


def _role(role: Mapping[str, Any]) -> Office:
    start, until = _day(role.get("start_date")), _day(role.get("end_date"))
    district = str(role.get("district") or "")
    found = re.search(r"/(?:state|district|territory):(\w\w)", role["jurisdiction"])
    if found is None:
        return _federal(role["type"], district, start, until)
    state, kind = f"us-{found[1]}", role["type"]
    place = re.search(r"place:([^/]+)", role["jurisdiction"])
    chamber = f"{state}-{place[1]}-{kind}" if place else f"{state}-{kind.replace(' ', '-')}"
    return Office(chamber, state, district, start, until)


def _federal(kind: str, district: str, start: date | None, until: date | None) -> Office:
    chamber = _CHAMBERS.get(kind, f"us-{kind}")
    state, _, number = district.partition("-")
    if chamber == "us-house" and len(state) == 2:
        seat = "0" if number == "AL" else number.lstrip("0")
        return Office(chamber, f"us-{state.lower()}", seat, start, until)
    code = _BY_NAME.get(district, "")
    return Office(chamber, f"us-{code}" if code else "", "", start, until)


def lobbyist(iri: str, name: str, position: str, day: date) -> Candidate:
    """Return a lobbyist, with the seat in Congress that the filing says was held, if any."""
    chamber = former_chamber(position)
    offices = (Office(chamber, until=day, ended=True),) if chamber else ()
    return Candidate(iri, "person", (name,), offices=offices, is_private=not offices)


_US = r"(?:UNITED STATES |U\.?\s?S\.? )?"
_MEMBER = re.compile(
    rf"(?:FORMER |FMR\.? |EX-)?{_US}"
    rf"(?:(?P<senate>SENATOR|MEMBER,? (?:OF )?(?:THE )?{_US}SENATE)|"
    r"CONGRESS(?:MAN|WOMAN|MEMBER)|REPRESENTATIVE|HOUSE MEMBER|"
    rf"MEMBER,? (?:OF )?(?:THE )?{_US}(?:CONGRESS|HOUSE(?: OF REPRESENTATIVES)?))"
    rf"(?:,? (?:FROM |OF )?{_US}(?:HOUSE OF REPRESENTATIVES|SENATE|CONGRESS))?"
    r"(?:[\s,;(-]+(?:FROM |OF )?(?:NEW |NORTH |SOUTH |WEST )?[A-Z]{4,}\)?)?"
    r"(?:[\s,;(-]+[A-Z]{1,2}(?![A-Z])[\s,-]*(?:[A-Z]{2})?[\s-]*\d{0,2}(?:TH|ST|ND|RD)?\)?)?"
    r"(?:[\s,;(-]+[0-9\-– ]+\)?)?",
)


def former_chamber(position: str) -> str:
    """Return the chamber in which somebody says to have sat; nothing for staff of a member."""
    found = _MEMBER.fullmatch(position.strip().upper())
    if found is None:
        return ""
    return "us-senate" if found["senate"] else "us-house"


def honoree(iri: str, name: str, payee: str, day: date) -> Candidate:
    """Return whom a gift honoured: somebody in Congress on that day, or who would be."""
    found = re.search(r"\b([A-Z]{2})\s*-?\s*(?:0?\d{1,2})?\s*$", payee)
    code = found[1].lower() if found and found[1].lower() in STATES else ""
    named = [code for name, code in _BY_NAME.items() if re.search(rf"\b{name}\b", payee)]
    places = {f"us-{one.lower()}" for one in (code, *named) if one}
    return Candidate(iri, "person", (name,), places=frozenset(places), courted=day)


def party(text: str) -> str:
    """Return a party in one spelling."""
    plain = text.lower()
    return next((one for one in ("democrat", "republican") if one in plain), plain)


def _inverted(family: str, given: str, middle: str | None, suffix: str | None) -> str:
    name = f"{family}, {given} {middle or ''}".strip()
    return f"{name}, {suffix}" if suffix else name


def _day(text: object) -> date | None:
    """Return a day; of a month or year alone the first one."""
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", str(text or ""))
    if found is None:
        return None
    year, month, day = (int(part or 1) for part in found.groups())
    return date(year, month, day)


def everybody(names: Iterator[str]) -> Iterator[Candidate]:
    """Iterate over people of whom only names are needed, to count how common these are."""
    for number, name in enumerate(names):
        yield Candidate(f"name/{number}", "person", (name,))
