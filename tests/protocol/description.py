"""The tests of a service description, which its manifest names but does not write out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import httpx
import pyoxigraph as ox

from .served import PlainServer

SD = "http://www.w3.org/ns/sparql-service-description#"
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
# SPARQL 1.1 Service Description 3: the class of what has a property, and of its values.
SCHEMA: Mapping[str, tuple[str | None, str | None]] = {
    "endpoint": ("Service", None),
    "supportedLanguage": ("Service", None),
    "feature": ("Service", None),
    "resultFormat": ("Service", None),
    "inputFormat": ("Service", None),
    "languageExtension": ("Service", None),
    "extensionFunction": ("Service", None),
    "extensionAggregate": ("Service", None),
    "propertyFeature": ("Service", None),
    "defaultEntailmentRegime": ("Service", None),
    "defaultSupportedEntailmentProfile": ("Service", None),
    "defaultDataset": ("Service", "Dataset"),
    "availableGraphs": ("Service", "GraphCollection"),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("Dataset", "NamedGraph"),
    "name": ("NamedGraph", None),
    "graph": ("NamedGraph", "Graph"),
    "entailmentRegime": ("NamedGraph", None),
}
# Instances that the vocabulary itself defines.
LANGUAGES = ("SPARQL10Query", "SPARQL11Query", "SPARQL11Update")
FEATURES = (
    "DereferencesURIs",
    "UnionDefaultGraph",
    "RequiresDataset",
    "EmptyGraphs",
    "BasicFederatedQuery",
)


def returns_rdf(server: PlainServer) -> str | None:
    """GET on the endpoint returns RDF."""
    response = _get(server)
    if not response.is_success:
        return f"{response.status_code}"
    return None if _triples(response) else "no triples"


def has_endpoint_triple(server: PlainServer) -> str | None:
    """The description contains a matching ``sd:endpoint`` triple."""
    triples = _triples(_get(server))
    found = [t for t in triples if t.predicate == ox.NamedNode(f"{SD}endpoint")]
    if [t.object for t in found] != [ox.NamedNode(f"{server.address}/sparql")]:
        return f"it has {found}"
    types = {(t.subject, t.object) for t in triples if t.predicate == RDF_TYPE}
    is_service = (found[0].subject, ox.NamedNode(f"{SD}Service")) in types
    return None if is_service else "what has the endpoint is no sd:Service"


def conforms_to_schema(server: PlainServer) -> str | None:
    """The description conforms to the schema."""
    triples = _triples(_get(server))
    types = {(t.subject, t.object) for t in triples if t.predicate == RDF_TYPE}
    wrong = []
    for triple in triples:
        name = triple.predicate.value.removeprefix(SD)
        if not triple.predicate.value.startswith(SD):
            continue
        if name not in SCHEMA:
            wrong.append(f"{name} is no property of the vocabulary")
            continue
        for node, kind in zip((triple.subject, triple.object), SCHEMA[name], strict=True):
            if kind is not None and (node, ox.NamedNode(f"{SD}{kind}")) not in types:
                wrong.append(f"{name}: {node} is no sd:{kind}")
        instances = {"supportedLanguage": LANGUAGES, "feature": FEATURES}.get(name)
        if instances and str(triple.object.value).removeprefix(SD) not in instances:
            wrong.append(f"{name} is {triple.object}")
    return "; ".join(wrong) or None


CHECKS: Mapping[str, Callable[[PlainServer], str | None]] = {
    "returns-rdf": returns_rdf,
    "has-endpoint-triple": has_endpoint_triple,
    "conforms-to-schema": conforms_to_schema,
}


def _get(server: PlainServer) -> httpx.Response:
    return server.client.get("/sparql")


def _triples(response: httpx.Response) -> list[ox.Triple]:
    media_type = response.headers["content-type"].partition(";")[0]
    parsed = ox.parse(response.content, format=ox.RdfFormat.from_media_type(media_type))
    return [quad.triple for quad in parsed]
