"""Import the real data sets, one kind after the other, into an empty home; print Markdown.

``python benchmarks/importing.py MATERIAL`` imports all that lies in ``MATERIAL/data/real``, then
all of it once more; ``--sources congress openstates`` only some. Seconds are of the processor, of
a process for each import, and memory is the most that it had. After each import the same look-ups
are timed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from pledgegraph.graph.release import current

PROGRAM = Path(sys.executable).with_name("pledgegraph")
LOOK_UPS = 300
# In the order in which one refers to another.
SOURCES = {
    "congress": ("congress/*.xz",),
    "openstates": ("openstates-people-2020-06-11/*", "openstates-people/[a-z]*"),
    "congress-bills": ("bills/congress-119/[hs]*.jsonl.xz",),
    "billstatus": ("bills/billstatus-samples.tar.xz",),
    "companies": ("companies/*.csv*", "companies/*.jsonl.xz"),
    "netzero": ("pledges/net-zero*.csv.xz",),
    "nonprofits": ("advocacy/*.csv.xz",),
    "statements": ("statements/*.json", "statements/*.tar.xz", "pledges/pride*.csv"),
    "lobbying": ("lobbying/*.zip",),
}


@dataclass(frozen=True)
class Run:
    """One import: what it took, and its account."""

    source: str
    seconds: float
    clock: float
    megabytes: float
    report: dict[str, Any]
    triples: int
    look_up: float

    def counts(self) -> dict[str, int]:
        """Return how many records were read, written and set aside, of all kinds."""
        found = {"read": 0, "written": 0, "quarantined": 0, "skipped": 0}
        for data_set in self.report["dataSets"]:
            for kind in data_set["records"].values():
                for end, value in kind.items():
                    found[end] += value if isinstance(value, int) else sum(value.values())
        return found


def run(home: Path, source: str, paths: Sequence[Path], report: Path) -> Run:
    """Import in a process of its own."""
    command = [str(PROGRAM), "import", source, *map(str, paths)]
    command += ["--home", str(home), "--report", str(report)]
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return Run(
        source,
        used.ru_utime + used.ru_stime,
        time.monotonic() - start,
        used.ru_maxrss / 1000,
        json.loads(report.read_text()),
        current(home).manifest["triples"],
        look_up(home),
    )


def look_up(home: Path) -> float:
    """Return the median milliseconds of a look-up of all about one thing."""
    store = ox.Store.read_only(str(current(home).store_path))
    things = [quad.subject for quad, _ in zip(store, range(LOOK_UPS), strict=False)]
    times = []
    for thing in things:
        begin = time.perf_counter()
        list(store.query(f"SELECT ?p ?o {{ {thing} ?p ?o }}"))  # type: ignore[arg-type]
        times.append(time.perf_counter() - begin)
    return statistics.median(times) * 1000


def given(folder: Path, patterns: Sequence[str]) -> list[Path]:
    """Return the files of a source."""
    return [path for pattern in patterns for path in sorted(folder.glob(pattern))]


def all_runs(home: Path, folder: Path, sources: Sequence[str]) -> Iterator[Run]:
    """Import each source."""
    for source in sources:
        print(f"{time.strftime('%H:%M:%S')} {source}", file=sys.stderr, flush=True)
        yield run(home, source, given(folder, SOURCES[source]), home.parent / "report.json")


def table(title: str, runs: Sequence[Run]) -> None:
    """Print what the runs took."""
    print(f"\n{title}\n")
    print(
        "| Import | CPU s | on the clock, s | MB | records read | written | quarantined | skipped "
        "| source triples in the release | look-up, ms |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for one in runs:
        counts = " | ".join(f"{value:,}" for value in one.counts().values())
        print(
            f"| {one.source} | {one.seconds:.1f} | {one.clock:.1f} | {one.megabytes:,.0f} "
            f"| {counts} | {one.triples:,} | {one.look_up:.3f} |"
        )
    print(
        f"| all | {sum(r.seconds for r in runs):.1f} | {sum(r.clock for r in runs):.1f} "
        f"| {max(r.megabytes for r in runs):,.0f} | | | | | {runs[-1].triples:,} | |"
    )


def main() -> None:
    """Import, and import again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("material", type=Path)
    parser.add_argument("--sources", nargs="+", choices=SOURCES, default=list(SOURCES))
    parser.add_argument(
        "--home", type=Path, help="an empty folder to keep, instead of a temporary one"
    )
    given_options = parser.parse_args()
    folder = given_options.material / "data" / "real"
    with tempfile.TemporaryDirectory() as temporary:
        home = (given_options.home or Path(temporary)) / "home"
        home.parent.mkdir(parents=True, exist_ok=True)
        table("Into an empty home.", list(all_runs(home, folder, given_options.sources)))
        table("The same files again.", list(all_runs(home, folder, given_options.sources)))


if __name__ == "__main__":
    main()
