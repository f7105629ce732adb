"""Make the store of a candidate from its texts alone, as where much or everything changed.

All that the sources say is loaded into a store for the time being, which becomes the default
graph: it is validated, what is set aside taken out, and what is derived put in.
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from pledgegraph.graph.asserted import EVIDENCE_CLASSES, Node, View, background
from pledgegraph.graph.derive.derived import derive
from pledgegraph.graph.namespaces import DERIVED_GRAPH, GRAPH, NS
from pledgegraph.graph.publishing import texts
from pledgegraph.graph.publishing.union import DEFAULT

_ABOUT = ox.NamedNode(f"{NS}assertionAbout")
_EVIDENCE = ox.NamedNode(f"{NS}hasEvidence")

_ABOUT_WHAT = f"SELECT DISTINCT ?node {{ ?assertion {_ABOUT} ?node }}"
_UNUSED = f"""SELECT ?node {{
  VALUES ?kind {{ {" ".join(map(str, EVIDENCE_CLASSES))} }}
  ?node a ?kind FILTER NOT EXISTS {{ ?record {_EVIDENCE} ?node }}
}}"""

# What a triple takes in memory with its part of the terms, and how much of all memory may be used.
_BYTES_OF_TRIPLE = 700
_PART_OF_MEMORY = 3
_LIMIT_OF_CONTAINER = Path("/sys/fs/cgroup/memory.max")


@dataclass(frozen=True)
class Followed:
    """What follows from all sources, as canonical N-Triples, and the subjects that it is about.

    Most subjects are asserted as they are said. Only those are asked about one by one of which
    something is set aside, preferred or unused: they are ``special``, and ``anew`` has what is
    asserted of them.
    """

    special: frozenset[Node]
    anew: bytes
    derived: bytes


@contextmanager
def for_the_time_being(folder: Path, triples: int) -> Iterator[ox.Store]:
    """Make a store for so many triples: in memory where they fit in easily, or else on disk."""
    if triples * _BYTES_OF_TRIPLE * _PART_OF_MEMORY < _memory():
        yield ox.Store()
        return
    path = folder / "working"
    try:
        yield ox.Store(str(path))
    finally:
        shutil.rmtree(path)


def _memory() -> int:
    """Return how much memory this machine or container has, in bytes."""
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    try:
        return min(machine, int(_LIMIT_OF_CONTAINER.read_text("ascii")))
    except (OSError, ValueError):
        return machine


def load_union(union: ox.Store, paths: Iterable[Path]) -> None:
    """Load what all source graphs say together, and what every release says."""
    blocks = chain.from_iterable(texts.triple_lines(path, graph_of(path)) for path in paths)
    _load(union, chain(blocks, [texts.canonical(background())]))


def follow(union: ox.Store) -> tuple[Followed, View]:
    """Find what follows from all that the sources say together."""
    derivation = derive(union)
    aside = {ox.NamedNode(iri) for iri in derivation.set_aside}
    view = View(union, aside.__contains__)
    special = frozenset(_special(union, aside))
    anew = {triple for node in special for triple in view.of(node)} | background()
    return Followed(special, texts.canonical(anew), texts.canonical(derivation.triples)), view


def turn_into_default(union: ox.Store, found: Followed) -> None:
    """Make of what the sources say together what is asserted and derived."""
    for node in found.special:
        for quad in list(union.quads_for_pattern(node, None, None, DEFAULT)):
            union.remove(quad)
    _load(union, [found.anew, found.derived])


def load_served(served: ox.Store, paths: Iterable[Path], found: Followed) -> None:
    """Load the source graphs, the derived graph and the default graph, in one go."""
    skipped = {str(node).encode() for node in found.special}
    sources = chain.from_iterable(map(texts.blocks, paths))
    said = (
        _without(block, skipped)
        for path in paths
        for block in texts.triple_lines(path, graph_of(path))
    )
    derived = texts.in_graph(DERIVED_GRAPH, found.derived)
    _load(served, chain(sources, [derived], said, [found.anew, found.derived]))


def subjects_with_assertions(union: ox.Store) -> set[Node]:
    """Return the records about which there is an assertion."""
    return _nodes(union, _ABOUT_WHAT)


def graph_of(path: Path) -> str:
    """Return the source graph whose text a file holds."""
    return f"{GRAPH}{path.stem}"


def _load(store: ox.Store, blocks: Iterable[bytes]) -> None:
    file = io.BufferedReader(texts.Blocks(blocks))
    store.bulk_load(input=file, format=ox.RdfFormat.N_QUADS)


def _without(block: bytes, skipped: set[bytes]) -> bytes:
    """Leave out the lines about some subjects."""
    if not skipped:
        return block
    lines = block.splitlines(keepends=True)
    return b"".join(line for line in lines if texts.subject_of(line) not in skipped)


def _special(union: ox.Store, aside: set[ox.NamedNode]) -> set[Node]:
    """Return the subjects that may not be asserted just as they are said."""
    found: set[Node] = set(aside) | subjects_with_assertions(union) | _nodes(union, _UNUSED)
    for node in aside:
        found.update(_referring(union, node))
        for quad in union.quads_for_pattern(node, _EVIDENCE, None, DEFAULT):
            if isinstance(quad.object, ox.NamedNode):
                found.add(quad.object)
    return found


def _referring(union: ox.Store, node: ox.NamedNode) -> Iterator[Node]:
    for quad in union.quads_for_pattern(None, None, node, DEFAULT):
        assert isinstance(quad.subject, ox.NamedNode | ox.BlankNode)
        yield quad.subject


def _nodes(union: ox.Store, query: str) -> set[Node]:
    answer = union.query(query)
    assert isinstance(answer, ox.QuerySolutions)
    return {row[0] for row in answer}
