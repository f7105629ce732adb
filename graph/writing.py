"""Write triples as Turtle, N-Triples, JSON-LD or RDF/XML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pyoxigraph as ox

from pledgegraph.graph.namespaces import PREFIXES
from pledgegraph.graph.well_formed import RDF_XML, check

GRAPH_FORMATS: Mapping[str, ox.RdfFormat] = MappingProxyType(
    {
        "text/turtle": ox.RdfFormat.TURTLE,
        "application/n-triples": ox.RdfFormat.N_TRIPLES,
        "application/ld+json": ox.RdfFormat.JSON_LD,
        "application/rdf+xml": ox.RdfFormat.RDF_XML,
    }
)


def write_triples(
    triples: Iterable[ox.Triple], media_type: str, prefixes: Mapping[str, str] | None = None
) -> bytes:
    """Write triples in one of ``GRAPH_FORMATS``, sorted, with the prefixes that they use.

    Raises ``UnacceptableResultError`` if RDF/XML can't carry them.
    """
    ordered = sorted(set(triples), key=str)
    text = " ".join(str(triple) for triple in ordered)
    known = {**PREFIXES, **(prefixes or {})}
    used = {name: iri for name, iri in known.items() if iri in text}
    written = ox.serialize(ordered, format=GRAPH_FORMATS[media_type], prefixes=used)
    assert written is not None  # it is None only where an output was given
    if media_type == RDF_XML:
        check(written)
    return written
