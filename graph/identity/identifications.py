"""Write decisions as records: one source graph for each kind of agent and each who decided.

``identity-people`` and ``identity-organizations`` hold what the matcher accepted and are written
anew each time; ``identity-decisions`` holds what people decided, and goes before them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from pledgegraph.graph.identity.findings import Decision, Method, Verdict
from pledgegraph.graph.namespaces import (
    DCTERMS,
    GRAPH,
    ID,
    NS,
    RDF_TYPE,
    SCHEMA,
    XSD,
    concept,
    thing,
)

MATCHER = "matcher 1"  # goes up when the same features may get another verdict
PEOPLE, ORGANIZATIONS, DECISIONS = "identity-people", "identity-organizations", "identity-decisions"
TITLES = {
    PEOPLE: "People who are one, as found by comparison",
    ORGANIZATIONS: "Organizations that are one, as found by comparison",
    DECISIONS: "Agents who are one or two, as decided by people",
}
_TYPE = ox.NamedNode(RDF_TYPE)
_SHOWN = 4  # digits of a probability


@dataclass(frozen=True, slots=True)
class Identification:
    """A decision on two agents, by IRI. ``score`` is none where nothing was compared."""

    left: str
    right: str
    decision: Decision
    method: Method
    reasons: tuple[str, ...]
    decided_by: str
    decided_on: date | None = None
    score: float | None = None

    @property
    def pair(self) -> tuple[str, str]:
        """Return both agents in order of name."""
        return (self.left, self.right) if self.left < self.right else (self.right, self.left)

    @property
    def iri(self) -> str:
        """Return its name, which both agents decide, whatever the decision."""
        mark = hashlib.sha256("\n".join(self.pair).encode()).hexdigest()[:16]
        return thing("identification", mark)


def by_matcher(verdict: Verdict) -> Identification:
    """Return the record of what the matcher decided."""
    return Identification(
        verdict.left,
        verdict.right,
        verdict.decision,
        verdict.method,
        tuple(verdict.reasons),
        MATCHER,
        score=verdict.score,
    )


def graph_triples(slug: str, found: Iterable[Identification], day: date) -> Iterator[ox.Triple]:
    """Iterate over what a source graph of identifications says, its own description first."""
    source = ox.NamedNode(thing("source", slug))
    yield ox.Triple(source, _TYPE, _term("DataSet"))
    yield ox.Triple(source, ox.NamedNode(f"{SCHEMA}name"), _words(TITLES[slug]))
    yield ox.Triple(source, _term("sourceKind"), _concept("source-kind", "data-set"))
    yield ox.Triple(source, ox.NamedNode(f"{DCTERMS}language"), ox.Literal("en"))
    yield ox.Triple(source, _term("versionIdentifier"), ox.Literal(MATCHER))
    yield ox.Triple(source, _term("readOn"), _day(day))
    for one in found:
        yield from _record(slug, source, one)


def _record(slug: str, source: ox.NamedNode, one: Identification) -> Iterator[ox.Triple]:
    subject = ox.NamedNode(one.iri)
    yield ox.Triple(subject, _TYPE, _term("Identification"))
    for agent in one.pair:
        yield ox.Triple(subject, _term("identifies"), ox.NamedNode(agent))
    decision = _concept("identification-decision", one.decision)
    yield ox.Triple(subject, _term("identificationDecision"), decision)
    method = _concept("identification-method", one.method)
    yield ox.Triple(subject, _term("identificationMethod"), method)
    for reason in one.reasons:
        yield ox.Triple(subject, _term("identificationReason"), _words(reason))
    if one.score is not None:
        shown = ox.Literal(f"{one.score:.{_SHOWN}f}", datatype=ox.NamedNode(f"{XSD}decimal"))
        yield ox.Triple(subject, _term("matchProbability"), shown)
    yield ox.Triple(subject, _term("decidedBy"), ox.Literal(one.decided_by))
    if one.decided_on:
        yield ox.Triple(subject, _term("decidedOn"), _day(one.decided_on))
    yield from _evidence(slug, source, subject, one)


def _evidence(
    slug: str, source: ox.NamedNode, subject: ox.NamedNode, one: Identification
) -> Iterator[ox.Triple]:
    """Iterate over the place of a decision in its list; what it rests on are its reasons."""
    entry = ox.NamedNode(thing("evidence", f"{slug}-{one.iri.rsplit('/', 1)[-1]}"))
    names = " ".join(agent.removeprefix(ID) for agent in one.pair)
    yield ox.Triple(subject, _term("hasEvidence"), entry)
    yield ox.Triple(entry, _TYPE, _term("DataSetEntry"))
    yield ox.Triple(entry, _term("inSource"), source)
    yield ox.Triple(entry, _term("filePath"), ox.Literal(slug))
    yield ox.Triple(entry, _term("recordIdentifier"), ox.Literal(names))
    yield ox.Triple(entry, _term("voice"), _concept("voice", "source"))


def read_graph(path: Path | None) -> Iterator[Identification]:
    """Iterate over the decisions in the canonical text of a source graph; none without it."""
    if path is None:
        return
    store = ox.Store()
    store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
    graph = ox.NamedNode(f"{GRAPH}{path.stem}")
    for quad in store.quads_for_pattern(None, _TYPE, _term("Identification"), graph):
        assert isinstance(quad.subject, ox.NamedNode)
        yield _read(store, quad.subject, graph)


def _read(store: ox.Store, subject: ox.NamedNode, graph: ox.NamedNode) -> Identification:
    def values(name: str) -> list[str]:
        found = store.quads_for_pattern(subject, _term(name), None, graph)
        return sorted(q.object.value for q in found if not isinstance(q.object, ox.Triple))

    left, right = values("identifies")
    decision = values("identificationDecision")[0].rsplit("/", 1)[-1]
    method = values("identificationMethod")[0].rsplit("/", 1)[-1]
    days, scores = values("decidedOn"), values("matchProbability")
    return Identification(
        left,
        right,
        decision,  # type: ignore[arg-type]  # the shapes allow these concepts only
        method,  # type: ignore[arg-type]
        tuple(values("identificationReason")),
        values("decidedBy")[0],
        date.fromisoformat(days[0]) if days else None,
        float(scores[0]) if scores else None,
    )


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{NS}{name}")


def _concept(scheme: str, name: str) -> ox.NamedNode:
    return ox.NamedNode(concept(scheme, name))


def _words(text: str) -> ox.Literal:
    return ox.Literal(text, language="en")


def _day(day: date) -> ox.Literal:
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(f"{XSD}date"))
