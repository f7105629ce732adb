"""One worker process from the parent's side: start it, ask it, read what it says, kill it."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

from pledgegraph.graph import errors, frames
from pledgegraph.graph.arrivals import Arrivals

START_SECONDS = 20.0
READ_BYTES = 1 << 16  # what a pipe holds; room for more would be mapped anew for each read
LOW_PRIORITY = 10
_SCHEDULED = 2  # the clock of a process in Linux is ~pid << 3 | 2, see clock_getcpuclockid(3)


class WorkerProcess:
    """A process with a release open. Used by one thread or task at a time; any may kill it."""

    def __init__(self, store: Path, release: int, memory: int) -> None:
        self.release = release
        self.memory = memory
        self.has_low_priority = False
        self.idle_since = time.monotonic()
        self._decoder = frames.Decoder()
        self._arrivals: Arrivals | None = None  # what looks at the output
        self._has_more = False  # whether the last read may have left something
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "pledgegraph.graph.worker", str(store), str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._input, self._output = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._output, False)
        try:
            header = frames.decode(self.receive(time.monotonic() + START_SECONDS)[0])
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

    def processor_seconds(self) -> float:
        """Return how long the process has worked, or 0 if it is gone."""
        try:
            return time.clock_gettime(~self._process.pid << 3 | _SCHEDULED)
        except OSError:
            return 0.0

    def send(self, header: bytes, body: bytes = b"") -> None:
        """Send a message; of a process that has ended, ``receive`` tells."""
        with contextlib.suppress(BrokenPipeError):
            frames.write(self._input, header, body)

    def receive(self, until: float | None = None) -> frames.Message:
        """Wait for the next message; raises EOFError when there will be none."""
        while (message := self._decoder.take()) is None:
            _wait_for_input(self._output, until)
            self._read()
        return message

    async def receive_soon(self, arrivals: Arrivals) -> frames.Message:
        """Wait for the next message in an event loop."""
        if self._arrivals is not arrivals:
            arrivals.watch(self._output)
            self._arrivals = arrivals
        while (message := self._decoder.take()) is None:
            if not self._has_more:
                await arrivals.input(self._output)
            self._read()
        return message

    def move(self, store: Path, release: int) -> bool:
        """Open another release instead, or end the process and tell that it could not."""
        self.send(frames.encode({"open": str(store), "deadline": START_SECONDS}))
        try:
            header = frames.decode(self.receive(time.monotonic() + START_SECONDS)[0])
            moved = "error" not in header
        except (TimeoutError, EOFError):
            moved = False
        if moved:
            self.release = release
        else:
            self.close()
        return moved

    def lower_priority(self) -> None:
        """Let every process without this mark go first; it can't be taken back."""
        if self.has_low_priority:
            return
        self.has_low_priority = True
        with contextlib.suppress(OSError):  # the process has just ended
            os.setpriority(os.PRIO_PROCESS, self._process.pid, LOW_PRIORITY)

    def pause(self) -> None:
        """Let the process stand still."""
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End the process at once; ``close`` waits until it is gone."""
        self._process.kill()

    def close(self) -> None:
        """Kill the process and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def obituary(self) -> errors.QueryError:
        """Say why the process ended by itself."""
        code = self._process.wait()
        if code == -signal.SIGABRT:  # Rust's and C++'s answer to a refused allocation
            return errors.QueryMemoryError("stopped at its memory budget")
        if code == -signal.SIGXCPU:
            return errors.QueryTimeoutError("stopped at its processor time budget")
        return errors.QueryCrashError("the query ended the process that was answering it")

    def _read(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._has_more = False
            data = os.read(self._output, READ_BYTES)
            if not data:
                raise EOFError
            self._has_more = len(data) == READ_BYTES
            self._decoder.feed(data)


def _environment() -> dict[str, str]:
    """Pass on what the interpreter needs to start, and no settings or secrets."""
    return {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}


def _wait_for_input(descriptor: int, until: float | None) -> None:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    left = None if until is None else max(0, int((until - time.monotonic()) * 1000))
    if not poll.poll(left):
        raise TimeoutError
