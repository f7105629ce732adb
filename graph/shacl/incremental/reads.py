"""The triples that a query looks at, each with the ways back to the focus node.

A change can matter to a query only if a changed triple matches one of its patterns and the other
patterns connect it with the focus node, in the graph before the change or in that after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from pledgegraph.graph.shacl.incremental.chains import Chain, Step, looked_up, turned
from pledgegraph.graph.shacl.incremental.patterns import End, Group, Pattern
from pledgegraph.graph.shacl.names import Term

# So many ways from a pattern to the focus node are kept, of so many steps.
_WAYS, _LONGEST = 4, 6


@dataclass(frozen=True)
class Way:
    """A chain from the focus node to the subject of a triple or, so marked, to its object."""

    to_object: bool
    chain: Chain


@dataclass(frozen=True)
class Read:
    """Triples that are looked at: by property, perhaps by object or by the class that it is.

    Each of the ways leads back to all focus nodes; without one, any focus node may be meant.
    """

    predicates: frozenset[ox.NamedNode] | None
    ways: tuple[Way, ...] = ()
    value: ox.NamedNode | None = None
    kind: Term | None = None


def at_subject(step: Step, chain: Chain) -> Read:
    """Return what one step from the end of a chain looks at."""
    return Read(step.predicates, (Way(step.inverse, chain),))


def along(chain: Chain, before: Chain) -> Iterator[Read]:
    """Iterate over what following a chain looks at."""
    for step, reached in looked_up(chain, before):
        yield at_subject(step, reached)


def query_reads(group: Group, starts: Mapping[str, Chain]) -> Iterator[Read]:
    """Iterate over what a query looks at, with some variables at the end of known chains."""
    return _of(group, dict(starts), (), ())


Patterns = tuple[Pattern, ...]


def _of(
    group: Group, starts: dict[str, Chain], joined: Patterns, visible: Patterns
) -> Iterator[Read]:
    """Iterate over the reads of a group.

    ``joined`` patterns have a solution together with it; those that are ``visible`` bind variables
    in its filters too, which a group within braces does not see (SPARQL 1.1, section 18.2.2).
    """
    own = tuple(certain(group))
    scope = joined + own
    for pattern in group.patterns:
        yield from _pattern(pattern, scope, starts)
    for inner in group.alone:
        yield from _of(inner, starts, (), ())
    for inner in group.joined + group.unions:
        yield from _of(inner, starts, scope, visible)
    for inner in group.optional:
        yield from _of(inner, starts, scope, visible + own)
    for inner in group.exists:
        yield from _of(inner, starts, visible + own, visible + own)


def certain(group: Group) -> Iterator[Pattern]:
    """Iterate over the patterns that every solution of a group has."""
    yield from group.patterns
    for inner in group.joined:
        yield from certain(inner)


def _pattern(pattern: Pattern, scope: Patterns, starts: dict[str, Chain]) -> Iterator[Read]:
    others = tuple(other for other in scope if other is not pattern)
    from_subject = _chains(pattern.subject, others, starts)
    from_object = _chains(pattern.object, others, starts)
    (step, *more) = pattern.chain
    if isinstance(step, Step) and not more:
        ways = [Way(step.inverse, chain) for chain in from_subject]
        ways += [Way(not step.inverse, chain) for chain in from_object]
        ways.sort(key=lambda way: len(way.chain))
        constant = pattern.subject if step.inverse else pattern.object
        value = constant if isinstance(constant, ox.NamedNode) else None
        yield Read(step.predicates, tuple(ways[:_WAYS]), value)
    elif from_subject:
        yield from along(pattern.chain, from_subject[0])
    elif from_object:
        yield from along(turned(pattern.chain), from_object[0])
    else:
        yield from (Read(step.predicates) for step, _ in looked_up(pattern.chain))


def _chains(end: End, patterns: Patterns, starts: dict[str, Chain]) -> list[Chain]:
    """Return the chains that lead from the known variables to another, the shortest first."""
    if not isinstance(end, str):
        return []
    found = list[Chain]()
    todo: list[tuple[str, Chain, frozenset[str]]]
    todo = [(name, chain, frozenset(starts)) for name, chain in starts.items()]
    for name, chain, passed in todo:  # the list grows while it is read
        if name == end:
            found.append(chain)
            if len(found) == _WAYS:
                break
        elif len(passed) <= _LONGEST + len(starts):
            todo += [
                (other, chain + hops, passed | {other})
                for other, hops in _from(name, patterns)
                if other not in passed
            ]
    return found


def _from(name: str, patterns: Patterns) -> Iterator[tuple[str, Chain]]:
    for pattern in patterns:
        if pattern.subject == name and isinstance(pattern.object, str):
            yield pattern.object, pattern.chain
        if pattern.object == name and isinstance(pattern.subject, str):
            yield pattern.subject, turned(pattern.chain)
