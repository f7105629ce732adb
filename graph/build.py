"""From record files to a release: load, validate, derive, validate again, publish."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from pledgegraph.graph import errors
from pledgegraph.graph.derive.derived import Derivation, derive
from pledgegraph.graph.gate import Report, Result, validate
from pledgegraph.graph.merge import merge, preferred_view
from pledgegraph.graph.namespaces import DERIVED_GRAPH, GRAPH, concept
from pledgegraph.graph.ontology import term_key
from pledgegraph.graph.records.load import Records, load, record_files
from pledgegraph.graph.records.problems import Origin, Problem, Severity
from pledgegraph.graph.records.rereading import reread
from pledgegraph.graph.release import Content, Release, publish

_DERIVED_SHAPES = frozenset({"derived"})


@dataclass(frozen=True)
class Checked:
    """What a check found: every problem in order of place, the report, what follows."""

    problems: list[Problem]
    report: Report
    records: Records
    derivation: Derivation | None = None
    reread: dict[str, bool] = field(default_factory=dict)

    @property
    def errors(self) -> list[Problem]:
        """Return the problems that keep the records from being published."""
        return [problem for problem in self.problems if problem.severity == "error"]

    def not_reread(self, paths: Iterable[Path]) -> int:
        """Return how many quotations of some files were not compared with their sources."""
        mark = ox.NamedNode(concept("verification", "not-re-read"))
        named = {Path(path).resolve() for path in paths}
        slugs = [slug for slug, path in self.records.paths.items() if path.resolve() in named]
        graphs = [self.records.graphs[f"{GRAPH}{slug}"] for slug in slugs]
        return sum(triple.object == mark for triples in graphs for triple in triples)


def check(
    paths: Iterable[Path],
    *,
    around: Path | None = None,
    sources: Path | None = None,
    write_spans: bool = False,
) -> Checked:
    """Check record files as they would stand in the graph.

    ``around`` is a folder whose other record files are read along, since records refer to each
    other. ``sources`` is a folder with the texts of sources: quotations are compared with those
    whose digest is there; ``write_spans`` keeps their offsets if all of them stand there.
    """
    named = [Path(path) for path in paths]
    every = [*named, *_others(record_files(around) if around else [], named)]
    records = load(every)
    found = reread(records, sources, write=write_spans) if sources else {}
    if write_spans and not records.problems.errors:
        records = load(every)
    graphs = records.graphs
    report = validate(triple for triples in graphs.values() for triple in triples)
    derivation, further = None, Report(())
    if not records.problems.errors and not report.violations:
        derivation = derive(_candidate(graphs))
        further = _what_follows(graphs, derivation)
    results = {*report.results, *further.results}
    problems = {*records.problems.all, *_consequences(results, records)}
    return Checked(sorted(problems), report, records, derivation, found)


def _what_follows(graphs: dict[str, list[ox.Triple]], derivation: Derivation) -> Report:
    """Validate what is derived, and what the sources say with the preferred values put in."""
    derived = validate(derivation.triples, modules=_DERIVED_SHAPES)
    view = validate(preferred_view(graphs, {ox.NamedNode(i) for i in derivation.set_aside}))
    return Report((*derived.results, *view.results))


def _others(beside: list[Path], named: list[Path]) -> list[Path]:
    own = {path.resolve() for path in named}
    names = {path.name for path in named}
    return [path for path in beside if path.resolve() not in own and path.name not in names]


def _consequences(results: Iterable[Result], records: Records) -> Iterator[Problem]:
    """Return what the shapes found, but where a line has an error of its own already."""
    known = {(error.origin.file, error.origin.line) for error in records.problems.errors}
    for result in results:
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
    """Return what a release of records without errors holds."""
    graphs, derivation = checked.records.graphs, checked.derivation
    if derivation is None:
        raise errors.RecordsRefusedError(checked.errors)
    named = {**graphs, DERIVED_GRAPH: derivation.triples}
    return Content(named, merge(graphs, derivation), checked.report.turtle)


def _candidate(graphs: dict[str, list[ox.Triple]]) -> ox.Store:
    store = ox.Store()
    for iri, triples in graphs.items():
        name = ox.NamedNode(iri)
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, name) for t in triples)
    return store
