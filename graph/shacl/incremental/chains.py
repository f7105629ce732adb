"""Chains of steps from a focus node to where a shape looks, read from the text of a path."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from pledgegraph.graph.shacl.names import TYPE
from pledgegraph.graph.shacl.query_text import Token, tokens


class UnreadableError(ValueError):
    """A query says something whose triples cannot be told from its text."""


@dataclass(frozen=True)
class Step:
    """One triple, by one of some properties or, with none named, by any.

    It leads from subject to object or, inverse, from object to subject.
    """

    predicates: frozenset[ox.NamedNode] | None
    inverse: bool = False


@dataclass(frozen=True)
class Branch:
    """One of several chains or, repeated, any number of them one after another."""

    ways: tuple[Chain, ...]
    repeated: bool = False


Chain = tuple[Step | Branch, ...]


def turned(chain: Chain) -> Chain:
    """Return a chain from its end to its start."""
    return tuple(_turned(hop) for hop in reversed(chain))


def _turned(hop: Step | Branch) -> Step | Branch:
    if isinstance(hop, Step):
        return Step(hop.predicates, not hop.inverse)
    return Branch(tuple(turned(way) for way in hop.ways), hop.repeated)


def looked_up(chain: Chain, before: Chain = ()) -> Iterator[tuple[Step, Chain]]:
    """Iterate over the steps that following a chain takes, each with the chain that leads to it."""
    for hop in chain:
        if isinstance(hop, Step):
            yield hop, before
        else:
            reached = (*before, hop) if hop.repeated else before
            for way in hop.ways:
                yield from looked_up(way, reached)
        before = (*before, hop)


@functools.cache
def chain_of(path: str) -> Chain:
    """Read the text of a path in which every name is written out."""
    return PathReader(tokens(path, {})).alternatives()


class PathReader:
    """Reads property paths out of the terminals of a query (SPARQL 1.1, section 9.1)."""

    def __init__(self, found: list[Token], at: int = 0) -> None:
        self.found, self.at = found, at

    def word(self) -> str:
        """Return the next keyword or sign, and nothing at the end."""
        return self.found[self.at].word if self.at < len(self.found) else ""

    def take(self, word: str) -> bool:
        """Step over a keyword or sign if it comes next."""
        if self.word() != word:
            return False
        self.at += 1
        return True

    def alternatives(self) -> Chain:
        """Read one or more paths with | between them."""
        ways = [self._sequence()]
        while self.take("|"):
            ways.append(self._sequence())
        return ways[0] if len(ways) == 1 else _one_of(ways)

    def _sequence(self) -> Chain:
        chain = self._element()
        while self.take("/"):
            chain += self._element()
        return chain

    def _element(self) -> Chain:
        inverse = self.take("^")
        chain = self._primary()
        if self.take("*"):
            chain = (Branch((chain,), repeated=True),)
        elif self.take("+"):
            chain = (*chain, Branch((chain,), repeated=True))
        elif self.take("?"):
            chain = (Branch(((), chain)),)
        return turned(chain) if inverse else chain

    def _primary(self) -> Chain:
        if self.take("("):
            chain = self.alternatives()
            if not self.take(")"):
                raise UnreadableError("a path that is not closed")
            return chain
        if self.take("!"):  # any other property: which one matters little
            self._primary()
            return (Branch(((Step(None),), (Step(None, inverse=True),))),)
        if self.take("A"):
            return (Step(frozenset({TYPE})),)
        if self.at < len(self.found) and self.found[self.at].kind == "iri":
            self.at += 1
            name = ox.NamedNode(self.found[self.at - 1].text[1:-1])
            return (Step(frozenset({name})),)
        raise UnreadableError("a path that cannot be read")


def _one_of(ways: list[Chain]) -> Chain:
    """Join single steps in one direction to one step."""
    steps = [way[0] for way in ways if len(way) == 1 and isinstance(way[0], Step)]
    if len(steps) == len(ways) and len({step.inverse for step in steps}) == 1:
        named = [step.predicates for step in steps if step.predicates is not None]
        if len(named) == len(steps):
            return (Step(frozenset().union(*named), steps[0].inverse),)
    return (Branch(tuple(ways)),)
