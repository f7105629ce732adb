"""Compare the names of two people part by part, in whatever way each is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import DamerauLevenshtein

from pledgegraph.graph.identity.person_names import (
    PersonName,
    formal_names,
    has_short_forms,
    parse,
)

Level = Literal["equal", "nickname", "initial", "middle", "part", "near", "missing", "different"]

_TYPO = 5  # letters that a word must have for one wrong letter to be a slip


@dataclass(frozen=True, slots=True)
class NameComparison:
    """How two names agree, part by part."""

    family: Level
    given: Level
    middle: Level
    suffix: Level


def compare(left: PersonName, right: PersonName) -> NameComparison:
    """Compare two names part by part."""
    return NameComparison(
        _family(left, right), _given(left, right), _middle(left, right), _suffix(left, right)
    )


def best(left: Iterable[str], right: Iterable[str]) -> tuple[NameComparison, str, str]:
    """Return the best comparison among several names of two people, with the names compared."""
    found = [(compare(parse(one), parse(other)), one, other) for one in left for other in right]
    return max(found, key=lambda item: _goodness(item[0]))


_ORDER: dict[Level, int] = {
    "equal": 6, "part": 4, "nickname": 5, "middle": 4, "initial": 3, "near": 3, "missing": 1,
    "different": 0,
}  # fmt: skip


def _goodness(found: NameComparison) -> tuple[int, int, int]:
    return (
        _ORDER[found.family] * 10 + _ORDER[found.given] * 8,
        _ORDER[found.suffix],
        _ORDER[found.middle],
    )


def _family(left: PersonName, right: PersonName) -> Level:
    if not left.words or not right.words:
        return "missing"
    if left.last == right.last or left.families & right.families:
        return "equal"
    if left.family_words & right.family_words:
        return "part"
    pairs = ((one, other) for one in left.families for other in right.families)
    return "near" if any(_is_slip(one, other) for one, other in pairs) else "different"


def _is_slip(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _TYPO and DamerauLevenshtein.distance(one, other) == 1


def _given(left: PersonName, right: PersonName) -> Level:
    ours, theirs = _given_words(left), _given_words(right)
    if not ours or not theirs:
        return "missing"
    level = _given_level(ours[0], theirs[0])
    if level == "equal" or "".join(ours[:2]) == theirs[0] or ours[0] == "".join(theirs[:2]):
        return "equal"
    if {*left.nicknames, *_short(ours)} & {*right.nicknames, *_short(theirs)}:
        return "nickname"
    called = [_given_level(one, other) for one, other in _calls(left, right, ours, theirs)]
    if level in ("different", "near") and "nickname" in called:
        return "nickname"
    if level in ("different", "initial") and "equal" in called:
        return "middle"
    return level


def _short(given: list[str]) -> set[str]:
    """Return the first given name, and the initials of two: James David may go by J.D."""
    return {given[0], "".join(word[0] for word in given[:2])} if len(given) > 1 else {given[0]}


def _calls(
    left: PersonName, right: PersonName, ours: list[str], theirs: list[str]
) -> Iterable[tuple[str, str]]:
    """Iterate over what one may be called by against what the other is called."""
    for one in (*ours[1:], *left.nicknames):
        if len(one) > 1:
            yield one, theirs[0]
    for other in (*theirs[1:], *right.nicknames):
        if len(other) > 1:
            yield ours[0], other


def _given_words(name: PersonName) -> list[str]:
    kept = len(name.words) - max(name.family, 1)
    return list(name.words[: max(kept, 0)])


def _given_level(one: str, other: str) -> Level:
    if one == other:
        return "equal"
    if len(one) == 1 or len(other) == 1:
        return "initial" if one[0] == other[0] else "different"
    if formal_names(one) & formal_names(other):
        return "nickname"
    short, long = sorted((one, other), key=len)
    if len(short) > 2 and long.startswith(short) and not has_short_forms(short):
        return "nickname"
    return "near" if _is_slip(one, other) else "different"


def _middle(left: PersonName, right: PersonName) -> Level:
    ours, theirs = _middles(left, right), _middles(right, left)
    if not ours or not theirs:
        return "missing"
    if any(one == other and len(one) > 1 for one in ours for other in theirs):
        return "equal"
    agree = any(
        one[0] == other[0] and (len(one) == 1 or len(other) == 1)
        for one in ours
        for other in theirs
    )
    return "initial" if agree else "different"


def _middles(name: PersonName, other: PersonName) -> list[str]:
    """Return the middle names, without what may be of a family name or what one is called by."""
    taken = other.family_words | {other.first}
    return [word for word in _given_words(name)[1:] if word not in taken]


def _suffix(left: PersonName, right: PersonName) -> Level:
    if left.suffix == right.suffix:
        return "equal" if left.suffix else "missing"
    return "different" if left.suffix and right.suffix else "part"
