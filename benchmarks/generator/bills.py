"""Bills of a session, with their versions, actions, sponsor and cosponsors."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from generator.legislators import LAST_MANDATE, Legislature, first_day
from generator.lines import (
    Record,
    Value,
    concept,
    data_set,
    dated,
    day,
    english,
    entry,
    plain,
    say,
    thing,
)
from generator.proportions import (
    ACTIONS_ON_BILL,
    BECAME_LAW,
    COSPONSORS_OF_BILL,
    VERSIONS_OF_BILL,
    WITHDRAWN_COSPONSORS,
)
from generator.words import STAGES

FILE = "bills.jsonl"
LAST_DAY = dt.date(2026, 6, 15)
LOBBIED = 10  # the first bills of a session are those that filings name
_EFFECTS = ("ban", "moratorium", "warrant-rule", "permission", "disclosure-rule")


def source(of: Legislature, session: int) -> str:
    """Return the slug of the data set on the bills of a session."""
    return f"bills-{of.place}-{session}"


def bill(of: Legislature, session: int, serial: int) -> str:
    """Name a bill."""
    return thing("bill", f"{of.place}-{session}-{serial}")


def records(of: Legislature, session: int, seed: int) -> Iterator[Record]:
    """Iterate without end over what the data set on the bills of a session says."""
    slug = source(of, session)
    choose = random.Random(f"{seed} {slug}")  # noqa: S311
    yield data_set(slug, f"Bills of session {session} of {of.place}", LAST_DAY)
    serial = 0
    while True:
        yield from _bill(of, session, serial, choose)
        serial += 1


def _bill(of: Legislature, session: int, serial: int, choose: random.Random) -> Iterator[Record]:
    slug, key = source(of, session), f"{of.place}-{session}-{serial}"
    start = first_day(session) + dt.timedelta(choose.randrange(400))
    sponsor = choose.randrange(of.seats)
    evidence, told = entry(slug, FILE, key, "bill")
    subject = bill(of, session, serial)
    properties: dict[str, Value] = {}
    if choose.random() < BECAME_LAW:
        law = thing("law", key)
        properties["enactedAs"] = law
        effect = concept("legal-effect", choose.choice(_EFFECTS))
        place = thing("jurisdiction", of.place)
        named = {"prefLabel": english(f"Act {key}"), "hasEvidence": evidence}
        yield say(law, "Law", inJurisdiction=place, legalEffect=effect, **named) + told
    yield (
        say(
            subject,
            "Bill",
            prefLabel=english(f"A bill for the purposes of section {serial}"),
            inJurisdiction=thing("jurisdiction", of.place),
            session=plain(str(session)),
            billNumber=plain(f"B.{serial}"),
            inChamber=of.chamber(sponsor),
            hasEvidence=evidence,
            **properties,
        )
        + told
    )
    yield from _course(slug, key, subject, start, choose)
    yield from _sponsorships(of, session, key, subject, sponsor, start, choose)


def _course(
    slug: str, key: str, subject: str, start: dt.date, choose: random.Random
) -> Iterator[Record]:
    """Iterate over the versions of a bill and the actions on it."""
    for each in range(VERSIONS_OF_BILL.draw(choose)):
        evidence, told = entry(slug, FILE, key, f"text[{each}]")
        named = {"versionOf": subject, "hasEvidence": evidence}
        on = dated(start + dt.timedelta(20 * each))
        yield say(thing("version", f"{key}-{each}"), "BillVersion", **named, **on) + told
    for each in range(ACTIONS_ON_BILL.draw(choose)):
        evidence, told = entry(slug, FILE, key, f"actions[{each}]")
        stage = concept("legislative-stage", STAGES[min(each // 2, len(STAGES) - 1)])
        action = thing("action", f"{key}-{each}")
        on = dated(start + dt.timedelta(3 * each))
        named = {"prefLabel": english("Referred to the committee"), "hasEvidence": evidence}
        what = say(action, "LegislativeAction", actionOn=subject, reachesStage=stage, **named, **on)
        yield what + told


def _sponsorships(
    of: Legislature,
    session: int,
    key: str,
    subject: str,
    sponsor: int,
    start: dt.date,
    choose: random.Random,
) -> Iterator[Record]:
    wanted = min(COSPONSORS_OF_BILL.draw(choose), of.seats - 1)
    others = [seat for seat in choose.sample(range(of.seats), wanted + 1) if seat != sponsor]
    last = min(first_day(session + 1), LAST_DAY)
    for each, seat in enumerate([sponsor, *others[:wanted]]):
        kind, on, end = "cosponsor" if each else "sponsor", start, {}
        if each and choose.random() < 0.5:  # half of them join later
            on += dt.timedelta(choose.randrange(max(1, (last - start).days - 2)))
        if each and choose.random() < WITHDRAWN_COSPONSORS:
            end = {"validFrom": day(on), "validUntil": day(on + dt.timedelta(1))}
        evidence, told = entry(source(of, session), FILE, key, f"{kind}s[{each}]")
        yield (
            say(
                thing("sponsorship", f"{key}-{seat}"),
                "Sponsorship",
                sponsoredBill=subject,
                sponsorTerm=of.term(seat, session),
                sponsorshipKind=concept("sponsorship-kind", kind),
                hasEvidence=evidence,
                **dated(on),
                **end,
            )
            + told
        )


def sessions(legislatures: list[Legislature]) -> Iterator[tuple[Legislature, int]]:
    """Iterate over the sessions of all legislatures, the latest first."""
    for back in range(max(of.mandates for of in legislatures)):
        yield from ((of, LAST_MANDATE - back) for of in legislatures if back < of.mandates)
