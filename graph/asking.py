"""One query on its way: wait for a worker, send the job, read the answer, leave."""

from __future__ import annotations

import asyncio
import functools
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from pledgegraph.graph import errors, frames
from pledgegraph.graph.budget import Allowance
from pledgegraph.graph.lanes import Lease, Order
from pledgegraph.graph.pool import Pool
from pledgegraph.graph.release import Release

Piece = tuple[frames.Header, bytes]  # of an answer
_KILLS: Mapping[type[errors.PledgeGraphError], str] = {
    errors.QueryMemoryError: "memory",
    errors.QueryTimeoutError: "processor-time",
    errors.QueryCrashError: "crash",
}


@dataclass(frozen=True, slots=True)
class Job:
    """A query, the media type for each form of result, and the graphs that it is about."""

    text: str
    formats: Mapping[Any, str]
    default_graphs: Sequence[str] | None = None
    named_graphs: Sequence[str] | None = None

    @property
    def wanted(self) -> tuple[object, ...]:
        """What the answer depends on beside the text."""
        return (
            tuple(self.formats.items()),
            None if self.default_graphs is None else tuple(self.default_graphs),
            None if self.named_graphs is None else tuple(self.named_graphs),
        )


class Asking:
    """Asks one query, in an event loop (``first``, ``rest``, ``leave``) or in a thread."""

    def __init__(
        self, pool: Pool, job: Job, allowance: Allowance, wait: float, client: str = ""
    ) -> None:
        self._pool = pool
        self._text = job.text.encode()
        self._header = _header(*job.wanted, allowance)
        self._order = Order(
            client,
            hash((self._text, self._header)),
            allowance.deadline,
            allowance.memory,
            time.monotonic() + wait,
        )
        self._lease: Lease | None = None
        self.release = 0  # of the worker that answers

    def collect(self, release: Release) -> Piece:
        """Wait for the whole answer, in a thread."""
        taken = self._pool.take(self._order, release.store_path, release.number)
        lease = self._begin(taken.result() if isinstance(taken, Future) else taken)
        try:
            header, body = self._checked(lease.worker.receive())
            if header["last"]:
                return header, body
            pieces, is_last = [body], False
            while not is_last:
                more, piece = self._checked(lease.worker.receive())
                pieces.append(piece)
                is_last = more["last"]
            return header, b"".join(pieces)
        except EOFError:
            raise self._obituary(lease) from None
        finally:
            self.leave()

    async def first(self, release: Release) -> Piece:
        """Wait for the first piece of the answer."""
        taken = self._pool.take(self._order, release.store_path, release.number)
        if isinstance(taken, Future):
            try:
                taken = await asyncio.wrap_future(taken)
            except asyncio.CancelledError:
                self._pool.withdraw(self._order)
                raise
        return await self._next(self._begin(taken))

    async def rest(self) -> AsyncIterator[bytes]:
        """Give the pieces after the first."""
        while self._lease is not None:
            _, body = await self._next(self._lease)
            yield body

    def leave(self) -> None:
        """Give the worker back; one that is still at work is ended."""
        self._end("client-gone")

    def _begin(self, lease: Lease) -> Lease:
        self._lease = lease
        self.release = lease.worker.release
        lease.worker.send(self._header, self._text)
        return lease

    async def _next(self, lease: Lease) -> Piece:
        try:
            arrivals = self._pool.arrivals(asyncio.get_running_loop())
            return self._checked(await lease.worker.receive_soon(arrivals))
        except EOFError:
            raise self._obituary(lease) from None

    def _checked(self, message: frames.Message) -> Piece:
        """Give the worker back after its last message; raise the error that it may be."""
        header = frames.decode(message[0])
        if "error" in header:
            self._end(None)
            raise _error(header)
        if header["last"]:
            self._end(None)
        return header, message[1]

    def _obituary(self, lease: Lease) -> errors.PledgeGraphError:
        """Say why there is no more to read."""
        error = lease.end or lease.worker.obituary()
        self._end(_KILLS.get(type(error), "ended"))
        return error

    def _end(self, failure: str | None) -> None:
        lease, self._lease = self._lease, None
        if lease is not None:
            self._pool.give_back(lease, failure)


@functools.lru_cache(maxsize=64)
def _header(
    formats: tuple[tuple[str, str], ...],
    default_graphs: tuple[str, ...] | None,
    named_graphs: tuple[str, ...] | None,
    allowance: Allowance,
) -> bytes:
    """Write the header of a job; nearly all are the same."""
    job = {
        "formats": dict(formats),
        "default_graphs": default_graphs,
        "named_graphs": named_graphs,
        "budget": allowance.result,
        "limits": allowance.limits.as_header(),
        "deadline": allowance.deadline,
    }
    return frames.encode({"job": job})


def _error(header: frames.Header) -> errors.QueryError:
    """Make the error that a worker names in its header."""
    kind = getattr(errors, header["error"])
    assert issubclass(kind, errors.QueryError)
    error: errors.QueryError = kind(
        header["reason"],
        header.get("line"),
        header.get("column"),
        rule=header.get("rule"),
        remedy=header.get("remedy"),
    )
    return error
