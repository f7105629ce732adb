"""Validate one file by one engine and print as JSON what it took and found.

Runs in the environment of the engine, so nothing else of the project is imported before it is
needed: ``python engines.py ENGINE DATA.nt SHAPES.ttl``. The text of the report is part of what is
measured; reading it for the comparison is not.
"""

from __future__ import annotations

import argparse
import json
import resource
from collections.abc import Callable, Iterator
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

SH = "http://www.w3.org/ns/shacl#"
GIGABYTE = 1024**3
# Focus node, shape, SPARQL constraint, component and value; all as text, "" for what is absent.
Row = tuple[str, str, str, str, str]
# The data are loaded, then validated; the report is text in Turtle.
Steps = tuple[Callable[[], Any], Callable[[Any], Any], Callable[[Any], str]]


def ours(data: Path, shapes: Path, disk: Path | None) -> Steps:
    """Validate by compiled queries over a store in memory or on disk."""
    import pyoxigraph as ox

    from pledgegraph.graph.shacl import Report, validate

    def load() -> ox.Store:
        store = ox.Store(str(disk)) if disk else ox.Store()
        store.bulk_load(path=str(data), format=ox.RdfFormat.N_TRIPLES)
        return store

    def check(store: ox.Store) -> Report:
        return validate(store, shapes)

    return load, check, Report.to_turtle


def pyshacl(data: Path, shapes: Path, _disk: Path | None) -> Steps:
    """Validate by pySHACL, its queries answered by Oxigraph.

    Over a graph of RDFLib it takes some twenty times as long, and RDFLib orders texts and days,
    where SPARQL 1.1 (17.3) has an error.
    """
    import pyoxigraph as ox
    import pyshacl
    import rdflib

    from pledgegraph.graph.shacl.reference import ValidatedData

    def load() -> ValidatedData:
        store = ox.Store()
        store.bulk_load(path=str(data), format=ox.RdfFormat.N_TRIPLES)
        return ValidatedData(store)

    def check(graph: ValidatedData) -> Any:  # noqa: ANN401 - a graph, or bytes, or an exception
        rules = rdflib.Graph().parse(shapes)
        return pyshacl.validate(graph, shacl_graph=rules, inplace=True)[1]

    return load, check, lambda report: str(report.serialize())


def pyrudof(data: Path, shapes: Path, _disk: Path | None) -> Steps:
    """Validate by rudof's own engine."""
    import pyrudof as rudof  # type: ignore[import-not-found]

    def load() -> rudof.Rudof:
        session = rudof.Rudof()
        session.read_data(str(data), format=rudof.RDFFormat.NTriples)
        return session

    def check(session: rudof.Rudof) -> rudof.Rudof:
        session.read_shacl(str(shapes), format=rudof.ShaclFormat.Turtle)
        session.validate_shacl(mode=rudof.ShaclValidationMode.Native)
        return session

    def report(session: rudof.Rudof) -> str:
        turtle = rudof.ResultShaclValidationFormat.Turtle
        return str(session.serialize_shacl_validation_results(format=turtle))

    return load, check, report


def pyshacl_turbo(data: Path, shapes: Path, _disk: Path | None) -> Steps:
    """Validate by pyshacl-turbo over a store: of the inputs it takes, the quickest in all."""
    import pyoxigraph as ox
    import pyshacl_turbo as turbo  # type: ignore[import-not-found]

    def load() -> ox.Store:
        store = ox.Store()
        store.bulk_load(path=str(data), format=ox.RdfFormat.N_TRIPLES)
        return store

    def check(store: ox.Store) -> Any:  # noqa: ANN401 - a graph of RDFLib
        return turbo.validate(store, shacl_graph=str(shapes), shacl_graph_format="turtle")[1]

    return load, check, lambda report: str(report.serialize())


ENGINES = {
    "pledgegraph": ours,
    "pySHACL": pyshacl,
    "pyrudof": pyrudof,
    "pyshacl-turbo": pyshacl_turbo,
}


def seconds() -> float:
    """Return the processor time of all threads of this process and of its children."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def peak() -> float:
    """Return the most memory that this process had, and its largest child, in megabytes."""
    # ru_maxrss of the process itself would count what its parent had before it was started.
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        own = int(line.split()[1])
    else:
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return (own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def rows(report: str) -> Iterator[Row]:
    """Iterate over the results of a report in Turtle."""
    import rdflib

    rdflib.NORMALIZE_LITERALS = False
    graph = rdflib.Graph().parse(data=report, format="turtle")
    names = ("focusNode", "sourceShape", "sourceConstraint", "sourceConstraintComponent", "value")
    for result in graph.objects(None, rdflib.URIRef(f"{SH}result")):
        found = (graph.value(result, rdflib.URIRef(f"{SH}{name}")) for name in names)
        focus, shape, constraint, component, value = ("" if x is None else str(x) for x in found)
        yield focus, shape, constraint, component, value


def measure(engine: str, data: Path, shapes: Path, disk: Path | None) -> dict[str, object]:
    """Run the steps of an engine; return what each took, and the results."""
    load, check, write = ENGINES[engine](data, shapes, disk)
    marks = [seconds()]
    loaded = load()
    marks.append(seconds())
    validated = check(loaded)
    marks.append(seconds())
    text = write(validated)
    marks.append(seconds())
    spent = (end - start for start, end in pairwise(marks))
    took = dict(zip(("load", "validate", "report"), spent, strict=True))
    package = "pledgegraph" if engine == "pledgegraph" else engine.lower()
    return {**took, "peak": peak(), "version": version(package), "results": sorted(rows(text))}


def main() -> None:
    """Measure one run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", choices=ENGINES)
    parser.add_argument("data", type=Path)
    parser.add_argument("shapes", type=Path)
    parser.add_argument("--disk", type=Path, help="keep our store in this folder")
    parser.add_argument("--memory", type=float, help="give up beyond so many gigabytes")
    given = parser.parse_args()
    if given.memory:
        limit = int(given.memory * GIGABYTE)
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    print(json.dumps(measure(given.engine, given.data, given.shapes, given.disk)))


if __name__ == "__main__":
    main()
