"""The ontology, the vocabularies and the shapes, arranged for reading."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from pledgegraph.graph.namespaces import (
    DCTERMS,
    NS,
    OWL,
    RDF,
    RDF_TYPE,
    RDFS,
    SCHEMA,
    SH,
    SHAPES,
    SKOS,
    VOCAB,
    local_name,
)
from pledgegraph.graph.ontology import turtle_files

CLASS = f"{OWL}Class"
PROPERTIES = frozenset(
    {
        f"{OWL}ObjectProperty",
        f"{OWL}DatatypeProperty",
        f"{OWL}AnnotationProperty",
        f"{RDF}Property",
    }
)
ONTOLOGY_PACKAGE = "pledgegraph.ontology"
VOCABULARIES_PACKAGE = "pledgegraph.ontology.vocabularies"
SHAPES_PACKAGE = "pledgegraph.shapes"

Values = dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]
Index = dict[str, Values]


@dataclass(frozen=True, slots=True)
class Module:
    """One file: its name, its opening comment, and what it says."""

    name: str
    about: str
    triples: tuple[ox.Triple, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property, concept, scheme or shape with its documentation."""

    iri: str
    types: frozenset[str]
    label: str
    definition: str
    scope_notes: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    ranges: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The local name, which is also the anchor on the page."""
        return local_name(self.iri)


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape with what it tells the author of data that break it."""

    iri: str
    path: str
    target: str
    severity: str
    message: str

    @property
    def name(self) -> str:
        """The local name."""
        return local_name(self.iri)


@functools.cache
def modules(package: str) -> dict[str, Module]:
    """Read every Turtle file of a package, by name."""
    found = {}
    for name, text in turtle_files(package):
        first = text.partition("\n")[0]
        about = first.removeprefix("#").strip() if first.startswith("#") else ""
        parsed = ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)
        found[name] = Module(name, about, tuple(quad.triple for quad in parsed))
    return found


def triples_of(package: str) -> list[ox.Triple]:
    """Return every triple of a package's files."""
    return [triple for module in modules(package).values() for triple in module.triples]


@functools.cache
def terms(package: str, module: str) -> tuple[Term, ...]:
    """Return the documented terms of a module in the order of their names."""
    index = _index(modules(package)[module].triples)
    found = [_term(iri, index) for iri in index if iri.startswith((NS, VOCAB))]
    return tuple(sorted((t for t in found if t.types), key=lambda term: term.name.lower()))


def classes(module: str) -> list[Term]:
    """Return the classes that a module of the ontology declares."""
    return [term for term in terms(ONTOLOGY_PACKAGE, module) if CLASS in term.types]


def properties(module: str) -> list[Term]:
    """Return the properties that a module of the ontology declares."""
    return [term for term in terms(ONTOLOGY_PACKAGE, module) if term.types & PROPERTIES]


def schemes() -> list[Term]:
    """Return the concept schemes."""
    found = (_scheme(name) for name in modules(VOCABULARIES_PACKAGE))
    return [scheme for scheme in found if scheme is not None]


def scheme(name: str) -> Term | None:
    """Return a scheme by its name."""
    return _scheme(name) if name in modules(VOCABULARIES_PACKAGE) else None


def concepts(scheme_name: str) -> list[Term]:
    """Return the concepts of a scheme, in the order of their names."""
    every = terms(VOCABULARIES_PACKAGE, scheme_name)
    return [term for term in every if f"{SKOS}Concept" in term.types]


@functools.cache
def shapes(module: str) -> tuple[Shape, ...]:
    """Return the shapes of a module that have a message, in the order of their names."""
    index = _index(modules(SHAPES_PACKAGE)[module].triples)
    found = []
    for iri, values in index.items():
        message = _first(values, f"{SH}message")
        if iri.startswith(SHAPES) and message:
            path, target = _first(values, f"{SH}path"), _first(values, f"{SH}targetClass")
            severity = local_name(_first(values, f"{SH}severity")) or "Violation"
            found.append(Shape(iri, path, target, severity, message))
    return tuple(sorted(found, key=lambda shape: shape.name))


def about(triples: Iterable[ox.Triple], iri: str) -> list[ox.Triple]:
    """Return the triples whose subject is this IRI."""
    node = ox.NamedNode(iri)
    return [triple for triple in triples if triple.subject == node]


def _scheme(name: str) -> Term | None:
    every = terms(VOCABULARIES_PACKAGE, name)
    return next((term for term in every if f"{SKOS}ConceptScheme" in term.types), None)


def _index(triples: Iterable[ox.Triple]) -> Index:
    index: Index = {}
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode):
            values = index.setdefault(triple.subject.value, {})
            values.setdefault(triple.predicate.value, []).append(triple.object)
    return index


def _term(iri: str, index: Index) -> Term:
    values = index[iri]
    label = _first(values, f"{RDFS}label") or _first(values, f"{SKOS}prefLabel")
    parents = (f"{RDFS}subClassOf", f"{RDFS}subPropertyOf", f"{SKOS}broader")
    return Term(
        iri=iri,
        types=frozenset(_texts(values, RDF_TYPE)),
        label=label or local_name(iri),
        definition=_first(values, f"{SKOS}definition"),
        scope_notes=_texts(values, f"{SKOS}scopeNote"),
        examples=_texts(values, f"{SKOS}example"),
        sources=_texts(values, f"{DCTERMS}source"),
        broader=tuple(text for name in parents for text in _texts(values, name)),
        domains=_texts(values, f"{SCHEMA}domainIncludes"),
        ranges=_texts(values, f"{SCHEMA}rangeIncludes"),
        questions=_texts(values, f"{NS}servesQuestion"),
    )


def _texts(values: Values, name: str) -> tuple[str, ...]:
    found = values.get(name, [])
    return tuple(t.value for t in found if isinstance(t, ox.NamedNode | ox.Literal))


def _first(values: Values, name: str) -> str:
    return next(iter(_texts(values, name)), "")
