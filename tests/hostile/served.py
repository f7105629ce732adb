"""A server as a user runs it, with small budgets, and all that an attack on it could reach."""

from __future__ import annotations

import os
import re
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pyoxigraph as ox
import yaml

from pledgegraph.api import tokens
from pledgegraph.api.tokens import Scope
from pledgegraph.graph.build import build
from pledgegraph.graph.namespaces import GRAPH

from . import processes

ROOT = Path(__file__).resolve().parents[2]
PLEDGEGRAPH = Path(sys.executable).with_name("pledgegraph")
NAMES = Path(__file__).with_name("names.yml")
SOURCE = """
<https://w3id.org/pledgegraph/id/source/{slug}> a <https://w3id.org/pledgegraph/ns#SourceDocument> ;
    <https://schema.org/name> {name} ;
    <https://w3id.org/pledgegraph/ns#sourceKind>
        <https://w3id.org/pledgegraph/vocab/source-kind/press-article> ;
    <http://purl.org/dc/terms/language> "en" ;
    <https://w3id.org/pledgegraph/ns#readOn>
        "2026-01-16"^^<http://www.w3.org/2001/XMLSchema#date> .
"""
BUDGETS = {
    "PLEDGEGRAPH_WORKERS": "2",
    "PLEDGEGRAPH_QUICK_WORKERS": "2",
    "PLEDGEGRAPH_QUEUE": "8",
    "PLEDGEGRAPH_QUEUE_WAIT_SECONDS": "3",
    "PLEDGEGRAPH_QUERY_DEADLINE_SECONDS": "2",
    "PLEDGEGRAPH_QUERY_MEMORY_MEBIBYTES": "256",
    "PLEDGEGRAPH_QUERY_RESULT_MEBIBYTES": "4",
    "PLEDGEGRAPH_WRITE_MEBIBYTES": "1",
    "PLEDGEGRAPH_WRITE_WAIT_SECONDS": "3",
    "PLEDGEGRAPH_CLIENT_SECONDS": "2",
    "PLEDGEGRAPH_CONNECTIONS": "300",
}
NORMAL = "SELECT ?pledge { ?pledge a <https://w3id.org/pledgegraph/ns#Pledge> } ORDER BY ?pledge"


class InnerNetwork:
    """Listens where nothing of the server has any business, and remembers who came."""

    def __init__(self) -> None:
        self.visits: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                visitor, _ = self._listener.accept()
            except OSError:
                return
            with visitor:
                visitor.settimeout(0.5)
                try:
                    self.visits.append(visitor.recv(4096))
                    visitor.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                except OSError:
                    self.visits.append(b"")


@dataclass
class Served:
    """The server, and what the cases refer to."""

    process: subprocess.Popen[bytes]
    log: Path
    home: Path
    address: tuple[str, int]
    inner: InnerNetwork
    canary: str
    places: Mapping[str, str]

    @property
    def url(self) -> str:
        """Where the server is."""
        return f"http://{self.places['host']}"

    def ask(self, query: str = NORMAL, accept: str = "text/csv") -> httpx.Response:
        """Ask what an ordinary user asks."""
        headers = {"Accept": accept}
        return httpx.get(f"{self.url}/sparql", params={"query": query}, headers=headers, timeout=30)

    def written(self) -> str:
        """Return what the server has logged."""
        return self.log.read_text("utf-8", "replace")

    def processes(self) -> list[int]:
        """Return the server and its workers."""
        return processes.tree(self.process.pid)

    def releases(self) -> list[str]:
        """Return the names of the releases."""
        return sorted(path.name for path in (self.home / "releases").iterdir())


@contextmanager
def serving(folder: Path, data: Path) -> Iterator[Served]:
    """Build a home, serve it, and end the server afterwards."""
    home = folder / "home"
    build(data, home)
    made = _tokens(home)
    secret = f"CANARY-{secrets.token_hex(12)}"
    canary = folder / "canary.ttl"
    canary.write_text(f'<urn:x:canary> <urn:x:says> "{secret}" .\n')
    log = folder / "server.log"
    environment = {**os.environ, **BUDGETS}
    environment.pop("PLEDGEGRAPH_WRITE_TOKEN", None)
    command = [PLEDGEGRAPH, "serve", "--port", "0", "--home", home]
    inner = InnerNetwork()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=output, stderr=output
        )
    try:
        port = _port(process, log)
        places = {
            **made,
            "host": f"127.0.0.1:{port}",
            "inner": f"127.0.0.1:{inner.port}",
            "inner_port": str(inner.port),
            "canary": str(canary),
            "labelled": f"{GRAPH}hostile-labels-2026",
        }
        served = Served(process, log, home, ("127.0.0.1", port), inner, secret, places)
        _add_names(served)
        yield served
    finally:
        inner.close()
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _tokens(home: Path) -> dict[str, str]:
    """Make the tokens that the cases send, good and bad."""
    now = datetime.now(UTC)
    later = now + timedelta(days=1)
    revoked, taken_back = tokens.create(home, Scope, later)
    made = {
        "graphs": tokens.create(home, [Scope.GRAPHS], later)[1],
        "records": tokens.create(home, [Scope.RECORDS], later)[1],
        "limited": tokens.create(home, Scope, later, prefix="acme-")[1],
        "expired": tokens.create(home, Scope, now - timedelta(seconds=1))[1],
        "revoked": taken_back,
        "digest": tokens.create(home, Scope, later)[0].digest,
    }
    tokens.revoke(home, revoked.id)
    return made


def _port(process: subprocess.Popen[bytes], log: Path) -> int:
    """Wait until the server says where it is, and answers."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None:
        match = re.search(r"http://127\.0\.0\.1:(\d+)/", log.read_text())
        if match:
            try:
                if httpx.get(f"{match[0]}readyz", timeout=5).is_success:
                    return int(match[1])
            except httpx.TransportError:
                pass
        time.sleep(0.1)
    raise AssertionError(f"the server does not answer:\n{log.read_text()}")


def _add_names(served: Served) -> None:
    """Publish sources whose names are attacks on whatever shows them."""
    headers = {"Content-Type": "text/turtle", "Authorization": f"Bearer {served.places['graphs']}"}
    for slug, name in yaml.safe_load(NAMES.read_text("utf-8")).items():
        answer = httpx.put(
            f"{served.url}/graphs",
            params={"graph": f"{GRAPH}{slug}"},
            content=SOURCE.format(slug=slug, name=ox.Literal(name, language="en")),
            headers=headers,
            timeout=60,
        )
        assert answer.status_code == 201, answer.text
