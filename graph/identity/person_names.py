"""Read a person's name: family, given and middle names, suffix, nicknames.

Names come as ``Edward J. Markey``, ``MARKEY, ED``, ``Rep. Jesús G. "Chuy" García [D-IL-4]``: the
order, titles, degrees and nicknames are sorted out here, and nothing is guessed about gender or
origin. A name keeps all its readings: in ``Debbie Wasserman Schultz`` the second word may be a
middle name or the beginning of the family name, and the comparison tries both.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from importlib.resources import files

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
)
_APOSTROPHES = re.compile(r"[’‘'`´ʻ]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_BRACKETS = re.compile(r"\[[^\]]*\]|\((?:[DRI]|ID|DFL)\b[^)]*\)", re.IGNORECASE)
_OF_PLACE = re.compile(r"\s+of\s+[A-Z].*$")
_QUOTED = re.compile(r"[\"“”]([^\"“”]+)[\"“”]|\(([^)]+)\)|(?<=\s)['‘’]([^'‘’]{2,})['‘’](?=\s|,|$)")
_TITLES = frozenset({
    "rep", "representative", "sen", "senator", "hon", "honorable", "dr", "mr", "mrs", "ms",
    "miss", "gov", "governor", "mayor", "delegate", "del", "assemblymember", "assemblyman",
    "assemblywoman", "congressman", "congresswoman", "congressmember", "president", "vice", "lt",
    "lieutenant", "col", "colonel", "gen", "general", "rev", "reverend", "judge", "speaker",
    "former", "the", "chairman", "chairwoman", "chair", "councilmember", "councilman",
    "councilwoman", "secretary", "resident", "commissioner",
})  # fmt: skip
_SUFFIXES = {
    "jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "2nd": "ii", "iii": "iii",
    "3rd": "iii", "iv": "iv", "4th": "iv", "v": "v",
}  # fmt: skip
_DEGREES = frozenset({
    "md", "phd", "esq", "dds", "jd", "usaf", "usmc", "usn", "ret", "cpa", "rn", "dvm", "dmd",
    "edd", "mba", "mph", "pe", "phr", "lmsw", "lcsw", "od",
})  # fmt: skip
PARTICLES = frozenset({
    "de", "la", "las", "los", "del", "della", "van", "von", "der", "den", "di", "da", "do", "dos",
    "das", "du", "le", "st", "ste", "san", "al", "el", "bin", "ten", "ter", "mac", "mc", "o",
})  # fmt: skip


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
        return frozenset(self.words[-longest:]) - PARTICLES


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
        while family < len(words) - 2 and words[-2 - family] in PARTICLES:
            family += 1
        family = family + 1 if family else 0
    if len(words) == 2 and len(words[1]) == 1 < len(words[0]):  # Markey E.
        words.reverse()
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


def has_short_forms(given: str) -> bool:
    """Tell whether a name has short forms itself: Paul is not short for Paula."""
    return given in _nicknames().get(given, frozenset())
