"""A release in the making: a folder beside the releases, renamed into place when it is whole."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pledgegraph.graph import errors
from pledgegraph.graph.publishing import texts
from pledgegraph.graph.release import Release

_PATIENCE = 0.02


@dataclass(frozen=True)
class Candidate:
    """A folder in which a release is made, and the release before, from which it starts."""

    path: Path
    before: Release | None

    @property
    def graphs(self) -> Path:
        """Return the folder of the texts of source graphs."""
        return self.path / "graphs"

    def write_text(self, slug: str, data: bytes) -> Path:
        """Write the text of a source graph and return its file; older releases keep theirs."""
        path = self.graphs / f"{slug}.nq"
        texts.write(path, data)
        return path

    def take_text(self, slug: str, text: Path) -> Path:
        """Copy a file in as the text of a source graph, and return the copy."""
        path = self.graphs / f"{slug}.nq"
        path.unlink(missing_ok=True)  # it may be a hard link into an older release
        shutil.copyfile(text, path)
        texts.sync(path)
        return path

    def remove_text(self, slug: str) -> None:
        """Remove the text of a source graph."""
        (self.graphs / f"{slug}.nq").unlink()

    def publish(self, home: Path) -> Release:
        """Make the candidate the current release: all of it or nothing is seen."""
        number = self.before.number + 1 if self.before else 1
        target = home / "releases" / f"{number:06d}"
        target.parent.mkdir(exist_ok=True)
        texts.sync(self.graphs)
        texts.sync(self.path)
        self.path.chmod(0o755)
        self.path.rename(target)
        texts.sync(target.parent)
        return Release(target)


@contextmanager
def locked(home: Path, wait: float = 0.0) -> Iterator[None]:
    """Keep other writers out of a home; raises ``HomeBusyError`` when one stays longer."""
    home.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + wait
    with (home / "lock").open("w") as handle:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    message = f"another process is writing to {home}: try again when it is done"
                    raise errors.HomeBusyError(message) from None
                time.sleep(_PATIENCE)
        yield


@contextmanager
def candidate(home: Path, before: Release | None) -> Iterator[Candidate]:
    """Start a candidate with the texts of the release before, hard-linked; remove what is left."""
    clear(home)
    path = Path(tempfile.mkdtemp(prefix="candidate-", dir=home))
    try:
        made = Candidate(path, before)
        made.graphs.mkdir()
        if before:
            link_files(before.path / "graphs", made.graphs)
        yield made
    finally:
        shutil.rmtree(path, ignore_errors=True)


def link_files(source: Path, target: Path) -> None:
    """Give the files of a folder names in another folder too."""
    with os.scandir(source) as entries:
        for entry in entries:
            os.link(entry.path, f"{target}/{entry.name}")


def clear(home: Path) -> None:
    """Remove what a killed writer left; the lock says that no other is at work."""
    for path in (*home.glob("candidate-*"), *home.glob("removed-*")):
        shutil.rmtree(path, ignore_errors=True)
