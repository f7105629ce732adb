"""The triples that the verdict on some focus nodes rests on, copied into a store of their own.

Where a few nodes are validated, all queries run on the copy: it is small and in memory, and the
graph itself need only answer look-ups.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from pledgegraph.graph.shacl.hierarchy import SUBCLASS, Links
from pledgegraph.graph.shacl.incremental.affected import nearest
from pledgegraph.graph.shacl.incremental.index import Entry, Index
from pledgegraph.graph.shacl.incremental.reads import Way
from pledgegraph.graph.shacl.incremental.surroundings import Surroundings
from pledgegraph.graph.shacl.names import Node, Term

# The properties that are read of each node; none stands for all of them.
Reads = dict[Node, frozenset[ox.NamedNode] | None]


def find_reads(
    index: Index, around: Surroundings, shapes_by_node: Mapping[Term, Iterable[Node]]
) -> Reads:
    """Walk from focus nodes to the subjects of all triples that the verdict on them rests on."""
    found: Reads = {}
    for node, shapes in shapes_by_node.items():
        if not isinstance(node, ox.Literal):
            found.setdefault(node, frozenset())
        entries = {id(entry): entry for shape in shapes for entry in index.entries(shape)}
        for entry in entries.values():
            for subject in _subjects(around, entry, node):
                if not isinstance(subject, ox.Literal):
                    known, also = found.get(subject, frozenset()), entry.read.predicates
                    found[subject] = None if known is None or also is None else known | also
    return found


def _subjects(around: Surroundings, entry: Entry, node: Term) -> frozenset[Term]:
    """Return the subjects of the triples that a focus node sees by a read."""
    ways = [(node, Way(False, chain)) for chain in entry.to_subject]
    return nearest(around, ways) if ways else frozenset()


def extract(around: Surroundings, reads: Reads, links: Links) -> ox.Store:
    """Copy what is read of nodes, with all links between classes."""
    store = ox.Store()
    store.extend(
        ox.Quad(triple.subject, triple.predicate, triple.object)
        for node, predicates in reads.items()
        for triple in around.said(node, predicates)
    )
    store.extend(
        ox.Quad(narrow, SUBCLASS, wide)
        for narrow, wide in links
        if not isinstance(narrow, ox.Literal)
    )
    return store
