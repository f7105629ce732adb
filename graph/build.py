"""From record files to a release: load, validate, derive, validate again, publish."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from pledgegraph.graph import errors
from pledgegraph.graph.asserted import Node, View, asserted, background
from pledgegraph.graph.derive.derived import Derivation, derive
from pledgegraph.graph.gate import DERIVED, Report, Result, validate, verdict
from pledgegraph.graph.known import known_to
from pledgegraph.graph.namespaces import DERIVED_GRAPH, GRAPH, concept
from pledgegraph.graph.ontology import term_key
from pledgegraph.graph.publishing import GraphEdit, write
from pledgegraph.graph.publishing.from_texts import subjects_with_assertions
from pledgegraph.graph.publishing.stores import change_graph
from pledgegraph.graph.publishing.writing import Tell, silent
from pledgegraph.graph.records.load import Records, load, record_files
from pledgegraph.graph.records.problems import Origin, Problem, Severity
from pledgegraph.graph.records.rereading import reread
from pledgegraph.graph.release import Release, latest


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
    union = _union(graphs)
    report = verdict(union)
    derivation, further = None, Report(())
    if not records.problems.errors and not report.violations:
        derivation = derive(union)
        further = _what_follows(union, derivation)
    results = {*report.results, *further.results}
    problems = {*records.problems.all, *consequences(results, records)}
    return Checked(sorted(problems), report, records, derivation, found)


def _what_follows(union: ox.Store, derivation: Derivation) -> Report:
    """Validate what is derived, and what the sources say with the preferred values put in."""
    derived = validate(derivation.triples, modules=DERIVED)
    aside = {ox.NamedNode(iri) for iri in derivation.set_aside}
    view = View(union, aside.__contains__)
    for node in subjects_with_assertions(union):
        removed, added = view.preference(node)
        change_graph(union, ox.DefaultGraph(), added, removed)
    return Report((*derived.results, *verdict(union).results))


def _others(beside: list[Path], named: list[Path]) -> list[Path]:
    own = {path.resolve() for path in named}
    names = {path.name for path in named}
    return [path for path in beside if path.resolve() not in own and path.name not in names]


def consequences(results: Iterable[Result], records: Records) -> Iterator[Problem]:
    """Iterate over what the shapes found, but where a line has an error of its own already."""
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


@dataclass(frozen=True)
class Built:
    """A release made of record files.

    ``removed`` names the graphs of former files that are gone, and ``replaced`` those that had come
    by another way and have other content now.
    """

    release: Release
    removed: tuple[str, ...]
    replaced: tuple[str, ...]


def build(data: Path, home: Path, wait: float = 0.0, tell: Tell = silent) -> Built:
    """Publish the record files of a folder: their graphs replace those of the build before.

    What came by other ways stays, and the records may refer to it. Raises
    ``RecordsRefusedError`` with every problem when a file or a shape refuses the records; nothing
    is published then, and the release before stays the current one. ``tell`` is called with the
    name of each step.
    """
    before = latest(home)
    former = _of_former_build(before)
    records = load(record_files(data), lambda slugs: known_to(before, {*former, *slugs}))
    if records.problems.errors:
        # a check knows the files alone: what they refer to beside would be more errors to it
        is_alone = before is None or set(before.manifest["graphs"]) <= {*former}
        found = check(record_files(data)).errors if is_alone else records.problems.errors
        raise errors.RecordsRefusedError(found)
    edits = [GraphEdit(iri, tuple(triples)) for iri, triples in records.graphs.items()]
    removed = tuple(iri for slug in former if (iri := f"{GRAPH}{slug}") not in records.graphs)
    edits += [GraphEdit(iri, None) for iri in removed]
    try:
        release = write(home, edits, origin="build", wait=wait, tell=tell).release
    except errors.DataRefusedError as refusal:
        problems = sorted(consequences(refusal.report.violations, records))
        raise errors.RecordsRefusedError(problems, refusal.report) from refusal
    assert release is not None  # it is none after a dry run only
    return Built(release, removed, _replaced(before, release))


def _of_former_build(before: Release | None) -> list[str]:
    """Return the slugs of the graphs that are there from an earlier build."""
    described = before.manifest["graphs"] if before else {}
    return [slug for slug, graph in described.items() if graph["origin"] == "build"]


def _replaced(before: Release | None, after: Release) -> tuple[str, ...]:
    """Return the graphs that a build took over with other content."""
    if before is None:
        return ()
    former, now = before.manifest["graphs"], after.manifest["graphs"]
    return tuple(
        f"{GRAPH}{slug}"
        for slug, graph in former.items()
        if graph["origin"] != "build" and slug in now and now[slug]["sha256"] != graph["sha256"]
    )


@dataclass(frozen=True)
class Content:
    """What a release of some records holds: triples by graph, and the default graph."""

    graphs: dict[str, list[ox.Triple]]
    default: set[ox.Triple]


def content_of(checked: Checked) -> Content:
    """Return what a release of records without errors would hold."""
    derivation = checked.derivation
    if derivation is None:
        raise errors.RecordsRefusedError(checked.errors)
    union = _union(checked.records.graphs)
    subjects = {t.subject for t in _triples(checked.records.graphs) if isinstance(t.subject, Node)}
    kept = asserted(union, derivation.set_aside, subjects)
    default = {*kept, *derivation.triples, *background()}
    return Content({**checked.records.graphs, DERIVED_GRAPH: derivation.triples}, default)


def _union(graphs: dict[str, list[ox.Triple]]) -> ox.Store:
    store = ox.Store()
    store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in background())
    store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in _triples(graphs))
    return store


def _triples(graphs: dict[str, list[ox.Triple]]) -> Iterator[ox.Triple]:
    return (triple for triples in graphs.values() for triple in triples)
