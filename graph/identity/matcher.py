"""Decide on two agents: one, two, or not to be told by what the sources give.

Equal identifiers decide if the names do not speak against it. Otherwise the findings are added
up with what is to be expected beforehand. A match by name needs something that bears it out
beside the name, and nothing that excludes it; whatever falls short of that is left for a person
to decide.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from pledgegraph.graph.identity.candidates import MANY, SINGLE, Candidate
from pledgegraph.graph.identity.findings import Decision, Finding, Method, Verdict, probability
from pledgegraph.graph.identity.frequencies import Frequencies
from pledgegraph.graph.identity.offices import DATED, SAME_STATE, SEAT
from pledgegraph.graph.identity.organizations import compare_organizations
from pledgegraph.graph.identity.people import compare_people

ACCEPT = 0.995  # probability from which a match by name is accepted
PROPOSE = 0.05  # and from which it is shown to a person
_IDENTIFIER, _OTHER_IDENTIFIER, _OTHER_OF_MANY = 40.0, -20.0, -2.5
_LEAST_PRIOR, _MOST_PRIOR = -16.0, -8.0
_OF_NAME = ("name", "family name", "given name", "suffix", "gender", "unit")
_CONTRADICTED = -10.0  # bits of name that make an equal identifier doubtful
_RARE_NAME, _RARE_FAMILY = 18.0, 10.5  # bits from which a name is borne by one in a state


def compare(left: Candidate, right: Candidate, how_common: Frequencies) -> Verdict:
    """Compare two agents and decide."""
    identifiers = list(_identifiers(left, right))
    if left.kind != right.kind:
        found = [*identifiers, Finding("kind", -20.0, f"{left.kind}; {right.kind}", excludes=True)]
        return _verdict(left, right, found, 0.0)
    by_kind = compare_people if left.kind == "person" else compare_organizations
    found = [*identifiers, *by_kind(left, right, how_common)]
    return _verdict(left, right, found, _prior(left, how_common))


def _prior(candidate: Candidate, how_common: Frequencies) -> float:
    """Return the bits against that any two agents of a population are one."""
    is_person = candidate.kind == "person"
    total = how_common.people if is_person else how_common.organizations
    return min(_MOST_PRIOR, max(_LEAST_PRIOR, -math.log2(max(total, 1))))


def _identifiers(left: Candidate, right: Candidate) -> Iterator[Finding]:
    for scheme in sorted(SINGLE | MANY):
        ours, theirs = left.values(scheme), right.values(scheme)
        if ours & theirs:
            told = f"{scheme} {', '.join(sorted(ours & theirs))} on both sides"
            yield Finding("identifier", _IDENTIFIER, told, bears_out=True)
        elif ours and theirs:
            told = f"{scheme} {', '.join(sorted(ours))}; {', '.join(sorted(theirs))}"
            is_single = scheme in SINGLE
            bits = _OTHER_IDENTIFIER if is_single else _OTHER_OF_MANY
            yield Finding("identifier", bits, told, excludes=is_single)


def _verdict(left: Candidate, right: Candidate, found: Sequence[Finding], prior: float) -> Verdict:
    shared = any(f.field == "identifier" and f.bears_out for f in found)
    score = probability(prior + sum(f.bits for f in found))
    excluded = [f for f in found if f.excludes]
    decision, note = _decide(left, right, found, score, shared=shared)
    if excluded and not shared:
        score = min(score, 0.001)
    method: Method = "identifier" if shared else "name"
    return Verdict(left.iri, right.iri, decision, method, score, tuple(found), note)


def _decide(
    left: Candidate, right: Candidate, found: Sequence[Finding], score: float, *, shared: bool
) -> tuple[Decision, str]:
    excluded = [f for f in found if f.excludes]
    if shared:
        against = sum(f.bits for f in found if f.field in _OF_NAME and f.bits < 0)
        if excluded or against <= _CONTRADICTED:
            return (
                "proposed",
                "an identifier in common, and what speaks against it: see which is wrong",
            )
        return "accepted", ""
    if excluded:
        return "rejected", ""
    if score < PROPOSE:
        return "rejected", ""
    if score < ACCEPT:
        return "proposed", "not certain enough"
    if left.is_private != right.is_private and not any(f.field == "birth" for f in found):
        return "proposed", "a name alone makes nobody a holder of office"
    if any(f.field == "renamed" for f in found):
        return "proposed", "named after the ticker of the other: renamed, or a holding above it"
    if any(f.field == "legal form" and f.bits < 0 for f in found):
        return "proposed", "other legal forms: parent and subsidiary, or one that changed"
    if any(f.field == "birth" and f.bits < 0 for f in found) and not _is_seat(found):
        return "proposed", "other days of birth: see which is wrong"
    if any(f.field == "offices" for f in found) and not _is_born_alike(found):
        return "proposed", "two offices at one time: parent and child, or a wrong day"
    is_vague = not _is_dated(found) and not _is_alone(found)
    if any(f.field == "suffix" and f.bits < 0 for f in found) and is_vague:
        return "proposed", "may be parent and child: one has a suffix, and no day is known"
    if not any(f.bears_out for f in found) and not _is_one_in_a_state(found):
        return "proposed", "nothing beside the name bears it out"
    return "accepted", ""


def _is_dated(found: Sequence[Finding]) -> bool:
    """Tell whether a birth or an office held at one time bears the match out."""
    return any(f.field in ("birth", "office") and f.bears_out and f.bits >= DATED for f in found)


def _is_seat(found: Sequence[Finding]) -> bool:
    """Tell whether both held one seat at one time."""
    return any(f.field == "office" and f.bits >= SEAT for f in found)


def _is_born_alike(found: Sequence[Finding]) -> bool:
    return any(f.field == "birth" and f.bears_out for f in found)


def _is_alone(found: Sequence[Finding]) -> bool:
    """Tell whether nobody else of the name held the office."""
    return any(f.field == "namesakes" and f.bits > 0 for f in found)


def _is_one_in_a_state(found: Sequence[Finding]) -> bool:
    """Tell whether a rare name, a state and a party are common to both."""
    bits = {f.field: f.bits for f in found}
    family, given = bits.get("family name", 0.0), bits.get("given name", 0.0)
    is_rare = family >= _RARE_FAMILY and family + given >= _RARE_NAME
    return is_rare and bits.get("party", 0.0) > 0 and bits.get("office") == SAME_STATE
