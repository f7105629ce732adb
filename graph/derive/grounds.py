"""What each record rests on: publications, voices, actors, retractions, denials, its whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pyoxigraph as ox

from pledgegraph.graph.derive.rows import day, select


@dataclass(frozen=True)
class Publication:
    """When evidence of a record was published, at the earliest and at the latest.

    Either day may be unknown. A source was published at the latest on the day it was read.
    ``own`` tells whether the source says the record in its own voice.
    """

    earliest: date | None
    latest: date | None
    own: bool


@dataclass
class Grounds:
    """The grounds of every record, by IRI."""

    publications: dict[str, list[Publication]] = field(default_factory=dict)
    firm: set[str] = field(default_factory=set)
    retractions: dict[str, set[str]] = field(default_factory=dict)
    denials: dict[str, set[str]] = field(default_factory=dict)
    wholes: dict[str, set[str]] = field(default_factory=dict)
    speech: set[str] = field(default_factory=set)

    def effective_retractions(self, record: str) -> set[str]:
        """Return the retractions of a record that were not retracted themselves."""
        return {x for x in self.retractions.get(record, ()) if not self.is_retracted(x, {record})}

    def is_retracted(self, record: str, seen: set[str] | None = None) -> bool:
        """Tell whether some retraction of a record stands."""
        known = {record} | (seen or set())
        return any(
            not self.is_retracted(x, known) for x in self.retractions.get(record, set()) - known
        )

    def effective_denials(self, record: str) -> set[str]:
        """Return the denials that count against a record.

        None does against what the actor's own document or a public record says, nor against the
        fact that something was said or claimed.
        """
        if record in self.firm or record in self.speech:
            return set()
        return {x for x in self.denials.get(record, ()) if not self.is_retracted(x)}


_EVIDENCE = """
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
SELECT DISTINCT ?record ?voice ?source ?earliest ?latest ?read ?kind ?publisher WHERE {
  ?record pg:hasEvidence ?evidence . ?evidence pg:voice ?voice ; pg:inSource ?source .
  OPTIONAL { ?source pg:dateEarliest ?earliest }
  OPTIONAL { ?source pg:dateLatest ?latest }
  OPTIONAL { ?source pg:readOn ?read }
  OPTIONAL { ?source pg:sourceKind ?kind }
  OPTIONAL { ?source <http://purl.org/dc/terms/publisher> ?publisher }
}"""

_PARTS = """
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
SELECT ?a ?b WHERE {
  { ?b pg:hasCommitment|pg:hasReleaseCondition|pg:hasCriterion ?a }
  UNION { ?a pg:exemptionFrom|pg:versionOf|pg:concerns|pg:provisionOf ?b }
}"""

_RETRACTIONS = """
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
SELECT ?a ?b WHERE { ?b pg:retracts ?a }"""

_DENIALS = """
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
PREFIX verdict: <https://w3id.org/pledgegraph/vocab/verdict/>
SELECT ?a ?b WHERE { ?b pg:claims ?a ; pg:verdict verdict:denies }"""

_SPEECH = """
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
SELECT ?a WHERE { VALUES ?class { pg:Claim pg:Statement pg:Retraction }
  ?a a ?class }"""

_ACTORS = """
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
SELECT ?a ?b WHERE {
  VALUES ?p { pg:pledgor pg:speaker pg:onBehalfOf pg:holder pg:claimant pg:demandedBy pg:client
    pg:declaredBy pg:issuedBy pg:donor }
  ?a ?p ?b
}"""


def grounds(said: ox.Store) -> Grounds:
    """Gather the grounds of every record that a source describes."""
    found = Grounds(
        retractions=_pairs(said, _RETRACTIONS),
        denials=_pairs(said, _DENIALS),
        wholes=_pairs(said, _PARTS),
        speech={row["a"] for row in select(said, _SPEECH)},
    )
    actors = _pairs(said, _ACTORS)
    for row in select(said, _EVIDENCE):
        record, own = row["record"], row["voice"].endswith("/source")
        limits = [limit for limit in (day(row["latest"]), day(row["read"])) if limit]
        publication = Publication(day(row["earliest"]), min(limits, default=None), own)
        found.publications.setdefault(record, []).append(publication)
        is_actor = row["publisher"] in _of_wholes(record, actors, found.wholes, frozenset())
        if own and (is_actor or row["kind"].endswith("/public-record")):
            found.firm.add(record)
    return found


def _pairs(said: ox.Store, query: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in select(said, query):
        found.setdefault(row["a"], set()).add(row["b"])
    return found


def _of_wholes(
    record: str, actors: dict[str, set[str]], wholes: dict[str, set[str]], seen: frozenset[str]
) -> set[str]:
    """Return who acts in a record or in the whole that it is part of."""
    found = set(actors.get(record, ()))
    for whole in wholes.get(record, set()) - seen:
        found |= _of_wholes(whole, actors, wholes, seen | {record})
    return found
