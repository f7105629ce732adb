"""A plain server process, how requests of the suites reach it, and what they get.

The suites send no token: it is added here to every request. They know one endpoint ``/sparql/``
for queries and updates, and ``/gsp`` for graphs; here those are ``/sparql``, ``/update`` and
``/graphs``. A request that does not show whether it is meant for one or the other (as do those
that are wrong on purpose) is sent to both, and both must answer as expected.
"""

from __future__ import annotations

import os
import re
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import httpx
import pyoxigraph as ox

from .exchanges import Case, Expected, Request, filled, wrong

PLEDGEGRAPH = Path(sys.executable).with_name("pledgegraph")
TOKEN = secrets.token_urlsafe(32)
N_TRIPLES = {"content-type": "application/n-triples"}


class PlainServer:
    """A running `pledgegraph serve --plain`, and a client that may write to it."""

    def __init__(self, home: Path) -> None:
        command = [PLEDGEGRAPH, "serve", "--plain", "--port", "0", "--home", home]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            env={**os.environ, "PLEDGEGRAPH_WRITE_TOKEN": TOKEN},
            text=True,
        )
        assert self.process.stdout is not None
        self.said = ""
        while "Stop with" not in self.said:
            line = self.process.stdout.readline()
            assert line, f"it ended and had said: {self.said}"
            self.said += line
        match = re.search(r"http://[\d.]+:\d+", self.said)
        assert match
        self.address = match[0]
        self.is_empty = True
        self.client = httpx.Client(
            base_url=self.address, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End it as Ctrl-C does, and see that it ends."""
        self.client.close()
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout=20)
        finally:
            self.process.kill()
            self.process.communicate()

    def empty(self) -> None:
        """Remove everything from the store, if anything may have been written to it."""
        if not self.is_empty:
            self.client.post("/update", data={"update": "DROP ALL"}).raise_for_status()
        self.is_empty = True

    def load(self, path: Path, graph: str | None) -> None:
        """Add a file to a graph or to the default graph, its relative IRIs resolved as a file's."""
        self.is_empty = False
        quads = ox.parse(path=str(path), base_iri=path.resolve().as_uri())
        body = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
        assert body is not None
        address = "/graphs?default" if graph is None else f"/graphs?graph={quote(graph, safe='')}"
        self.client.post(address, content=body, headers=N_TRIPLES).raise_for_status()

    def send(self, request: Request, target: str) -> httpx.Response:
        """Send a request as it is."""
        self.is_empty = self.is_empty and request.method in ("GET", "HEAD")
        return self.client.request(
            request.method, target, content=request.body, headers=list(request.headers)
        )


@contextmanager
def plain_server(home: Path) -> Iterator[PlainServer]:
    """Run a plain server for a while."""
    with PlainServer(home) as server:
        yield server


def outcome(server: PlainServer, case: Case) -> str | None:
    """Run a test on an empty store with its data; say what is wrong, if anything is."""
    server.empty()
    for graph, path in case.graphs:
        server.load(path, graph)
    return replayed(server, case, {})


def replayed(server: PlainServer, case: Case, variables: dict[str, str]) -> str | None:
    """Send the requests of a test on what is there; remember what is to be filled in later."""
    host = server.address.removeprefix("http://")
    known = {"/$GRAPHSTORE$": "/graphs", "$GRAPHSTORE$": "/graphs", "$HOST$": host}
    for number, (asked, expected) in enumerate(case.exchanges, 1):
        request = filled(asked, known | variables)
        for target in _targets(request):
            response = server.send(request, target)
            reason = wrong(response, _filled(expected, known | variables))
            if reason is not None:
                return f"request {number}: {reason}"
            if expected.location is not None:
                variables[expected.location] = response.headers["location"]
    return None


def _filled(expected: Expected, variables: dict[str, str]) -> Expected:
    if expected.body is None:
        return expected
    body = filled(Request("", "", (), expected.body.encode()), variables).body
    assert body is not None
    return Expected(**{**vars(expected), "body": body.decode()})


def _targets(request: Request) -> list[str]:
    """Return where a request goes here."""
    if request.target.startswith("/sparql/"):
        rest = request.target.removeprefix("/sparql/")
        kinds = _kinds(request)
        return [f"/{kind}{rest}" for kind in kinds]
    if request.target.startswith("/gsp"):
        return [f"/graphs{request.target.removeprefix('/gsp')}"]
    return [request.target]


def _kinds(request: Request) -> list[str]:
    content_type = dict(request.headers).get("content-type", "").partition(";")[0]
    body = request.body or b""
    is_form = content_type == "application/x-www-form-urlencoded"
    if content_type == "application/sparql-query" or (is_form and body.startswith(b"query=")):
        return ["sparql"]
    if content_type == "application/sparql-update" or (is_form and body.startswith(b"update=")):
        return ["update"]
    if "?query=" in request.target and request.method == "GET":
        return ["sparql"]
    return ["sparql", "update"]
