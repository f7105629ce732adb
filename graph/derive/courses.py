"""Gather what shapes each commitment's course: its days, its pledge's events, rival assertions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pyoxigraph as ox

from pledgegraph.graph.derive.rows import day, select
from pledgegraph.graph.derive.timeline import Bounds, Event
from pledgegraph.graph.namespaces import NS, local_name

EVENT_KINDS = {
    "Announcement": "announcement",
    "Extension": "extension",
    "Curtailment": "curtailment",
    "Supersession": "supersession",
    "Withdrawal": "withdrawal",
    "Reinstatement": "reinstatement",
    "ConditionMet": "condition-met",
    "Fulfilment": "fulfilment",
}
_RANKS = {"preferred": 0, "normal": 2, "deprecated": 3}
_OWN_RANK = 1  # a record's own value gives way to a preferred assertion only


@dataclass(frozen=True)
class Limit:
    """A day that a record or an assertion gives for one end of a commitment; none: no such day."""

    property: str
    value: date | None
    rank: int
    record: str


@dataclass(frozen=True)
class Happening:
    """An event, with the records that must count for it to count.

    ``successor`` is the pledge that takes over; a supersession that only follows from
    ``pg:supersedes`` gives way to an event that says so.
    """

    event: Event
    needs: tuple[str, ...]
    successor: str = ""
    implied: bool = False


@dataclass
class Inputs:
    """Everything about one commitment, whether it counts at a moment or not."""

    commitment: str
    pledge: str
    duration: str | None = None
    limits: list[Limit] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)

    @property
    def records(self) -> set[str]:
        """Return every record that can change the course."""
        needed = {record for happening in self.happenings for record in happening.needs}
        return {self.commitment, *(limit.record for limit in self.limits), *needed}

    def bounds(self, name: str, counted: set[str]) -> Bounds:
        """Return the day of one end: preferred, else the record's own, else all that are named."""
        limits = [x for x in self.limits if x.property == name and x.record in counted]
        deprecated = {x.value for x in limits if x.rank == _RANKS["deprecated"]}
        options = [
            x
            for x in limits
            if x.rank < _RANKS["deprecated"] and not (x.rank and x.value in deprecated)
        ]
        best = min((x.rank for x in options), default=0)
        chosen = [x for x in options if x.rank == best]
        days = sorted(x.value for x in chosen if x.value)
        records = tuple(sorted({x.record for x in chosen}))
        if len(days) < len(chosen) or not days:
            return Bounds(None, None, records)
        return Bounds(days[0], days[-1], records)

    def events(self, counted: set[str]) -> tuple[Event, ...]:
        """Return the events that count at a moment."""
        found = [x for x in self.happenings if counted.issuperset(x.needs)]
        said = {x.successor for x in found if x.successor and not x.implied}
        return tuple(x.event for x in found if not (x.implied and x.successor in said))


_COMMITMENTS = """
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
SELECT DISTINCT ?commitment ?pledge ?from ?until ?duration WHERE {
  ?pledge pg:hasCommitment ?commitment .
  OPTIONAL { ?commitment pg:validFrom ?from }
  OPTIONAL { ?commitment pg:validUntil ?until }
  OPTIONAL { ?commitment pg:statedDuration ?duration }
}"""

_EVENTS = """
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
SELECT DISTINCT ?pledge ?event ?type ?earliest ?latest ?end ?only ?condition ?successor WHERE {
  ?event pg:concerns ?pledge ; a ?type .
  OPTIONAL { ?event pg:dateEarliest ?earliest }
  OPTIONAL { ?event pg:dateLatest ?latest }
  OPTIONAL { ?event pg:successor ?successor }
  OPTIONAL { ?event pg:newValidUntil ?end }
  OPTIONAL { ?event pg:meetsCondition ?condition .
    ?only pg:hasReleaseCondition ?condition }
}"""

_SUCCESSIONS = """
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
SELECT DISTINCT ?pledge ?successor ?event ?earliest ?latest WHERE {
  ?successor pg:supersedes ?pledge .
  ?event a pg:Announcement ; pg:concerns ?successor .
  OPTIONAL { ?event pg:dateEarliest ?earliest } OPTIONAL { ?event pg:dateLatest ?latest }
}"""

_ASSERTIONS = """
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
SELECT DISTINCT ?assertion ?about ?property ?value ?rank WHERE {
  ?assertion pg:assertionAbout ?about ; pg:assertedProperty ?property ; pg:rank ?rank .
  OPTIONAL { ?assertion pg:assertedValue ?value }
  FILTER(?property IN (pg:validFrom, pg:validUntil))
}"""


def courses(said: ox.Store) -> list[Inputs]:
    """Return the inputs of every commitment, in order of name."""
    inputs = _commitments(said)
    by_pledge: dict[str, list[Inputs]] = {}
    for own in inputs.values():
        by_pledge.setdefault(own.pledge, []).append(own)
    for scope, happening in [*_events(said), *_successions(said)]:
        concerned = [inputs[scope]] if scope in inputs else by_pledge.get(scope, [])
        for own in concerned:
            if happening not in own.happenings:
                own.happenings.append(happening)
    for row in select(said, _ASSERTIONS):
        if row["about"] in inputs:
            name, rank = local_name(row["property"]), _RANKS[local_name(row["rank"])]
            limit = Limit(name, day(row["value"]), rank, row["assertion"])
            inputs[row["about"]].limits.append(limit)
    return [inputs[name] for name in sorted(inputs)]


def _commitments(said: ox.Store) -> dict[str, Inputs]:
    inputs: dict[str, Inputs] = {}
    for row in select(said, _COMMITMENTS):
        own = inputs.setdefault(row["commitment"], Inputs(row["commitment"], row["pledge"]))
        own.duration = row["duration"] or own.duration
        for key, name in (("from", "validFrom"), ("until", "validUntil")):
            limit = Limit(name, day(row[key]), _OWN_RANK, own.commitment)
            if row[key] and limit not in own.limits:
                own.limits.append(limit)
    return inputs


def _events(said: ox.Store) -> list[tuple[str, Happening]]:
    """Return each event with the pledge, or the one commitment (condition met), that it changes."""
    found = []
    for row in select(said, _EVENTS):
        kind = EVENT_KINDS.get(local_name(row["type"])) if row["type"].startswith(NS) else None
        if kind:
            needs = (row["event"], row["condition"]) if row["condition"] else (row["event"],)
            happening = Happening(_event(kind, row), needs, row["successor"])
            found.append((row["only"] or row["pledge"], happening))
    return found


def _successions(said: ox.Store) -> list[tuple[str, Happening]]:
    """Return each announcement of a successor as what ends the pledge that it supersedes."""
    return [
        (
            row["pledge"],
            Happening(
                _event("supersession", row),
                (row["event"], row["successor"]),
                row["successor"],
                implied=True,
            ),
        )
        for row in select(said, _SUCCESSIONS)
    ]


def _event(kind: str, row: dict[str, str]) -> Event:
    end = day(row["end"]) if kind in ("extension", "curtailment") else None
    return Event(kind, day(row["earliest"]), day(row["latest"]), row["event"], end)
