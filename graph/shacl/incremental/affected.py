"""The focus nodes that a change can matter to, found from the changed triples alone.

For each changed triple, the reads of the shapes tell on which ways it can be seen. The ways are
walked back to the focus nodes over the triples of before and after: what a verdict of either
rests on is in one of the two. Nothing is scanned: each look-up starts from a node already reached.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from pledgegraph.graph.shacl.hierarchy import SUBCLASS
from pledgegraph.graph.shacl.incremental.index import Entry, Index
from pledgegraph.graph.shacl.incremental.reads import Way
from pledgegraph.graph.shacl.incremental.surroundings import Surroundings, TooManyError
from pledgegraph.graph.shacl.incremental.targets import Targets
from pledgegraph.graph.shacl.names import Node, Term
from pledgegraph.graph.shacl.report import Affected

# Where there are several ways back, one that passes few nodes is preferred.
_FEW = (30, 1000, None)


@dataclass(frozen=True)
class Change:
    """Triples of the default graph that came and that went."""

    added: tuple[ox.Triple, ...] = ()
    removed: tuple[ox.Triple, ...] = ()

    def __post_init__(self) -> None:
        """Take literals as a store has them: it makes "1.50" to "1.5"."""
        object.__setattr__(self, "added", _stored(self.added))
        object.__setattr__(self, "removed", _stored(self.removed))


def _stored(triples: Iterable[ox.Triple]) -> tuple[ox.Triple, ...]:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    return tuple(quad.triple for quad in store)


def find_affected(index: Index, targets: Targets, around: Surroundings, change: Change) -> Affected:
    """Walk from the changed triples back to the focus nodes."""
    changed = change.added + change.removed
    if any(triple.predicate == SUBCLASS for triple in changed):
        return Affected({}, frozenset(index.shapes))
    walk = _Walk(index, targets, around)
    for triple in changed:
        walk.triple(triple)
    focus: dict[Node, set[Term]] = {}
    for node, shapes in walk.seen.items():
        for shape in targets.of(node, around, frozenset(shapes - walk.whole), before=True):
            focus.setdefault(shape, set()).add(node)
    kept = {shape: frozenset(nodes) for shape, nodes in focus.items()}
    return Affected(kept, frozenset(walk.whole))


class _Walk:
    """The walks from the triples of one change, and the focus nodes found so far."""

    def __init__(self, index: Index, targets: Targets, around: Surroundings) -> None:
        self.whole = set[Node]()
        self._index, self._targets, self._around = index, targets, around
        self.seen: dict[Term, set[Node]] = {}
        self._done = set[tuple[int, Term | None, Term | None]]()

    def triple(self, triple: ox.Triple) -> None:
        """Find the focus nodes that may see a triple."""
        subject, value = triple.subject, triple.object
        if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
            return  # RDF 1.2 has triple terms, SHACL 1.0 knows none
        for entry in self._index.reading(triple.predicate):
            read = entry.read
            if read.value is not None and read.value != value:
                continue
            if read.kind is not None and value not in self._targets.subclasses(read.kind):
                continue
            if not read.ways:
                self.whole |= entry.shapes
            else:
                self._back(entry, subject, value)

    def _back(self, entry: Entry, subject: Term, value: Term) -> None:
        key = (
            id(entry),
            subject if entry.from_subject else None,
            value if entry.from_object else None,
        )
        if key in self._done:
            return
        self._done.add(key)
        starts = [(value if way.to_object else subject, way) for way in entry.back]
        for node in nearest(self._around, starts):
            self.seen.setdefault(node, set()).update(entry.shapes)


def nearest(around: Surroundings, starts: list[tuple[Term, Way]]) -> frozenset[Term]:
    """Walk the one of several equal ways that passes few nodes."""
    for most in _FEW if len(starts) > 1 else (None,):
        for start, way in starts:
            try:
                return around.walk(start, way.chain, most)
            except TooManyError:
                continue
    raise AssertionError("a walk without limit ends")
