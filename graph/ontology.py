"""The ontology and vocabularies as data: read once from the packaged Turtle files."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from importlib.resources import files

import pyoxigraph as ox

from pledgegraph.graph.namespaces import OWL, RDF, RDF_TYPE, SCHEMA, SKOS, XSD, local_name

_CLASS = ox.NamedNode(f"{OWL}Class")
_OBJECT_PROPERTY = ox.NamedNode(f"{OWL}ObjectProperty")
_DATATYPE_PROPERTY = ox.NamedNode(f"{OWL}DatatypeProperty")
_PROPERTY = ox.NamedNode(f"{RDF}Property")
_TYPE = ox.NamedNode(RDF_TYPE)
_RANGE = ox.NamedNode(f"{SCHEMA}rangeIncludes")


def turtle_files(package: str) -> Iterator[tuple[str, str]]:
    """Iterate over the name and text of every Turtle file of a packaged folder, in order."""
    folder = files(package)
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".ttl"):
            yield entry.name.removesuffix(".ttl"), entry.read_text(encoding="utf-8")


def _load(*packages: str) -> ox.Store:
    store = ox.Store()
    for package in packages:
        for _, text in turtle_files(package):
            store.load(text.encode(), format=ox.RdfFormat.TURTLE)
    return store


@functools.cache
def ontology() -> ox.Store:
    """Return the ontology modules and the vocabularies in one store (never write to it)."""
    return _load("pledgegraph.ontology", "pledgegraph.ontology.vocabularies")


@functools.cache
def shapes() -> ox.Store:
    """Return the shapes in one store (never write to it)."""
    return _load("pledgegraph.shapes")


@functools.cache
def concepts() -> frozenset[str]:
    """Return the IRI of every concept of our vocabularies."""
    return frozenset(_subjects(ox.NamedNode(f"{SKOS}Concept")))


def _subjects(kind: ox.NamedNode) -> Iterator[str]:
    """Iterate over the IRIs of all things of a class."""
    for quad in ontology().quads_for_pattern(None, _TYPE, kind, None):
        if isinstance(quad.subject, ox.NamedNode):
            yield quad.subject.value


@functools.cache
def context() -> dict[str, object]:
    """Return the JSON-LD 1.1 context: one key for each term, generated from the ontology.

    Keys are the local names of terms. Object properties take IRIs, dates and numbers their
    datatype, texts the language of the value. The same keys name the JSON of the REST look-ups.
    """
    terms: dict[str, object] = {"id": "@id", "type": "@type", "value": "@value"}
    terms |= {"language": "@language"}
    for kind in (_CLASS, _OBJECT_PROPERTY, _DATATYPE_PROPERTY, _PROPERTY):
        for iri in sorted(_subjects(kind)):
            terms[term_key(iri)] = _definition(ox.NamedNode(iri), kind)
    return terms


def term_key(iri: str) -> str:
    """Return the JSON key of a term: its local name (``dcterms:language`` is ``inLanguage``)."""
    return _RENAMED.get(iri, local_name(iri))


# 'language' and 'value' are keywords of JSON-LD values in our context.
_RENAMED = {"http://purl.org/dc/terms/language": "inLanguage"}


def _definition(term: ox.NamedNode, kind: ox.NamedNode) -> object:
    if kind in (_CLASS, _PROPERTY):
        return term.value
    if kind == _OBJECT_PROPERTY:
        return {"@id": term.value, "@type": "@id"}
    found = (quad.object for quad in ontology().quads_for_pattern(term, _RANGE, None, None))
    ranges = [value.value for value in found if isinstance(value, ox.NamedNode)]
    datatype = ranges[0] if len(ranges) == 1 else f"{XSD}string"
    if datatype in (f"{XSD}string", f"{RDF}langString"):
        return {"@id": term.value}
    return {"@id": term.value, "@type": datatype}
