"""Plant mistakes that a shape finds, spread evenly over a graph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from generator.lines import CLASSES, ID, PG, PREDICATES, Record, day

SHAPES = "https://w3id.org/pledgegraph/shapes#"
_FROM, _UNTIL = PREDICATES["validFrom"], PREDICATES["validUntil"]
_EVIDENCE = PREDICATES["hasEvidence"]
_RECORDS = (
    "Bill",
    "Sponsorship",
    "LegislativeAction",
    "BillVersion",
    "LobbyingActivity",
    "Contribution",
    "Pledge",
    "Commitment",
    "Statement",
    "Position",
)
_LINKS = {
    PREDICATES["member"]: "Membership-member",
    PREDICATES["actionOn"]: "LegislativeAction-actionOn",
    PREDICATES["client"]: "LobbyingActivity-client",
    PREDICATES["pledgor"]: "Pledge-pledgor",
    PREDICATES["speaker"]: "Statement-speaker",
    PREDICATES["sponsoredBill"]: "Sponsorship-sponsoredBill",
    PREDICATES["donee"]: "Contribution-donee",
}
_NUMBERS = {PREDICATES["billNumber"]: "Bill-unique", PREDICATES["cik"]: "Identifier-unique"}
_WORDS = {
    PREDICATES["wording"]: "PledgeVersion-evidence",
    PREDICATES["quotation"]: "Statement-evidence",
}


@dataclass(frozen=True)
class Mistake:
    """A planted mistake: the node that is wrong and the rule that says so."""

    kind: str
    focus: str
    rule: str


@dataclass
class Planter:
    """Spoil some records on the way, so many among so many triples."""

    wanted: int
    size: int
    planted: list[Mistake] = field(default_factory=list)
    seen: int = 0

    def spoil(self, records: Iterator[Record]) -> Iterator[Record]:
        """Iterate over records, of which now and then one is spoiled."""
        for record in records:
            self.seen += len(record)
            done = len(self.planted)
            if done < self.wanted and self.seen * self.wanted >= (done + 0.5) * self.size:
                record = self._spoiled(record)
            yield record

    def _spoiled(self, record: Record) -> Record:
        """Return the record with the rarest mistake that fits it, or unchanged if none does."""
        planted = [mistake.kind for mistake in self.planted]
        for kind in sorted(_KINDS, key=planted.count):
            found = _KINDS[kind](record)
            if found:
                spoiled, rule = found
                focus = record[0].split(" ", 1)[0].strip("<>")
                self.planted.append(Mistake(kind, focus, f"{SHAPES}{rule}"))
                return spoiled
        return record


Spoiled = tuple[Record, str] | None


def _at(record: Record, predicate: str) -> int | None:
    """Return where the first subject of a record has a property."""
    start = f"{record[0].split(' ', 1)[0]} {predicate} "
    return next((at for at, triple in enumerate(record) if triple.startswith(start)), None)


def _kind(record: Record) -> str | None:
    """Return the class of what the record is about, if it is one of the common ones."""
    return next((name for name in _RECORDS if record[0].endswith(CLASSES[name])), None)


def _wrong_datatype(record: Record) -> Spoiled:
    at = _at(record, _FROM)
    if at is None:
        return None
    return _replaced(record, at, '"June 2020"'), "Interval-validFrom"


def _dropped(record: Record) -> Spoiled:
    at = _at(record, _EVIDENCE)
    if at is None or _kind(record) is None:
        return None
    return [*record[:at], *record[at + 1 :]], "Record-hasEvidence"


def _dangling(record: Record) -> Spoiled:
    for predicate, rule in _LINKS.items():
        at = _at(record, predicate)
        if at is not None:
            return _replaced(record, at, f"<{ID}nothing/at-all>"), rule
    return None


def _unknown(record: Record) -> Spoiled:
    name = _kind(record)
    if name is None:
        return None
    subject = record[0].split(" ", 1)[0]
    return [*record, f'{subject} <{PG}noSuchProperty> "something"'], f"{name}-closed"


def _reversed(record: Record) -> Spoiled:
    at = _at(record, _UNTIL)
    if at is None or _at(record, _FROM) is None:
        return None
    return _replaced(record, at, day("1900-01-01")), "Interval-order"


def _taken(record: Record) -> Spoiled:
    """Give a bill or company the number of the one before it."""
    for predicate, rule in _NUMBERS.items():
        at = _at(record, predicate)
        if at is not None:
            found = re.fullmatch(r'"(\D*)(\d+)"', record[at].split(" ", 2)[2])
            assert found
            head, digits = found.groups()
            width = len(digits) if digits.startswith("0") else 0
            before = str(int(digits) - 1).zfill(width)
            return (_replaced(record, at, f'"{head}{before}"'), rule) if int(digits) else None
    return None


def _misquoted(record: Record) -> Spoiled:
    """Put words into the mouth of a source."""
    for predicate, rule in _WORDS.items():
        at = _at(record, predicate)
        if at is not None:
            return _replaced(record, at, '"what nobody said"@en'), rule
    return None


_KINDS: dict[str, Callable[[Record], Spoiled]] = {
    "wrong datatype": _wrong_datatype,
    "dropped property": _dropped,
    "dangling link": _dangling,
    "unknown property": _unknown,
    "end before start": _reversed,
    "taken number": _taken,
    "misquotation": _misquoted,
}


def _replaced(record: Record, at: int, value: str) -> Record:
    subject, predicate, _ = record[at].split(" ", 2)
    return [*record[:at], f"{subject} {predicate} {value}", *record[at + 1 :]]
