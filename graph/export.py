"""Dumps of a release, written from its canonical text: two builds give the same bytes.

The default graph has no text of its own, since that would cost the whole graph at each release.
It is what the texts say and the store asserts, with what is preferred, derived and given.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from pledgegraph.graph.asserted import background
from pledgegraph.graph.namespaces import DERIVED_GRAPH, NS, PREFIXES
from pledgegraph.graph.publishing.texts import graph_text
from pledgegraph.graph.release import Release

_DERIVED = ox.NamedNode(DERIVED_GRAPH)
_ABOUT, _PROPERTY, _VALUE = (
    ox.NamedNode(f"{NS}{name}") for name in ("assertionAbout", "assertedProperty", "assertedValue")
)
# Texts up to this size are sorted together, so that not all files are open at once.
_SMALL = 1 << 24


def dataset_text(release: Release) -> Iterator[bytes]:
    """Iterate over the N-Quads of a release: default graph, source graphs, derived graph."""
    yield from default_text(release)
    for path in release.graph_paths():
        yield path.read_bytes()
    store = ox.Store.read_only(str(release.store_path))
    derived = store.quads_for_pattern(None, None, None, _DERIVED)
    yield graph_text(DERIVED_GRAPH, (quad.triple for quad in derived))


def default_text(release: Release) -> Iterator[bytes]:
    """Iterate over the canonical N-Triples of the default graph, literals as sources have them."""
    store = ox.Store.read_only(str(release.store_path))
    paths = release.graph_paths()
    small = [path for path in paths if path.stat().st_size <= _SMALL]
    together = sorted(line for path in small for line in _asserted_lines(store, path))
    streams = [_asserted_lines(store, path) for path in paths if path not in small]
    own = sorted(_own_lines(store, paths))
    for line, _ in itertools.groupby(heapq.merge(own, together, *streams)):
        yield line


def _asserted_lines(store: ox.Store, path: Path) -> Iterator[bytes]:
    """Iterate over the lines of a source graph that the default graph has, in their order."""
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS):
        triple = quad.triple
        if ox.Quad(triple.subject, triple.predicate, triple.object) in store:
            yield f"{triple} .\n".encode()


def _own_lines(store: ox.Store, paths: Iterable[Path]) -> Iterator[bytes]:
    """Iterate over what no source says: what is given and what is derived."""
    for triple in background():
        yield f"{triple} .\n".encode()
    for quad in store.quads_for_pattern(None, None, None, _DERIVED):
        yield f"{quad.triple} .\n".encode()
    yield from _preferred(store, paths)


def _preferred(store: ox.Store, paths: Iterable[Path]) -> Iterator[bytes]:
    """Iterate over the values that assertions give and the default graph has, as written."""
    mark = str(_VALUE).encode()
    for path in paths:
        with path.open("rb") as file:
            lines = b"".join(line for line in file if mark in line)
        for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS):
            if quad.predicate != _VALUE:
                continue  # a text that names the property
            for about in _values(store, quad.subject, _ABOUT):
                for name in _values(store, quad.subject, _PROPERTY):
                    if ox.Quad(about, name, quad.object) in store:
                        yield f"{ox.Triple(about, name, quad.object)} .\n".encode()


def _values(
    store: ox.Store, subject: ox.NamedNode, predicate: ox.NamedNode
) -> Iterator[ox.NamedNode]:
    """Iterate over the values of a property of an assertion: things, or the gate refuses it."""
    for quad in store.quads_for_pattern(subject, predicate, None, ox.DefaultGraph()):
        assert isinstance(quad.object, ox.NamedNode)
        yield quad.object


def _quads(release: Release) -> list[ox.Quad]:
    return list(ox.parse(b"".join(dataset_text(release)), format=ox.RdfFormat.N_QUADS))


def _written(quads: Iterable[ox.Quad], form: ox.RdfFormat) -> Iterator[bytes]:
    data = ox.serialize(quads, format=form, prefixes=PREFIXES)
    assert data is not None
    yield data


def _trig(release: Release) -> Iterator[bytes]:
    return _written(_quads(release), ox.RdfFormat.TRIG)


def _turtle(release: Release) -> Iterator[bytes]:
    quads = ox.parse(b"".join(default_text(release)), format=ox.RdfFormat.N_TRIPLES)
    return _written(quads, ox.RdfFormat.TURTLE)


def _jsonld(release: Release) -> Iterator[bytes]:
    return _written(_quads(release), ox.RdfFormat.JSON_LD)


FORMATS: Mapping[str, tuple[str, Callable[[Release], Iterator[bytes]]]] = {
    "nq": ("N-Quads: the default graph and every source graph", dataset_text),
    "trig": ("TriG: the default graph and every source graph", _trig),
    "nt": ("N-Triples: the default graph only", default_text),
    "ttl": ("Turtle: the default graph only", _turtle),
    "jsonld": ("JSON-LD: the default graph and every source graph", _jsonld),
}


def export(release: Release, form: str) -> bytes:
    """Return a dump in one of ``FORMATS``."""
    return b"".join(FORMATS[form][1](release))


def export_to(release: Release, form: str, target: Path) -> None:
    """Write a dump in one of ``FORMATS`` to a file, whole or not at all."""
    partial = target.with_name(f"{target.name}.partial")
    try:
        with partial.open("wb") as file:
            file.writelines(FORMATS[form][1](release))
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
