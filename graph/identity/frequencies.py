"""How common names are among all agents that are compared: a rare one says more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from pledgegraph.graph.identity.candidates import Candidate, Office
from pledgegraph.graph.identity.name_comparison import compare
from pledgegraph.graph.identity.organization_names import OrganizationName, read_organization
from pledgegraph.graph.identity.person_names import PersonName, formal_names, parse

_LEAST_FAMILY, _MOST_FAMILY = 4.0, 13.0
_LEAST_GIVEN, _MOST_GIVEN = 3.0, 10.0
_REGISTERS = ("cik", "ein", "lei")
_LEAST_WORD, _MOST_WORD = 0.5, 14.0


@dataclass
class Frequencies:
    """Counts of names over a population of people, and of words over one of organizations."""

    people: int = 0
    organizations: int = 0
    families: Counter[str] = field(default_factory=Counter)
    givens: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    registered: dict[str, set[tuple[str, str, str]]] = field(default_factory=dict)
    holders: dict[tuple[str, str], set[tuple[str, Office]]] = field(default_factory=dict)

    def add(self, candidate: Candidate) -> None:
        """Count one agent."""
        if candidate.kind == "person":
            self._add_person(candidate)
        else:
            self._add_organization(candidate)

    def _add_person(self, candidate: Candidate) -> None:
        name = parse(candidate.label)
        self.people += 1
        self.families[name.last] += 1
        self.givens.update(formal_names(name.first))
        for office in candidate.offices:
            if name.first and not office.attested:
                held = self.holders.setdefault((name.last, office.chamber), set())
                held.add((candidate.label, office))

    def _add_organization(self, candidate: Candidate) -> None:
        name = read_organization(candidate.label)
        self.organizations += 1
        self.words.update(set(name.core))
        for scheme in () if candidate.unit else _REGISTERS:
            for value in candidate.values(scheme):
                self.registered.setdefault(name.key, set()).add((scheme, value, name.form))

    def family_bits(self, family: str) -> float:
        """Return what it weighs that two people have a family name in common."""
        return _bits(self.families[family], self.people, _LEAST_FAMILY, _MOST_FAMILY)

    def given_bits(self, given: str) -> float:
        """Return what it weighs that two people have a given name in common, or a short form."""
        count = max((self.givens[formal] for formal in formal_names(given)), default=0)
        return _bits(count, self.people, _LEAST_GIVEN, _MOST_GIVEN)

    def others_in_office(self, told: Candidate, act: Office, person: Candidate) -> set[str]:
        """Return the names of others than a person who may be meant by a name and an office."""
        own = [parse(name) for name in person.names]
        named = parse(told.label)
        return {
            name
            for name, office in self.holders.get((named.last, act.chamber), ())
            if may_be_at_once(act, office)
            and compare(named, parse(name)).given != "different"
            and all(_are_two(parse(name), one) for one in own)
        }

    def namesakes(self, name: OrganizationName, schemes: Iterable[str]) -> int:
        """Return how many organizations one of some registers has under a name.

        Those of another legal form do not count. It is 0 where no register has the name.
        """
        found = {
            (scheme, value)
            for scheme, value, form in self.registered.get(name.key, ())
            if scheme in schemes and (form == name.form or not form or not name.form)
        }
        return max(Counter(scheme for scheme, _ in found).values(), default=0)

    def word_bits(self, words: Iterable[str]) -> float:
        """Return how telling the words are that two names of organizations have in common."""
        return sum(_bits(self.words[w], self.organizations, _LEAST_WORD, _MOST_WORD) for w in words)


def count(candidates: Iterable[Candidate]) -> Frequencies:
    """Count the names of all candidates, one at a time."""
    found = Frequencies()
    for candidate in candidates:
        found.add(candidate)
    return found


def _bits(count: int, total: int, least: float, most: float) -> float:
    if not total:
        return (least + most) / 2
    return min(most, max(least, math.log2(total / (count + 1))))


def may_be_at_once(one: Office, other: Office) -> bool:
    """Tell whether two offices of a chamber may be one, by state and days."""
    if one.state and other.state and one.state != other.state:
        return False
    start = max(one.possible[0], other.possible[0])
    return start < min(one.possible[1], other.possible[1])


def _are_two(one: PersonName, other: PersonName) -> bool:
    found = compare(one, other)
    return "different" in (found.given, found.suffix) or found.middle == "different"
