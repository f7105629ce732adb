"""Resolve a population: compare what may be one agent, and keep clear of contradictions.

A match by name is given up where it would join two who can not be one, through whatever chain of
others. What people decided goes before all of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from pledgegraph.graph.identity.blocking import blocks
from pledgegraph.graph.identity.candidates import SINGLE, Candidate
from pledgegraph.graph.identity.findings import Verdict
from pledgegraph.graph.identity.frequencies import Frequencies
from pledgegraph.graph.identity.matcher import compare

Population = Callable[[], Iterator[Candidate]]
Decided = Mapping[tuple[str, str], str]


@dataclass
class Resolution:
    """What came of a population.

    ``accepted`` and ``proposed`` are in order of name; ``counts`` has the verdicts by decision and
    method, ``agents`` how many there are, ``skipped`` the keys that too many shared.
    """

    agents: int = 0
    accepted: list[Verdict] = field(default_factory=list)
    proposed: list[Verdict] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    skipped: dict[str, int] = field(default_factory=dict)


def resolve(population: Population, decided: Decided) -> Resolution:
    """Compare a population, which is read twice: for how common names are, and to compare.

    ``decided`` has what people decided, by both agents in order of name: these pairs are not
    compared, and those rejected are kept apart in every chain.
    """
    how_common = Frequencies()
    for candidate in population():
        how_common.add(candidate)
    found = Resolution()
    conflicts = _Conflicts(pair for pair, decision in decided.items() if decision == "rejected")
    with blocks() as prepared:
        found.agents = prepared.fill(population(), how_common)
        for left, right in prepared.pairs():
            if left.iri == right.iri or _pair(left.iri, right.iri) in decided:
                continue
            verdict = compare(left, right, how_common)
            found.counts[verdict.decision, verdict.method] += 1
            if verdict.decision != "rejected":
                kept = found.accepted if verdict.decision == "accepted" else found.proposed
                kept.append(verdict)
                conflicts.note(left, right)
        found.skipped = prepared.skipped
    joined = [pair for pair, decision in decided.items() if decision == "accepted"]
    _give_up_contradictions(found, joined, conflicts)
    found.proposed.sort(key=lambda verdict: (-verdict.score, verdict.left, verdict.right))
    found.accepted.sort(key=lambda verdict: (verdict.left, verdict.right))
    return found


class _Conflicts:
    """Which agents can not be one: by identifiers that an agent has one of only, or by decision."""

    def __init__(self, rejected: Iterable[tuple[str, str]]) -> None:
        self._rejected = set(rejected)
        self._identifiers: dict[str, dict[str, str]] = {}

    def note(self, *candidates: Candidate) -> None:
        """Remember the identifiers of agents that may be joined."""
        for one in candidates:
            single = {scheme: value for scheme, value in one.identifiers if scheme in SINGLE}
            if single:
                self._identifiers[one.iri] = single

    def between(self, ours: set[str], theirs: set[str]) -> str:
        """Return why no agent of one group is one with any of another, or nothing."""
        for one in ours:
            for other in theirs:
                if _pair(one, other) in self._rejected:
                    return f"it would join {one} and {other}, who are two by decision"
        for scheme in sorted(SINGLE):
            values = [
                {known[scheme] for x in group if scheme in (known := self._identifiers.get(x, {}))}
                for group in (ours, theirs)
            ]
            if all(values) and values[0].isdisjoint(values[1]):
                told = "; ".join(", ".join(sorted(group)) for group in values)
                return f"it would join agents with several identifiers of {scheme}: {told}"
        return ""


def _give_up_contradictions(
    found: Resolution, joined: Iterable[tuple[str, str]], conflicts: _Conflicts
) -> None:
    """Join groups, the surest pairs first; what would join two who can not be one is proposed."""
    groups: dict[str, set[str]] = {}
    for left, right in joined:
        _join(groups, left, right)
    kept = []
    by_sureness = sorted(
        found.accepted, key=lambda v: (v.method != "identifier", -v.score, v.left, v.right)
    )
    for verdict in by_sureness:
        ours, theirs = (groups.get(x, {x}) for x in (verdict.left, verdict.right))
        reason = "" if ours is theirs else conflicts.between(ours, theirs)
        if reason:
            found.proposed.append(replace(verdict, decision="proposed", note=reason))
            continue
        kept.append(verdict)
        _join(groups, verdict.left, verdict.right)
    found.accepted = kept


def _join(groups: dict[str, set[str]], left: str, right: str) -> None:
    ours, theirs = groups.get(left, {left}), groups.get(right, {right})
    if ours is theirs:
        return
    ours = ours | theirs
    for iri in ours:
        groups[iri] = ours


def _pair(left: str, right: str) -> tuple[str, str]:
    return (left, right) if left < right else (right, left)
