"""Compare two organizations: identifiers, name, legal form, place, ticker, chapter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pledgegraph.graph.identity.candidates import Candidate
from pledgegraph.graph.identity.central_index import former_names, year_of
from pledgegraph.graph.identity.findings import Finding
from pledgegraph.graph.identity.frequencies import Frequencies
from pledgegraph.graph.identity.organization_names import (
    Agreement,
    Compared,
    OrganizationName,
    compare_names,
    read_organization,
)

Standing = Literal["borne", "former", "hearsay"]
_STANDING: tuple[Standing, ...] = ("borne", "former", "hearsay")
_WHOLE_NAME, _MOST_WORDS = 14.0, 14.0
_TELLING = 8.0  # bits of its words from which a name alone tells an organization from others
_OF_AGREEMENT: dict[Agreement, float] = {
    "equal": 0.0, "near": -2.0, "plural": -8.0, "weak": 0.0, "acronym": -6.0, "related": -20.0,
    "part": -16.0, "different": -30.0,
}  # fmt: skip
_ORDER: dict[Agreement, int] = {
    "equal": 7, "near": 6, "weak": 5, "plural": 4, "acronym": 3, "part": 2, "related": 1,
    "different": 0,
}  # fmt: skip
_SAME_FORM, _OTHER_FORM = 1.0, -4.0
_NAMESAKES = -8.0
_HAS_SHORTER, _NO_SHORTER = -12.0, 2.0  # whether the shorter name is another's, by some register
_SAME_STATE, _OTHER_STATE, _SAME_COUNTRY, _OTHER_COUNTRY = 4.0, -8.0, 2.0, -8.0
_CAPITAL, _ELSEWHERE_THAN_CAPITAL = "us-dc", -1.0  # many have an office there beside their own seat
_OTHER_SECTOR, _ONE_WORD = -8.0, -6.0
_LETTER, _MOST_LETTERS, _LONG_ACRONYM = 4.0, 24.0, 5  # bits of each letter of an acronym
_LETTERS = 3  # so few letters stand for many things
_NAMED_AS_TICKER = 32.0
_AFTERWARDS = -14.0
_KNOWN_WORD = 4  # names in which a word must stand to be no slip of the pen
_SAME_TICKER, _OTHER_TICKER = 14.0, -4.0
_FORMER, _EXCLUDED = -1.0, -20.0


@dataclass(frozen=True, slots=True)
class _Namesakes:
    """Who else bears a name in the registers that two organizations are in."""

    population: Frequencies
    schemes: set[str]

    def number(self, name: OrganizationName) -> int:
        return self.population.namesakes(name, self.schemes)


def compare_organizations(
    left: Candidate, right: Candidate, how_common: Frequencies
) -> list[Finding]:
    """Compare two organizations and return everything found."""
    names = list(_names(left, right, how_common))
    is_renamed = any("a former name" in finding.reason for finding in names)
    return [
        *names,
        *_places(left.places, right.places),
        *_tickers(left, right, is_renamed=is_renamed),
        *_called_by_ticker(left, right),
        *_units(left.unit, right.unit),
        *_sectors(left, right),
        *_ages(left, right),
    ]


def _names(left: Candidate, right: Candidate, how_common: Frequencies) -> Iterator[Finding]:
    ours, theirs = list(_readings(left)), list(_readings(right))
    if not ours or not theirs:
        return
    pairs = [
        (compare_names(one, other), max(was, were, key=_STANDING.index), one, other)
        for one, was in ours
        for other, were in theirs
        if was == "borne" or were == "borne"
    ]
    found, standing, one, other = max(
        pairs, key=lambda pair: (_ORDER[pair[0].agreement], -_STANDING.index(pair[1]))
    )
    found = _unless_both_are_words(found, how_common)
    schemes = {scheme for scheme, _ in left.identifiers | right.identifiers}
    yield from _name(found, one, other, _Namesakes(how_common, schemes), standing)
    if one.is_on_behalf != other.is_on_behalf:
        yield Finding("behalf", -10.0, "one acts on behalf of another")
    if one.form and other.form and standing == "borne":
        bits = _SAME_FORM if one.form == other.form else _OTHER_FORM
        yield Finding("legal form", bits, f"{one.form}; {other.form}")


def _unless_both_are_words(found: Compared, how_common: Frequencies) -> Compared:
    """Take two words for a slip only where one of them stands in hardly any other name."""
    are_words = all(how_common.words[word] >= _KNOWN_WORD for word in found.extra)
    if found.agreement == "near" and found.extra and are_words:
        return Compared("related", found.shared, found.extra)
    return found


def _readings(candidate: Candidate) -> Iterator[tuple[OrganizationName, Standing]]:
    """Iterate over every name, each with whether it is borne, former, or former by hearsay.

    Filers write "formerly" of companies that were bought as well: that is hearsay.
    """
    for name in candidate.names:
        read = read_organization(name)
        yield read, "borne"
        yield from ((read_organization(also), "borne") for also in read.also)
        yield from ((read_organization(former), "hearsay") for former in read.former)
    registered = (name for cik in candidate.values("cik") for name in former_names(cik))
    for name in (*candidate.former, *registered):
        yield read_organization(name), "former"


def _name(
    found: Compared,
    one: OrganizationName,
    other: OrganizationName,
    how_common: _Namesakes,
    standing: Standing,
) -> Iterator[Finding]:
    words = min(_MOST_WORDS, how_common.population.word_bits(found.shared))
    bits = (_WHOLE_NAME if found.shared else 0.0) + words + _OF_AGREEMENT[found.agreement]
    told = f"{' '.join(one.core)}; {' '.join(other.core)}"
    if found.agreement == "acronym":
        short = min(len(one.key), len(other.key))
        bits, bears_out_short = min(_LETTER * short, _MOST_LETTERS), short >= _LONG_ACRONYM
        yield Finding("name", bits, f"acronym: {told}", bears_out=bears_out_short)
        return
    if found.agreement == "weak":
        bits -= found.weight_of_extra
        shorter = min(one, other, key=lambda name: len(name.core))
        bits += _HAS_SHORTER if how_common.number(shorter) else _NO_SHORTER
    fuller = one if one.form else other
    namesakes = how_common.number(fuller) if found.agreement == "equal" else 0
    telling = words >= _TELLING and found.agreement in ("equal", "near", "weak")
    bears_out = telling and namesakes < 2 and standing != "hearsay" and len(one.key) > _LETTERS
    what = found.agreement if standing == "borne" else f"{found.agreement}, a former name"
    bits += 0.0 if standing == "borne" else _FORMER
    yield Finding("name", bits, f"{what}: {told}", bears_out=bears_out)
    numbers = sorted(word for word in found.extra if word.isdigit())
    if numbers:
        told = f"only one has the number {', '.join(numbers)}"
        yield Finding("number", _EXCLUDED, told, excludes=True)
    if namesakes > 1:
        yield Finding("namesakes", _NAMESAKES, f"{namesakes} organizations are named so")


def _places(ours: frozenset[str], theirs: frozenset[str]) -> Iterator[Finding]:
    if not ours or not theirs:
        return
    told = f"{', '.join(sorted(ours))}; {', '.join(sorted(theirs))}"
    countries = {place[:2] for place in ours} & {place[:2] for place in theirs}
    states = {p for p in ours if "-" in p}, {p for p in theirs if "-" in p}
    if not countries:
        yield Finding("place", _OTHER_COUNTRY, told)
    elif states[0] & states[1]:
        yield Finding("place", _SAME_STATE, told, bears_out=True)
    elif all(states):
        is_capital = any(_CAPITAL in found for found in states)
        yield Finding("place", _ELSEWHERE_THAN_CAPITAL if is_capital else _OTHER_STATE, told)
    else:
        yield Finding("place", _SAME_COUNTRY, told, bears_out="us" not in countries)


def _tickers(left: Candidate, right: Candidate, *, is_renamed: bool) -> Iterator[Finding]:
    """Compare what both are listed by; a new name brings a new ticker along."""
    ours, theirs = left.values("ticker"), right.values("ticker")
    if ours & theirs:
        shared = sorted(ours & theirs)
        told = f"{', '.join(shared)} on both sides"
        yield Finding("ticker", _SAME_TICKER, told, bears_out=True)
        first_words = {read_organization(x.label).core[0] for x in (left, right) if x.names}
        named = [ticker for ticker in shared if ticker.lower() in first_words]
        if named:
            yield Finding("renamed", _NAMED_AS_TICKER, f"one is called by the ticker {named[0]}")
    elif ours and theirs and not is_renamed:
        told = f"{', '.join(sorted(ours))}; {', '.join(sorted(theirs))}"
        yield Finding("ticker", _OTHER_TICKER, told)


def _called_by_ticker(left: Candidate, right: Candidate) -> Iterator[Finding]:
    """Find that an acronym by which one is called is what the other is listed by."""
    for short, long in ((left, right), (right, left)):
        listed = {ticker.lower() for ticker in long.values("ticker")}
        for name, _ in _readings(short):
            is_short = len(name.core) == 1 and name.key in listed
            if is_short and any(name.key == full.acronym for full, _ in _readings(long)):
                told = f"{name.key.upper()} is the ticker of {long.label}"
                yield Finding("ticker", _SAME_TICKER, told, bears_out=True)
                return


def _ages(left: Candidate, right: Candidate) -> Iterator[Finding]:
    """Compare a day on which one was there with the year in which the other was registered."""
    for seen, registered in ((left, right), (right, left)):
        years = [year for cik in registered.values("cik") if (year := year_of(cik))]
        if seen.seen and years and min(years) > seen.seen.year + 1:
            told = f"there on {seen.seen}, registered in {min(years)} or later"
            yield Finding("age", _AFTERWARDS, told)


def _units(one: str, other: str) -> Iterator[Finding]:
    """Iterate over what sets chapters and posts apart from each other and from the whole."""
    if one != other:
        told = f"{one or 'the whole'}; {other or 'the whole'}"
        yield Finding("unit", _EXCLUDED, told, excludes=True)


def _sectors(left: Candidate, right: Candidate) -> Iterator[Finding]:
    sectors = {left.sector, right.sector}
    if sectors >= {"company", "nonprofit"}:
        yield Finding("sector", _OTHER_SECTOR, f"{left.sector}; {right.sector}")
        return
    shortest = min(len(read_organization(x.label).core) for x in (left, right))
    is_elsewhere = not _states(left) & _states(right)
    if sectors == {"", "nonprofit"} and is_elsewhere and shortest == 1:
        yield Finding("one word", _ONE_WORD, "small associations elsewhere are named so too")


def _states(candidate: Candidate) -> frozenset[str]:
    return frozenset(place for place in candidate.places if "-" in place)
