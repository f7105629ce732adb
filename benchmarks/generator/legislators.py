"""Legislatures: chambers, seats, mandates, people, their terms, committees and other names."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass

from generator.lines import (
    CLASSES,
    Record,
    concept,
    data_set,
    day,
    english,
    entry,
    plain,
    say,
    thing,
)
from generator.proportions import (
    FEC_IDS,
    MEMBERSHIPS_OF_PERSON,
    NICKNAMES,
    TERMS_OF_PERSON,
    WIKIDATA,
)
from generator.words import FIRST, STATES, person_name

READ_ON = dt.date(2026, 6, 15)
FILE = "legislators.yaml"
LAST_MANDATE = 119
MANDATES = 24  # of two years, so that the longest careers fit in
# Counted in what is made here: a seat, a term, a person with memberships.
TRIPLES_OF_SEAT, TRIPLES_OF_TERM, TRIPLES_OF_PERSON = 15, 17, 90


@dataclass(frozen=True)
class Legislature:
    """A legislature by its number: the first is the US Congress, the others are of states."""

    number: int
    seats: int
    mandates: int

    @property
    def place(self) -> str:
        """Return the short name of its jurisdiction."""
        if not self.number:
            return "us"
        state = STATES[(self.number - 1) % len(STATES)]
        again = (self.number - 1) // len(STATES)
        return f"us-{state}-{again}" if again else f"us-{state}"

    @property
    def source(self) -> str:
        """Return the slug of the data set that describes it."""
        return f"legislators-{self.place}"

    def chamber(self, seat: int) -> str:
        """Name the chamber of a seat: one in five is in the upper one."""
        return thing("organization", f"{self.place}-{'lower' if seat % 5 else 'upper'}-chamber")

    def term(self, seat: int, mandate: int) -> str:
        """Name the term in which a seat was held during a mandate."""
        return thing("term", f"{self.place}-seat-{seat}-{mandate}")

    def mandate(self, mandate: int) -> str:
        """Name a period of the legislature."""
        return thing("mandate", f"{self.place}-{mandate}")


def first_day(mandate: int) -> dt.date:
    """Return the day on which a mandate begins and the one before it ends."""
    return dt.date(2025 - 2 * (LAST_MANDATE - mandate), 1, 3)


def legislature_for(number: int, triples: int) -> Legislature:
    """Return a legislature about which there is so much to say: seats first, then a past."""
    mandates = min(MANDATES, max(1, triples // 4_000))
    people = max(1.0, mandates / 4.4)  # that hold a seat one after another
    each = TRIPLES_OF_SEAT + TRIPLES_OF_TERM * mandates + int(TRIPLES_OF_PERSON * people)
    return Legislature(number, max(10, triples // each), mandates)


def records(of: Legislature, seed: int) -> Iterator[Record]:
    """Iterate over what the data set on a legislature says."""
    choose = random.Random(f"{seed} {of.source}")  # noqa: S311
    yield data_set(of.source, f"Members of the legislature of {of.place}", READ_ON)
    yield from _institutions(of)
    person = 0
    for seat in range(of.seats):
        yield _seat(of, seat)
        mandate = LAST_MANDATE - of.mandates + 1
        while mandate <= LAST_MANDATE:
            held = range(mandate, min(mandate + TERMS_OF_PERSON.draw(choose), LAST_MANDATE) + 1)
            yield from _person(of, f"{of.place}-{person}", choose)
            yield from (_term(of, seat, each, person) for each in held)
            yield from _memberships(of, person, held[-1], choose)
            person, mandate = person + 1, held[-1] + 1


def _institutions(of: Legislature) -> Iterator[Record]:
    evidence, told = entry(of.source, FILE, "0", "terms[0]")
    place, legislature = thing("jurisdiction", of.place), _legislature(of)
    level, within = ("state", {"withinJurisdiction": thing("jurisdiction", "us")})
    if not of.number:
        level, within = "national", {}
    known = {"hasEvidence": evidence, "prefLabel": english(of.place.upper())}
    yield told + say(
        place,
        "Jurisdiction",
        jurisdictionLevel=concept("jurisdiction-level", level),
        **known,
        **within,
    )
    yield say(legislature, "Legislature", inJurisdiction=place, **known)
    for seat in (0, 1):
        yield say(
            of.chamber(seat),
            "Chamber",
            inJurisdiction=place,
            subOrganizationOf=legislature,
            **known,
        )
    for party in ("blue", "red"):
        yield say(_party(of, party), "PoliticalParty", **known)
    for each in range(_committees(of)):
        yield say(_committee(of, each), "Organization", subOrganizationOf=of.chamber(each), **known)
    for each in range(LAST_MANDATE - of.mandates + 1, LAST_MANDATE + 1):
        start, end = first_day(each), first_day(each + 1)
        dates = {"validFrom": day(start), "validUntil": day(end)}
        mandate = of.mandate(each)
        yield say(mandate, "Mandate", mandateOf=legislature, hasEvidence=evidence, **dates)


def _legislature(of: Legislature) -> str:
    return thing("organization", f"{of.place}-legislature")


def _party(of: Legislature, color: str) -> str:
    return thing("organization", f"{of.place}-{color}-party")


def _committees(of: Legislature) -> int:
    return max(4, of.seats * 230 // 537)  # 230 lists of 537 members


def _committee(of: Legislature, number: int) -> str:
    return thing("organization", f"{of.place}-committee-{number}")


def _seat_name(of: Legislature, seat: int) -> str:
    return thing("seat", f"{of.place}-seat-{seat}")


def _seat(of: Legislature, seat: int) -> Record:
    evidence, told = entry(of.source, FILE, f"seat-{seat}", "district")
    return (
        say(
            _seat_name(of, seat),
            "Seat",
            prefLabel=english(f"Seat {seat} of {of.place.upper()}"),
            postIn=of.chamber(seat),
            represents=thing("jurisdiction", of.place),
            seatNumber=plain(str(seat)),
            hasEvidence=evidence,
        )
        + told
    )


def _person(of: Legislature, name: str, choose: random.Random) -> Iterator[Record]:
    evidence, told = entry(of.source, FILE, name, "id")
    # Every identifier is of its own: ten thousand people for each legislature.
    serial = of.number * 10_000 + int(name.rsplit("-", 1)[1])
    label = person_name(choose)
    properties = {"slug": plain(name), "prefLabel": english(label), "hasEvidence": evidence}
    if choose.random() < WIKIDATA:
        properties["wikidataQid"] = plain(f"Q{10_000_000 + serial}")
    if not of.number:
        properties["bioguide"] = plain(f"B{serial:06d}")
    fec = [plain(f"H{each}{serial:07d}") for each in range(FEC_IDS.draw(choose))]
    person = thing("person", name)
    yield (
        say(person, "Person", fecId=fec, altLabel=english(f"{label} ({name})"), **properties) + told
    )
    if choose.random() < NICKNAMES:
        nickname = thing("name", f"{name}-nickname")
        words = {"nameText": english(choose.choice(FIRST))}
        kind = concept("name-kind", "alternative")
        yield say(nickname, "Name", nameOf=person, nameKind=kind, hasEvidence=evidence, **words)


def _term(of: Legislature, seat: int, mandate: int, person: int) -> Record:
    evidence, told = entry(of.source, FILE, f"{of.place}-{person}", f"terms[{mandate}]")
    return (
        say(
            of.term(seat, mandate),
            "Term",
            member=thing("person", f"{of.place}-{person}"),
            organization=of.chamber(seat),
            heldSeat=_seat_name(of, seat),
            inMandate=of.mandate(mandate),
            termParty=_party(of, "red" if person % 2 else "blue"),
            validFrom=day(first_day(mandate)),
            validUntil=day(first_day(mandate + 1)),
            hasEvidence=evidence,
        )
        + told
    )


def _memberships(
    of: Legislature, person: int, mandate: int, choose: random.Random
) -> Iterator[Record]:
    """Iterate over the committees in which a person sat during the last of the terms."""
    name = f"{of.place}-{person}"
    wanted = min(MEMBERSHIPS_OF_PERSON.draw(choose), _committees(of))
    for each in choose.sample(range(_committees(of)), wanted):
        evidence, told = entry(of.source, "committee-membership.yaml", name, f"committee-{each}")
        yield (
            say(
                thing("membership", f"{name}-committee-{each}"),
                "Membership",
                type=CLASSES["Record"],
                member=thing("person", name),
                organization=_committee(of, each),
                roleTitle=english("Member"),
                validFrom=day(first_day(mandate)),
                validUntil=day(first_day(mandate + 1)),
                hasEvidence=evidence,
            )
            + told
        )
