"""Worker processes from the parent's side: start, ask, kill at the deadline, replace."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pledgegraph.graph import errors, frames

START_SECONDS = 20.0


class WorkerProcess:
    """One worker with a release open. Used by one thread at a time."""

    def __init__(self, store: Path, release: int, memory: int) -> None:
        self.release = release
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "pledgegraph.graph.worker", str(store), str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
        try:
            header, _ = self._receive(time.monotonic() + START_SECONDS)
        except (TimeoutError, EOFError) as error:
            self.close()
            raise errors.EngineStartError(f"no worker could open {store}") from error
        if "error" in header:
            self.close()
            raise errors.EngineStartError(f"no worker could open {store}: {header['reason']}")
        self.network_denied: bool = header["networkDenied"]

    @property
    def identifier(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process can be asked again."""
        return self._process.poll() is None

    def ask(self, job: frames.Header, text: str, deadline: float) -> tuple[frames.Header, bytes]:
        """Send a query and wait for the answer; a worker that fails to give one is gone after."""
        until = time.monotonic() + deadline
        assert self._process.stdin is not None
        try:
            message = frames.pack({"job": job, "deadline": deadline}, text.encode())
            self._process.stdin.write(message)
            self._process.stdin.flush()
            return self._receive(until)
        except TimeoutError as error:
            self.close()
            reason = f"stopped after {deadline:g} seconds"
            raise errors.QueryTimeoutError(reason) from error
        except (EOFError, BrokenPipeError) as error:
            raise self._obituary() from error

    def move(self, store: Path, release: int) -> bool:
        """Open another release instead, or end the process and tell that it could not."""
        assert self._process.stdin is not None
        try:
            message = {"open": str(store), "deadline": START_SECONDS}
            self._process.stdin.write(frames.pack(message))
            self._process.stdin.flush()
            header, _ = self._receive(time.monotonic() + START_SECONDS)
        except (TimeoutError, EOFError, BrokenPipeError):
            header = {"error": "EngineStartError"}
        if "error" in header:
            self.close()
            return False
        self.release = release
        return True

    def close(self) -> None:
        """Kill the process and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):  # the rest of a query nobody reads
                    pipe.close()

    def _receive(self, until: float) -> tuple[frames.Header, bytes]:
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()

        def exactly(count: int) -> bytes:
            chunks = bytearray()
            while len(chunks) < count:
                _wait_for_input(descriptor, until)
                chunk = os.read(descriptor, min(count - len(chunks), 1 << 20))
                if not chunk:
                    raise EOFError
                chunks += chunk
            return bytes(chunks)

        return frames.unpack(exactly)

    def _obituary(self) -> errors.QueryError:
        """Say why the process ended by itself."""
        self._process.wait()
        code = self._process.returncode
        self.close()
        if code == -signal.SIGABRT:  # Rust's and C++'s answer to a refused allocation
            return errors.QueryMemoryError("stopped at its memory budget")
        if code == -signal.SIGXCPU:
            return errors.QueryTimeoutError("stopped at its processor time budget")
        return errors.QueryCrashError("the query ended the process that was answering it")


def _environment() -> dict[str, str]:
    """Pass on what the interpreter needs to start, and no settings or secrets."""
    return {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}


def _wait_for_input(descriptor: int, until: float) -> None:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    milliseconds = max(0, int((until - time.monotonic()) * 1000))
    if not poll.poll(milliseconds):
        raise TimeoutError


class Pool:
    """A bounded set of workers, each on the release that was newest when it was last free."""

    def __init__(self, workers: int, queue: int, wait: float, memory: int) -> None:
        self._memory = memory
        self._queue = queue
        self._wait = wait
        self._seats = threading.BoundedSemaphore(workers)
        self._lock = threading.Lock()
        self._waiting = 0
        self._idle: list[WorkerProcess] = []
        self._closed = False

    @contextmanager
    def worker(self, store: Path, release: int) -> Iterator[WorkerProcess]:
        """Lend a worker on this release; wait for one, but not long and not with many others."""
        self._take_seat()
        try:
            worker = self._fresh(store, release)
            try:
                yield worker
            finally:
                self._give_back(worker)
        finally:
            self._seats.release()

    def close(self) -> None:
        """End the idle workers; busy ones end when they are given back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.close()

    def _take_seat(self) -> None:
        if self._seats.acquire(blocking=False):
            return
        with self._lock:
            if self._waiting >= self._queue:
                raise errors.EngineBusyError("the queue of queries is full")
            self._waiting += 1
        try:
            if not self._seats.acquire(timeout=self._wait):
                raise errors.EngineBusyError(f"no worker was free within {self._wait:g} seconds")
        finally:
            with self._lock:
                self._waiting -= 1

    def _fresh(self, store: Path, release: int) -> WorkerProcess:
        """Take an idle worker, on this release or moved to it, or start another."""
        with self._lock:
            worker = self._idle.pop() if self._idle else None
        if worker is not None:
            if not worker.is_alive:
                worker.close()
            elif worker.release == release or worker.move(store, release):
                return worker
        return WorkerProcess(store, release, self._memory)

    def _give_back(self, worker: WorkerProcess) -> None:
        with self._lock:
            keep = worker.is_alive and not self._closed
            if keep:
                self._idle.append(worker)
        if not keep:
            worker.close()
