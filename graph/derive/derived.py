"""The derived graph: known bounds, standing, phases and legislators, as triples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from pledgegraph.graph.derive.courses import courses
from pledgegraph.graph.derive.grounds import grounds
from pledgegraph.graph.derive.knowledge import Knowledge, Span, knowledge
from pledgegraph.graph.derive.phases import Phase, phases
from pledgegraph.graph.derive.rows import select
from pledgegraph.graph.derive.standing import set_aside, standings
from pledgegraph.graph.namespaces import NS, RDF_TYPE, SKOS, XSD, concept, thing

_TYPE = ox.NamedNode(RDF_TYPE)
_LABEL = ox.NamedNode(f"{SKOS}prefLabel")
_DATE = ox.NamedNode(f"{XSD}date")

_IDENTIFICATIONS = """
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
PREFIX identification-decision: <https://w3id.org/pledgegraph/vocab/identification-decision/>
SELECT DISTINCT ?record ?one ?other ?decision WHERE {
  ?record a pg:Identification ; pg:identifies ?one, ?other ; pg:identificationDecision ?decision .
  FILTER(?one != ?other)
  FILTER(?decision != identification-decision:proposed)
}"""

_TERM_HOLDERS = """
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
SELECT DISTINCT ?person ?term WHERE {
  ?term a pg:Term ; <http://www.w3.org/ns/org#member> ?person
}"""


@dataclass(frozen=True)
class Derivation:
    """What was derived: the triples, and the records that the default graph leaves out."""

    triples: list[ox.Triple]
    set_aside: set[str]


def derive(said: ox.Store) -> Derivation:
    """Derive everything that follows from what all sources say, once it passed the gate."""
    found = grounds(said)
    known, aside = knowledge(found), set_aside(found)
    triples = [*_known(known), *_standing(standings(found)), *_legislators(said, aside)]
    triples += _same_agents(said, aside)
    for inputs in courses(said):
        for phase in phases(inputs, known):
            triples.extend(_phase(phase))
        if inputs.pledge in aside:
            triples.extend(_label(said, inputs.pledge))
    return Derivation(triples, aside)


def _label(said: ox.Store, pledge: str) -> Iterator[ox.Triple]:
    """Keep the name of a pledge that is set aside: its phases say what it was taken for once."""
    for quad in said.quads_for_pattern(ox.NamedNode(pledge), _LABEL, None, None):
        yield quad.triple


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{NS}{name}")


def _day(subject: ox.NamedNode, name: str, value: date | None) -> Iterator[ox.Triple]:
    if value and date.min < value < date.max:
        yield ox.Triple(subject, _term(name), ox.Literal(value.isoformat(), datatype=_DATE))


def _span(subject: ox.NamedNode, span: Span | None, start: str, until: str) -> Iterator[ox.Triple]:
    if span:
        yield from _day(subject, start, span.start)
        yield from _day(subject, until, span.until)


def _known(known: Mapping[str, Knowledge]) -> Iterator[ox.Triple]:
    for iri, spans in known.items():
        subject = ox.NamedNode(iri)
        yield from _span(subject, spans.known, "knownFrom", "knownUntil")
        possible = spans.possibly_known
        yield from _span(subject, possible, "possiblyKnownFrom", "possiblyKnownUntil")


def _standing(standing: Mapping[str, str]) -> Iterator[ox.Triple]:
    for iri, name in standing.items():
        status = ox.NamedNode(concept("epistemic-status", name))
        yield ox.Triple(ox.NamedNode(iri), _term("epistemicStatus"), status)


def _legislators(said: ox.Store, aside: set[str]) -> Iterator[ox.Triple]:
    for row in select(said, _TERM_HOLDERS):
        if row["term"] not in aside:
            yield ox.Triple(ox.NamedNode(row["person"]), _TYPE, _term("Legislator"))


def _same_agents(said: ox.Store, aside: set[str]) -> list[ox.Triple]:
    """Link agents that an identification takes for one, unless another keeps them apart."""
    accepted, rejected = set[tuple[str, str]](), set[tuple[str, str]]()
    for row in select(said, _IDENTIFICATIONS):
        if row["record"] not in aside:
            kept = accepted if row["decision"].endswith("/accepted") else rejected
            kept.add((row["one"], row["other"]))
    return [
        ox.Triple(ox.NamedNode(one), _term("sameAgentAs"), ox.NamedNode(other))
        for one, other in sorted(accepted - rejected)
    ]


def _phase(phase: Phase) -> Iterator[ox.Triple]:
    subject = ox.NamedNode(thing("phase", phase.slug))
    segment = phase.segment
    kind = "PossiblePhase" if phase.possible else "Phase"
    yield ox.Triple(subject, _TYPE, _term(kind))
    yield ox.Triple(subject, _term("phaseOf"), ox.NamedNode(phase.commitment))
    yield ox.Triple(subject, _term("phaseOfPledge"), ox.NamedNode(phase.pledge))
    yield ox.Triple(subject, _term("status"), ox.NamedNode(concept("status", segment.status)))
    rule = ox.NamedNode(concept("status-rule", segment.rule))
    yield ox.Triple(subject, _term("appliedRule"), rule)
    for record in segment.records:
        yield ox.Triple(subject, _term("restsOn"), ox.NamedNode(record))
    yield from _day(subject, "validFrom", segment.start)
    yield from _day(subject, "validUntil", segment.until)
    yield from _span(subject, phase.known, "knownFrom", "knownUntil")
