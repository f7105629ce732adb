"""From record files to a release: load, validate, derive, validate again, publish."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from pledgegraph.graph import errors
from pledgegraph.graph.derive.derived import derive
from pledgegraph.graph.gate import Report, Result, validate
from pledgegraph.graph.merge import merge
from pledgegraph.graph.namespaces import DERIVED_GRAPH, local_name
from pledgegraph.graph.ontology import term_key
from pledgegraph.graph.records.load import Records, load, record_files, reread
from pledgegraph.graph.records.problems import Origin, Problem, Severity
from pledgegraph.graph.release import Content, Release, publish

_DERIVED_SHAPES = frozenset({"derived"})


@dataclass(frozen=True)
class Checked:
    """What a check found: every problem in order of place, the report, what was re-read."""

    problems: list[Problem]
    report: Report
    records: Records
    reread: dict[str, bool] = field(default_factory=dict)

    @property
    def errors(self) -> list[Problem]:
        """Return the problems that keep the records from being published."""
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def not_reread(self) -> int:
        """Return how many quotations no one has compared with the bytes of their source."""
        mark = ox.NamedNode("https://w3id.org/pledgegraph/vocab/verification/not-re-read")
        return sum(t.object == mark for triples in self.records.graphs.values() for t in triples)


def check(
    paths: Iterable[Path],
    *,
    around: Path | None = None,
    sources: Path | None = None,
    write_spans: bool = False,
) -> Checked:
    """Check record files as they would stand in the graph.

    ``around`` is a folder whose other record files are read along, since records refer to each
    other; problems are reported of ``paths`` only. ``sources`` is a folder with the texts of
    sources: quotations are compared with those whose digest is there.
    """
    named = [Path(path) for path in paths]
    beside = record_files(around) if around else []
    records = load([*named, *_others(beside, named)])
    found = reread(records, sources, write=write_spans) if sources else {}
    report = validate(t for triples in records.graphs.values() for t in triples)
    problems = [*records.problems.all, *_consequences(report, records)]
    files = {str(path) for path in named}
    own = sorted(problem for problem in set(problems) if problem.origin.file in files)
    return Checked(own, report, records, found)


def _others(beside: list[Path], named: list[Path]) -> list[Path]:
    own = {path.resolve() for path in named}
    names = {path.name for path in named}
    return [path for path in beside if path.resolve() not in own and path.name not in names]


def _consequences(report: Report, records: Records) -> Iterator[Problem]:
    """Return what the shapes found, but where a line has an error of its own already."""
    known = {(error.origin.file, error.origin.line) for error in records.problems.errors}
    for result in report.results:
        problem = _problem(result, records)
        if (problem.origin.file, problem.origin.line) not in known:
            yield problem


def _problem(result: Result, records: Records) -> Problem:
    key = term_key(result.path) if result.path else None
    origin = records.origin(result.focus, key) or Origin("(no file)", 0, 0)
    value = f" [{result.value}]" if result.value and result.value != result.focus else ""
    what = result.focus.removeprefix("https://w3id.org/pledgegraph/id/")
    severity: Severity = "error" if result.is_violation else "warning"
    return Problem(origin, result.rule_name, f"{what}: {result.message}{value}", severity)


def build(data: Path, home: Path) -> Release:
    """Publish the record files of a folder as a release of a home.

    Raises ``RecordsRefusedError`` with every problem when a file or a shape refuses the records;
    nothing is published then, and the release before stays the current one.
    """
    checked = check(record_files(data))
    if checked.errors:
        raise errors.RecordsRefusedError(checked.errors)
    return publish(home, content_of(checked))


def content_of(checked: Checked) -> Content:
    """Derive what follows from checked records, and check that too."""
    graphs = checked.records.graphs
    derivation = derive(_candidate(graphs))
    report = validate(derivation.triples, modules=_DERIVED_SHAPES)
    if report.violations:
        first = report.violations[0]
        reason = f"{local_name(first.rule)} refuses {first.focus}: {first.message}"
        raise errors.BuildError(f"the derivation is wrong, nothing was published: {reason}")
    default = merge(graphs, derivation)
    named = {**graphs, DERIVED_GRAPH: derivation.triples}
    return Content(named, default, checked.report.to_turtle())


def _candidate(graphs: dict[str, list[ox.Triple]]) -> ox.Store:
    store = ox.Store()
    for iri, triples in graphs.items():
        name = ox.NamedNode(iri)
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, name) for t in triples)
    return store
