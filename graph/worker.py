"""A process that opens a release read-only and answers queries until its input ends.

Run by the engine: ``python -m pledgegraph.graph.worker STORE MEMORY``. Query text is parsed and
run here and nowhere else, so that what a query can break is this process.
"""

from __future__ import annotations

import functools
import io
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pyoxigraph as ox

from pledgegraph.graph import errors, frames, guard, results, sandbox
from pledgegraph.graph.namespaces import SERVICE
from pledgegraph.graph.syntax_errors import explained

OPEN_FILES = 1024
READ_BYTES = 1 << 16
FIRST_BYTES = 1 << 20
NEXT_BYTES = 1 << 18


class Job(NamedTuple):
    """What is wanted of a query beside its text, and its budgets."""

    deadline: float
    formats: dict[str, str]
    default_graphs: list[str] | None
    named_graphs: list[str] | None
    budget: int
    limits: guard.Limits

    @classmethod
    @functools.lru_cache(maxsize=64)
    def read(cls, header: bytes) -> Job:
        """Read the header of a message; nearly all are the same."""
        given = frames.decode(header)["job"]
        return cls(**{**given, "limits": guard.Limits.from_header(given["limits"])})

    @property
    def graphs(self) -> list[str] | None:
        """The graphs that the request names, if it names any."""
        if self.default_graphs is None and self.named_graphs is None:
            return None
        return [*(self.default_graphs or ()), *(self.named_graphs or ())]


class Outlet(io.BytesIO):  # a file, for the serialisers
    """Sends what is written to it in messages, up to a budget.

    The first is sent when it is large or the result is whole, so that whatever fails before can
    still be told with a status of its own, and what is whole then is known to be.
    """

    def __init__(self, sink: int, budget: int, kind: str, media_type: str) -> None:
        super().__init__()
        self._sink, self._left = sink, budget
        self._head: tuple[str, ...] = (kind, media_type)
        self._held: list[bytes] = []
        self._size, self._enough = 0, FIRST_BYTES

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """Keep the bytes, and send those kept when they are enough; or ResultTooLargeError."""
        size = len(data)
        self._left -= size
        if self._left < 0:
            raise errors.ResultTooLargeError("the result is larger than its budget")
        self._held.append(data)
        self._size += size
        if self._size > self._enough:
            self._send(is_last=False)
        return size

    def finish(self) -> None:
        """Send the rest, and that it is the rest."""
        self._send(is_last=True)

    def _send(self, *, is_last: bool) -> None:
        frames.write(self._sink, _head(*self._head, is_last=is_last), b"".join(self._held))
        self._held, self._size = [], 0
        self._head = ()
        self._enough = NEXT_BYTES


@functools.cache
def _head(kind: str = "", media_type: str = "", *, is_last: bool) -> bytes:
    """Write the header of a piece of an answer; the first has the kind."""
    said = {"kind": kind, "mediaType": media_type} if kind else {}
    return frames.encode({**said, "last": is_last})


def main(arguments: list[str]) -> None:
    """Open the release, give up what is not needed any more, and answer."""
    path, memory = arguments
    for number in (signal.SIGINT, signal.SIGTERM):  # the server's to handle, also for a group
        signal.signal(number, signal.SIG_IGN)
    source, sink = 0, os.dup(1)
    os.dup2(2, 1)
    sandbox.limit_open_files(OPEN_FILES)
    try:
        store = ox.Store.read_only(path)
    except OSError as error:
        _tell(sink, {"error": "EngineStartError", "reason": str(error)})
        return
    sandbox.limit_resources(int(memory))
    _tell(sink, {"ready": True, "networkDenied": sandbox.deny_network()})
    _serve(store, source, sink)


def _serve(store: ox.Store, source: int, sink: int) -> None:
    for header, body in _messages(source):
        if b'"job"' in header:
            _reply(store, body.decode(), Job.read(header), sink)
            continue
        given = frames.decode(header)
        sandbox.limit_processor_seconds(given["deadline"])
        try:
            store = ox.Store.read_only(given["open"])
        except OSError as error:
            _tell(sink, {"error": "EngineStartError", "reason": str(error)})
            return
        _tell(sink, {"ready": True})


def _messages(source: int) -> Iterator[frames.Message]:
    decoder = frames.Decoder()
    while data := os.read(source, READ_BYTES):
        decoder.feed(data)
        while (message := decoder.take()) is not None:
            yield message


def _tell(sink: int, header: frames.Header) -> None:
    frames.write(sink, frames.encode(header))


def _reply(store: ox.Store, text: str, job: Job, sink: int) -> None:
    """Answer one query, or say why not: at any time, for what was sent then is not the whole."""
    sandbox.limit_processor_seconds(job.deadline)
    try:
        answer(store, text, job, sink)
    except errors.QueryError as error:
        _tell(sink, error.as_header())
    except MemoryError:
        reason = "the query needed more memory than its budget"
        _tell(sink, {"error": "QueryMemoryError", "reason": reason})


def answer(store: ox.Store, text: str, job: Job, sink: int) -> None:
    """Run a query and write its result in messages, the first with its kind and media type."""
    _guard(store, text, job)
    try:
        result: results.Result = store.query(
            text,
            base_iri=SERVICE,  # SPARQL 1.1 Protocol 2.1.5: the base is the service's to define
            default_graph=_graphs(job.default_graphs),
            named_graphs=_graphs(job.named_graphs),
        )
        kind = results.kind_of(result)
        media_type = job.formats.get(kind)
        if media_type is None:
            raise errors.UnacceptableResultError(f"no wanted format can carry a {kind} result")
        outlet = Outlet(sink, job.budget, kind, media_type)
        results.write_result(result, media_type, outlet)
    except SyntaxError as error:
        _guard(store, text, job, thorough=True)
        raise explained(str(error), text) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise errors.UnsupportedQueryError(str(error)) from error
    outlet.finish()


def _graphs(iris: Iterable[str] | None) -> list[Any] | None:
    return None if iris is None else [ox.NamedNode(iri) for iri in iris]


def _guard(store: ox.Store, text: str, job: Job, *, thorough: bool = False) -> None:
    """Refuse what must not reach the parser."""

    def holds(iri: str) -> bool:
        try:
            return store.contains_named_graph(ox.NamedNode(iri))
        except ValueError as error:
            raise errors.UnsupportedQueryError(f"<{iri}> is no absolute IRI") from error

    guard.check(text, job.limits, holds, job.graphs, thorough=thorough)


if __name__ == "__main__":
    main(sys.argv[1:])
