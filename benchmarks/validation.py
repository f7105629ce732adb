"""Measure full validation by all our shapes, beside other validators; print Markdown.

``python benchmarks/validation.py --sizes 100000 1000000 10000000 --runs 5`` runs every engine on
the same file, each run in a process of its own, and prints the medians. Seconds are of processor
time, of all threads and children. The results of every engine must be ours.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import generate
import peers
import pyoxigraph as ox
from comparison import Comparison, compare
from engines import ENGINES, Row

from pledgegraph.graph.ontology import ontology, turtle_files

OURS = "pledgegraph"
HEAD = (
    "| Triples | Engine | Load, CPU s | Validate, CPU s | Report, CPU s | Total, CPU s "
    "| Peak MB | Results | Validate and report, times ours |\n|--:|---|--:|--:|--:|--:|--:|--:|--:|"
)


@dataclass(frozen=True)
class Run:
    """What one engine took to validate one file once, and what it found."""

    engine: str
    load: float
    validate: float
    report: float
    peak: float
    version: str
    results: tuple[Row, ...]

    @property
    def decided(self) -> float:
        """Return what the verdict and its report took."""
        return self.validate + self.report


class EngineFailedError(Exception):
    """An engine came to no result."""


def write_shapes(folder: Path) -> Path:
    """Write the shapes for source data as one file: all that are shipped but for derived data."""
    path = folder / "shapes.ttl"
    texts = (text for name, text in turtle_files("pledgegraph.shapes") if name != "derived")
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def write_data(folder: Path, size: int, seed: int, mistakes: int) -> Path:
    """Write a generated graph together with the ontology, as N-Triples."""
    path = folder / f"{size}-{seed}.nt"
    note(f"writing {size:,} triples")
    terms = ox.serialize((q.triple for q in ontology()), format=ox.RdfFormat.N_TRIPLES)
    assert terms
    with path.open("wb") as file:
        file.write(terms)
        file.writelines(generate.union(size, seed, mistakes))
    return path


def run(engine: str, data: Path, shapes: Path, given: argparse.Namespace, on_disk: bool) -> Run:
    """Measure one run in a process of its own."""
    own = engine in (OURS, "pySHACL")
    python = Path(sys.executable) if own else peers.interpreter(given.venv)
    script = Path(__file__).with_name("engines.py")
    command = [str(python), str(script), engine, str(data), str(shapes)]
    with tempfile.TemporaryDirectory(dir=data.parent) as disk:
        command += ["--disk", disk] if on_disk and engine == OURS else []
        command += ["--memory", str(given.memory)] if given.memory else []
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=given.timeout)
        except subprocess.TimeoutExpired as error:
            raise EngineFailedError(f"not done within {given.timeout} s") from error
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise EngineFailedError(f"ended by {done.returncode}: {last}")
    found = json.loads(done.stdout)
    results = tuple(tuple(row) for row in found.pop("results"))
    return Run(engine=engine, results=results, **found)


def measure(size: int, shapes: Path, given: argparse.Namespace) -> Iterator[list[Run] | str]:
    """Iterate over the runs of each engine on a graph of one size, or why it has none."""
    data = write_data(shapes.parent, size, given.seed, size // given.one_mistake_in)
    wanted = [engine for engine in given.engines if size <= limit(engine, given)]
    runs: dict[str, list[Run] | str] = {engine: [] for engine in wanted}
    for number in range(given.runs):  # all engines in turn, so that a busy machine is so for all
        for engine in wanted:
            done = runs[engine]
            if isinstance(done, str):
                continue
            note(f"{size:,} triples, run {number + 1}: {engine}")
            try:
                done.append(run(engine, data, shapes, given, size >= given.disk))
            except EngineFailedError as error:
                runs[engine] = f"| {size:,} | {engine} | {error} | | | | | | |"
    data.unlink()
    yield from runs.values()


def limit(engine: str, given: argparse.Namespace) -> float:
    """Return the largest graph that an engine is run on."""
    limits = {OURS: float("inf"), "pySHACL": float(given.pyshacl)}
    return limits.get(engine, float(given.peers))


def line(size: int, runs: list[Run], ours: float) -> str:
    """Return the row of the table on the runs of one engine."""
    middle = {
        name: statistics.median(getattr(run, name) for run in runs)
        for name in ("load", "validate", "report", "peak", "decided")
    }
    total = statistics.median(run.load + run.decided for run in runs)
    took = [f"{middle[name]:.2f}" for name in ("load", "validate", "report")]
    name = f"{runs[0].engine} {runs[0].version}"
    rest = (f"{middle['peak']:,.0f}", str(len(runs[0].results)), f"{middle['decided'] / ours:.1f}")
    return f"| {' | '.join((f'{size:,}', name, *took, f'{total:.2f}', *rest))} |"


def table(size: int, shapes: Path, given: argparse.Namespace) -> Iterator[Comparison]:
    """Print the rows on graphs of one size; iterate over how far the results agree."""
    found = list(measure(size, shapes, given))
    measured = [runs for runs in found if not isinstance(runs, str)]
    if not measured:
        print(*found, sep="\n", flush=True)
        return
    ours = next((runs for runs in measured if runs[0].engine == OURS), measured[0])
    reference = statistics.median(run.decided for run in ours)
    for runs in found:
        print(runs if isinstance(runs, str) else line(size, runs, reference), flush=True)
    for runs in measured:
        if runs is not ours:
            yield compare(runs[0].engine, ours[0].results, runs[0].results)


def note(text: str) -> None:
    """Tell how far the benchmark is."""
    print(text, file=sys.stderr, flush=True)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--sizes", nargs="+", type=int, default=[100_000])
    add("--runs", type=int, default=5)
    add("--seed", type=int, default=1)
    add("--one-mistake-in", type=int, default=1_000, help="triples for each planted mistake")
    add("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    add("--pyshacl", type=int, default=100_000, help="largest size for pySHACL")
    add("--peers", type=int, default=1_000_000, help="largest size for pyrudof and pyshacl-turbo")
    add("--disk", type=int, default=5_000_000, help="least size at which our store is on disk")
    add("--memory", type=float, help="gigabytes of address space at which an engine gives up")
    add("--timeout", type=float, default=7_200, help="seconds after which an engine gives up")
    add("--venv", type=Path, default=peers.FOLDER, help="environment for the other validators")
    add("--work", type=Path, help="folder for the data; a temporary one if left out")
    return parser.parse_args()


def main() -> None:
    """Print the table and then how far the results agree; fail where they should and do not."""
    given = arguments()
    with tempfile.TemporaryDirectory(dir=given.work) as folder:
        shapes = write_shapes(Path(folder))
        print(HEAD, flush=True)
        compared = [(size, each) for size in given.sizes for each in table(size, shapes, given)]
    for size, each in compared:
        counts = f"{each.agreed} agree, {each.missing.total()} missing, {each.extra.total()} extra"
        print(f"\n{size:,} triples, results of {each.engine} beside ours: {counts}.")
        print("".join(f"\n- {difference}" for difference in each.differences()))
    if not all(each.is_as_expected for _, each in compared):
        sys.exit("The results differ.")


if __name__ == "__main__":
    main()
