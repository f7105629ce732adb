"""The default graph: what this graph itself asserts (PRODUCT, idea 6).

It is the merge of what the sources say, without records that are alleged, disputed or retracted,
with the preferred value where sources differ, and with everything derived.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

import pyoxigraph as ox

from pledgegraph.graph.derive.derived import Derivation
from pledgegraph.graph.namespaces import BASE, DCTERMS, NS, RDF_TYPE, SCHEMA, concept
from pledgegraph.graph.ontology import ontology

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

RIGHTS = (
    "The records are licensed under CC BY 4.0. The quotations are not: they remain the property "
    "of their publishers and are given as short quotations that evidence the records."
)


# These say of whom or what they speak, whether it stands or not.
_REFERENCES = {"claims", "retracts", "replacedBy", "assertionAbout", "target", "about"}
_DEPENDENT = {
    "validFrom": ("startBasis",),
    "validUntil": ("endBasis", "statedDuration"),
}
_AXES = {
    "action": "action",
    "object": "object",
    "product": "product",
    "recipient": "recipient",
    "recipientCategory": "recipient",
    "territory": "territory",
    "purpose": "purpose",
}


def merge(graphs: Mapping[str, list[ox.Triple]], derivation: Derivation) -> set[ox.Triple]:
    """Return the triples of the default graph."""
    aside = {ox.NamedNode(iri) for iri in derivation.set_aside}
    kept = {
        triple
        for triple in preferred_view(graphs, aside)
        if triple.subject not in aside and not _leads_aside(triple, aside)
    }
    kept -= _unused_evidence(kept)
    background = {quad.triple for quad in ontology()}
    return kept | set(derivation.triples) | background | _description()


def preferred_view(
    graphs: Mapping[str, list[ox.Triple]], aside: AbstractSet[ox.NamedNode] = frozenset()
) -> set[ox.Triple]:
    """Return what the sources say together, with the preferred values where they differ.

    Values that an assertion deprecates are left out; assertions set aside, or about what is set
    aside, prefer and deprecate nothing.
    """
    every = {triple for triples in graphs.values() for triple in triples}
    preferred, deprecated = _ranked(every, aside)
    overridden = {key for about, name in preferred for key in _keys(about, name)}
    found = {
        triple
        for triple in every
        if (triple.subject, triple.predicate) not in overridden
        and (triple.subject, triple.predicate, triple.object) not in deprecated
        and not _is_overridden_axis(triple, preferred)
    }
    for (subject, predicate), values in preferred.items():
        assert isinstance(subject, ox.NamedNode)  # the gate refuses anything else
        assert isinstance(predicate, ox.NamedNode)
        found |= {ox.Triple(subject, predicate, value) for value in values}
    return found


def _named(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{NS}{name}")


def _leads_aside(triple: ox.Triple, aside: AbstractSet[ox.NamedNode]) -> bool:
    name = triple.predicate.value.removeprefix(NS)
    return triple.object in aside and name not in _REFERENCES


def _keys(about: Term, name: Term) -> Iterator[tuple[Term, Term]]:
    """Return a property that is overridden, with those that only explain its value."""
    yield about, name
    assert isinstance(name, ox.NamedNode)
    for dependent in _DEPENDENT.get(name.value.removeprefix(NS), ()):
        yield about, _named(dependent)


def _is_overridden_axis(triple: ox.Triple, preferred: Mapping[tuple[Term, Term], object]) -> bool:
    """Tell whether a triple says that an axis is not stated for which a value is preferred."""
    if triple.predicate != _named("notStated"):
        return False
    return any(
        (triple.subject, _named(name)) in preferred
        for name, axis in _AXES.items()
        if triple.object == ox.NamedNode(concept("scope-axis", axis))
    )


def _ranked(
    triples: set[ox.Triple], aside: AbstractSet[ox.NamedNode]
) -> tuple[dict[tuple[Term, Term], set[Term]], set[tuple[Term, Term, Term]]]:
    """Return the preferred values by record and property, and the deprecated ones."""
    values: dict[Term, dict[str, Term]] = {}
    for triple in triples:
        name = triple.predicate.value.removeprefix(NS)
        if name in ("assertionAbout", "assertedProperty", "assertedValue", "rank"):
            values.setdefault(triple.subject, {})[name] = triple.object
    preferred: dict[tuple[Term, Term], set[Term]] = {}
    deprecated: set[tuple[Term, Term, Term]] = set()
    for assertion, said in values.items():
        if assertion in aside or said["assertionAbout"] in aside:
            continue
        key = (said["assertionAbout"], said["assertedProperty"])
        value = {said["assertedValue"]} if "assertedValue" in said else set()
        if said["rank"] == ox.NamedNode(concept("rank", "preferred")):
            preferred.setdefault(key, set()).update(value)
        elif said["rank"] == ox.NamedNode(concept("rank", "deprecated")):
            deprecated |= {(*key, one) for one in value}
    return preferred, deprecated


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
