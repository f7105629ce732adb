"""Read a person's name and compare it with another: family, given, middle names and suffix.

Names come as ``Edward J. Markey``, ``MARKEY, ED``, ``Rep. Jesús G. "Chuy" García [D-IL-4]``: the
order, titles, degrees and nicknames are sorted out here, and nothing is guessed about gender or
origin. A name keeps all its readings: in ``Debbie Wasserman Schultz`` the second word may be a
middle name or the beginning of the family name, and the comparison tries both.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from rapidfuzz.distance import DamerauLevenshtein

Level = Literal["equal", "nickname", "initial", "middle", "part", "near", "missing", "different"]

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
)
_APOSTROPHES = re.compile(r"[’‘'`´ʻ]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_BRACKETS = re.compile(r"\[[^\]]*\]|\((?:[DRI]|ID|DFL)\b[^)]*\)", re.IGNORECASE)
_OF_PLACE = re.compile(r"\s+of\s+[A-Z].*$")
_QUOTED = re.compile(r"[\"“”]([^\"“”]+)[\"“”]|\(([^)]+)\)|(?<=\s)['‘’]([^'‘’]{2,})['‘’](?=\s|,|$)")
_TITLES = frozenset(
    "rep representative sen senator hon honorable dr mr mrs ms miss gov governor mayor delegate del "
    "assemblymember assemblyman assemblywoman congressman congresswoman congressmember president "
    "vice lt lieutenant col colonel gen general rev reverend judge speaker former the chairman "
    "chairwoman chair councilmember councilman councilwoman secretary resident commissioner".split()
)
_SUFFIXES = {
    "jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "2nd": "ii", "iii": "iii",
    "3rd": "iii", "iv": "iv", "4th": "iv", "v": "v",
}  # fmt: skip
_DEGREES = frozenset(
    "md phd esq dds jd usaf usmc usn ret cpa rn dvm dmd edd mba mph pe phr lmsw lcsw od".split()
)
_PARTICLES = frozenset(
    "de la las los del della van von der den di da do dos das du le st ste san al el bin ten ter "
    "mac mc o".split()
)
_TYPO = 5  # letters that a word must have for one wrong letter to be a slip


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in its parts, folded to plain small letters.

    ``words`` are given, middle and family names in order, ``family`` how many of the last are
    known to be the family name (0: not known), ``nicknames`` those in quotation marks.
    """

    words: tuple[str, ...]
    family: int = 0
    suffix: str = ""
    nicknames: tuple[str, ...] = ()

    @property
    def last(self) -> str:
        """Return the last word of the family name."""
        return self.words[-1] if self.words else ""

    @property
    def first(self) -> str:
        """Return the first given name or initial."""
        return self.words[0] if len(self.words) > 1 else ""

    @property
    def families(self) -> frozenset[str]:
        """Return every reading of the family name, without spaces."""
        longest = self.family or min(3, len(self.words) - 1)
        return frozenset("".join(self.words[-n:]) for n in range(1, max(longest, 1) + 1))

    @property
    def family_words(self) -> frozenset[str]:
        """Return the words of which the family name may be made, particles left out."""
        longest = self.family or max(1, min(3, len(self.words) - 1))
        return frozenset(self.words[-longest:]) - _PARTICLES


@dataclass(frozen=True, slots=True)
class NameComparison:
    """How two names agree, part by part."""

    family: Level
    given: Level
    middle: Level
    suffix: Level


def fold(text: str) -> str:
    """Return a text in plain small letters: accents, apostrophes and other marks left out."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", _APOSTROPHES.sub("", plain)).strip()


@functools.lru_cache(maxsize=200_000)
def parse(text: str) -> PersonName:
    """Read a name as it is written somewhere."""
    text = _OF_PLACE.sub("", _BRACKETS.sub(" ", text))
    nicknames = tuple(
        word
        for match in _QUOTED.finditer(text)
        if (word := _nickname(next(filter(None, match.groups())))) and word not in _SUFFIXES
    )
    parts = [fold(part).split() for part in _QUOTED.sub(" ", text).split(",")]
    parts = [part for part in parts if part]
    suffix = next((_SUFFIXES[w] for part in parts for w in part if _is_suffix(w, part)), "")
    named = [kept for part in parts if (kept := [w for w in part if not _is_noise(w, part)])]
    family = 0
    if len(named) > 1:  # MARKEY, ED
        family = len(named[0])
        words = [*_without_titles(named[1]), *named[0]]
        family = family if len(words) > family else 0
    else:
        words = _without_titles(named[0]) if named else []
        while family < len(words) - 2 and words[-2 - family] in _PARTICLES:
            family += 1
        family = family + 1 if family else 0
    return PersonName(tuple(words), family, suffix, nicknames)


def _nickname(text: str) -> str:
    """Return a nickname in one word: that of initials is written together."""
    words = fold(text).split()
    return "".join(words) if all(len(word) == 1 for word in words) else " ".join(words[:1])


def _is_suffix(word: str, part: list[str]) -> bool:
    return word in _SUFFIXES and (len(part) == 1 or part[0] != word)


def _is_noise(word: str, part: list[str]) -> bool:
    return (
        _is_suffix(word, part)
        or (word in _DEGREES and part[0] != word)
        or (word in _DEGREES and len(part) == 1)
    )


def _without_titles(words: list[str]) -> list[str]:
    while len(words) > 2 and words[0] in _TITLES:
        words = words[1:]
    return words[1:] if len(words) == 2 and words[0] in _TITLES else words


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
    if len(short) > 2 and long.startswith(short) and not _is_formal(short):
        return "nickname"
    return "near" if _is_slip(one, other) else "different"


@functools.cache
def _nicknames() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    text = (files("pledgegraph.graph.identity") / "nicknames.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            formal, *short = line.split()
            for name in (formal, *short):
                found.setdefault(name, set()).add(formal)
    return {name: frozenset(formal) for name, formal in found.items()}


def formal_names(given: str) -> frozenset[str]:
    """Return the given names that one may be short for, itself included."""
    return _nicknames().get(given, frozenset()) | {given}


def _is_formal(given: str) -> bool:
    """Tell whether a name has short forms itself: Paul is not short for Paula."""
    return given in _nicknames().get(given, frozenset())


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
