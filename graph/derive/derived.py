"""The derived graph: known bounds, standing, phases and legislators, as triples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from pledgegraph.graph.derive.courses import courses
from pledgegraph.graph.derive.known import Knowledge, knowledge
from pledgegraph.graph.derive.phases import Phase, phases
from pledgegraph.graph.derive.rows import select
from pledgegraph.graph.derive.standing import standings
from pledgegraph.graph.namespaces import NS, RDF_TYPE, XSD, concept, thing

_TYPE = ox.NamedNode(RDF_TYPE)
_DATE = ox.NamedNode(f"{XSD}date")

_TERM_HOLDERS = """
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
SELECT DISTINCT ?person ?term WHERE {
  GRAPH ?g { ?term a pg:Term ; <http://www.w3.org/ns/org#member> ?person }
}"""


@dataclass(frozen=True)
class Derivation:
    """What was derived: the triples, and the records that the default graph leaves out."""

    triples: list[ox.Triple]
    standing: dict[str, str]
    set_aside: set[str]


def derive(candidate: ox.Store) -> Derivation:
    """Derive everything that follows from the source graphs of a candidate that passed the gate."""
    known = knowledge(candidate)
    standing = standings(candidate)
    contested = {iri for iri, name in standing.items() if name in ("alleged", "disputed")}
    retracted = {row["r"] for row in select(candidate, _RETRACTED)}
    triples = [*_known(known), *_standing(standing), *_legislators(candidate, contested)]
    for inputs in courses(candidate, contested):
        for phase in phases(inputs, known):
            triples.extend(_phase(phase))
    return Derivation(triples, standing, contested | retracted)


_RETRACTED = """
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
SELECT ?r WHERE { GRAPH ?g { ?retraction pg:retracts ?r } }"""


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{NS}{name}")


def _day(subject: ox.NamedNode, name: str, value: date | None) -> Iterator[ox.Triple]:
    if value:
        yield ox.Triple(subject, _term(name), ox.Literal(value.isoformat(), datatype=_DATE))


def _known(known: dict[str, Knowledge]) -> Iterator[ox.Triple]:
    for iri, spans in known.items():
        subject = ox.NamedNode(iri)
        if spans.known:
            yield from _day(subject, "knownFrom", spans.known.start)
            yield from _day(subject, "knownUntil", spans.known.until)
        yield from _day(subject, "possiblyKnownFrom", spans.possible.start)
        yield from _day(subject, "possiblyKnownUntil", spans.possible.until)


def _standing(standing: dict[str, str]) -> Iterator[ox.Triple]:
    for iri, name in standing.items():
        status = ox.NamedNode(concept("epistemic-status", name))
        yield ox.Triple(ox.NamedNode(iri), _term("epistemicStatus"), status)


def _legislators(candidate: ox.Store, contested: set[str]) -> Iterator[ox.Triple]:
    for row in select(candidate, _TERM_HOLDERS):
        if row["term"] not in contested:
            yield ox.Triple(ox.NamedNode(row["person"]), _TYPE, _term("Legislator"))


def _phase(phase: Phase) -> Iterator[ox.Triple]:
    subject = ox.NamedNode(thing("phase", phase.slug))
    segment = phase.segment
    kind = "PossiblePhase" if phase.possible else "Phase"
    yield ox.Triple(subject, _TYPE, _term(kind))
    yield ox.Triple(subject, _term("phaseOf"), ox.NamedNode(phase.commitment))
    yield ox.Triple(subject, _term("status"), ox.NamedNode(concept("status", segment.status)))
    rule = ox.NamedNode(concept("status-rule", segment.rule))
    yield ox.Triple(subject, _term("appliedRule"), rule)
    for record in segment.records:
        yield ox.Triple(subject, _term("restsOn"), ox.NamedNode(record))
    yield from _day(subject, "validFrom", segment.start)
    yield from _day(subject, "validUntil", segment.until)
    yield from _day(subject, "knownFrom", phase.known.start)
    yield from _day(subject, "knownUntil", phase.known.until)
