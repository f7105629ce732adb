"""What all targeted shapes look at, by property."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from pledgegraph.graph.shacl.incremental.chains import Chain, Step, turned
from pledgegraph.graph.shacl.incremental.reads import Read, Way
from pledgegraph.graph.shacl.incremental.shape_reads import Reads, reads_of
from pledgegraph.graph.shacl.names import Node
from pledgegraph.graph.shacl.shape import Shape


@dataclass(frozen=True, eq=False)
class Entry:
    """A read that several shapes share, its ways turned: from the triple to the focus node."""

    read: Read
    shapes: frozenset[Node]
    back: tuple[Way, ...]
    to_subject: tuple[Chain, ...]
    from_subject: bool
    from_object: bool


def _entry(read: Read, shapes: Iterable[Node]) -> Entry:
    inverse = (Step(read.predicates, inverse=True),)
    return Entry(
        read,
        frozenset(shapes),
        tuple(Way(way.to_object, turned(way.chain)) for way in read.ways),
        tuple(way.chain + inverse if way.to_object else way.chain for way in read.ways),
        any(not way.to_object for way in read.ways),
        any(way.to_object for way in read.ways),
    )


class Index:
    """The reads of all targeted shapes."""

    def __init__(self, shapes: list[Shape]) -> None:
        self.shapes = {shape.node: shape for shape in shapes}
        self._reads: dict[Node, Reads] = {shape.node: reads_of(shape) for shape in shapes}
        users: dict[Read, list[Node]] = {}
        for node, found in self._reads.items():
            for read in found.reads:
                users.setdefault(read, []).append(node)
        self._any = list[Entry]()
        self._by_predicate: dict[ox.NamedNode, list[Entry]] = {}
        self._by_shape: dict[Node, list[Entry]] = {}
        for read, nodes in users.items():
            self._put(_entry(read, nodes))

    def _put(self, entry: Entry) -> None:
        if entry.read.predicates is None:
            self._any.append(entry)
        else:
            for predicate in entry.read.predicates:
                self._by_predicate.setdefault(predicate, []).append(entry)
        for shape in entry.shapes:
            self._by_shape.setdefault(shape, []).append(entry)

    @property
    def decisions(self) -> Mapping[Node, str]:
        """Return for each targeted shape how a change is decided."""
        return {node: found.decision for node, found in self._reads.items()}

    def reading(self, predicate: ox.NamedNode) -> Iterator[Entry]:
        """Iterate over the reads that triples with a property can match."""
        yield from self._by_predicate.get(predicate, ())
        yield from self._any

    def entries(self, shape: Node) -> list[Entry]:
        """Return the reads of a targeted shape."""
        return self._by_shape.get(shape, [])
