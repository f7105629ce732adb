"""A process that opens a release read-only and answers queries until its input ends.

Run by the engine: ``python -m pledgegraph.graph.worker STORE MEMORY``. Query text is parsed and
run here and nowhere else, so that what a query can break is this process.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO, NamedTuple

import pyoxigraph as ox

from pledgegraph.graph import errors, frames, results, sandbox, terminals
from pledgegraph.graph.namespaces import SERVICE
from pledgegraph.graph.syntax_errors import explained

OPEN_FILES = 1024


class Job(NamedTuple):
    """One query with the wanted media type of each result form and its budgets."""

    text: str
    formats: dict[str, str]
    default_graphs: list[str] | None
    named_graphs: list[str] | None
    budget: int
    base: str = SERVICE  # what relative IRIs are resolved against (SPARQL 1.1 Protocol 2.1.5)


class BoundedBuffer(io.BytesIO):
    """Collect output up to a budget; refuse what goes beyond it."""

    def __init__(self, budget: int) -> None:
        super().__init__()
        self._left = budget

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """Keep the bytes, or raise ResultTooLargeError."""
        self._left -= len(data)
        if self._left < 0:
            raise errors.ResultTooLargeError("the result is larger than its budget")
        return super().write(data)


def main(arguments: list[str]) -> None:
    """Open the release, give up what is not needed any more, and answer."""
    path, memory = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to handle
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sandbox.limit_open_files(OPEN_FILES)
    try:
        store = ox.Store.read_only(path)
    except OSError as error:
        _send(sink, frames.pack({"error": "EngineStartError", "reason": str(error)}))
        return
    sandbox.limit_resources(int(memory))
    _send(sink, frames.pack({"ready": True, "networkDenied": sandbox.deny_network()}))
    _serve(store, source, sink)


def _serve(store: ox.Store, source: BinaryIO, sink: BinaryIO) -> None:
    while True:
        try:
            header, body = frames.unpack(_exactly(source))
        except EOFError:
            return
        sandbox.limit_processor_seconds(header.pop("deadline"))
        if "open" in header:
            try:
                store = ox.Store.read_only(header["open"])
            except OSError as error:
                _send(sink, frames.pack({"error": "EngineStartError", "reason": str(error)}))
                return
            _send(sink, frames.pack({"ready": True}))
        else:
            _send(sink, _reply(store, Job(body.decode(), **header["job"])))


def _exactly(source: BinaryIO) -> Callable[[int], bytes]:
    def read(count: int) -> bytes:
        data = source.read(count)
        if len(data) < count:
            raise EOFError
        return data

    return read


def _send(sink: BinaryIO, message: bytes) -> None:
    sink.write(message)
    sink.flush()


def _reply(store: ox.Store, job: Job) -> bytes:
    """Answer one query, or say in the header why not."""
    try:
        kind, media_type, body = answer(store, job)
    except errors.QueryError as error:
        header = {"error": type(error).__name__, "reason": error.reason}
        return frames.pack({**header, "line": error.line, "column": error.column})
    except MemoryError:
        reason = "the query needed more memory than its budget"
        return frames.pack({"error": "QueryMemoryError", "reason": reason})
    return frames.pack({"kind": kind, "mediaType": media_type}, body)


def answer(store: ox.Store, job: Job) -> tuple[str, str, bytes]:
    """Run a query and write its result: kind, media type and bytes."""
    _refuse_service(job.text)
    try:
        result: results.Result = store.query(
            job.text,
            base_iri=job.base,
            default_graph=_graphs(job.default_graphs),
            named_graphs=_graphs(job.named_graphs),
        )
        kind = results.kind_of(result)
        media_type = job.formats.get(kind)
        if media_type is None:
            raise errors.UnacceptableResultError(f"no wanted format can carry a {kind} result")
        sink = BoundedBuffer(job.budget)
        results.write_result(result, media_type, sink)
    except SyntaxError as error:
        raise _syntax_error(str(error), job.text) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise errors.UnsupportedQueryError(str(error)) from error
    return kind, media_type, sink.getvalue()


def _graphs(iris: Iterable[str] | None) -> list[Any] | None:
    return None if iris is None else [ox.NamedNode(iri) for iri in iris]


def _refuse_service(text: str) -> None:
    offset = terminals.find_service(text)
    if offset is not None:
        reason = "SERVICE is refused: no query reaches other hosts"
        raise errors.UnsupportedQueryError(reason, *terminals.position(text, offset))


def _syntax_error(message: str, text: str) -> errors.QueryError:
    """Turn the parser's message into an error with a place and a readable reason."""
    if terminals.is_update(text):
        return errors.UpdateRefusedError("this is an update; only queries are answered here")
    return explained(message, text)


if __name__ == "__main__":
    main(sys.argv[1:])
