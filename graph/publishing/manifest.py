"""The manifest of a release: what it holds, what changed, and the digest of every file."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from pledgegraph.graph.namespaces import GRAPH
from pledgegraph.graph.publishing import texts
from pledgegraph.graph.publishing.candidate import Candidate
from pledgegraph.graph.publishing.texts import Difference
from pledgegraph.graph.release import Release, digest, stored_files

_RULES = (
    ("pledgegraph.ontology", ".ttl"),
    ("pledgegraph.ontology.vocabularies", ".ttl"),
    ("pledgegraph.shapes", ".ttl"),
    ("pledgegraph.graph.derive", ".py"),
    ("pledgegraph.graph.publishing", ".py"),
)


@functools.cache
def rules() -> str:
    """Return a digest of what a release follows from beside its texts.

    The ontology, the shapes and the code that derives: where they differ from those of the
    release before, everything is validated and derived anew.
    """
    found = hashlib.sha256((files("pledgegraph.graph") / "asserted.py").read_bytes())
    for package, ending in _RULES:
        for entry in sorted(files(package).iterdir(), key=lambda item: item.name):
            if entry.name.endswith(ending):
                found.update(entry.name.encode())
                found.update(entry.read_bytes())
    return found.hexdigest()


def graphs_of(
    candidate: Candidate, changed: Iterable[Difference], origin: str
) -> dict[str, dict[str, Any]]:
    """Describe each source graph: digest of its text, number of triples, where it came from."""
    described = dict(candidate.before.manifest["graphs"]) if candidate.before else {}
    for graph in changed:
        slug = graph.graph.removeprefix(GRAPH)
        before = described.pop(slug, {"triples": 0})["triples"]
        if graph.new:
            triples = before + graph.added - graph.removed
            described[slug] = {"sha256": digest(graph.new), "triples": triples, "origin": origin}
    return dict(sorted(described.items()))


def triples_in(graphs: Mapping[str, Mapping[str, Any]]) -> int:
    """Return how many triples some described source graphs have, each for itself."""
    return sum(graph["triples"] for graph in graphs.values())


def checksum(graphs: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the digest of a release: of its rules and the sorted digests of its graphs."""
    lines = [f"rules {rules()}", *(f"{slug} {graphs[slug]['sha256']}" for slug in sorted(graphs))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def write_manifest(
    candidate: Candidate,
    graphs: Mapping[str, Mapping[str, Any]],
    changed: Iterable[Difference],
    how: str,
) -> None:
    """Write the manifest, last of all, with the digest of every other file."""
    before = candidate.before
    content = {
        "id": before.number + 1 if before else 1,
        "parent": before.number if before else None,
        "checksum": checksum(graphs),
        "rules": rules(),
        "triples": triples_in(graphs),
        "change": {
            "how": how,
            "graphs": {
                graph.graph.removeprefix(GRAPH): [graph.added, graph.removed] for graph in changed
            },
        },
        "graphs": graphs,
        "files": file_digests(candidate.path, before),
    }
    texts.write(candidate.path / "manifest.json", json.dumps(content).encode())


def file_digests(path: Path, before: Release | None = None) -> dict[str, list[Any]]:
    """Return size and digest of every file; a file shared with the release before has its."""
    known = _known(before) if before else {}
    found = {}
    for name, file in stored_files(path).items():
        found[name] = known.get((name, file.identity)) or [file.size, digest(path / name)]
    return found


def _known(before: Release) -> dict[tuple[str, tuple[int, int]], list[Any]]:
    listed = before.manifest["files"]
    files = before.files.items()
    return {(name, file.identity): listed[name] for name, file in files if name in listed}
