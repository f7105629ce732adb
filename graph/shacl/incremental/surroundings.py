"""The graph around a change: the triples of before and after, looked up node by node."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Set

import pyoxigraph as ox

from pledgegraph.graph.shacl.incremental.chains import Branch, Chain, Step
from pledgegraph.graph.shacl.names import Node, Term
from pledgegraph.graph.shacl.source import Triples

# A node with no more triples than this is read at once; of others one property is read at a time.
_SMALL = 100
# So few properties of a node that is not read yet are read one by one.
_SINGLY = 2

Values = dict[ox.NamedNode, list[Term]]


class TooManyError(Exception):
    """A walk reaches more nodes than it was allowed."""


class Surroundings:
    """Neighbours of nodes, each looked up once, in a graph and in triples removed from it."""

    def __init__(self, data: Triples, removed: Iterable[ox.Triple] = ()) -> None:
        self._data = data
        self._removed: dict[tuple[Term, bool], Values] = {}
        for triple in removed:
            self._remember(triple.subject, triple.predicate, triple.object, inverse=False)
            self._remember(triple.object, triple.predicate, triple.subject, inverse=True)
        self._known: dict[tuple[Term, bool], Values | None] = {}
        self._few: dict[tuple[Term, ox.NamedNode, bool], list[Term]] = {}
        self._walked: dict[tuple[Term, Chain], frozenset[Term] | int] = {}

    def _remember(
        self,
        node: Term | ox.Triple,
        predicate: ox.NamedNode,
        other: Term | ox.Triple,
        *,
        inverse: bool,
    ) -> None:
        if not isinstance(node, ox.Triple) and not isinstance(other, ox.Triple):
            found = self._removed.setdefault((node, inverse), {})
            found.setdefault(predicate, []).append(other)

    def neighbours(self, node: Term, step: Step) -> Iterator[Term]:
        """Iterate over the nodes that one step leads to, before or after the change."""
        yield from self.present(node, step)
        if gone := self._removed.get((node, step.inverse)):
            for predicate in gone if step.predicates is None else step.predicates:
                yield from gone.get(predicate, ())

    def present(self, node: Term, step: Step) -> Iterator[Term]:
        """Iterate over the nodes that one step leads to after the change."""
        if isinstance(node, ox.Literal) and not step.inverse:
            return
        # What leads to a node is asked for by many properties, what it says by few.
        is_read = step.inverse or step.predicates is None or (node, False) in self._known
        found = self._all(node, step.inverse) if is_read else None
        if found is not None:
            for predicate in found if step.predicates is None else step.predicates:
                yield from found.get(predicate, ())
        elif step.predicates is None:
            yield from self._read(node, None, step.inverse)
        else:
            for predicate in step.predicates:
                yield from self._some(node, predicate, step.inverse)

    def _some(self, node: Term, predicate: ox.NamedNode, inverse: bool) -> Iterable[Term]:
        """Read the values of one property; few of them are remembered."""
        key = (node, predicate, inverse)
        if key not in self._few:
            values = self._read(node, predicate, inverse)
            first = list(itertools.islice(values, _SMALL))
            if len(first) == _SMALL:
                return itertools.chain(first, values)
            self._few[key] = first
        return self._few[key]

    def properties(
        self, node: Term, among: Set[ox.NamedNode], *, inverse: bool, before: bool
    ) -> set[ox.NamedNode]:
        """Return those of some properties that a node has, after a change or before it too."""
        gone = self._removed.get((node, inverse), {}) if before else {}
        if isinstance(node, ox.Literal) and not inverse:
            return set()
        found = self._all(node, inverse)
        if found is not None:
            return {name for names in (found, gone) for name in names if name in among}
        return {
            name
            for name in among
            if name in gone or next(self._quads(node, name, inverse), None) is not None
        }

    def read(self, nodes: Iterable[Term]) -> None:
        """Read all that is said of nodes, since many properties of theirs will be asked for."""
        for node in nodes:
            if not isinstance(node, ox.Literal):
                self._all(node, inverse=False)

    def said(self, node: Node, among: Set[ox.NamedNode] | None) -> Iterator[ox.Triple]:
        """Iterate over what is said of a node by some properties or, with none named, by any."""
        is_read = among is None or len(among) > _SINGLY or (node, False) in self._known
        found = self._all(node, inverse=False) if is_read else None
        if found is not None:
            for predicate in found if among is None else among:
                for value in found.get(predicate, ()):
                    yield ox.Triple(node, predicate, value)
        else:
            for name in (None,) if among is None else among:
                for quad in self._quads(node, name, inverse=False):
                    yield quad.triple

    def has_other(self, node: Term, known: Set[Term]) -> bool:
        """Tell whether a node has a property besides the known ones after the change."""
        found = None if isinstance(node, ox.Literal) else self._all(node, inverse=False)
        return found is None or any(name not in known for name in found)

    def _all(self, node: Term, inverse: bool) -> Values | None:
        key = (node, inverse)
        if key not in self._known:
            values: Values = {}
            quads = self._quads(node, None, inverse)
            for quad in itertools.islice(quads, _SMALL):
                other = quad.subject if inverse else quad.object
                if not isinstance(other, ox.Triple):
                    values.setdefault(quad.predicate, []).append(other)
            self._known[key] = None if next(quads, None) else values
        return self._known[key]

    def _read(self, node: Term, predicate: ox.NamedNode | None, inverse: bool) -> Iterator[Term]:
        for quad in self._quads(node, predicate, inverse):
            other = quad.subject if inverse else quad.object
            if not isinstance(other, ox.Triple):
                yield other

    def _quads(
        self, node: Term, predicate: ox.NamedNode | None, inverse: bool
    ) -> Iterator[ox.Quad]:
        graph = ox.DefaultGraph()
        if inverse:
            return self._data.quads_for_pattern(None, predicate, node, graph)
        assert not isinstance(node, ox.Literal)
        return self._data.quads_for_pattern(node, predicate, None, graph)

    def walk(self, start: Term, chain: Chain, most: int | None = None) -> frozenset[Term]:
        """Return the nodes that a chain leads to; fail where it passes more than so many at once.

        A walk is made once, and so is the discovery that there are too many.
        """
        key = (start, chain)
        known = self._walked.get(key)
        if isinstance(known, frozenset):
            return known
        if known is not None and most is not None and known >= most:
            raise TooManyError
        try:
            found = frozenset(self._follow({start}, chain, most))
        except TooManyError:
            self._walked[key] = most or 0
            raise
        self._walked[key] = found
        return found

    def _follow(self, nodes: set[Term], chain: Chain, most: int | None) -> set[Term]:
        for hop in chain:
            if not nodes:
                break
            if isinstance(hop, Step):
                reached = (other for node in nodes for other in self.neighbours(node, hop))
                nodes = _limited(reached, most)
            elif hop.repeated:
                nodes = self._repeat(nodes, hop, most)
            else:
                nodes = set().union(*(self._follow(nodes, way, most) for way in hop.ways))
        return nodes

    def _repeat(self, nodes: set[Term], hop: Branch, most: int | None) -> set[Term]:
        seen, new = set(nodes), nodes
        while new:
            reached = set[Term]().union(*(self._follow(new, way, most) for way in hop.ways))
            new = reached - seen
            seen |= new
            if most is not None and len(seen) > most:
                raise TooManyError
        return seen


def _limited(terms: Iterable[Term], most: int | None) -> set[Term]:
    found = set[Term]()
    for term in terms:
        found.add(term)
        if most is not None and len(found) > most:
            raise TooManyError
    return found
