"""The process that keeps a scratch store: ``python -m pledgegraph.graph.scratch.keeper MEMORY``.

Standard input brings jobs, standard output takes replies, in frames. Each job is run by a fork.
"""

from __future__ import annotations

import io
import os
import resource
import select
import signal
import sys
import time
from typing import BinaryIO

import pyoxigraph as ox

from pledgegraph.graph import errors, frames, sandbox
from pledgegraph.graph.scratch.jobs import JOBS

_CHUNK = 1 << 20


def main(arguments: list[str]) -> None:
    """Keep a store until the input ends."""
    (memory,) = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to handle
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    store = ox.Store()
    sandbox.limit_resources(int(memory))
    denied = sandbox.deny_network()
    _send(sink, frames.pack({"ready": True, "networkDenied": denied}))
    while True:
        try:
            header, body = frames.unpack(_exactly(source))
        except EOFError:
            return
        reply = _forked(store, {**header, "networkDenied": denied}, body)
        if reply is None:  # this is the fork now, with the store as it has made it
            continue
        _send(sink, reply)
        if _has_changed(reply):
            os._exit(0)


def _forked(store: ox.Store, header: frames.Header, body: bytes) -> bytes | None:
    """Run a job in a fork and return its reply; none in a fork that goes on as the keeper."""
    until = time.monotonic() + header["deadline"]
    reading, writing = os.pipe()
    fork = os.fork()
    if fork == 0:
        os.close(reading)
        _run(store, header, body, writing)
        return None
    os.close(writing)
    reply = _received(reading, until)
    os.close(reading)
    if reply is None:
        os.kill(fork, signal.SIGKILL)
        os.waitpid(fork, 0)
        return _failure(errors.QueryTimeoutError, f"stopped after {header['deadline']:g} seconds")
    if _has_changed(reply):
        return reply
    _, status = os.waitpid(fork, 0)
    return reply if os.waitstatus_to_exitcode(status) == 0 else _obituary(status)


def _run(store: ox.Store, header: frames.Header, body: bytes, writing: int) -> None:
    """Reply to a job; return only if the store is another now."""
    sandbox.limit_processor_seconds(header["deadline"])
    changed = False
    try:
        done, written = JOBS[header["task"]](store, header, body)
        changed = "changed" in done
        reply = frames.pack({**done, "keeper": os.getpid()}, written)
    except errors.PledgeGraphError as error:
        reply = _refusal(error)
    except MemoryError:
        reply = _failure(errors.QueryMemoryError, "it needed more memory than its budget")
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(reply)
    if not changed:
        os._exit(0)  # what the keeper has open is the keeper's to end
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))


def _received(reading: int, until: float) -> bytes | None:
    """Read a fork's reply to its end; none if that is not there in time."""
    poll = select.poll()
    poll.register(reading, select.POLLIN)
    reply = bytearray()
    while poll.poll(max(0, int((until - time.monotonic()) * 1000))):
        chunk = os.read(reading, _CHUNK)
        if not chunk:
            return bytes(reply)
        reply += chunk
    return None


def _has_changed(reply: bytes) -> bool:
    try:
        header, _ = frames.unpack(_exactly(io.BytesIO(reply)))
    except (EOFError, ValueError):
        return False
    return "changed" in header


def _refusal(error: errors.PledgeGraphError) -> bytes:
    if isinstance(error, errors.QueryError | errors.ReadingError):
        return _failure(type(error), error.reason, line=error.line, column=error.column)
    return _failure(type(error), str(error))


def _failure(kind: type[errors.PledgeGraphError], reason: str, **place: object) -> bytes:
    return frames.pack({"error": kind.__name__, "reason": reason, **place})


def _obituary(status: int) -> bytes:
    """Say why a fork ended without a reply."""
    code = os.waitstatus_to_exitcode(status)
    if code == -signal.SIGABRT:  # Rust's answer to a refused allocation
        return _failure(errors.QueryMemoryError, "stopped at its memory budget")
    if code == -signal.SIGXCPU:
        return _failure(errors.QueryTimeoutError, "stopped at its processor time budget")
    return _failure(errors.QueryCrashError, "it ended the process that was at work on it")


def _exactly(source: BinaryIO | io.BytesIO) -> frames.Exactly:
    def read(count: int) -> bytes:
        data = source.read(count)
        if len(data) < count:
            raise EOFError
        return data

    return read


def _send(sink: BinaryIO, message: bytes) -> None:
    sink.write(message)
    sink.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
