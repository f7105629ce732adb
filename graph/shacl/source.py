"""What is given to validate: a store as it is, or a file, of which literals are kept as written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from pledgegraph.graph.shacl.graph import Graph, default_graph
from pledgegraph.graph.shacl.names import RDF, XSD

# A larger file is loaded at once, and its literals are reported in the normal form of the store.
KEPT_BYTES: Final = 5_000_000
_UNCHANGED = {f"{XSD}string", f"{RDF}langString"}


@dataclass(frozen=True)
class Source:
    """A graph in a store, and the written form of each literal that the store changed."""

    store: ox.Store
    graph: Graph | None = None
    written: Mapping[ox.Literal, ox.Literal] = field(default_factory=dict)


def read(source: ox.Store | Path) -> Source:
    """Return a store as it is, or load a file into a new one."""
    if isinstance(source, ox.Store):
        return Source(source)
    store, base = ox.Store(), source.resolve().as_uri()
    if source.stat().st_size > KEPT_BYTES:
        store.bulk_load(path=str(source), base_iri=base)
        return Source(store)
    quads = list(ox.parse(path=str(source), base_iri=base))
    store.bulk_extend(quads)
    return Source(store, Graph(quads), _written(quads))


def shapes_graph(source: Source) -> Graph:
    """Return the shapes graph in memory, as it was written where that is known."""
    return source.graph or Graph(default_graph(source.store))


def _written(quads: Iterable[ox.Quad]) -> dict[ox.Literal, ox.Literal]:
    """Map the normal forms of literals to what was written, where that is but one.

    A store makes "1.50" to "1.5", and an xsd:byte to an xsd:integer.
    """
    literals = list(dict.fromkeys(
        quad.object
        for quad in quads
        if isinstance(quad.object, ox.Literal) and quad.object.datatype.value not in _UNCHANGED
    ))  # fmt: skip
    store, predicate = ox.Store(), ox.NamedNode("urn:x-pledgegraph:shacl:written")
    for number, literal in enumerate(literals):
        store.add(ox.Quad(ox.NamedNode(f"urn:{number}"), predicate, literal))
    found: dict[ox.Literal, set[ox.Literal]] = {}
    for quad in store:
        assert isinstance(quad.object, ox.Literal)
        assert isinstance(quad.subject, ox.NamedNode)
        number = int(quad.subject.value.removeprefix("urn:"))
        found.setdefault(quad.object, set()).add(literals[number])
    return {stored: next(iter(forms)) for stored, forms in found.items() if len(forms) == 1}
