"""What is compared: the features of one agent, whatever source they were read from.

The comparison is a function of these features and of how common names are, and of nothing else:
so it can be explained, measured on labelled pairs and run on records of any origin.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

_DAY = timedelta(days=1)

Kind = Literal["person", "organization", "brand"]

# Each names one agent only, and an agent has one only: two different values are two agents.
SINGLE: frozenset[str] = frozenset(
    {"bioguide", "wikidata", "govtrack", "icpsr", "house-history", "lis", "thomas"}
    | {"cik", "lei", "ein"}
)
# Each names one agent only, but one agent may have several, or a source may give it several.
MANY: frozenset[str] = frozenset(
    {"open-states", "fec", "opensecrets", "votesmart", "cspan", "maplight", "isin"}
    | {"google-entity", "legacy-open-states", "lda-registrant", "lda-client"}
)


@dataclass(frozen=True, slots=True)
class Office:
    """An office held: from ``start`` up to, and without, ``until``.

    ``chamber`` is the body (``us-house``, ``us-ma-lower``) or post (``us-ma-governor``), ``state``
    the jurisdiction that the seat stands for, ``seat`` its district or class. ``attested`` marks
    an office in which somebody was seen to act on the day ``start``, as a sponsor is; ``ended``
    one that was over by ``until``, the day on which it ended not being known.
    """

    chamber: str
    state: str = ""
    seat: str = ""
    start: date | None = None
    until: date | None = None
    attested: bool = False
    ended: bool = False

    def __str__(self) -> str:
        where = " ".join(part for part in (self.chamber, self.state, self.seat) if part)
        start = self.start.isoformat() if self.start else "?"
        if self.attested:
            return f"{where} on {start}"
        end = self.until.isoformat() if self.until else "open"
        return f"{where} {start} to {'before ' if self.ended else ''}{end}"

    @property
    def legislature(self) -> str:
        """Return the jurisdiction whose legislature or government it belongs to."""
        return "-".join(self.chamber.split("-")[:-1])

    @property
    def certain(self) -> tuple[date, date]:
        """Return the days on which it was held for certain, as a half-open interval."""
        if self.attested and self.start:
            return self.start, self.start + _DAY
        if self.ended:
            return (self.start, self.start + _DAY) if self.start else (date.max, date.max)
        until = self.until or date.max
        start = self.start or (until - _DAY if self.until else date.max)
        return start, until

    @property
    def possible(self) -> tuple[date, date]:
        """Return the days on which it may have been held, as a half-open interval."""
        if self.attested:
            return self.certain
        return self.start or date.min, self.until or date.max


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agent as one source describes it; what the source does not say is empty.

    ``names`` has the preferred one first. ``former`` are names that it bore once, ``born`` is a
    day, month or year, ``places`` are slugs of jurisdictions (``us-ma``, ``gb``). ``unit`` is the
    chapter, post or branch that a name stands for, ``sector`` is ``company`` or ``nonprofit``.
    ``is_private`` says that nothing makes this person a holder of office: a petitioner, a
    lobbyist, a donor. ``courted`` is the day on which a gift took one for a member of Congress
    or for somebody who would be. ``seen`` is a day on which an organization was there for certain.
    """

    iri: str
    kind: Kind
    names: tuple[str, ...]
    identifiers: frozenset[tuple[str, str]] = frozenset()
    offices: tuple[Office, ...] = ()
    places: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    born: str = ""
    gender: str = ""
    former: tuple[str, ...] = ()
    unit: str = ""
    sector: str = ""
    is_private: bool = False
    courted: date | None = None
    seen: date | None = None

    @property
    def label(self) -> str:
        """Return the preferred name."""
        return self.names[0] if self.names else self.iri

    def values(self, scheme: str) -> frozenset[str]:
        """Return its identifiers of one scheme."""
        return frozenset(value for name, value in self.identifiers if name == scheme)
