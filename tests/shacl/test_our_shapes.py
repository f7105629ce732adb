"""Our own shapes: the compiled queries find what pySHACL finds, and what the examples say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib import SH
from rdflib.term import Node

from pledgegraph.graph.ontology import ontology
from pledgegraph.graph.records.load import load, record_files
from pledgegraph.graph.shacl import Report, validate
from pledgegraph.graph.shacl.reference import ValidatedData

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "tests" / "shapes"
CASES = sorted(EXAMPLES.glob("*/*.ttl"))
SHAPES = "https://w3id.org/pledgegraph/shapes#"
TURTLE = ox.RdfFormat.TURTLE


def shapes(*names: str) -> ox.Store:
    store = ox.Store()
    for file in sorted((ROOT / "shapes").glob("*.ttl")):
        if (file.stem in names) if names else file.stem != "derived":
            store.load(path=str(file), format=TURTLE)
    return store


SOURCE, DERIVED = shapes(), shapes("derived")
DERIVED_TEXT = (ROOT / "shapes" / "derived.ttl").read_text("utf-8")


def rules(report: Report) -> set[str]:
    found = {result.source_constraint or result.source_shape for result in report.results}
    return {rule.value.removeprefix(SHAPES) for rule in found}


def expected(case: Path) -> set[str]:
    if case.stem == "pass":
        return set()
    first = case.read_text("utf-8").splitlines()[0]
    also = first.removeprefix("# also:").split() if first.startswith("# also:") else []
    return {case.parent.name, *(name.removeprefix("pgs:") for name in also)}


@pytest.fixture(scope="module")
def base() -> ox.Store:
    store = ox.Store()
    for file in [*sorted((ROOT / "ontology").rglob("*.ttl")), EXAMPLES / "base.ttl"]:
        store.load(path=str(file), format=TURTLE)
    return store


def is_derived(case: Path) -> bool:
    return f"\npgs:{case.parent.name} " in DERIVED_TEXT


# By recommendation (4.5.3) a day that cannot be compared with a month is not less than it.
BESIDES = {"Phase-validUntil/fail-month": {"Phase-order"}}


def name(case: Path) -> str:
    return f"{case.parent.name}/{case.stem}"


def parameter(case: Path) -> object:
    marks = [pytest.mark.slow, pytest.mark.whole_pack] if case.stem == "pass" else []
    return pytest.param(case, id=name(case), marks=marks)


@pytest.mark.parametrize("case", [parameter(case) for case in CASES])
def test_example_breaks_just_the_rules_that_it_names(base: ox.Store, case: Path) -> None:
    added = [quad for quad in ox.parse(path=str(case), format=TURTLE) if quad not in base]
    base.extend(added)
    try:
        report = validate(base, DERIVED if is_derived(case) else SOURCE)
    finally:
        for quad in added:
            base.remove(quad)
    assert rules(report) == expected(case) | BESIDES.get(name(case), set())
    assert report.fallbacks == {}


def results(report: Report) -> Iterator[tuple[str | None, ...]]:
    """Iterate over the results as plain texts."""
    for result in report.results:
        rule = result.source_constraint or result.source_shape
        path = result.path if isinstance(result.path, ox.NamedNode) else None
        value = None if result.value is None or isinstance(result.value, ox.BlankNode) else (
            result.value.value
        )  # fmt: skip
        yield (
            result.focus.value,
            rule.value,
            path.value if path else None,
            value,
            result.severity.value,
            result.component.value,
        )


def text(node: Node | None) -> str | None:
    return None if node is None or isinstance(node, rdflib.BNode) else str(node)


def by_pyshacl(store: ox.Store) -> set[tuple[str | None, ...]]:
    graph = rdflib.Graph(store="SimpleMemory")
    for file in sorted((ROOT / "shapes").glob("*.ttl")):
        if file.stem != "derived":
            graph.parse(file)
    _, report, _ = pyshacl.validate(
        ValidatedData(store), shacl_graph=graph, inplace=True, allow_warnings=True
    )
    assert isinstance(report, rdflib.Graph)
    # A result in sh:detail is not one of the report.
    return {
        tuple(
            text(report.value(result, SH["sourceConstraint"]) or report.value(result, term))
            if term == SH.sourceShape
            else text(report.value(result, term))
            for term in (
                SH.focusNode,
                SH.sourceShape,
                SH.resultPath,
                SH.value,
                SH.resultSeverity,
                SH.sourceConstraintComponent,
            )
        )
        for result in report.objects(None, SH.result)
    }


@pytest.fixture
def records() -> ox.Store:
    loaded = load(record_files(ROOT / "data"))
    store = ox.Store()
    for triples in loaded.graphs.values():
        store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    return store


def with_ontology(store: ox.Store) -> ox.Store:
    both = ox.Store()
    both.extend(store)
    both.extend(iter(ontology()))
    return both


def test_the_real_records_conform(records: ox.Store) -> None:
    report = validate(with_ontology(records), SOURCE)
    assert report.conforms
    assert report.fallbacks == {}


@pytest.mark.parametrize("share", range(3))
def test_records_that_lack_triples_have_the_results_of_pyshacl(
    records: ox.Store, share: int
) -> None:
    for number, quad in enumerate(sorted(records, key=str)):
        if number % 23 == share:
            records.remove(quad)
    both = with_ontology(records)
    ours = set(results(validate(both, SOURCE)))
    assert ours == by_pyshacl(both)
    assert len(ours) > 20
