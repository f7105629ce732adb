"""Lobbying: filings of registrants for their clients, and the contributions that they report."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass

from generator.companies import company
from generator.lines import (
    Record,
    Value,
    concept,
    data_set,
    dated,
    day,
    english,
    entry,
    number,
    plain,
    say,
    thing,
)
from generator.proportions import (
    CONTRIBUTIONS_OF_FILING,
    FILINGS_OF_REGISTRANT,
    FILINGS_WITH_AMOUNT,
    ISSUES_OF_FILING,
    LOBBYISTS_OF_FILING,
)
from generator.words import TOPICS, firm_name, person_name

LAST_DAY = dt.date(2026, 6, 15)
_USD = plain("USD")


@dataclass(frozen=True)
class Known:
    """What filings may name: so many companies, and these bills."""

    companies: int
    bills: list[str]


def filings(part: int, known: Known, seed: int) -> Iterator[Record]:
    """Iterate without end over the filings of a quarter."""
    slug = f"lobbying-{part}"
    choose = random.Random(f"{seed} {slug}")  # noqa: S311
    yield data_set(slug, f"Lobbying disclosure filings, part {part}", LAST_DAY)
    serial = 0
    while True:
        yield from _registrant(slug, part, serial, known, choose)
        serial += 1


def _registrant(
    slug: str, part: int, serial: int, known: Known, choose: random.Random
) -> Iterator[Record]:
    name = f"registrant-{part}-{serial}"
    registrant, pool = thing("organization", name), 0
    evidence, told = entry(slug, "filings.xml", name, "Registrant")
    label = english(f"{firm_name(serial)} Government Affairs")
    yield say(registrant, "Organization", prefLabel=label, hasEvidence=evidence) + told
    for filing in range(FILINGS_OF_REGISTRANT.draw(choose)):
        wanted = LOBBYISTS_OF_FILING.draw(choose)
        while pool < wanted:  # the same people work for all clients of a registrant
            person = thing("person", f"{name}-{pool}")
            who = english(person_name(choose))
            yield say(person, "Person", prefLabel=who, hasEvidence=evidence)
            pool += 1
        people = [thing("person", f"{name}-{each}") for each in range(wanted)]
        yield _filing(slug, f"{name}-{filing}", [registrant, *people], known, choose)


def _filing(
    slug: str, key: str, lobbyists: list[str], known: Known, choose: random.Random
) -> Record:
    evidence, told = entry(slug, "filings.xml", key, "Filing")
    start = dt.date(2026 - choose.randrange(6), 1, 1)
    issues = {
        choose.choice(known.bills)
        if choose.random() < 0.6
        else concept("topic", choose.choice(TOPICS))
        for _ in range(ISSUES_OF_FILING.draw(choose))
    }
    properties: dict[str, Value] = {}
    if choose.random() < FILINGS_WITH_AMOUNT:
        properties = {"amount": number(10_000 * choose.randrange(1, 40)), "currency": _USD}
    return (
        say(
            thing("lobbying", key),
            "LobbyingActivity",
            client=company(choose.randrange(known.companies)),
            lobbyist=lobbyists,
            lobbiesOn=sorted(issues),
            inJurisdiction=thing("jurisdiction", "us"),
            validFrom=day(start),
            validUntil=day(dt.date(start.year, 4, 1)),
            hasEvidence=evidence,
            **properties,
        )
        + told
    )


def contributions(part: int, seed: int) -> Iterator[Record]:
    """Iterate without end over the contributions of half a year."""
    slug = f"contributions-{part}"
    choose = random.Random(f"{seed} {slug}")  # noqa: S311
    yield data_set(slug, f"Contributions of registrants, part {part}", LAST_DAY)
    serial = 0
    while True:
        yield from _gifts(slug, part, serial, choose)
        serial += 1


def _gifts(slug: str, part: int, serial: int, choose: random.Random) -> Iterator[Record]:
    key = f"{part}-{serial}"
    donor = thing("organization", f"donor-{key}")
    evidence, told = entry(slug, "contributions.xml", key, "Registrant")
    label = english(f"{firm_name(serial)} Political Action")
    yield say(donor, "Organization", prefLabel=label, hasEvidence=evidence) + told
    committee = thing("organization", f"committee-{key}")
    named = {"prefLabel": english(f"Friends of {person_name(choose)}"), "hasEvidence": evidence}
    yield say(committee, "PoliticalCommittee", fecId=plain(f"C{part:03d}{serial:05d}"), **named)
    for each in range(CONTRIBUTIONS_OF_FILING.draw(choose)):
        evidence, told = entry(slug, "contributions.xml", key, f"Contribution[{each}]")
        gift = say(
            thing("contribution", f"{key}-{each}"),
            "Contribution",
            donor=donor,
            donee=committee,
            amount=number(250 * choose.randrange(1, 20)),
            currency=_USD,
            hasEvidence=evidence,
            **dated(LAST_DAY - dt.timedelta(choose.randrange(180))),
        )
        yield gift + told
