"""The shapes: each constraint is named, explained, and proven on files that keep and break it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph
import pytest
from pyshacl import Validator
from rdflib import ORG, RDF, RDFS, SDO, SH, BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from pledgegraph.graph.shacl.reference import ValidatedData

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "tests" / "shapes"
BASE = EXAMPLES / "base.ttl"
CASES = sorted(EXAMPLES.glob("*/*.ttl"))
SHAPE = Namespace("https://w3id.org/pledgegraph/shapes#")
PG = Namespace("https://w3id.org/pledgegraph/ns#")

SOURCE_SHAPES = sorted(file for file in (ROOT / "shapes").glob("*.ttl") if file.stem != "derived")
DERIVED_SHAPES = [ROOT / "shapes" / "derived.ttl"]
TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
DESCRIPTION = {RDF.type, SH.severity, SH.name, SH.message, SH.property, SH.sparql, *TARGETS}


def read(files: Iterable[Path]) -> Graph:
    graph = Graph(store="SimpleMemory")
    for file in files:
        graph.parse(file)
    return graph


def targeted_shapes(shapes: Graph) -> set[Node]:
    return {shape for target in TARGETS for shape in shapes.subjects(target)}


def rules(shapes: Graph) -> set[Node]:
    """Return what a result can name: the constraints of every shape that has a target."""
    targeted = targeted_shapes(shapes)
    on_nodes = {shape for shape in targeted if set(shapes.predicates(shape)) - DESCRIPTION}
    attached = {
        constraint
        for shape in targeted
        for reference in (SH.property, SH.sparql)
        for constraint in shapes.objects(shape, reference)
    }
    return on_nodes | attached


def local_name(iri: Node) -> str:
    return str(iri).removeprefix(str(SHAPE))


ONTOLOGY = read((ROOT / "ontology").glob("*.ttl"))
COMPUTED = set(read([ROOT / "ontology" / "derived.ttl"]).subjects())
SOURCE_GRAPH = read(SOURCE_SHAPES)
DERIVED_GRAPH = read(DERIVED_SHAPES)
SHAPES = SOURCE_GRAPH + DERIVED_GRAPH
RULES = sorted(rules(SHAPES))
DERIVED_RULES = {local_name(rule) for rule in rules(DERIVED_GRAPH)}


def validator(data: ValidatedData, shapes: Graph) -> Validator:
    """Make a validator to run many times, over the shapes that have a target."""
    made = Validator(data, shacl_graph=shapes)
    assert made.shacl_graph.shapes, "reads every shape, nested ones too"
    made.options["use_shapes"] = sorted(str(shape) for shape in targeted_shapes(shapes))
    return made


class Examples:
    """Validate one example after another beside the same ontology and base."""

    def __init__(self) -> None:
        """Load the ontology, its vocabularies and the base; the store keeps lexical forms."""
        self.store = pyoxigraph.Store()
        for file in [*sorted((ROOT / "ontology").rglob("*.ttl")), BASE]:
            self.store.load(path=file, format=pyoxigraph.RdfFormat.TURTLE)
        data = ValidatedData(self.store)
        self.source = validator(data, SOURCE_GRAPH)
        self.derived = validator(data, DERIVED_GRAPH)

    def broken_rules(self, file: Path) -> set[str]:
        """Return the names of the rules that the example breaks."""
        parsed = pyoxigraph.parse(path=file, format=pyoxigraph.RdfFormat.TURTLE)
        added = [quad for quad in parsed if quad not in self.store]
        self.store.extend(added)
        chosen = self.derived if file.parent.name in DERIVED_RULES else self.source
        try:
            _, report, _ = chosen.run()
        finally:
            for quad in added:
                self.store.remove(quad)
        return {
            local_name(broken_rule(report, result)) for result in report.objects(None, SH.result)
        }


def broken_rule(report: Graph, result: Node) -> Node:
    rule = report.value(result, SH.sourceConstraint) or report.value(result, SH.sourceShape)
    assert rule is not None
    return rule


def expected_rules(case: Path) -> set[str]:
    """Return the rule that the folder names and those that its first line calls inseparable."""
    if case.stem == "pass":
        return set()
    first = case.read_text(encoding="utf-8").splitlines()[0]
    also = first.removeprefix("# also:").split() if first.startswith("# also:") else []
    return {case.parent.name} | {name.removeprefix("pgs:") for name in also}


@pytest.fixture(scope="module")
def examples() -> Examples:
    return Examples()


def parameter(case: Path) -> object:
    """Return a case; those that keep a rule are for the check of everything, as they are many."""
    marks = [pytest.mark.slow, pytest.mark.whole_pack] if case.stem == "pass" else []
    return pytest.param(case, id=f"{case.parent.name}/{case.stem}", marks=marks)


@pytest.mark.parametrize("case", [parameter(case) for case in CASES])
def test_example_breaks_just_the_rule_that_it_is_named_after(
    examples: Examples, case: Path
) -> None:
    assert examples.broken_rules(case) == expected_rules(case)


@pytest.mark.parametrize("rule", RULES, ids=local_name)
def test_rule_is_proven_on_a_passing_and_a_failing_example(rule: URIRef) -> None:
    names = {file.name for file in (EXAMPLES / local_name(rule)).glob("*.ttl")}
    assert "pass.ttl" in names
    assert any(name.startswith("fail-") for name in names)
    assert all(name == "pass.ttl" or name.startswith("fail-") for name in names)


def test_every_folder_of_examples_is_named_after_a_rule() -> None:
    folders = {folder.name for folder in EXAMPLES.iterdir() if folder.is_dir()}
    assert folders <= {local_name(rule) for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=local_name)
def test_rule_has_an_iri_a_severity_a_name_and_a_message(rule: Node) -> None:
    assert isinstance(rule, URIRef)
    assert rule in SHAPE
    assert len(set(SHAPES.objects(rule, SH.severity))) == 1
    assert len(set(SHAPES.objects(rule, SH.name))) == 1
    assert len(set(SHAPES.objects(rule, SH.message))) == 1


def test_sparql_constraint_is_as_severe_as_the_shape_that_reports_it() -> None:
    for shape, constraint in SHAPES.subject_objects(SH.sparql):
        assert SHAPES.value(shape, SH.severity) == SHAPES.value(constraint, SH.severity)


def test_nothing_but_a_moratorium_without_an_end_is_a_mere_warning() -> None:
    severities = {local_name(rule): SHAPES.value(rule, SH.severity) for rule in RULES}
    warnings = {name for name, severity in severities.items() if severity != SH.Violation}
    assert warnings == {"Pledge-moratoriumEnd"}


def kin(kind: Node) -> set[Node]:
    """Return a class with the narrower ones and all that these are narrower than."""
    narrower = ONTOLOGY.transitive_subjects(RDFS.subClassOf, kind)
    return {wider for c in narrower for wider in ONTOLOGY.transitive_objects(c, RDFS.subClassOf)}


@pytest.mark.parametrize("shape", sorted(SHAPES.subjects(SH.closed)), ids=local_name)
def test_closed_shape_permits_just_what_the_ontology_says_of_its_classes(shape: Node) -> None:
    targets = set(SHAPES.objects(shape, SH.targetClass))
    classes = {found for target in targets for found in kin(target)}
    said = {term for c in classes for term in ONTOLOGY.subjects(SDO.domainIncludes, c)}
    if shape in SOURCE_GRAPH.subjects(SH.closed):
        said -= COMPUTED
    assert set(items(SHAPES.value(shape, SH.ignoredProperties))) == said | {RDF.type}


def test_every_narrowest_class_of_records_is_a_kind_of_record() -> None:
    records = set(ONTOLOGY.transitive_subjects(RDFS.subClassOf, PG.Record))
    narrowest = {c for c in records if not set(ONTOLOGY.subjects(RDFS.subClassOf, c))}
    assert set(items(SHAPES.value(SHAPE.KindOfRecord, SH["in"]))) == narrowest | {ORG.Membership}


def items(head: Node | None) -> Iterator[Node]:
    assert head is not None
    yield from Collection(SHAPES, head)


def listed_shapes() -> Iterator[Node]:
    for parameter in (SH["or"], SH["and"], SH.xone):
        for head in SHAPES.objects(None, parameter):
            yield from items(head)


def test_no_shape_is_without_an_iri_outside_a_list_of_alternatives() -> None:
    allowed = set(listed_shapes())
    inner = list(allowed)
    while inner:
        shape = inner.pop()
        for reference in (SH.property, SH["not"], SH.node):
            nested = {
                found for found in SHAPES.objects(shape, reference) if isinstance(found, BNode)
            }
            inner.extend(nested - allowed)
            allowed |= nested
    references = (SH.property, SH.sparql, SH.node, SH["not"], SH.qualifiedValueShape)
    used = {found for reference in references for found in SHAPES.objects(None, reference)}
    typed = {*SHAPES.subjects(RDF.type, SH.NodeShape), *SHAPES.subjects(RDF.type, SH.PropertyShape)}
    assert {shape for shape in used | typed if isinstance(shape, BNode)} <= allowed
