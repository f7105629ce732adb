"""Measure what the way to a worker process and back adds to a small look-up.

python benchmarks/hop.py [--runs 3000]: a store of 10,000 triples; medians and processor time.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from pledgegraph.graph.engine import Budget, EmbeddedEngine
from pledgegraph.graph.publishing.manifest import file_digests

CSV = {"solutions": "text/csv"}


def write_home(home: Path) -> Path:
    """Make a home with one release, and return the folder of its store."""
    folder = home / "releases" / "000001"
    folder.mkdir(parents=True)
    store = ox.Store(str(folder / "store"))
    predicate = ox.NamedNode("urn:x:number")
    store.bulk_extend(
        ox.Quad(ox.NamedNode(f"urn:x:{number}"), predicate, ox.Literal(number))
        for number in range(10_000)
    )
    store.flush()
    del store
    manifest = {"graphs": {}, "files": file_digests(folder)}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder / "store"


def query(number: int) -> str:
    """Return a look-up that no cache has seen."""
    return f"SELECT ?o {{ <urn:x:{number}> ?p ?o }}"


def milliseconds(ask: Callable[[int], object], runs: int) -> float:
    """Return the median time of a call."""
    for number in range(200):
        ask(runs + number)
    return statistics.median(timed(ask, number) for number in range(runs)) * 1000


def timed(ask: Callable[[int], object], number: int) -> float:
    """Return the time of one call."""
    start = time.perf_counter()
    ask(number)
    return time.perf_counter() - start


async def awaited(engine: EmbeddedEngine, runs: int) -> float:
    """Return the median time of a look-up in an event loop."""
    times = []
    for number in range(runs):
        start = time.perf_counter()
        async with engine.open(query(2 * runs + number), CSV):
            times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3000)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        store = ox.Store.read_only(str(write_home(Path(folder))))
        engine = EmbeddedEngine(Path(folder), Budget())

        def inside(number: int) -> None:
            result = store.query(query(number))
            assert isinstance(result, ox.QuerySolutions)
            result.serialize(io.BytesIO(), format=ox.QueryResultsFormat.CSV)

        own = milliseconds(inside, runs)
        rows = {
            "in the process": own,
            "by a worker, from a thread": milliseconds(
                lambda number: engine.query(query(number), CSV), runs
            ),
            "by a worker, from an event loop": asyncio.run(awaited(engine, runs)),
        }
        engine.close()
    print("| a look-up | median, ms | more, ms |\n|---|--:|--:|")
    for name, median in rows.items():
        print(f"| {name} | {median:.3f} | {median - own:.3f} |")


if __name__ == "__main__":
    main()
