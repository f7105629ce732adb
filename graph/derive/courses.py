"""Gather what shapes each commitment's course: its days, its pledge's events, rival assertions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pyoxigraph as ox

from pledgegraph.graph.derive.known import Knowledge
from pledgegraph.graph.derive.rows import day, select
from pledgegraph.graph.derive.timeline import Event
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
class Bound:
    """A day that a record or an assertion gives for one end of a commitment."""

    property: str
    value: date | None
    rank: int
    record: str


@dataclass
class Inputs:
    """Everything about one commitment, known or not yet known."""

    commitment: str
    bounds: list[Bound] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    @property
    def records(self) -> set[str]:
        """Return every record that can change the course."""
        return {
            self.commitment,
            *(bound.record for bound in self.bounds),
            *(event.record for event in self.events),
        }


_COMMITMENTS = """
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
SELECT DISTINCT ?commitment ?pledge ?from ?until WHERE {
  GRAPH ?g { ?pledge pg:hasCommitment ?commitment }
  OPTIONAL { GRAPH ?g1 { ?commitment pg:validFrom ?from } }
  OPTIONAL { GRAPH ?g2 { ?commitment pg:validUntil ?until } }
}"""

_EVENTS = """
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
SELECT DISTINCT ?pledge ?event ?type ?earliest ?latest ?end ?only WHERE {
  GRAPH ?g { ?event pg:concerns ?pledge ; a ?type
    OPTIONAL { ?event pg:dateEarliest ?earliest }
    OPTIONAL { ?event pg:dateLatest ?latest }
    OPTIONAL { ?event pg:newValidUntil ?end } }
  OPTIONAL { GRAPH ?h { ?event pg:meetsCondition ?condition }
    GRAPH ?i { ?only pg:hasReleaseCondition ?condition } }
}"""

_SUCCESSIONS = """
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
SELECT DISTINCT ?pledge ?event ?earliest ?latest WHERE {
  GRAPH ?g { ?successor pg:supersedes ?pledge }
  GRAPH ?h { ?event a pg:Announcement ; pg:concerns ?successor
    OPTIONAL { ?event pg:dateEarliest ?earliest } OPTIONAL { ?event pg:dateLatest ?latest } }
  FILTER NOT EXISTS { GRAPH ?i { ?other a pg:Supersession ; pg:concerns ?pledge ;
    pg:successor ?successor } }
}"""

_ASSERTIONS = """
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
SELECT DISTINCT ?assertion ?about ?property ?value ?rank WHERE {
  GRAPH ?g { ?assertion pg:assertionAbout ?about ; pg:assertedProperty ?property ; pg:rank ?rank
    OPTIONAL { ?assertion pg:assertedValue ?value } }
  FILTER(?property IN (pg:validFrom, pg:validUntil))
}"""


def courses(candidate: ox.Store, set_aside: set[str]) -> list[Inputs]:
    """Return the inputs of every commitment; alleged and disputed records are left out."""
    inputs: dict[str, Inputs] = {}
    pledges: dict[str, list[str]] = {}
    for row in select(candidate, _COMMITMENTS):
        commitment = row["commitment"]
        if commitment in set_aside:
            continue
        own = inputs.setdefault(commitment, Inputs(commitment))
        pledges.setdefault(row["pledge"], []).append(commitment)
        for key, name in (("from", "validFrom"), ("until", "validUntil")):
            bound = Bound(name, day(row[key]), _OWN_RANK, commitment)
            if row[key] and bound not in own.bounds:
                own.bounds.append(bound)
    for scope, event in [*_events(candidate), *_successions(candidate)]:
        concerned = [scope] if scope in inputs else pledges.get(scope, [])
        for commitment in dict.fromkeys(concerned):
            if event.record not in set_aside and event not in inputs[commitment].events:
                inputs[commitment].events.append(event)
    for about, bound in _assertions(candidate):
        if about in inputs and bound.record not in set_aside:
            inputs[about].bounds.append(bound)
    return [inputs[name] for name in sorted(inputs)]


def _events(candidate: ox.Store) -> list[tuple[str, Event]]:
    """Return each event with the pledge, or the one commitment (condition met), that it changes."""
    return [
        (row["only"] or row["pledge"], _event(EVENT_KINDS[local_name(row["type"])], row))
        for row in select(candidate, _EVENTS)
        if row["type"].startswith(NS) and local_name(row["type"]) in EVENT_KINDS
    ]


def _successions(candidate: ox.Store) -> list[tuple[str, Event]]:
    """Return each announcement of a successor as what ends the pledge that it supersedes."""
    return [(row["pledge"], _event("supersession", row)) for row in select(candidate, _SUCCESSIONS)]


def _event(kind: str, row: dict[str, str]) -> Event:
    end = day(row["end"]) if kind in ("extension", "curtailment") else None
    return Event(kind, day(row["earliest"]), day(row["latest"]), row["event"], end)


def _assertions(candidate: ox.Store) -> list[tuple[str, Bound]]:
    found = []
    for row in select(candidate, _ASSERTIONS):
        rank = _RANKS[local_name(row["rank"])]
        name = local_name(row["property"])
        found.append((row["about"], Bound(name, day(row["value"]), rank, row["assertion"])))
    return found


def value_of(inputs: Inputs, name: str, known: set[str]) -> tuple[date | None, str | None]:
    """Return the best known day for one end of a commitment, and the record that gives it."""
    options = [
        bound
        for bound in inputs.bounds
        if bound.property == name and bound.record in known and bound.rank < _RANKS["deprecated"]
    ]
    if not options:
        return None, None
    best = min(options, key=lambda bound: (bound.rank, bound.record, str(bound.value)))
    return best.value, best.record


def moments(inputs: Inputs, knowledge: dict[str, Knowledge], *, possible: bool) -> list[date]:
    """Return the days on which something about a commitment becomes known or stops being so."""
    days: set[date] = set()
    for record in inputs.records:
        known = knowledge.get(record)
        clock = (known.possible if possible else known.known) if known else None
        if clock:
            days.update(limit for limit in (clock.start or date.min, clock.until) if limit)
    return sorted(days)
