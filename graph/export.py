"""Dumps of a release, written from its canonical text: two builds give the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from pledgegraph.graph.namespaces import PREFIXES
from pledgegraph.graph.release import Release


def dataset_text(release: Release) -> Iterator[bytes]:
    """Iterate over the N-Quads of a release: the default graph, then each source graph."""
    for path in [release.default_path, *release.graph_paths()]:
        yield path.read_bytes()


def _nquads(release: Release) -> bytes:
    return b"".join(dataset_text(release))


def _ntriples(release: Release) -> bytes:
    return release.default_path.read_bytes()


def _quads(release: Release) -> list[ox.Quad]:
    return list(ox.parse(_nquads(release), format=ox.RdfFormat.N_QUADS))


def _written(quads: list[ox.Quad], form: ox.RdfFormat) -> bytes:
    data = ox.serialize(quads, format=form, prefixes=PREFIXES)
    assert data is not None
    return data


def _trig(release: Release) -> bytes:
    return _written(_quads(release), ox.RdfFormat.TRIG)


def _turtle(release: Release) -> bytes:
    quads = list(ox.parse(_ntriples(release), format=ox.RdfFormat.N_TRIPLES))
    return _written(quads, ox.RdfFormat.TURTLE)


def _jsonld(release: Release) -> bytes:
    return _written(_quads(release), ox.RdfFormat.JSON_LD)


FORMATS: Mapping[str, tuple[str, Callable[[Release], bytes]]] = {
    "nq": ("N-Quads: the default graph and every source graph", _nquads),
    "trig": ("TriG: the default graph and every source graph", _trig),
    "nt": ("N-Triples: the default graph only", _ntriples),
    "ttl": ("Turtle: the default graph only", _turtle),
    "jsonld": ("JSON-LD: the default graph and every source graph", _jsonld),
}


def export(release: Release, form: str, target: Path | None) -> bytes:
    """Write a dump in one of ``FORMATS`` to a file, whole or not at all; returns its bytes."""
    data = FORMATS[form][1](release)
    if target:
        partial = target.with_name(f"{target.name}.partial")
        partial.write_bytes(data)
        partial.replace(target)
    return data
