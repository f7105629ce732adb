"""Compare two people: identifiers, name, birth, offices, places, party."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from pledgegraph.graph.identity.candidates import Candidate, Office
from pledgegraph.graph.identity.findings import Finding
from pledgegraph.graph.identity.frequencies import Frequencies
from pledgegraph.graph.identity.name_comparison import NameComparison, best
from pledgegraph.graph.identity.offices import CONGRESS, compare_offices
from pledgegraph.graph.identity.person_names import parse

# What an agreement of given names weighs, as a part of what an equal one does.
_GIVEN_PART = {"equal": 1.0, "nickname": 0.8, "middle": 0.7, "initial": 0.4, "near": 0.6}
_FAMILY_PART = {"equal": 1.0, "part": 0.6, "near": 0.4}
_MIDDLE = {"equal": 6.0, "initial": 3.0, "missing": 0.0, "different": -6.0}
_SUFFIX = {"equal": 3.0, "missing": 0.0, "part": -2.0}
_SAME_DAY, _SAME_YEAR = 14.0, 5.0
_SAME_PARTY, _OTHER_PARTY, _OTHER_GENDER = 1.0, -2.0, -8.0
_SAME_PLACE = 3.0
_OTHER_BIRTH = -12.0
_GENERATION = 14  # years between parent and child; sources err by less about one person
_IN_OFFICE, _OUT_OF_OFFICE = 7.0, -6.0
_NOBODY_ELSE, _SOMEBODY_ELSE = 6.0, -6.0
_EXCLUDED = -20.0


def compare_people(left: Candidate, right: Candidate, how_common: Frequencies) -> list[Finding]:
    """Compare two people and return everything found."""
    return [
        *_names(left, right, how_common),
        *_births(left.born, right.born),
        *compare_offices(left.offices, right.offices),
        *_others(left, right),
        *_alone(left, right, how_common),
        *_courted(left, right),
        *_courted(right, left),
    ]


def _names(left: Candidate, right: Candidate, how_common: Frequencies) -> Iterator[Finding]:
    if not left.names or not right.names:
        return
    found, one, other = best(
        _told((*left.names, *left.former)), _told((*right.names, *right.former))
    )
    family = how_common.family_bits(parse(one).last)
    told = f"{one}; {other}"
    if found.family == "different":
        yield Finding("name", _EXCLUDED / 2, f"other family names: {told}")
    elif found.family != "missing":
        yield Finding("family name", family * _FAMILY_PART[found.family], f"{found.family}: {told}")
    yield from _given(found, one, other, how_common)
    yield from _rest(_whole(left, right, found), told)


@functools.lru_cache(maxsize=100_000)
def _told(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of a person that differ, without initials where the given name is known."""
    read = {parse(name): name for name in reversed(names)}
    whole = tuple(name for parsed, name in read.items() if len(parsed.first) > 1)
    return whole or tuple(read.values())


def _given(
    found: NameComparison, one: str, other: str, how_common: Frequencies
) -> Iterator[Finding]:
    names = [name for text in (one, other) if (name := parse(text).first)]
    told = f"{found.given}: {' and '.join(names)}"
    if found.given == "different":
        yield Finding("given name", -10.0, told)
    elif found.given != "missing":
        bits = min((how_common.given_bits(name) for name in names if len(name) > 1), default=3.0)
        yield Finding("given name", bits * _GIVEN_PART[found.given], told)


def _whole(left: Candidate, right: Candidate, found: NameComparison) -> NameComparison:
    """Let any two names of two people differ in the suffix, and not only those most alike."""
    suffixes = [{parse(name).suffix for name in x.names} - {""} for x in (left, right)]
    if all(suffixes) and not suffixes[0] & suffixes[1]:
        return NameComparison(found.family, found.given, found.middle, "different")
    return found


