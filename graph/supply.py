"""Idle workers, and the making of more in the background.

A ``Supply`` belongs to a pool, which calls it with its own lock held; only what its threads do is
done without.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pledgegraph.graph import errors
from pledgegraph.graph.process import WorkerProcess

IDLE_SECONDS = 60
STARTERS = 3  # workers that may be started at a time


class Supply:
    """The workers that nobody uses, and those that are being started."""

    def __init__(
        self,
        lock: threading.Lock,
        memory: int,
        spare: int,
        on_change: Callable[[str | None], None],
    ) -> None:
        self._lock = lock
        self._memory, self._spare = memory, spare
        self._on_change = (
            on_change  # told, with the lock held, of a new worker or why there is none
        )
        self._target: tuple[Path, int] | None = None
        self._starting: list[int] = []  # the memory of each
        self._threads = ThreadPoolExecutor(STARTERS, "starter")
        self._closed = False
        self.idle: list[WorkerProcess] = []
        self.starts = 0

    @property
    def release(self) -> int | None:
        """The release on which workers are lent."""
        return self._target[1] if self._target else None

    def aim(self, store: Path, release: int) -> None:
        """Name the release to open from now on, unless a newer one is named already."""
        if self._target is None or self._target[1] < release:
            self._target = (store, release)

    def take(self, memory: int, leave: int = 0) -> WorkerProcess | None:
        """Take an idle worker that has the release open, or none; leave so many usual ones."""
        fitting = [one for one in self.idle if one.memory == memory and one.release == self.release]
        leave = leave if memory == self._memory else 0
        while len(fitting) > leave:
            worker = fitting.pop()
            self.idle.remove(worker)
            if worker.is_alive:
                return worker
            self.discard(worker)
        return None

    def put(self, worker: WorkerProcess) -> None:
        """Take a worker back, unless it is of no further use."""
        if worker.has_low_priority or worker.memory != self._memory or self._closed:
            self.discard(worker)
        else:
            worker.idle_since = time.monotonic()
            self.idle.append(worker)
            self._thin_out(worker.idle_since)

    def _thin_out(self, now: float) -> None:
        """End the worker that was not used for longest, if it is one more than are kept ready.

        The last that came back is the first to be lent, so that after a crowd some are not used.
        """
        if len(self.idle) > max(1, self._spare) and now - self.idle[0].idle_since > IDLE_SECONDS:
            self.discard(self.idle.pop(0))

    def discard(self, worker: WorkerProcess) -> None:
        """End a worker, and wait in the background until it is gone."""
        worker.kill()
        try:
            self._threads.submit(worker.close)
        except RuntimeError:  # there is no background any more
            worker.close()

    def replenish(self) -> None:
        """Start the spare worker if none is idle."""
        if self._spare and not self.idle:
            self.start([])

    def start(self, wanted: list[int]) -> None:
        """Start workers with so much memory each where none is being started, and the spare."""
        if self._closed or self._target is None:
            return
        ready = sum(one.release == self.release and one.memory == self._memory for one in self.idle)
        wanted = wanted + [self._memory] * max(0, self._spare - ready)
        for memory in self._starting:
            with contextlib.suppress(ValueError):
                wanted.remove(memory)
        for memory in wanted:
            self._starting.append(memory)
            self._threads.submit(self._make_ready, memory)

    def close(self) -> None:
        """End the idle workers; without the lock, for it waits for those being started."""
        with self._lock:
            self._closed = True
        self._threads.shutdown()
        with self._lock:
            idle, self.idle = self.idle, []
        for worker in idle:
            worker.close()

    def _make_ready(self, memory: int) -> None:
        """Move an idle worker to the release, or start one: in a thread."""
        with self._lock:
            assert self._target is not None
            store, release = self._target
            worker = None if self._closed else self._stale(memory, release)
        failure = None
        try:
            if worker is None or not worker.move(store, release):
                worker = WorkerProcess(store, release, memory)
        except (errors.EngineStartError, OSError) as error:
            worker, failure = None, str(error)
        with self._lock:
            self._starting.remove(memory)
            if worker is not None:
                self.starts += 1
                self.idle.append(worker)
            self._on_change(failure)

    def _stale(self, memory: int, release: int) -> WorkerProcess | None:
        for worker in self.idle:
            if worker.memory == memory and worker.release != release:
                self.idle.remove(worker)
                return worker
        return None
