"""What is given to validate: a store as it is, or a file, of which literals are kept as written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final, Protocol

import pyoxigraph as ox

from pledgegraph.graph.shacl.graph import Graph, default_graph
from pledgegraph.graph.shacl.names import RDF, XSD, Term

# A larger file is loaded at once, and its literals are reported in the normal form of the store.
KEPT_BYTES: Final = 5_000_000
_UNCHANGED = {f"{XSD}string", f"{RDF}langString"}


class Triples(Protocol):
    """A graph in which triples are looked up: a store, or what answers like one."""

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None,
        predicate: ox.NamedNode | None,
        value: Term | ox.Triple | None,
        graph_name: ox.DefaultGraph,
        /,
    ) -> Iterator[ox.Quad]:
        """Iterate over the triples that match, as quads of the default graph."""


@dataclass(frozen=True)
class Source:
    """A graph, and the written form of each literal that its store changed."""

    triples: Triples
    graph: Graph | None = None
    written: Mapping[ox.Literal, ox.Literal] = field(default_factory=dict)

    @cached_property
    def store(self) -> ox.Store:
        """Return the graph as a store, which answers queries; copy what is none."""
        if isinstance(self.triples, ox.Store):
            return self.triples
        copy = ox.Store()
        copy.bulk_extend(self.triples.quads_for_pattern(None, None, None, ox.DefaultGraph()))
        return copy


def as_source(source: Triples | Path) -> Source:
    """Return a graph as it is, or load a file into a new store."""
    if not isinstance(source, Path):
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
