"""What a change can alter in what is derived, and what that derivation reads.

*Affected* nodes are found by walking from the subjects that changed along the ways in which one
record bears on another (evidence on what rests on it, a whole on its parts, an event on its
pledge, a retraction on what it takes back). What their derivation reads lies around them. Both
stay within the records of one pledge or filing: a source is left only if it changed itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from pledgegraph.graph.namespaces import NS, ORG
from pledgegraph.graph.shacl import Triples

Node = ox.NamedNode | ox.BlankNode
_DEFAULT = ox.DefaultGraph()


def _named(*names: str) -> frozenset[ox.NamedNode]:
    return frozenset(ox.NamedNode(f"{NS}{name}") for name in names)


_WHOLE_TO_PART = _named("hasCommitment", "hasReleaseCondition", "hasCriterion")
_PART_TO_WHOLE = _named("exemptionFrom", "versionOf", "concerns", "provisionOf")
_UPON = _named("retracts", "claims", "assertionAbout", "supersedes")
_EVENT = _named("concerns")
_WHO = _named("identifies")

# A node bears on the values of these, and on the subjects of those.
_ON_VALUES = _WHOLE_TO_PART | _UPON | _EVENT | _WHO | {ox.NamedNode(f"{ORG}member")}
_ON_SUBJECTS = _PART_TO_WHOLE | _named("hasEvidence", "inSource", "meetsCondition")
# What is derived of a node reads the values of these, and the subjects of those.
_READ_VALUES = (
    _PART_TO_WHOLE
    | _WHOLE_TO_PART
    | _named("hasEvidence", "inSource", "meetsCondition", "supersedes")
)
_READ_SUBJECTS = _WHOLE_TO_PART | _UPON | _EVENT | _WHO


class Neighbourhood:
    """The union of all sources after a change, with the triples that the change removed."""

    def __init__(self, union: Triples, removed: Iterable[ox.Triple]) -> None:
        self._union = union
        self._values: dict[tuple[Node, ox.NamedNode], set[Node]] = {}
        self._subjects: dict[tuple[Node, ox.NamedNode], set[Node]] = {}
        for triple in removed:
            subject, value = triple.subject, triple.object
            if isinstance(subject, Node) and isinstance(value, Node):
                self._values.setdefault((subject, triple.predicate), set()).add(value)
                self._subjects.setdefault((value, triple.predicate), set()).add(subject)

    def affected(self, changed: Iterable[Node]) -> set[Node]:
        """Return the nodes about which what is derived may differ, the changed ones included."""
        return self._closure(changed, _ON_VALUES, _ON_SUBJECTS)

    def read(self, nodes: Iterable[Node]) -> set[Node]:
        """Return the nodes whose triples the derivation about some nodes reads."""
        return self._closure(nodes, _READ_VALUES, _READ_SUBJECTS)

    def _closure(
        self,
        start: Iterable[Node],
        to_values: frozenset[ox.NamedNode],
        to_subjects: frozenset[ox.NamedNode],
    ) -> set[Node]:
        found, todo = set[Node](), list(start)
        while todo:
            node = todo.pop()
            if node not in found:
                found.add(node)
                todo += self._beside(node, to_values, to_subjects)
        return found

    def _beside(
        self,
        node: Node,
        to_values: frozenset[ox.NamedNode],
        to_subjects: frozenset[ox.NamedNode],
    ) -> Iterator[Node]:
        for quad in self._union.quads_for_pattern(node, None, None, _DEFAULT):
            if quad.predicate in to_values and isinstance(quad.object, Node):
                yield quad.object
        for predicate in to_values:
            yield from self._values.get((node, predicate), ())
        for predicate in to_subjects:
            yield from self._subjects.get((node, predicate), ())
            for quad in self._union.quads_for_pattern(None, predicate, node, _DEFAULT):
                if isinstance(quad.subject, Node):
                    yield quad.subject

    def extract(self, nodes: Iterable[Node]) -> ox.Store:
        """Copy what is said of some nodes into a store of its own."""
        store = ox.Store()
        for node in nodes:
            store.extend(self._union.quads_for_pattern(node, None, None, _DEFAULT))
        return store
