"""Releases: immutable, numbered folders below ``HOME/releases``; the highest number is current.

A release holds the canonical text of every source graph (``graphs/{slug}.nq``, the truth), the
Oxigraph store that is served (``store``: source graphs, derived graph, default graph), the
validation report and a manifest with the digest of every file. It is made beside the others and
renamed into place when it is whole (``graph/publishing``); it is never written again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from pledgegraph.graph import errors
from pledgegraph.graph.namespaces import GRAPH

FOLDERS = ("graphs", "store")
# What RocksDB writes for people, or makes anew whenever a store is opened.
_TRANSIENT = ("LOG", "LOCK")


@dataclass(frozen=True, slots=True)
class File:
    """A file on disk: how large it is, and which it is among all its names."""

    size: int
    identity: tuple[int, int]


@dataclass(frozen=True)
class Release:
    """One release on disk."""

    path: Path

    @cached_property
    def number(self) -> int:
        """Return its number, counted from 1."""
        return int(self.path.name)

    @cached_property
    def store_path(self) -> Path:
        """Return the folder of the Oxigraph store that is served (open it read-only)."""
        return self.path / "store"

    @property
    def report_path(self) -> Path:
        """Return its validation report."""
        return self.path / "report.ttl"

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """Return what the release is: number, parent, checksum, graphs, files, what changed."""
        path = self.path / "manifest.json"
        status = path.stat()
        return _manifest(path, (status.st_dev, status.st_ino, status.st_mtime_ns))

    @cached_property
    def files(self) -> dict[str, File]:
        """Return the files that the manifest describes, as they were when first asked for."""
        return stored_files(self.path)

    def graph_paths(self) -> list[Path]:
        """Return the canonical N-Quads of its source graphs, in order of name."""
        return sorted((self.path / "graphs").glob("*.nq"))

    def graph(self, iri: str) -> Path | None:
        """Return the canonical N-Quads of a source graph, or none."""
        slug = iri.removeprefix(GRAPH)
        path = self.path / "graphs" / f"{slug}.nq"
        return path if iri.startswith(GRAPH) and "/" not in slug and path.is_file() else None

    def damage(
        self, is_known: Callable[[File], bool] = lambda _: False, *, thorough: bool = True
    ) -> str | None:
        """Compare the files with the manifest; name what is damaged first, or nothing.

        ``is_known`` tells which files need not be read, having been read for another release;
        where it is not to be ``thorough`` none is, and only their sizes are compared.
        """
        try:
            listed = self.manifest["files"]
        except (OSError, ValueError, KeyError) as error:
            return f"manifest.json can't be read ({error})"
        present = self.files
        for name, (size, expected) in listed.items():
            file = present.get(name)
            if file is None:
                return f"{name} is missing"
            if file.size != size:
                return f"{name} has {file.size} bytes instead of {size}"
            if thorough and not is_known(file) and digest(self.path / name) != expected:
                return f"{name} does not have its checksum"
        unlisted = sorted(present.keys() - listed.keys())
        return f"{unlisted[0]} does not belong there" if unlisted else None


@lru_cache(maxsize=4)
def _manifest(path: Path, _identity: tuple[int, int, int]) -> dict[str, Any]:
    """Read a manifest, once for all who ask about a release in turn."""
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


def stored_files(path: Path) -> dict[str, File]:
    """Return the files of a release that its manifest describes, by their names in it."""
    found = dict(_files(path, ""))
    found.pop("manifest.json", None)
    for folder in FOLDERS:
        if (path / folder).is_dir():
            found |= _files(path / folder, f"{folder}/")
    return dict(sorted(found.items()))


def _files(folder: Path, prefix: str) -> Iterator[tuple[str, File]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_file() and not (prefix and entry.name.startswith(_TRANSIENT)):
                status = entry.stat()
                file = File(status.st_size, (status.st_dev, status.st_ino))
                yield f"{prefix}{entry.name}", file


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def releases(home: Path) -> list[Release]:
    """Return the releases of a home, oldest first."""
    folder = home / "releases"
    paths = folder.iterdir() if folder.is_dir() else iter(())
    return [Release(path) for path in sorted(paths) if path.name.isdigit() and path.is_dir()]


def latest(home: Path) -> Release | None:
    """Return the newest release of a home, or none when there is none yet."""
    every = releases(home)
    return every[-1] if every else None


def current(home: Path) -> Release:
    """Return the newest release of a home; raises ``NoReleaseError`` when there is none yet."""
    release = latest(home)
    if release is None:
        raise errors.NoReleaseError(f"{home} holds no release: run 'pledgegraph build' first")
    return release


def numbered(home: Path, number: int) -> Release:
    """Return a release by its number; raises ``NoReleaseError`` when it is not there."""
    for release in releases(home):
        if release.number == number:
            return release
    known = ", ".join(str(release.number) for release in releases(home)) or "none"
    raise errors.NoReleaseError(f"{home} holds no release {number}; it holds: {known}")
