"""Measure publishing and the change of one record; print Markdown.

``python benchmarks/publishing.py --sizes 1000000 10000000 --runs 5`` publishes a generated graph
of each size, loads the same quads by one ``bulk_load`` beside it, then serves the release and
sends it records over HTTP, one after the other. Seconds are of processor time: of the publishing
process with all threads, and of the server with its workers.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import chain, repeat
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import generate
import httpx
import pyoxigraph as ox

from pledgegraph.graph.publishing import GraphEdit, write
from pledgegraph.graph.records.known import NOTHING
from pledgegraph.graph.records.load import load_text
from pledgegraph.graph.release import current

GRAPH = "https://w3id.org/pledgegraph/graph/"
PORT = 8793
PEAK = "most memory in use, GB"
TICK = os.sysconf("SC_CLK_TCK")
PROGRAM = Path(sys.executable).with_name("pledgegraph")


class Steps:
    """Processor seconds of each step of a write, as it tells of them."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._step, self._since = "", time.process_time()

    def __call__(self, step: str) -> None:
        """End the step before and begin the next."""
        now = time.process_time()
        if self._step:
            self.seconds[self._step] = self.seconds.get(self._step, 0.0) + now - self._since
        self._step, self._since = step, now


def note(text: str) -> None:
    """Tell a person who waits."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def edits(folder: Path) -> list[GraphEdit]:
    """Return the generated graphs, each read when it is needed."""
    return [
        GraphEdit(
            f"{GRAPH}{path.stem}",
            (quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)),
        )
        for path in sorted(folder.glob("*.nq"))
    ]


def one_publish(folder: Path, home: Path) -> dict[str, float]:
    """Publish the generated graphs into an empty home; return seconds by step."""
    steps = Steps()
    write(home, edits(folder), origin="import", tell=steps)
    steps("")
    return {**steps.seconds, PEAK: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6}


def one_bulk_load(quads: Path, store: Path) -> dict[str, float]:
    """Load the quads of the served store at once."""
    start = time.process_time()
    made = ox.Store(str(store))
    made.bulk_load(path=str(quads), format=ox.RdfFormat.N_QUADS)
    made.flush()
    del made
    return {"bulk_load": time.process_time() - start}


def one_change(home: Path, number: int) -> dict[str, float]:
    """Publish one record without a server; return seconds by step."""
    records = load_text(generate.one_record(number).encode(), lambda _: NOTHING)
    ((graph, triples),) = records.graphs.items()
    steps = Steps()
    write(home, [GraphEdit(graph, tuple(triples))], origin="http", tell=steps)
    steps("")
    return steps.seconds


def apart(task: str, *arguments: object) -> dict[str, float]:
    """Run a task in a process of its own; return seconds by step."""
    command = [sys.executable, __file__, "--task", task, *map(str, arguments)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def processor_seconds(root: int) -> float:
    """Return what a process and all that it started have used."""
    total, todo = 0, [root]
    while todo:
        process = todo.pop()
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        total += sum(map(int, fields[11:15]))
        todo += map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split())
    return total / TICK


def over_http(home: Path, runs: int, first: int) -> list[float]:
    """Post records to a server and ask for each; return the seconds of each round."""
    token = secrets.token_urlsafe(32)
    environment = {**os.environ, "PLEDGEGRAPH_WRITE_TOKEN": token}
    command = [str(PROGRAM), "serve", "--home", str(home), "--port", str(PORT)]
    address, spent = f"http://127.0.0.1:{PORT}", []
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            client = httpx.Client(base_url=address, timeout=120)
            wait_for(client)
            for number in range(first, first + runs + 2):
                before = processor_seconds(server.pid)
                body = generate.one_record(number)
                headers = {"Content-Type": "application/yaml", "Authorization": f"Bearer {token}"}
                answer = client.post("/records", content=body, headers=headers)
                assert answer.status_code == httpx.codes.CREATED, answer.text
                query = f"ASK {{ GRAPH <{answer.json()['graph']}> {{ ?s ?p ?o }} }}"
                asked = client.get("/sparql", params={"query": query})
                assert asked.json()["boolean"] is True
                spent.append(processor_seconds(server.pid) - before)
        finally:
            server.terminate()
    return spent[2:]  # the first two prepare the shapes and start the worker


def wait_for(client: httpx.Client) -> None:
    """Wait until the server is ready."""
    for _ in range(1200):
        try:
            if client.get("/readyz").is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.25)
    raise SystemExit("the server did not get ready")


def dump(home: Path, target: Path) -> int:
    """Write the quads of the served store as they are; return how many there are."""
    store = ox.Store.read_only(str(current(home).store_path))
    store.dump(str(target), format=ox.RdfFormat.N_QUADS)
    return len(store)


def measure(work: Path, size: int, runs: int, changes: int) -> tuple[list[str], float]:
    """Measure one size; return the lines of its tables and the seconds of a change."""
    folder, home, quads = work / f"graphs-{size}", work / f"home-{size}", work / f"{size}.nq"
    note(f"making {size:,} triples")
    generate.write(folder, size, seed=1)
    published, loaded, stored = [], [], 0
    for number in range(runs):
        shutil.rmtree(home, ignore_errors=True)
        note(f"publishing, run {number + 1} of {runs}")
        published.append(apart("publish", folder, home))
        stored = stored or dump(home, quads)
        note(f"bulk_load, run {number + 1} of {runs}")
        shutil.rmtree(work / "bulk", ignore_errors=True)
        loaded.append(apart("bulk_load", quads, work / "bulk")["bulk_load"])
    note("changing one record")
    steps = [one_change(home, 1000 + number) for number in range(changes + 2)][2:]
    http = over_http(home, changes, 5000)
    return tables(size, stored, published, loaded, steps, http), statistics.median(http)


def tables(
    size: int,
    stored: int,
    published: list[dict[str, float]],
    loaded: list[float],
    steps: list[dict[str, float]],
    http: list[float],
) -> list[str]:
    """Write what was measured at one size."""
    load = statistics.median(loaded)
    peak = statistics.median(run.pop(PEAK) for run in published)
    whole = statistics.median(sum(run.values()) for run in published)
    lines = [
        f"### {size:,} source triples, {stored:,} quads served, median of {len(published)}",
        "",
        "| Step of publishing all | CPU s | Share |",
        "|---|--:|--:|",
    ]
    for step in published[0]:
        seconds = statistics.median(run[step] for run in published)
        lines.append(f"| {step} | {seconds:.2f} | {seconds / whole:.0%} |")
    lines += [
        f"| all | {whole:.2f} | |",
        f"| one bulk_load of the served quads | {load:.2f} | |",
        "",
        f"Publishing takes {whole / load:.2f} times one bulk_load, and {peak:.1f} GB.",
        "",
        f"| Step of changing one record (median of {len(steps)}) | CPU ms |",
        "|---|--:|",
    ]
    for step in steps[0]:
        lines.append(f"| {step} | {1000 * statistics.median(run[step] for run in steps):.0f} |")
    alone = statistics.median(sum(run.values()) for run in steps)
    lines += [
        f"| all, without a server | {1000 * alone:.0f} |",
        f"| from request to answer of the new release, server and workers "
        f"| {1000 * statistics.median(http):.0f} |",
        "",
    ]
    return lines


def main() -> None:
    """Measure each size and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[100_000, 1_000_000])
    parser.add_argument(
        "--runs", nargs="+", type=int, default=[5], help="of publishing all, by size"
    )
    parser.add_argument("--changes", type=int, default=11, help="of changing one record")
    parser.add_argument("--work", type=Path, help="folder for data; a temporary one if absent")
    parser.add_argument("--task", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.task:
        task, *arguments = given.task
        run = {"publish": one_publish, "bulk_load": one_bulk_load}[task]
        print(json.dumps(run(*map(Path, arguments))))
        return
    with tempfile.TemporaryDirectory() as temporary:
        work = given.work or Path(temporary)
        changes = []
        runs = chain(given.runs, repeat(given.runs[-1]))
        for size, times in zip(given.sizes, runs, strict=False):
            lines, change = measure(work, size, times, given.changes)
            changes.append(change)
            print("\n".join(lines), flush=True)
        if len(changes) > 1:
            print(
                f"A change at the last size takes {changes[-1] / changes[0]:.2f} times the first."
            )


if __name__ == "__main__":
    main()
