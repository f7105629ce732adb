"""Companies of a register, and the emission targets that a tracker took from their documents."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from itertools import accumulate

from generator.lines import (
    ID,
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
    COMPANIES_WITH_LEI,
    COMPANIES_WITH_TARGET,
    INTERIM_TARGETS,
    TARGET_YEARS,
    TARGETS_ACHIEVED,
)
from generator.words import firm_name

READ_ON = dt.date(2026, 6, 15)
TRIPLES_OF_COMPANY = 12  # counted in what is made here
_YEARS = [year for year, _ in TARGET_YEARS]
_WEIGHTS = list(accumulate(weight for _, weight in TARGET_YEARS))
_AXES = [
    concept("scope-axis", axis)
    for axis in ("object", "product", "recipient", "purpose", "territory")
]
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def company(serial: int) -> str:
    """Name a company of the register."""
    return thing("company", f"cik-{serial:010d}")


def records(part: int, serials: range, seed: int) -> Iterator[Record]:
    """Iterate over what a part of the register of companies says."""
    slug = f"companies-{part}"
    choose = random.Random(f"{seed} {slug}")  # noqa: S311
    yield data_set(slug, f"Company tickers, part {part}", READ_ON)
    for serial in serials:
        evidence, told = entry(slug, "tickers.csv", f"{serial:010d}", "name")
        name = firm_name(serial)
        properties: dict[str, Value] = {}
        if choose.random() < COMPANIES_WITH_LEI:
            properties["lei"] = plain(f"{_LETTERS[serial % 26]}{serial:017d}{serial % 97:02d}")
        yield (
            say(
                company(serial),
                "Company",
                slug=plain(f"company-{serial}"),
                prefLabel=english(name),
                altLabel=english(f"{name.upper()} INC"),
                cik=plain(f"{serial:010d}"),
                hasEvidence=evidence,
                **properties,
            )
            + told
        )


def targets(part: int, companies: range, seed: int) -> Iterator[Record]:
    """Iterate without end over what a tracker of targets says, company by company, year by year."""
    slug = f"targets-{part}"
    choose = random.Random(f"{seed} {slug}")  # noqa: S311
    yield data_set(slug, f"Targets of companies, part {part}", READ_ON)
    edition = 0
    while True:
        for serial in companies:
            if choose.random() < COMPANIES_WITH_TARGET:
                yield from _target(slug, serial, edition, choose)
        edition += 1


def begins_target(record: Record) -> bool:
    """Tell whether a record is the pledge that the records after it belong to."""
    return record[0].startswith(f"<{ID}pledge/")


def _target(slug: str, serial: int, edition: int, choose: random.Random) -> Iterator[Record]:
    key = f"{slug}-{serial}-{edition}"
    year = 2015 + choose.randrange(10)
    pledge, ends = thing("pledge", key), [choose.choices(_YEARS, cum_weights=_WEIGHTS)[0]]
    if choose.random() < INTERIM_TARGETS and ends[0] > 2030:
        ends.append(2030)
    evidence, told = entry(slug, "snapshot.csv", f"{serial:010d}-{edition}", "end_target")
    commitments = [thing("commitment", f"{key}-{each}") for each in range(len(ends))]
    yield (
        say(
            pledge,
            "Pledge",
            prefLabel=english(f"{firm_name(serial)}: target for {ends[0]}"),
            pledgor=company(serial),
            pledgeKind=concept("pledge-kind", "target"),
            hasCommitment=commitments,
            hasEvidence=evidence,
        )
        + told
    )
    known = {"concerns": pledge, "hasEvidence": evidence}
    yield say(thing("event", f"{key}-announcement"), "Announcement", **known, **dated(str(year)))
    for commitment, end in zip(commitments, ends, strict=True):
        share = 100 if end == ends[0] else choose.randrange(20, 60)
        yield _commitment(commitment, slug, f"{serial:010d}-{edition}", year, end, share)
    if choose.random() < TARGETS_ACHIEVED:
        on = dated(str(max(year, 2022)))
        yield say(thing("event", f"{key}-fulfilment"), "Fulfilment", **known, **on)


def _commitment(commitment: str, slug: str, key: str, year: int, end: int, share: int) -> Record:
    evidence, told = entry(slug, "snapshot.csv", key, f"target_{end}")
    return (
        say(
            commitment,
            "Commitment",
            modality=concept("modality", "refrain"),
            action=concept("action", "emit"),
            notStated=_AXES,
            horizon=concept("horizon", "target-date"),
            targetValue=number(share),
            targetUnit=plain("%"),
            validFrom=day(dt.date(year, 1, 1)),
            startBasis=concept("date-basis", "inferred"),
            validUntil=day(dt.date(end + 1, 1, 1)),
            hasEvidence=evidence,
        )
        + told
    )
