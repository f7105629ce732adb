"""A server process of a small release, and what the system says of it and its workers."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pyoxigraph as ox

from pledgegraph.graph.publishing.manifest import file_digests

PLEDGEGRAPH = Path(sys.executable).with_name("pledgegraph")
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
EVERYTHING = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
DIRECT = {"Content-Type": "application/sparql-query"}


def write_release(home: Path, number: int, size: int = 1500) -> None:
    """Make a release of so many triples, each with a number counted from the release's own."""
    folder = home / "releases" / f"{number:06d}"
    staging = home / "staging"
    staging.mkdir()
    store = ox.Store(str(staging / "store"))
    predicate, graph = ox.NamedNode("urn:x:number"), ox.NamedNode("urn:x:graph")
    store.bulk_extend(
        ox.Quad(ox.NamedNode(f"urn:x:{index}"), predicate, ox.Literal(index + number))
        for index in range(size)
    )
    store.add(ox.Quad(ox.NamedNode("urn:x:0"), predicate, ox.Literal("said"), graph))
    store.flush()
    del store
    manifest = {"graphs": {}, "files": file_digests(staging)}
    (staging / "manifest.json").write_text(json.dumps(manifest))
    folder.parent.mkdir(exist_ok=True)
    staging.rename(folder)


class Served:
    """A running `pledgegraph serve`, with settings of its own."""

    def __init__(self, home: Path, log: Path, **settings: object) -> None:
        self.home, self.log = home, log
        self.client = httpx.Client(timeout=60, verify=False)  # noqa: S501 - no TLS on loopback
        environment = {f"PLEDGEGRAPH_{key.upper()}": str(value) for key, value in settings.items()}
        with log.open("wb") as errors:
            self.process = subprocess.Popen(
                [PLEDGEGRAPH, "serve", "--home", home, "--port", "0"],
                stdout=subprocess.PIPE,
                stderr=errors,
                env={**os.environ, **environment},
            )
        assert self.process.stdout is not None
        first = self.process.stdout.readline().decode()
        match = re.search(r"http://127\.0\.0\.1:(\d+)", first)
        assert match, first + log.read_text()
        self.url, self.port = match[0], int(match[1])
        self.until(lambda: self.client.get(f"{self.url}/readyz").is_success)

    def until(self, is_so: Callable[[], bool], seconds: float = 30) -> float:
        """Wait until something is so, and return for how many seconds it was not."""
        start = time.monotonic()
        while True:
            try:
                if is_so():
                    return time.monotonic() - start
            except httpx.TransportError:
                pass
            assert time.monotonic() - start < seconds, self.log.read_text()[-2000:]
            time.sleep(0.05)

    def ask(self, query: str, **headers: str) -> httpx.Response:
        """Send a query as it is."""
        address = f"{self.url}/sparql"
        return self.client.post(address, content=query, headers={**DIRECT, **headers})

    def metrics(self) -> dict[str, float]:
        """Read all numbers, by name with labels."""
        lines = self.client.get(f"{self.url}/metrics").text.splitlines()
        pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
        return {name: float(value) for name, value in pairs}

    def busy(self) -> float:
        """Count the queries at work."""
        found = self.metrics()
        return sum(n for name, n in found.items() if name.startswith("pledgegraph_workers_busy"))

    def workers(self) -> list[int]:
        """The worker processes."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(child) for task in tasks for child in task.read_text().split()]

    def lines(self) -> list[dict[str, object]]:
        """What the log says of each request; anything else in it is an error."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def stop(self, number: int) -> float:
        """Send a signal and return after how many seconds the process has ended."""
        start = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(timeout=30)
        return time.monotonic() - start

    def close(self) -> None:
        """End it in any case."""
        self.client.close()
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


def resident_bytes(process: int) -> int:
    """How much memory a process holds; none if it is gone."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text().split()[1]
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def processor_seconds(process: int) -> float:
    """How long a process has worked; none if it is gone."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