def _rest(found: NameComparison, told: str) -> Iterator[Finding]:
    if found.suffix == "different":
        yield Finding("suffix", _EXCLUDED, f"other suffixes: {told}", excludes=True)
    elif _SUFFIX[found.suffix]:
        word = "the same" if found.suffix == "equal" else "only one has it"
        yield Finding("suffix", _SUFFIX[found.suffix], f"{word}: {told}")
    if _MIDDLE[found.middle]:
        yield Finding("middle name", _MIDDLE[found.middle], f"{found.middle}: {told}")


def _births(one: str, other: str) -> Iterator[Finding]:
    shared = min(len(one), len(other))
    if shared < 4:
        return
    if one[:shared] == other[:shared]:
        bits = _SAME_DAY if shared == 10 else _SAME_YEAR
        yield Finding("birth", bits, f"{one} and {other}", bears_out=shared == 10)
    elif _is_slip(one, other):
        yield Finding("birth", -3.0, f"{one} and {other}: one slip apart")
    else:
        years = abs(int(one[:4]) - int(other[:4]))
        told = f"{one} and {other}"
        yield Finding("birth", _OTHER_BIRTH, told, excludes=years >= _GENERATION)


def _is_slip(one: str, other: str) -> bool:
    """Tell whether two days differ in one digit, or by day and month being interchanged."""
    if len(one) != 10 or len(other) != 10:
        return False
    differing = sum(a != b for a, b in zip(one, other, strict=True))
    turned = one[:4] == other[:4] and one[5:7] == other[8:] and one[8:] == other[5:7]
    return differing == 1 or turned


def _others(left: Candidate, right: Candidate) -> Iterator[Finding]:
    if left.parties and right.parties:
        shared = left.parties & right.parties
        told = f"{', '.join(sorted(left.parties))}; {', '.join(sorted(right.parties))}"
        yield Finding("party", _SAME_PARTY if shared else _OTHER_PARTY, told)
    if left.gender and right.gender and left.gender != right.gender:
        yield Finding("gender", _OTHER_GENDER, f"{left.gender}; {right.gender}")
    if not (left.offices and right.offices) and left.places & right.places:
        yield Finding("place", _SAME_PLACE, ", ".join(sorted(left.places & right.places)))


def _alone(left: Candidate, right: Candidate, how_common: Frequencies) -> Iterator[Finding]:
    """Where a name or an office is told in part only, see who else of that name held it."""
    for told, full in ((left, right), (right, left)):
        acts = [office for office in told.offices if _is_vague(told, office)]
        if told.courted:
            day = told.courted
            acts = [Office(chamber, "", "", day, attested=True) for chamber in sorted(CONGRESS)]
        if acts and full.offices and told.names:
            others = {name for act in acts for name in how_common.others_in_office(told, act, full)}
            if others:
                reason = f"so did {', '.join(sorted(others)[:3])}"
                yield Finding("namesakes", _SOMEBODY_ELSE, reason)
            else:
                yield Finding("namesakes", _NOBODY_ELSE, f"nobody else named so held {acts[0]}")
            return


def _is_vague(told: Candidate, office: Office) -> bool:
    """Tell whether a family name alone, or a chamber alone, is told."""
    return not office.state or not any(parse(name).first for name in told.names)


def _courted(one: Candidate, other: Candidate) -> Iterator[Finding]:
    """Compare whom a gift honoured with who sat in Congress that day."""
    if not one.courted:
        return
    federal = [office for office in other.offices if office.chamber in CONGRESS]
    held = [x for x in federal if x.certain[0] <= one.courted < x.certain[1]]
    states = {office.state for office in held or federal} - {""}
    if one.places and states and not one.places & states:
        told = f"{', '.join(sorted(one.places))}; {', '.join(sorted(states))}"
        yield Finding("state", _EXCLUDED, told, excludes=True)
    elif one.places and states:
        yield Finding("state", _SAME_PLACE, ", ".join(sorted(one.places & states)))
    if held:
        yield Finding("office", _IN_OFFICE, f"{held[0]}; given to on {one.courted}", bears_out=True)
    elif federal:
        yield Finding("office", _OUT_OF_OFFICE, f"none in Congress on {one.courted}")
