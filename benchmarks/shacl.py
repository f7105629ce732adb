"""Measure full validation by all our shapes: ``python benchmarks/shacl.py [SIZE ...]``.

Prints a Markdown table of CPU seconds and peak memory; each size runs in a process of its own.
pySHACL runs beside it at the sizes that ``--pyshacl`` allows, and must find the same results.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import generate
import pyoxigraph as ox
import pyshacl
import rdflib

from pledgegraph.graph.ontology import ontology
from pledgegraph.graph.shacl import validate
from pledgegraph.graph.shacl.reference import ValidatedData

ROOT = Path(__file__).resolve().parents[1]
SH = rdflib.SH


def shape_files() -> list[Path]:
    """Return the files of the shapes for source data."""
    return sorted(file for file in (ROOT / "shapes").glob("*.ttl") if file.stem != "derived")


def graph(size: int, seed: int) -> ox.Store:
    """Load a generated graph together with the ontology."""
    store = ox.Store()
    store.bulk_extend(iter(ontology()))
    made = b"".join(generate.union(size, seed, mistakes=size // 1000))
    store.bulk_load(made, format=ox.RdfFormat.N_TRIPLES)
    return store


def compiled(data: ox.Store) -> tuple[dict[str, float], set[tuple[str, ...]]]:
    """Validate by compiled queries."""
    shapes = ox.Store()
    for file in shape_files():
        shapes.load(path=str(file))
    start = time.process_time()
    report = validate(data, shapes)
    validated = time.process_time()
    text = report.to_turtle()
    written = time.process_time()
    found = {
        (r.focus.value, (r.source_constraint or r.source_shape).value, r.component.value)
        for r in report.results
    }
    assert text
    return {"validate": validated - start, "report": written - validated}, found


def by_pyshacl(data: ox.Store) -> tuple[dict[str, float], set[tuple[str, ...]]]:
    """Validate by pySHACL over the same store."""
    shapes = rdflib.Graph()
    for file in shape_files():
        shapes.parse(file)
    start = time.process_time()
    _, report, _ = pyshacl.validate(ValidatedData(data), shacl_graph=shapes, inplace=True)
    spent = time.process_time() - start
    assert isinstance(report, rdflib.Graph)
    found = set()
    for result in report.objects(None, SH.result):
        rule = report.value(result, SH["sourceConstraint"]) or report.value(result, SH.sourceShape)
        focus = report.value(result, SH.focusNode)
        component = report.value(result, SH.sourceConstraintComponent)
        found.add((str(focus), str(rule), str(component)))
    return {"validate": spent, "report": 0.0}, found


ENGINES = {"compiled": compiled, "pySHACL": by_pyshacl}


def measure(engine: str, size: int, seed: int) -> None:
    """Print what one run took, as JSON."""
    start = time.process_time()
    data = graph(size, seed)
    loaded = time.process_time() - start
    spent, found = ENGINES[engine](data)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row = {"triples": len(data), "load": loaded, "peak": peak, **spent, "found": sorted(found)}
    print(json.dumps(row))


def run(engine: str, size: int, seed: int) -> dict[str, object]:
    """Measure one run in a process of its own."""
    command = [sys.executable, __file__, "--one", engine, "--seed", str(seed), str(size)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    row: dict[str, object] = json.loads(done.stdout)
    return row


def main() -> None:
    """Measure each size and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pyshacl", type=int, default=10_000, help="largest size for pySHACL")
    parser.add_argument("--one", choices=ENGINES, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        measure(given.one, given.sizes[0], given.seed)
        return
    print(
        "| Triples | Engine | Load, CPU s | Validate, CPU s | Report, CPU s | Peak MB | Results |"
    )
    print("|---|---|---|---|---|---|---|")
    for size in given.sizes:
        engines = list(ENGINES) if size <= given.pyshacl else ["compiled"]
        rows = {engine: run(engine, size, given.seed) for engine in engines}
        found = [row.pop("found") for row in rows.values()]
        assert all(each == found[0] for each in found), "the engines differ"
        for engine, row in rows.items():
            numbers = (f"{row[key]:.2f}" for key in ("load", "validate", "report"))
            results = len(found[0]) if isinstance(found[0], list) else 0
            cells = (f"{row['triples']:,}", engine, *numbers, f"{row['peak']:.0f}", str(results))
            print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
