"""SPARQL 1.1 Service Description: what an endpoint is, holds and can do.

https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from pledgegraph.api import negotiation
from pledgegraph.api.negotiation import Format
from pledgegraph.api.problems import RequestError
from pledgegraph.api.sparql_answers import Asked
from pledgegraph.graph.namespaces import RDF_TYPE, SERVICE
from pledgegraph.graph.writing import write_triples

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"
ENTAILMENT = "http://www.w3.org/ns/entailment/"

# https://www.w3.org/ns/formats/ names each format by an IRI, variants have none.
FORMAT_NAMES: Mapping[str, str] = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
}


@dataclass(frozen=True, slots=True)
class Service:
    """An endpoint: its address, languages, formats, and its named graphs with their sizes."""

    endpoint: str
    languages: tuple[str, ...]
    result_formats: tuple[Format, ...]
    input_formats: tuple[Format, ...] = ()
    graphs: Iterable[tuple[str, int | None]] = ()
    features: tuple[str, ...] = ("EmptyGraphs",)
    iri: str = SERVICE


def describe_service(service: Service, media_type: str) -> bytes:
    """Write the service description."""
    triples = (*_about_service(service), *_about_dataset(service))
    return write_triples(triples, media_type, {"sd": SD, "void": VOID})


def description_format(accept: str | None, asked: Asked, offers: Sequence[Format]) -> Format:
    """Return the format in which a service is to be described to a request without a query."""
    if asked.has_dataset:
        raise RequestError("bad-request", "graphs are named, but there is no query")
    if asked.format is not None:
        chosen = negotiation.named(asked.format, offers)
    elif negotiation.HTML in offers and negotiation.is_browser(accept):
        chosen = negotiation.HTML
    else:
        chosen = negotiation.choose(accept, negotiation.GRAPH_FORMATS)
    if chosen is None:
        available = [offer.media_type for offer in offers]
        raise RequestError("not-acceptable", "the service is not described so", available=available)
    return chosen


def address(url: str, otherwise: str = SERVICE) -> str:
    """Return an address if it is an IRI; a Host header can hold anything."""
    try:
        return ox.NamedNode(url).value
    except ValueError:
        return otherwise


def _about_service(service: Service) -> Iterator[ox.Triple]:
    iri = service.iri
    yield _triple(iri, RDF_TYPE, f"{SD}Service")
    yield _triple(iri, f"{SD}endpoint", service.endpoint)
    yield _triple(iri, f"{SD}defaultDataset", f"{iri}#dataset")
    yield _triple(iri, f"{SD}defaultEntailmentRegime", f"{ENTAILMENT}Simple")
    for language in service.languages:
        yield _triple(iri, f"{SD}supportedLanguage", f"{SD}{language}")
    for feature in service.features:
        yield _triple(iri, f"{SD}feature", f"{SD}{feature}")
    for name in _names(service.result_formats):
        yield _triple(iri, f"{SD}resultFormat", name)
    for name in _names(service.input_formats):
        yield _triple(iri, f"{SD}inputFormat", name)


def _about_dataset(service: Service) -> Iterator[ox.Triple]:
    dataset, default = f"{service.iri}#dataset", f"{service.iri}#default-graph"
    yield _triple(dataset, RDF_TYPE, f"{SD}Dataset")
    yield _triple(dataset, f"{SD}defaultGraph", default)
    yield _triple(default, RDF_TYPE, f"{SD}Graph")
    for number, (name, triples) in enumerate(service.graphs, 1):
        named, graph = f"{dataset}-graph-{number}", f"{dataset}-graph-{number}-content"
        yield _triple(dataset, f"{SD}namedGraph", named)
        yield _triple(named, RDF_TYPE, f"{SD}NamedGraph")
        yield _triple(named, f"{SD}name", name)
        yield _triple(named, f"{SD}graph", graph)
        yield _triple(graph, RDF_TYPE, f"{SD}Graph")
        if triples is not None:
            yield _triple(graph, f"{VOID}triples", ox.Literal(triples))


def _triple(subject: str, predicate: str, value: str | ox.Literal) -> ox.Triple:
    term = ox.NamedNode(value) if isinstance(value, str) else value
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), term)


def _names(formats: Iterable[Format]) -> Iterator[str]:
    for item in formats:
        if item.media_type in FORMAT_NAMES:
            yield f"{FORMATS}{FORMAT_NAMES[item.media_type]}"
