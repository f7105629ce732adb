"""Triples that answer a look-up, by subject and by JSON key, forwards and backwards."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from pledgegraph.graph.namespaces import ID, RDF_TYPE, SKOS
from pledgegraph.graph.ontology import context

Value = ox.NamedNode | ox.Literal
CONCEPT = f"{SKOS}Concept"


@functools.cache
def key_of_term() -> dict[str, str]:
    """Return the JSON key of each property and class, by IRI."""
    found: dict[str, str] = {}
    for key, definition in context().items():
        iri = definition["@id"] if isinstance(definition, dict) else definition
        if isinstance(iri, str) and not iri.startswith("@"):
            found[iri] = key
    return found


@dataclass(frozen=True)
class Facts:
    """What was found about things: values by subject and key, subjects by object and key."""

    values: dict[str, dict[str, list[Value]]] = field(default_factory=dict)
    subjects: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    classes: dict[str, list[str]] = field(default_factory=dict)

    @staticmethod
    def of(triples: Iterable[ox.Triple]) -> Facts:
        """Sort triples by subject and key; properties that have no key are left out."""
        facts = Facts()
        for triple in sorted(set(triples), key=str):
            facts._add(triple)
        return facts

    def _add(self, triple: ox.Triple) -> None:
        subject, value = triple.subject, triple.object
        assert isinstance(subject, ox.NamedNode)
        assert isinstance(value, ox.NamedNode | ox.Literal)
        if triple.predicate.value == RDF_TYPE:
            self.classes.setdefault(subject.value, []).append(value.value)
            return
        key = key_of_term().get(triple.predicate.value)
        if key is None:
            return
        self.values.setdefault(subject.value, {}).setdefault(key, []).append(value)
        if isinstance(value, ox.NamedNode):
            self.subjects.setdefault(value.value, {}).setdefault(key, []).append(subject.value)

    def types(self, iri: str) -> list[str]:
        """Return the keys of a thing's classes; a concept is known by its scheme."""
        found = (key_of_term().get(name) for name in self.classes.get(iri, ()) if name != CONCEPT)
        return sorted(name for name in found if name)

    def unasserted(self) -> Iterator[str]:
        """Name the things that are referred to and that this graph itself says nothing of."""
        for iri in sorted(self.subjects):
            if iri.startswith(ID) and iri not in self.classes:
                yield iri
