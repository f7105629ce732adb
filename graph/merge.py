"""The default graph: what this graph itself asserts (PRODUCT, idea 6).

It is the merge of what the sources say, without records that are alleged, disputed or retracted,
with the preferred value where sources differ, and with everything derived.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from pledgegraph.graph.derive.derived import Derivation
from pledgegraph.graph.namespaces import BASE, DCTERMS, NS, RDF_TYPE, SCHEMA, concept
from pledgegraph.graph.ontology import ontology

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

RIGHTS = (
    "The records are licensed under CC BY 4.0. The quotations are not: they remain the property "
    "of their publishers and are given as short quotations that evidence the records."
)


def merge(graphs: Mapping[str, list[ox.Triple]], derivation: Derivation) -> set[ox.Triple]:
    """Return the triples of the default graph."""
    every = {triple for triples in graphs.values() for triple in triples}
    aside = _with_parts(every, derivation.set_aside)
    preferred = _preferred(every, aside)
    kept = {
        triple
        for triple in every
        if triple.subject not in aside and (triple.subject, triple.predicate) not in preferred
    }
    kept -= _unused_evidence(kept)
    for (subject, predicate), values in preferred.items():
        assert isinstance(subject, ox.NamedNode)  # the gate refuses anything else
        assert isinstance(predicate, ox.NamedNode)
        kept |= {ox.Triple(subject, predicate, value) for value in values}
    background = {quad.triple for quad in ontology()}
    return kept | set(derivation.triples) | background | _description()


def _named(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{NS}{name}")


def _with_parts(triples: set[ox.Triple], records: set[str]) -> set[ox.NamedNode]:
    """Add to the records set aside the criteria of conditions among them."""
    aside = {ox.NamedNode(iri) for iri in records}
    for triple in triples:
        if triple.predicate == _named("hasCriterion") and triple.subject in aside:
            assert isinstance(triple.object, ox.NamedNode)  # the gate refuses anything else
            aside.add(triple.object)
    return aside


def _preferred(
    triples: set[ox.Triple], aside: set[ox.NamedNode]
) -> dict[tuple[Term, Term], set[Term]]:
    """Return the preferred values by record and property, where an assertion prefers one."""
    values: dict[Term, dict[str, Term]] = {}
    for triple in triples:
        if triple.predicate.value.startswith(NS) and triple.subject not in aside:
            name = triple.predicate.value.removeprefix(NS)
            if name in ("assertionAbout", "assertedProperty", "assertedValue", "rank"):
                values.setdefault(triple.subject, {})[name] = triple.object
    best = ox.NamedNode(concept("rank", "preferred"))
    found: dict[tuple[Term, Term], set[Term]] = {}
    for assertion in values.values():
        if assertion.get("rank") == best:
            key = (assertion["assertionAbout"], assertion["assertedProperty"])
            values_of = found.setdefault(key, set())
            if "assertedValue" in assertion:
                values_of.add(assertion["assertedValue"])
    return found


def _unused_evidence(kept: set[ox.Triple]) -> set[ox.Triple]:
    """Return the triples of evidence on which no kept record rests."""
    used = {t.object for t in kept if t.predicate == _named("hasEvidence")}
    kinds = {_named("Quotation"), _named("DataSetEntry")}
    evidence = {t.subject for t in kept if t.predicate.value == RDF_TYPE and t.object in kinds}
    return {triple for triple in kept if triple.subject in evidence - used}


def _description() -> set[ox.Triple]:
    """Say in every dump what it is and under which licence."""
    dataset = ox.NamedNode(BASE)
    licence = ox.NamedNode("https://creativecommons.org/licenses/by/4.0/")
    return {
        ox.Triple(dataset, ox.NamedNode(RDF_TYPE), ox.NamedNode("http://rdfs.org/ns/void#Dataset")),
        ox.Triple(dataset, ox.NamedNode(f"{SCHEMA}name"), ox.Literal("Pledgegraph", language="en")),
        ox.Triple(dataset, ox.NamedNode(f"{DCTERMS}license"), licence),
        ox.Triple(dataset, ox.NamedNode(f"{DCTERMS}rights"), ox.Literal(RIGHTS, language="en")),
    }
