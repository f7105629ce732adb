"""A bill of Congress as every source of it says the same things: JSON of the API, XML of GPO.

Days are ISO texts, names and codes as the source has them; ``field`` is where in its record
something stands. What each source calls its parts is known to its own reader only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

NUMBERS: Mapping[str, str] = {
    "hr": "H.R.",
    "s": "S.",
    "hres": "H.Res.",
    "sres": "S.Res.",
    "hjres": "H.J.Res.",
    "sjres": "S.J.Res.",
    "hconres": "H.Con.Res.",
    "sconres": "S.Con.Res.",
}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Number:
    """What one bill is called: Congress, type (``hjres``) and number."""

    congress: str
    type: str
    number: str

    @property
    def slug(self) -> str:
        """Return the last part of its address: ``us-119-hjres-104``."""
        return f"us-{self.congress}-{self.type}-{self.number}"

    @property
    def printed(self) -> str:
        """Return it as the chamber prints it: ``H.J.Res. 104``."""
        return f"{NUMBERS[self.type]} {self.number}"

    @property
    def chamber(self) -> str:
        """Return the slug of the chamber in which it was brought in; the type decides."""
        return "us-house" if self.type.startswith("h") else "us-senate"


def number_of(congress: object, type_: object, number: object) -> Number:
    """Read what a bill is called; raise ``ValueError`` for what is none.

    ``HR``, ``hr`` and ``H.R.`` are the same type.
    """
    kind = re.sub(r"[^a-z]", "", str(type_).lower())
    parts = (str(congress), str(number))
    if kind not in NUMBERS or not all(re.fullmatch(r"[1-9][0-9]{0,5}", part) for part in parts):
        raise ValueError(f"'{type_} {number}' of Congress '{congress}' is no number of a bill")
    return Number(parts[0], kind, parts[1])


def day_of(text: object) -> str:
    """Return the day of a date or a time; raise ``ValueError`` for what is none."""
    found = _DAY.match(str(text))
    if not found:
        raise ValueError(f"'{text}' is not a day such as 2025-01-03")
    return found[0]


def minute_of(text: str) -> str:
    """Return the minute of a time, ``15:36``: until 2016 sources wrote ``03:36PM``.

    A time that is neither is kept as it is.
    """
    found = re.fullmatch(r"([0-9]{2}):([0-9]{2})(?::[0-9]{2})?(AM|PM)?", text)
    if not found:
        return text
    hour, minute, half = int(found[1]), found[2], found[3]
    if half:
        hour = hour % 12 + (12 if half == "PM" else 0)
    return f"{hour:02}:{minute}"


@dataclass(frozen=True, slots=True)
class Sponsor:
    """A member who stands behind the bill from a day on, perhaps until another."""

    bioguide: str
    day: str
    withdrawn: str
    field: str


@dataclass(frozen=True, slots=True)
class Vote:
    """A roll call that is mentioned: chamber, session of the Congress, number."""

    chamber: str
    session: str
    number: str

    def slug(self, congress: str) -> str:
        """Return the last part of its address: ``us-119-house-1-123``."""
        return f"us-{congress}-{self.chamber}-{self.session}-{self.number}"


def vote_of(chamber: str, session: str, number: str) -> Vote:
    """Read what names a roll call; raises ``ValueError``."""
    chamber = chamber.lower()
    if chamber not in ("house", "senate") or not (session + number).isdigit():
        raise ValueError(f"'{chamber} {session} {number}' names no roll call")
    return Vote(chamber, session, str(int(number)))


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the course of the bill, under every code that it is listed with."""

    day: str
    time: str
    text: str
    codes: tuple[str, ...]
    committees: tuple[str, ...]
    votes: tuple[Vote, ...]
    field: str


@dataclass(frozen=True, slots=True)
class Text:
    """A printed text; its date may be missing."""

    name: str
    day: str
    url: str
    field: str


@dataclass(frozen=True, slots=True)
class Kin:
    """Another bill that this one is said to be related to, and how."""

    number: Number
    title: str
    kinds: tuple[str, ...]
    field: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A bill or resolution, with ``file`` and ``record`` as its place in the data set.

    ``steps`` are in the order of the source, the newest first.
    """

    file: str
    record: str
    line: int
    number: Number
    title: str
    introduced: str
    sponsors: tuple[Sponsor, ...]
    cosponsors: tuple[Sponsor, ...]
    steps: tuple[Step, ...]
    titles: tuple[tuple[str, str], ...]
    texts: tuple[Text, ...]
    committees: tuple[str, ...]
    policy_area: str
    subjects: tuple[str, ...]
    kin: tuple[Kin, ...]
    laws: tuple[tuple[str, str], ...]
    amendments: int
