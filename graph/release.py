"""Releases: immutable, numbered folders below ``HOME/releases``; the highest number is current.

A release holds the canonical text of every source graph (``graphs/{slug}.nq``) and of the default
graph (``default.nt``), the Oxigraph store that indexes them, the validation report and a
manifest. It is made beside the others and renamed into place when it is whole, so that readers
see all of it or nothing, and a crash at any moment leaves the release before.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from pledgegraph.graph import errors
from pledgegraph.graph.namespaces import GRAPH


@dataclass(frozen=True)
class Content:
    """What goes into a release: triples by source graph, the default graph, the report."""

    graphs: Mapping[str, Iterable[ox.Triple]]
    default: Iterable[ox.Triple]
    report: str


@dataclass(frozen=True)
class Release:
    """One release on disk."""

    path: Path

    @property
    def number(self) -> int:
        """Return its number, counted from 1."""
        return int(self.path.name)

    @property
    def store_path(self) -> Path:
        """Return the folder of its Oxigraph store (open it read-only)."""
        return self.path / "store"

    @property
    def default_path(self) -> Path:
        """Return the canonical N-Triples of its default graph."""
        return self.path / "default.nt"

    @property
    def report_path(self) -> Path:
        """Return its validation report."""
        return self.path / "report.ttl"

    @property
    def manifest(self) -> dict[str, object]:
        """Return what the release is: number, parent, checksum, counts."""
        content: dict[str, object] = json.loads((self.path / "manifest.json").read_text("utf-8"))
        return content

    def graph_paths(self) -> list[Path]:
        """Return the canonical N-Quads of its source graphs, in order of name."""
        return sorted((self.path / "graphs").glob("*.nq"))


def releases(home: Path) -> list[Release]:
    """Return the releases of a home, oldest first."""
    folder = home / "releases"
    paths = folder.iterdir() if folder.is_dir() else iter(())
    return [Release(path) for path in sorted(paths) if path.name.isdigit() and path.is_dir()]


def latest(home: Path) -> Release | None:
    """Return the current release of a home, or none when there is none yet."""
    every = releases(home)
    return every[-1] if every else None


def current(home: Path) -> Release:
    """Return the current release of a home; raises ``NoReleaseError`` when there is none yet."""
    release = latest(home)
    if release is None:
        raise errors.NoReleaseError(f"{home} holds no release: run 'pledgegraph build' first")
    return release


def publish(home: Path, content: Content) -> Release:
    """Make a release of the content, or return the current one when it has the same content.

    Raises ``HomeBusyError`` when another process is publishing, ``OSError`` when the disk fails;
    the current release stays untouched in either case.
    """
    with _lock(home):
        before = latest(home)
        _clear(home)
        candidate = Path(tempfile.mkdtemp(prefix="candidate-", dir=home))
        try:
            checksum, counts = _write_texts(candidate, content)
            if before and before.manifest["checksum"] == checksum:
                return before
            _index(candidate)
            number = before.number + 1 if before else 1
            _write_manifest(candidate, number, before, checksum, counts)
            target = home / "releases" / f"{number:06d}"
            target.parent.mkdir(exist_ok=True)
            candidate.chmod(0o755)
            candidate.rename(target)
            _sync(target.parent)
            return Release(target)
        finally:
            shutil.rmtree(candidate, ignore_errors=True)


@contextmanager
def _lock(home: Path) -> Iterator[None]:
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = f"another process is writing to {home}: wait for it, or choose another --home"
            raise errors.HomeBusyError(message) from None
        yield


def _clear(home: Path) -> None:
    """Remove what a killed writer left; the lock says that no other is at work."""
    for path in home.glob("candidate-*"):
        shutil.rmtree(path, ignore_errors=True)


def canonical(quads: Iterable[ox.Quad | ox.Triple]) -> bytes:
    """Write quads as canonical N-Quads (triples as N-Triples): one a line, sorted, each once."""
    lines = {f"{quad} .\n".encode() for quad in quads}
    return b"".join(sorted(lines))


def _write_texts(candidate: Path, content: Content) -> tuple[str, dict[str, int]]:
    folder = candidate / "graphs"
    folder.mkdir()
    digests: list[str] = []
    counts: dict[str, int] = {}
    for iri, triples in sorted(content.graphs.items()):
        name = ox.NamedNode(iri)
        data = canonical(ox.Quad(t.subject, t.predicate, t.object, name) for t in triples)
        slug = iri.removeprefix(GRAPH)
        _write(folder / f"{slug}.nq", data)
        counts[slug] = data.count(b"\n")
        digests.append(f"{slug} {hashlib.sha256(data).hexdigest()}")
    data = canonical(content.default)
    _write(candidate / "default.nt", data)
    counts["default"] = data.count(b"\n")
    digests.append(f"default {hashlib.sha256(data).hexdigest()}")
    report = content.report.encode()
    _write(candidate / "report.ttl", report)
    digests.append(f"report {hashlib.sha256(report).hexdigest()}")
    return hashlib.sha256("\n".join(digests).encode()).hexdigest(), counts


def _index(candidate: Path) -> None:
    """Build the store from the canonical text, which stays the truth."""
    store = ox.Store(str(candidate / "store"))
    store.bulk_load(path=str(candidate / "default.nt"), format=ox.RdfFormat.N_TRIPLES)
    for path in sorted((candidate / "graphs").glob("*.nq")):
        store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
    store.optimize()
    store.flush()


def _write_manifest(
    candidate: Path, number: int, before: Release | None, checksum: str, counts: dict[str, int]
) -> None:
    content = {
        "id": number,
        "parent": before.number if before else None,
        "checksum": checksum,
        "triples": counts,
    }
    _write(candidate / "manifest.json", json.dumps(content, indent=1).encode())


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
