"""The test suite of the W3C Data Shapes working group: its manifests, and how reports compare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from pledgegraph.graph.shacl import ShapesError, validate
from pledgegraph.graph.shacl.graph import Graph
from pledgegraph.graph.shacl.names import Term, sh
from pledgegraph.graph.shacl.paths import path_triples

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
COMPARED = (
    "focusNode",
    "resultPath",
    "resultSeverity",
    "sourceConstraint",
    "sourceConstraintComponent",
    "sourceShape",
    "value",
)


@dataclass(frozen=True)
class Case:
    """A test of the suite: what to validate, and the report or failure that is right."""

    file: Path
    name: str
    data: Path
    shapes: Path
    expected: Graph
    report: Term

    @property
    def must_fail(self) -> bool:
        """Tell whether the processor must refuse the shapes."""
        return self.report == ox.NamedNode(f"{SHT}Failure")


def cases(manifest: Path) -> Iterator[Case]:
    """Read a manifest and those that it includes, in order."""
    graph = parsed(manifest)
    root = ox.NamedNode(manifest.resolve().as_uri())
    for head in graph.objects(root, ox.NamedNode(f"{MF}entries")):
        for entry in graph.items(head):
            yield _case(manifest, graph, entry)
    for other in graph.subjects.get(root, {}).get(f"{MF}include", []):
        yield from cases(_path(other))


def parsed(file: Path) -> Graph:
    """Read a file as it is written, with no normal forms of literals."""
    return Graph(ox.parse(path=str(file), base_iri=file.resolve().as_uri()))


def _path(iri: Term) -> Path:
    return Path(str(iri.value).removeprefix("file://"))


def _case(file: Path, graph: Graph, entry: Term) -> Case:
    action = graph.value(entry, ox.NamedNode(f"{MF}action"))
    report = graph.value(entry, ox.NamedNode(f"{MF}result"))
    assert action is not None
    assert report is not None
    data = graph.value(action, ox.NamedNode(f"{SHT}dataGraph"))
    shapes = graph.value(action, ox.NamedNode(f"{SHT}shapesGraph"))
    assert data is not None
    assert shapes is not None
    return Case(file, file.stem, _path(data), _path(shapes), graph, report)


def canonical(graph: Graph, report: Term, *, messages: bool) -> ox.Dataset:
    """Return what the suite compares of a report, blank nodes named alike in like reports."""
    compared = (*COMPARED, "resultMessage") if messages else COMPARED
    dataset = ox.Dataset()
    for flag in graph.objects(report, sh("conforms")):
        dataset.add(ox.Quad(ox.BlankNode("report"), sh("conforms"), flag))
    for result in graph.objects(report, sh("result")):
        assert not isinstance(result, ox.Literal)
        dataset.add(ox.Quad(ox.BlankNode("report"), sh("result"), result))
        for name in compared:
            for term in graph.objects(result, sh(name)):
                dataset.add(ox.Quad(result, sh(name), term))
                if name == "resultPath":
                    for triple in path_triples(graph, term):
                        dataset.add(ox.Quad(triple.subject, triple.predicate, triple.object))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def run(case: Case) -> str | None:
    """Run a test; say what is wrong, if anything is."""
    try:
        report = validate(case.data, case.shapes)
    except ShapesError as error:
        return None if case.must_fail else f"refused: {error}"
    if case.must_fail:
        return "not refused"
    messages = any(True for _ in case.expected.having(sh("resultMessage")))
    ours = canonical(Graph(report.triples()), ox.BlankNode("report"), messages=messages)
    theirs = canonical(case.expected, case.report, messages=messages)
    if ours == theirs:
        return None
    return "\n".join(
        [*(f"- {q}" for q in sorted(map(str, theirs))), *(f"+ {q}" for q in sorted(map(str, ours)))]
    )


def kind(case: Case) -> str:
    """Return ``core`` or ``sparql``."""
    return "sparql" if "/sparql/" in case.file.as_posix() else "core"
