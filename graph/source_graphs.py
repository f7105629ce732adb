"""Source graphs by name: which there are in a release, and what each holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

import pyoxigraph as ox

from pledgegraph.graph import errors
from pledgegraph.graph.namespaces import GRAPH, NS, RDF_TYPE, thing
from pledgegraph.graph.records.identity import RESERVED, is_source_slug
from pledgegraph.graph.records.problems import Origin, Problem
from pledgegraph.graph.release import Release

_TYPE = ox.NamedNode(RDF_TYPE)
_SOURCES = (ox.NamedNode(f"{NS}SourceDocument"), ox.NamedNode(f"{NS}DataSet"))
_SOURCE = thing("source", "")


@dataclass(frozen=True, slots=True)
class SourceGraph:
    """A source graph as the manifest of a release lists it."""

    slug: str
    triples: int
    digest: str
    origin: str

    @property
    def iri(self) -> str:
        """Return its name."""
        return f"{GRAPH}{self.slug}"


def slug_of(iri: str) -> str:
    """Return the slug of a source graph; raises ``GraphNameError`` for any other name."""
    slug = iri.removeprefix(GRAPH)
    if not iri.startswith(GRAPH) or not is_source_slug(slug):
        example = f"{GRAPH}acme-news-2026-01-15"
        message = f"'{iri[:200]}' can't name a source graph: use a name such as {example}"
        raise errors.GraphNameError(f"{message} (lower-case letters, digits and '-')")
    if slug in RESERVED:
        message = f"'{iri}' is made by the graph itself: choose another name for the source"
        raise errors.GraphNameError(message)
    return slug


def listed(release: Release) -> Iterator[SourceGraph]:
    """Iterate over the source graphs of a release, in order of name."""
    entries = cast(dict[str, dict[str, Any]], release.manifest["graphs"])
    for slug, entry in sorted(entries.items()):
        yield SourceGraph(slug, entry["triples"], entry["sha256"], entry["origin"])


def named(release: Release, iri: str) -> SourceGraph:
    """Return one source graph; raises ``UnknownGraphError`` when a release has none so named."""
    slug = slug_of(iri)
    found = next((graph for graph in listed(release) if graph.slug == slug), None)
    if found is None:
        raise errors.UnknownGraphError(f"there is no graph {iri}")
    return found


def source_described(said: Iterable[ox.Triple]) -> str:
    """Return the slug of the one source that triples describe, which names their graph.

    Raises ``RecordsRefusedError`` when they describe none, or several.
    """
    subjects = {one.subject for one in said if one.predicate == _TYPE and one.object in _SOURCES}
    names = sorted(one.value for one in subjects if isinstance(one, ox.NamedNode))
    if len(names) == 1 and names[0].startswith(_SOURCE):
        return slug_of(f"{GRAPH}{names[0].removeprefix(_SOURCE)}")
    message = f"describes {len(names)} sources: describe one, {_SOURCE} and its name."
    problem = Problem(Origin("record", 1, 1), "missing-source", message)
    raise errors.RecordsRefusedError([problem])


def triples(release: Release, iri: str) -> Iterator[ox.Triple]:
    """Iterate over what a source graph says, from the canonical text: literals as written."""
    path = release.graph(iri)
    if path is None:
        raise errors.UnknownGraphError(f"there is no graph {iri}")
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS):
        yield quad.triple
