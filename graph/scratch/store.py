"""A scratch store from the side of those who ask it: one job at a time, each with a deadline."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from pledgegraph.graph import errors, frames
from pledgegraph.graph.engine import PLAIN_FORMATS, Answer, Budget, Kind
from pledgegraph.graph.namespaces import SERVICE


@dataclass(frozen=True, slots=True)
class Text:
    """An RDF text that was sent."""

    media_type: str
    data: bytes


class ScratchStore:
    """An empty store, gone when it is closed. Raises the errors that an engine raises."""

    def __init__(self, budget: Budget | None = None) -> None:
        self._budget = budget or Budget()
        self._lock = threading.Lock()
        self._version = time.time_ns()  # so that no tag of an earlier store is this one's
        module = "pledgegraph.graph.scratch.keeper"
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", module, str(self._budget.memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ},
        )
        self._keeper = self._process.pid
        try:
            header, _ = self._receive()
        except EOFError as error:
            raise errors.EngineStartError("the process of the scratch store ended") from error
        self.network_denied: bool = header["networkDenied"]

    def release(self) -> int:
        """Return a number that every change makes another."""
        return self._version

    def query(
        self,
        text: str,
        formats: Mapping[Kind, str] = PLAIN_FORMATS,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        base: str = SERVICE,
    ) -> Answer:
        """Answer a query, as ``Engine.query`` does."""
        job = {
            "formats": dict(formats),
            "default_graphs": None if default_graphs is None else list(default_graphs),
            "named_graphs": None if named_graphs is None else list(named_graphs),
            "budget": self._budget.result,
            "base": base,
        }
        header, body = self._ask("query", text.encode(), job=job)
        return Answer(header["kind"], header["mediaType"], body, self._version)

    def update(
        self,
        text: str,
        base: str,
        using_graphs: Sequence[str] = (),
        using_named_graphs: Sequence[str] = (),
    ) -> None:
        """Make a SPARQL update, wholly or not at all."""
        using = {"usingGraphs": list(using_graphs), "usingNamedGraphs": list(using_named_graphs)}
        self._ask("update", text.encode(), base=base, **using)

    def get(self, graph: str | None, media_type: str) -> bytes:
        """Write a graph, or the default graph; raises ``UnknownGraphError`` if it is not there."""
        budget = self._budget.result
        return self._ask("get", graph=graph, mediaType=media_type, budget=budget)[1]

    def put(self, graph: str | None, texts: Sequence[Text], base: str, *, merge: bool) -> bool:
        """Make texts the content of a graph, or merge them into it; tell whether it is new."""
        parts = [(text.media_type, len(text.data)) for text in texts]
        data = b"".join(text.data for text in texts)
        header, _ = self._ask("put", data, graph=graph, parts=parts, base=base, merge=merge)
        return bool(header["isNew"])

    def delete(self, graph: str | None) -> None:
        """Remove a graph, or empty the default graph."""
        self._ask("delete", graph=graph)

    def names(self) -> list[str]:
        """Return the names of the graphs."""
        return list(self._ask("names")[0]["graphs"])

    def close(self) -> None:
        """End the process that keeps the store."""
        with self._lock:
            self._end()

    def _ask(self, task: str, body: bytes = b"", **header: object) -> tuple[frames.Header, bytes]:
        message = frames.pack({"task": task, "deadline": self._budget.deadline, **header}, body)
        with self._alone():
            assert self._process.stdin is not None
            try:
                self._process.stdin.write(message)
                self._process.stdin.flush()
                reply, written = self._receive()
            except (EOFError, OSError, ValueError) as error:
                raise errors.EngineStartError("the scratch store is gone: start anew") from error
            if "error" in reply:
                raise _error(reply)
            if "changed" in reply:
                self._version += 1
                self._follow(reply["keeper"])
        return reply, written

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._lock.acquire(timeout=self._budget.wait):
            reason = f"the scratch store was at work for {self._budget.wait:g} seconds"
            raise errors.EngineBusyError(f"{reason}: it does one thing at a time")
        try:
            yield
        finally:
            self._lock.release()

    def _receive(self) -> tuple[frames.Header, bytes]:
        """Read a reply. The keeper watches the deadline, so that there is none here."""
        assert self._process.stdout is not None
        source = self._process.stdout

        def exactly(count: int) -> bytes:
            data = source.read(count)
            if len(data) < count:
                raise EOFError
            return data

        return frames.unpack(exactly)

    def _follow(self, keeper: int) -> None:
        """Take note of the process that keeps the store from now on; the one before ends."""
        self._reap()
        self._keeper = keeper

    def _reap(self) -> None:
        if self._keeper == self._process.pid:
            self._process.wait()
            return
        # a fork's parent is gone; it is a child of this process only where that is process 1
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._keeper, 0)

    def _end(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._keeper, signal.SIGKILL)
        self._reap()


def _error(header: frames.Header) -> errors.PledgeGraphError:
    """Make the error that a reply names."""
    kind = getattr(errors, header["error"])
    assert issubclass(kind, errors.PledgeGraphError)
    if issubclass(kind, errors.QueryError | errors.ReadingError):
        error: errors.PledgeGraphError = kind(
            header["reason"], header.get("line"), header.get("column")
        )
        return error
    refused: errors.PledgeGraphError = kind(header["reason"])
    return refused
