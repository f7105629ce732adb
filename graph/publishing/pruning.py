"""Remove old releases; what they share with others stays."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

from pledgegraph.graph import errors
from pledgegraph.graph.publishing.candidate import clear, locked
from pledgegraph.graph.release import Release, releases


def prune(home: Path, last: int, keep: Collection[int] = (), wait: float = 0.0) -> list[Release]:
    """Remove all releases but the newest ``last`` and those to keep by number; return them.

    The newest is never removed, so that no number is given twice. Raises ``NoReleaseError`` for a
    number that is not there and ``HomeBusyError``.
    """
    with locked(home, wait):
        clear(home)
        every = releases(home)
        known = {release.number for release in every}
        if missing := sorted(set(keep) - known):
            raise errors.NoReleaseError(f"{home} holds no release {missing[0]} to keep")
        kept = {release.number for release in every[-max(last, 1) :]} | set(keep)
        removed = [release for release in every if release.number not in kept]
        for release in removed:
            gone = home / f"removed-{release.path.name}"
            release.path.rename(gone)  # from now on nobody finds it, however long the rest takes
            shutil.rmtree(gone)
        return removed
