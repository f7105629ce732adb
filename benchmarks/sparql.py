"""Measure our SPARQL endpoint beside others on the same triples; print one Markdown table.

``python benchmarks/sparql.py --size 100000 --runs 5`` publishes a generated graph, loads its
default graph into Virtuoso, Oxigraph's own server and rdflib-endpoint (installed into a folder of
its own, or by apt-get), and asks all of them the same. Rates are requests for each second of
processor time that a server spends with all its processes, so that other work on the machine
matters less; what is timed on the clock says so.
"""

from __future__ import annotations

import argparse
import io
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import generate
import peers
import publishing
import pyoxigraph as ox
from endpoints import rates, runaways
from endpoints.rates import Rate
from endpoints.runaways import Crowded, Gone
from endpoints.servers import OURS, Server, ours, oxigraph, rdflib_endpoint, virtuoso
from endpoints.workload import Workload
from publishing import PROGRAM, note

from pledgegraph.graph.engine import EmbeddedEngine
from pledgegraph.graph.release import current

KINDS = ("look-ups", "repeated", "two at once")
WARM_UP = 200
SAME = 40


@dataclass
class Measured:
    """What was measured of one server."""

    server: Server
    rates: dict[str, list[Rate]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    gone: list[Gone] = field(default_factory=list)
    crowded: Crowded | None = None

    def rate(self, kind: str) -> float:
        """Return the median of requests for each second of the processors."""
        return statistics.median(rate.processor for rate in self.rates[kind])

    def speed_up(self) -> float:
        """Return how much more two clients get on the clock than one."""
        one, two = (statistics.median(r.clock for r in self.rates[k]) for k in (KINDS[0], KINDS[2]))
        return two / one


def make_data(work: Path, size: int) -> tuple[Path, Path]:
    """Publish a generated graph; return its home and the default graph as N-Triples."""
    graphs, home, data = work / "graphs", work / "home", work / "data" / "default.nt"
    data.parent.mkdir()
    note(f"making and publishing {size:,} source triples")
    generate.write(graphs, size, seed=1)
    publishing.apart("publish", graphs, home)
    export = [PROGRAM, "export", "--home", home, "--format", "nt", "--output", data]
    subprocess.run(export, check=True)
    return home, data


def start_all(home: Path, data: Path, work: Path, given: argparse.Namespace) -> list[Server]:
    """Start every server that can be had here, ours first."""
    python = peers.interpreter(given.venv, peers.ENDPOINTS)
    made = [
        ours(home, work, given.deadline),
        oxigraph(python, data, work, given.deadline),
        virtuoso(data, work, given.deadline),
        rdflib_endpoint(python, data, work, given.deadline),
    ]
    servers = [server for server in made if server is not None]
    servers[0].version = version("pledgegraph")
    for server in servers:
        server.folder = work
        note(f"starting {server.name}")
        server.start()
    return servers


def check_same(servers: list[Server], queries: list[str]) -> None:
    """Stop unless all servers give the same answers."""
    clients = {server.name: server.client() for server in servers}
    for query in queries:
        answers = {name: client.ask(query).answer for name, client in clients.items()}
        differing = [name for name, answer in answers.items() if answer != answers[OURS]]
        if differing:
            raise SystemExit(f"{differing} differ from ours on {query}: {answers}")


def measure_rates(measured: list[Measured], work: Workload, runs: int, requests: int) -> None:
    """Ask all servers in turn, so that a busy machine is so for all of them."""
    with rates.askers() as pool:
        for number in range(runs + 1):  # the first warms up and is not counted
            count = requests if number else WARM_UP
            fresh, repeated, both = work.fresh(count), work.repeated(count), work.fresh(count)
            for one in measured:
                note(f"run {number} of {runs}: {one.server.name}")
                alone = rates.one_client(one.server, fresh)
                half = both[: max(100, alone.requests // 2)]
                found = (
                    alone,
                    rates.one_client(one.server, repeated),
                    rates.two_clients(one.server, half, pool),
                )
                if number:
                    for kind, rate in zip(KINDS, found, strict=True):
                        one.rates[kind].append(rate)


def measure_runaways(one: Measured, work: Workload, given: argparse.Namespace) -> None:
    """Send runaways to one server, which is started anew where it does not get rid of them."""
    for number in range(given.runs):
        note(f"runaway {number + 1} of {given.runs}: {one.server.name}")
        one.gone.append(runaways.one_runaway(one.server, given.deadline))
        if one.gone[-1].beyond is None:
            one.server.stop()
            one.server.start()
            break  # it will not do better another time
    note(f"{runaways.MANY} runaways at once: {one.server.name}")
    one.crowded = runaways.many_runaways(one.server, work.asks(), 3 * given.deadline)
    one.server.stop()


def measure_hop(home: Path, queries: list[str]) -> tuple[float, float]:
    """Return the median milliseconds of a query in this process, and by a worker."""
    engine = EmbeddedEngine(home)
    store = ox.Store.read_only(str(current(home).store_path))
    inside, by_worker = [], []
    for query in queries:
        start = time.perf_counter()
        result = store.query(query)
        assert isinstance(result, ox.QuerySolutions | ox.QueryBoolean)
        result.serialize(io.BytesIO(), format=ox.QueryResultsFormat.JSON)
        middle = time.perf_counter()
        engine.query(query)
        end = time.perf_counter()
        inside.append(1000 * (middle - start))
        by_worker.append(1000 * (end - middle))
    engine.close()
    return statistics.median(inside), statistics.median(by_worker)


def table(measured: list[Measured]) -> list[str]:
    """Write one row for each server."""
    mine = measured[0]
    lines = [
        "| Server | Look-ups, each once: a CPU s | ours / it | The same few: a CPU s | ours / it "
        "| Two clients: a CPU s | on the clock, times one client "
        "| Runaway gone, s after the deadline | its memory left 1 s after, MB "
        "| ASK alone, p95 ms | beside 16 runaways, p95 ms | times | ASKs not answered |",
        "|---|" + "--:|" * 12,
    ]
    for one in measured:
        cells = [f"{one.server.name} {one.server.version}"]
        for kind in KINDS[:2]:
            cells += [f"{one.rate(kind):,.0f}", f"{mine.rate(kind) / one.rate(kind):.2f}"]
        cells += [f"{one.rate(KINDS[2]):,.0f}", f"{one.speed_up():.2f}"]
        lines.append(f"| {' | '.join([*cells, *of_runaways(one)])} |")
    return lines


def of_runaways(one: Measured) -> list[str]:
    """Write the cells that tell of runaways."""
    beyond = [gone.beyond for gone in one.gone if gone.beyond is not None]
    stopped = len(beyond) == len(one.gone)
    cells = [
        f"{statistics.median(beyond):.1f}" if stopped else f"not within {runaways.PATIENCE:.0f}",
        f"{statistics.median(gone.memory_left for gone in one.gone):,.0f}",
    ]
    crowd = one.crowded
    assert crowd is not None
    beside = (
        ("none answered", "")
        if crowd.beside is None
        else (
            f"{crowd.beside:,.0f}",
            f"{crowd.beside / crowd.idle:.1f}",
        )
    )
    failed = f"{crowd.failed} of {crowd.failed + crowd.answered}"
    return [*cells, f"{crowd.idle:.1f}", *beside, failed]


def notes(measured: list[Measured], hop: tuple[float, float]) -> list[str]:
    """Set what was measured beside what is aimed at."""
    by_name = {one.server.name: one for one in measured}
    mine = by_name[OURS]
    found = [f"A worker adds {hop[1] - hop[0]:.2f} ms to {hop[0]:.2f} in one process (goal 0.3)."]
    for name, goal in (("rdflib-endpoint", "5 times"), ("Virtuoso", "1.5 times")):
        if name in by_name:
            ratio = mine.rate("look-ups") / by_name[name].rate("look-ups")
            found.append(f"Look-ups: {ratio:.2f} times those of {name} (goal {goal}).")
    ceiling = by_name["Oxigraph"]
    share = mine.rate("look-ups") / ceiling.rate("look-ups")
    repeated = mine.rate("repeated") / ceiling.rate("repeated")
    found.append(f"Look-ups: {share:.0%} of Oxigraph's own server (goal 40%).")
    found.append(f"Repeated: {repeated:.0%} of Oxigraph's own server (goal more than 100%).")
    return [f"* {line}" for line in found]


def main() -> None:
    """Measure everything and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="source triples")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--requests", type=int, default=1000, help="at most, of a run")
    parser.add_argument("--deadline", type=float, default=3, help="of a query, in seconds")
    parser.add_argument("--venv", type=Path, default=Path(f"{peers.FOLDER}-sparql"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        home, data = make_data(folder, given.size)
        with data.open("rb") as lines:
            triples = sum(1 for _ in lines)
        work = Workload(data)
        servers = start_all(home, data, folder, given)
        measured = [Measured(server) for server in servers]
        try:
            check_same(servers, work.fresh(SAME))
            measure_rates(measured, work, given.runs, given.requests)
            hop = measure_hop(home, work.fresh(300))
            for one in measured:
                measure_runaways(one, work, given)
        finally:
            for server in servers:
                server.stop()
    print(f"{triples:,} triples, median of {given.runs}, deadline {given.deadline:g} s.\n")
    print("\n".join([*table(measured), "", *notes(measured, hop)]))


if __name__ == "__main__":
    main()
