"""IRIs of the project and of the vocabularies that it uses.

Things are ``{BASE}id/{type}/{slug}``, terms ``{BASE}ns#``, concepts
``{BASE}vocab/{scheme}/{concept}``, shapes ``{BASE}shapes#`` and graphs ``{BASE}graph/{slug}``.
"""

from __future__ import annotations

BASE = "https://w3id.org/pledgegraph/"
ID = f"{BASE}id/"
NS = f"{BASE}ns#"
VOCAB = f"{BASE}vocab/"
SHAPES = f"{BASE}shapes#"
GRAPH = f"{BASE}graph/"
SERVICE = f"{BASE}sparql"

DERIVED_GRAPH = f"{GRAPH}derived"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"
DCTERMS = "http://purl.org/dc/terms/"
ORG = "http://www.w3.org/ns/org#"
FOAF = "http://xmlns.com/foaf/0.1/"
SH = "http://www.w3.org/ns/shacl#"
EDTF = "http://id.loc.gov/datatypes/edtf"

RDF_TYPE = f"{RDF}type"

PREFIXES = {
    "pg": NS,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "skos": SKOS,
    "schema": SCHEMA,
    "dcterms": DCTERMS,
    "org": ORG,
    "foaf": FOAF,
}


def thing(kind: str, slug: str) -> str:
    """Name a thing: ``thing("pledge", "acme-2020")``."""
    return f"{ID}{kind}/{slug}"


def concept(scheme: str, name: str) -> str:
    """Name a concept of one of our vocabularies."""
    return f"{VOCAB}{scheme}/{name}"


def local_name(iri: str) -> str:
    """Return what follows the last ``#`` or ``/`` of an IRI."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
