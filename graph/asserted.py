"""The default graph: what this graph itself asserts (PRODUCT, idea 6), subject by subject.

It is what the sources say together, without records that are alleged, disputed or retracted,
with the preferred value where sources differ, and with everything derived. What it says of one
subject depends on that subject, on the assertions about it and on what is set aside, so that a
change is followed by asking again about the subjects that it touches.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from pledgegraph.graph.namespaces import BASE, DCTERMS, NS, RDF_TYPE, SCHEMA, concept
from pledgegraph.graph.ontology import ontology
from pledgegraph.graph.shacl import Triples

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Node = ox.NamedNode | ox.BlankNode

RIGHTS = (
    "The records are licensed under CC BY 4.0. The quotations are not: they remain the property "
    "of their publishers and are given as short quotations that evidence the records."
)
_TYPE = ox.NamedNode(RDF_TYPE)
_DEFAULT = ox.DefaultGraph()


def _named(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{NS}{name}")


# These say of whom or what they speak, whether it stands or not.
_REFERENCES = {
    _named(name)
    for name in ("claims", "retracts", "replacedBy", "assertionAbout", "target", "about")
}
_DEPENDENT = {
    _named("validFrom"): (_named("startBasis"),),
    _named("validUntil"): (_named("endBasis"), _named("statedDuration")),
}
_AXES = {
    _named(name): ox.NamedNode(concept("scope-axis", axis))
    for name, axis in {
        "action": "action",
        "object": "object",
        "product": "product",
        "recipient": "recipient",
        "recipientCategory": "recipient",
        "territory": "territory",
        "purpose": "purpose",
    }.items()
}
_ABOUT, _PROPERTY = _named("assertionAbout"), _named("assertedProperty")
_VALUE, _RANK = _named("assertedValue"), _named("rank")
_NOT_STATED, _EVIDENCE = _named("notStated"), _named("hasEvidence")
_PREFERRED = ox.NamedNode(concept("rank", "preferred"))
_DEPRECATED = ox.NamedNode(concept("rank", "deprecated"))
EVIDENCE_CLASSES = (_named("Quotation"), _named("DataSetEntry"))


@dataclass(frozen=True)
class View:
    """What is asserted, given the union of all sources and what is set aside in it."""

    union: Triples
    is_aside: Callable[[Term], bool]

    def of(self, subject: Node) -> set[ox.Triple]:
        """Return the triples that the default graph has of a subject, what is derived apart."""
        if self.is_aside(subject):
            return set()
        said = self._said(subject)
        if self._is_unused_evidence(subject, said):
            return set()
        removed, added = self._preference(subject, said)
        return {triple for triple in (said - removed) | added if not self._leads_aside(triple)}

    def preference(self, subject: Node) -> tuple[set[ox.Triple], set[ox.Triple]]:
        """Return the triples of a subject that give way to preferred values, and these values.

        Values that an assertion deprecates give way too. Assertions that are set aside, or about
        what is set aside, prefer and deprecate nothing.
        """
        said = self._said(subject)
        removed, added = self._preference(subject, said)
        return removed - added, added - said

    def _said(self, subject: Node) -> set[ox.Triple]:
        return {q.triple for q in self.union.quads_for_pattern(subject, None, None, _DEFAULT)}

    def _values(self, subject: Term, predicate: ox.NamedNode) -> list[Term]:
        assert isinstance(subject, ox.NamedNode | ox.BlankNode)
        return [q.object for q in self.union.quads_for_pattern(subject, predicate, None, _DEFAULT)]

    def _subjects(self, predicate: ox.NamedNode, value: Term) -> Iterator[Term]:
        for quad in self.union.quads_for_pattern(None, predicate, value, _DEFAULT):
            yield quad.subject

    def _is_unused_evidence(self, subject: Node, said: set[ox.Triple]) -> bool:
        kinds = {triple.object for triple in said if triple.predicate == _TYPE}
        if kinds.isdisjoint(EVIDENCE_CLASSES):
            return False
        return all(self.is_aside(user) for user in self._subjects(_EVIDENCE, subject))

    def _preference(
        self, subject: Node, said: set[ox.Triple]
    ) -> tuple[set[ox.Triple], set[ox.Triple]]:
        preferred, deprecated = self._ranked(subject)
        overridden = {key for name in preferred for key in (name, *_DEPENDENT.get(name, ()))}
        axes = {_AXES[name] for name in preferred if name in _AXES}
        removed = {
            triple
            for triple in said
            if triple.predicate in overridden
            or (triple.predicate, triple.object) in deprecated
            or (triple.predicate == _NOT_STATED and triple.object in axes)
        }
        added = {
            ox.Triple(subject, name, value)
            for name, values in preferred.items()
            for value in values
        }
        return removed, added

    def _ranked(
        self, subject: Node
    ) -> tuple[dict[ox.NamedNode, set[Term]], set[tuple[Term, Term]]]:
        """Return the preferred values of a subject by property, and its deprecated ones."""
        preferred: dict[ox.NamedNode, set[Term]] = {}
        deprecated: set[tuple[Term, Term]] = set()
        if self.is_aside(subject):
            return preferred, deprecated
        for assertion in list(self._subjects(_ABOUT, subject)):
            if self.is_aside(assertion):
                continue
            ranks, values = self._values(assertion, _RANK), self._values(assertion, _VALUE)
            for name in self._values(assertion, _PROPERTY):
                if not isinstance(name, ox.NamedNode):
                    continue  # the gate refuses it
                if _PREFERRED in ranks:
                    preferred.setdefault(name, set()).update(values)
                elif _DEPRECATED in ranks:
                    deprecated |= {(name, value) for value in values}
        return preferred, deprecated

    def _leads_aside(self, triple: ox.Triple) -> bool:
        value = triple.object
        if not isinstance(value, ox.NamedNode) or triple.predicate in _REFERENCES:
            return False
        return self.is_aside(value)


def asserted(union: ox.Store, aside: set[str], subjects: Iterable[Node]) -> Iterator[ox.Triple]:
    """Iterate over what is asserted of subjects, given the IRIs of all that is set aside."""
    nodes = {ox.NamedNode(iri) for iri in aside}
    view = View(union, nodes.__contains__)
    for subject in subjects:
        yield from view.of(subject)


@functools.cache
def background() -> frozenset[ox.Triple]:
    """Return what every release says: the ontology, and what the data set is and may be used for.

    So a dump answers questions by label anywhere, and names its licence.
    """
    return frozenset({quad.triple for quad in ontology()} | _description())


def _description() -> set[ox.Triple]:
    dataset = ox.NamedNode(BASE)
    licence = ox.NamedNode("https://creativecommons.org/licenses/by/4.0/")
    return {
        ox.Triple(dataset, _TYPE, ox.NamedNode("http://rdfs.org/ns/void#Dataset")),
        ox.Triple(dataset, ox.NamedNode(f"{SCHEMA}name"), ox.Literal("Pledgegraph", language="en")),
        ox.Triple(dataset, ox.NamedNode(f"{DCTERMS}license"), licence),
        ox.Triple(dataset, ox.NamedNode(f"{DCTERMS}rights"), ox.Literal(RIGHTS, language="en")),
    }
