"""Which release is served: the newest that is not damaged, or one that was asked for."""

from __future__ import annotations

import logging
import os
import threading
import time
from pathlib import Path

from pledgegraph.graph import errors
from pledgegraph.graph.release import File, Release, numbered, releases

# A folder that was changed less than a second ago may change again within one tick of its clock.
UNSURE = 1_000_000_000

_log = logging.getLogger("pledgegraph")


class SoundReleases:
    """The releases of a home, each compared with its checksums when it is first seen.

    Files that releases share are read once. A damaged release is named in the log, with the file,
    and the one before is served.
    """

    def __init__(self, home: Path, number: int | None = None, *, thorough: bool = True) -> None:
        self._home, self._number, self._thorough = home, number, thorough
        self._sound: set[int] = set()
        self.damaged: dict[int, str] = {}
        self._read: set[tuple[int, int]] = set()
        self._lock = threading.Lock()
        self._folder = str(home / "releases")
        self._known: tuple[int, Release] | None = None

    def current(self) -> Release:
        """Return the release to serve.

        Raises ``NoReleaseError`` when there is none, ``DamagedReleaseError`` when none is sound.
        """
        try:
            changed = os.stat(self._folder).st_mtime_ns  # noqa: PTH116 - for each request
        except OSError:
            changed = 0
        known = self._known
        if known is not None and known[0] == changed and changed < time.time_ns() - UNSURE:
            return known[1]
        release = self._newest_sound()
        self._known = (changed, release)
        return release

    def _newest_sound(self) -> Release:
        if self._number is not None:
            found = [numbered(self._home, self._number)]
        else:
            found = releases(self._home)[::-1]
        if not found:
            raise errors.NoReleaseError(
                f"{self._home} holds no release: run 'pledgegraph build' first"
            )
        for release in found:
            if self._is_sound(release):
                return release
        reasons = "; ".join(f"release {n}: {reason}" for n, reason in self.damaged.items())
        raise errors.DamagedReleaseError(
            f"no release of {self._home} is sound ({reasons}): restore its files from a copy"
        )

    def _is_sound(self, release: Release) -> bool:
        if release.number in self._sound:
            return True
        with self._lock:
            if release.number in self._sound:
                return True
            if release.number in self.damaged:
                return False
            damage = release.damage(self._is_known, thorough=self._thorough)
            if damage is not None:
                self.damaged[release.number] = damage
                _log.error("release %d is damaged and not served: %s", release.number, damage)
                return False
            self._sound.add(release.number)
            self._read.update(file.identity for file in release.files.values())
            return True

    def _is_known(self, file: File) -> bool:
        return file.identity in self._read
