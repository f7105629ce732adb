"""Make both stores of a candidate from its texts alone, as where much or everything changed."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from pledgegraph.graph.asserted import EVIDENCE_CLASSES, Node, View, background
from pledgegraph.graph.derive.derived import Derivation, derive
from pledgegraph.graph.namespaces import DERIVED_GRAPH, GRAPH, NS
from pledgegraph.graph.publishing import texts
from pledgegraph.graph.publishing.stores import DEFAULT, Stores

_ABOUT = ox.NamedNode(f"{NS}assertionAbout")
_EVIDENCE = ox.NamedNode(f"{NS}hasEvidence")

_ABOUT_WHAT = f"SELECT DISTINCT ?node {{ ?assertion {_ABOUT} ?node }}"
_UNUSED = f"""SELECT ?node {{
  VALUES ?kind {{ {" ".join(map(str, EVIDENCE_CLASSES))} }}
  ?node a ?kind FILTER NOT EXISTS {{ ?record {_EVIDENCE} ?node }}
}}"""


def load_union(union: ox.Store, paths: Iterable[Path]) -> None:
    """Load what all source graphs say together, and what every release says."""
    blocks = chain.from_iterable(texts.triple_lines(path, graph_of(path)) for path in paths)
    _load(union, chain(blocks, [texts.canonical(background())]))


def load_served(stores: Stores, paths: Iterable[Path]) -> View:
    """Load the source graphs, the derived graph and the default graph, in one go.

    Most subjects are asserted as they are said, so their lines are copied; only those about
    which something is set aside, preferred or unused are asked about one by one.
    """
    derivation = derive(stores.union)
    aside = {ox.NamedNode(iri) for iri in derivation.set_aside}
    view = View(stores.union, aside.__contains__)
    special = _special(stores.union, derivation)
    skipped = {str(node).encode() for node in special}
    sources = chain.from_iterable(map(texts.blocks, paths))
    said = (
        _without(block, skipped)
        for path in paths
        for block in texts.triple_lines(path, graph_of(path))
    )
    anew = {triple for node in special for triple in view.of(node)} | background()
    derived = [texts.graph_text(DERIVED_GRAPH, derivation.triples)]
    own = [texts.canonical(anew), texts.canonical(derivation.triples)]
    _load(stores.served, chain(sources, derived, said, own))
    return view


def optimize(stores: Stores) -> None:
    """Compact both stores for reading."""
    stores.union.optimize()
    stores.served.optimize()


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


def _special(union: ox.Store, derivation: Derivation) -> set[Node]:
    """Return the subjects that may not be asserted just as they are said."""
    aside = {ox.NamedNode(iri) for iri in derivation.set_aside}
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
