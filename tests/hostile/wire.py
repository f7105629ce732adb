"""Send a request byte by byte as a case wants it, and read what comes back.

No HTTP library would send most of it.
"""

from __future__ import annotations

import contextlib
import io
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse

from .cases import Case
from .pieces import Places, Step, make, steps

QUIET = 0.3  # seconds in which a further answer would have come


@dataclass
class Answer:
    """One answer of the server."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        """Return the value of a header, several joined."""
        return ", ".join(value for key, value in self.headers if key.lower() == name)

    @property
    def text(self) -> str:
        """Head and body as one text."""
        head = "".join(f"{name}: {value}\n" for name, value in self.headers)
        return f"{head}\n{self.body.decode('utf-8', 'replace')}"


@dataclass
class Exchange:
    """What a connection brought."""

    answers: list[Answer] = field(default_factory=list)
    closed: bool = False
    seconds: float = 0.0
    broken: str = ""  # why an answer could not be read


def request(case: Case, places: Places) -> list[Step]:
    """Return what a case sends."""
    if case.raw is not None:
        return list(steps(case.raw, places))
    body = None if case.body is None else list(steps(case.body, places))
    lines = [f"{case.method} ".encode() + make(case.target, places) + b" HTTP/1.1"]
    headers = {"Host": places["host"], **case.headers}
    for name, value in headers.items():
        for one in value["lines"] if isinstance(value, dict) and "lines" in value else [value]:
            lines.append(name.encode() + b": " + make(one, places))
    framed = {name.lower() for name in headers} & {"content-length", "transfer-encoding"}
    if body is not None and not framed:
        length = sum(len(step) for step in body if isinstance(step, bytes))
        lines.append(b"Content-Length: %d" % length)
    head = b"\r\n".join(lines) + b"\r\n\r\n"
    return [head, *(body or [])]


def exchange(address: tuple[str, int], sent: Sequence[Step], case: Case, within: float) -> Exchange:
    """Send, and read as many answers as come until the deadline, a close or a silence."""
    found = Exchange()
    start = time.monotonic()
    with socket.create_connection(address, timeout=within) as connection:
        with contextlib.suppress(OSError):  # it closed: what it said before is still to be read
            _send(connection, sent, start + within)
        reader = _Kept(connection.makefile("rb", buffering=0))  # type: ignore[arg-type]
        for answer in _answers(reader, connection, case, start + within, found):
            found.answers.append(answer)
            found.seconds = found.seconds or time.monotonic() - start
    found.seconds = found.seconds or time.monotonic() - start
    return found


def _send(connection: socket.socket, sent: Sequence[Step], until: float) -> None:
    for step in sent:
        if isinstance(step, bytes):
            connection.sendall(step)
        else:
            if time.monotonic() + step > until:
                return
            time.sleep(step)


def _answers(
    reader: _Kept, connection: socket.socket, case: Case, until: float, found: Exchange
) -> Iterator[Answer]:
    while True:
        expected = len(found.answers) < case.answers or case.closes
        left = until - time.monotonic()
        connection.settimeout(max(0.05, left if expected else min(left, QUIET)))
        try:
            if not reader.peek(1):
                found.closed = True
                return
            answer = HTTPResponse(_Socket(reader), method=case.method)  # type: ignore[arg-type]
            answer.begin()
            yield Answer(answer.status, answer.getheaders(), answer.read())
        except TimeoutError:
            return
        except OSError:  # reset
            found.closed = True
            return
        except HTTPException as error:
            found.broken = repr(error)
            return


class _Kept(io.BufferedReader):
    """Stays open when one answer has been read from it."""

    def close(self) -> None:
        """Leave it to the connection."""


class _Socket:
    """What ``HTTPResponse`` wants of a socket."""

    def __init__(self, reader: _Kept) -> None:
        self._reader = reader

    def makefile(self, _mode: str) -> _Kept:
        return self._reader
