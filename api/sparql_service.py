"""SPARQL 1.1 Service Description: what the endpoint is and can do."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from pledgegraph.api.negotiation import Format
from pledgegraph.graph.namespaces import BASE, RDF_TYPE
from pledgegraph.graph.writing import write_triples

SD = "http://www.w3.org/ns/sparql-service-description#"
SERVICE = f"{BASE}sparql"

# https://www.w3.org/ns/formats/ names each format by an IRI.
FORMAT_NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
}


def describe_service(endpoint: str, formats: Iterable[Format], media_type: str) -> bytes:
    """Write the service description with the address at which it was asked for."""
    service, dataset = ox.NamedNode(SERVICE), ox.NamedNode(f"{SERVICE}#dataset")
    default = ox.NamedNode(f"{SERVICE}#default-graph")
    named = [
        (service, RDF_TYPE, f"{SD}Service"),
        (service, f"{SD}endpoint", _endpoint(endpoint)),
        (service, f"{SD}supportedLanguage", f"{SD}SPARQL11Query"),
        (service, f"{SD}feature", f"{SD}EmptyGraphs"),
        (service, f"{SD}defaultDataset", dataset.value),
        (dataset, RDF_TYPE, f"{SD}Dataset"),
        (dataset, f"{SD}defaultGraph", default.value),
        (default, RDF_TYPE, f"{SD}Graph"),
    ]
    for item in formats:
        name = f"http://www.w3.org/ns/formats/{FORMAT_NAMES[item.media_type]}"
        named.append((service, f"{SD}resultFormat", name))
    triples = [ox.Triple(s, ox.NamedNode(p), ox.NamedNode(o)) for s, p, o in named]
    return write_triples(triples, media_type, {"sd": SD})


def _endpoint(address: str) -> str:
    """Return the address if it is an IRI; a Host header can hold anything."""
    try:
        return ox.NamedNode(address).value
    except ValueError:
        return SERVICE
