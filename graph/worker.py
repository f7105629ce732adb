"""A process that opens a release read-only and answers queries until its input ends.

Run by the engine: ``python -m pledgegraph.graph.worker STORE MEMORY``. Query text is parsed and
run here and nowhere else, so that what a query can break is this process.
"""

from __future__ import annotations

import io
import os
import re
import signal
import sys
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO, NamedTuple

import pyoxigraph as ox

from pledgegraph.graph import errors, frames, guard, sandbox
from pledgegraph.graph.namespaces import PREFIXES
from pledgegraph.graph.writing import GRAPH_FORMATS

OPEN_FILES = 1024

SOLUTION_FORMATS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}

Result = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean


class Job(NamedTuple):
    """One query with the wanted media type of each result form and its budgets."""

    text: str
    formats: dict[str, str]
    default_graphs: list[str] | None
    named_graphs: list[str] | None
    budget: int
    limits: dict[str, int]

    @property
    def graphs(self) -> list[str] | None:
        """The graphs that the request names, if it names any."""
        if self.default_graphs is None and self.named_graphs is None:
            return None
        return [*(self.default_graphs or ()), *(self.named_graphs or ())]


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
        return frames.pack(error.as_header())
    except MemoryError:
        reason = "the query needed more memory than its budget"
        return frames.pack({"error": "QueryMemoryError", "reason": reason})
    return frames.pack({"kind": kind, "mediaType": media_type}, body)


def answer(store: ox.Store, job: Job) -> tuple[str, str, bytes]:
    """Run a query and write its result: kind, media type and bytes."""
    _guard(store, job)
    try:
        result: Result = store.query(
            job.text,
            default_graph=_graphs(job.default_graphs),
            named_graphs=_graphs(job.named_graphs),
        )
        kind = _kind(result)
        media_type = job.formats.get(kind)
        if media_type is None:
            raise errors.UnacceptableResultError(f"no wanted format can carry a {kind} result")
        sink = BoundedBuffer(job.budget)
        _serialize(result, media_type, sink)
    except SyntaxError as error:
        _guard(store, job, thorough=True)
        raise _syntax_error(str(error), job.text) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise errors.UnsupportedQueryError(str(error)) from error
    return kind, media_type, sink.getvalue()


def _graphs(iris: Iterable[str] | None) -> list[Any] | None:
    return None if iris is None else [ox.NamedNode(iri) for iri in iris]


def _kind(result: Result) -> str:
    if isinstance(result, ox.QuerySolutions):
        return "solutions"
    return "graph" if isinstance(result, ox.QueryTriples) else "boolean"


def _serialize(result: Result, media_type: str, sink: BoundedBuffer) -> None:
    if isinstance(result, ox.QueryTriples):
        ox.serialize(result, sink, format=GRAPH_FORMATS[media_type], prefixes=PREFIXES)
    else:
        result.serialize(sink, format=SOLUTION_FORMATS[media_type])


def _guard(store: ox.Store, job: Job, *, thorough: bool = False) -> None:
    """Refuse what must not reach the parser."""

    def holds(iri: str) -> bool:
        try:
            return store.contains_named_graph(ox.NamedNode(iri))
        except ValueError as error:
            raise errors.UnsupportedQueryError(f"<{iri}> is no absolute IRI") from error

    limits = guard.Limits.from_header(job.limits)
    for_xml = any(media_type.endswith("+xml") for media_type in job.formats.values())
    guard.check(job.text, limits, holds, job.graphs, for_xml=for_xml, thorough=thorough)


def _syntax_error(message: str, text: str) -> errors.QueryError:
    """Turn the parser's message into an error with a place and a readable reason."""
    name = guard.undeclared_prefix(text)
    if name is not None:
        reason = f"the prefix {name.text.partition(':')[0]}: is not declared"
        return errors.QuerySyntaxError(reason, *guard.position(text, name.offset))
    place = re.match(r"error at (\d+):(\d+): ", message)
    if place is None:
        return errors.QuerySyntaxError(message)
    reason = _readable(message[place.end() :])
    return errors.QuerySyntaxError(reason, int(place[1]), int(place[2]))


def _readable(expected: str) -> str:
    """Leave the parser's character classes out; keep only its sentence where it has one."""
    plain = re.sub(r"(, )?(?<!\")\[[^\]]*\]", "", " ".join(expected.split()))
    sentences = re.findall(r"(?<![\w\"])[A-Z]\w*(?: [\w'-]+)+", plain)
    if sentences and plain.startswith("expected one of"):
        return "; ".join(sentences)
    if plain.strip() in {"expected", "expected one of"}:
        return "the text ends too early or goes on too long"
    return plain if len(plain) <= 300 else plain[:300].rsplit(", ", 1)[0] + ", ..."


if __name__ == "__main__":
    main(sys.argv[1:])
