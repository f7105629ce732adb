"""A change: the results of before that it cannot matter to, and the new ones, are all there are."""

from __future__ import annotations

import importlib.util
import random
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pledgegraph.graph.ontology import ontology
from pledgegraph.graph.records.load import load, record_files
from pledgegraph.graph.shacl import Change, Report, Shapes, affected, decisions, reads, validate

ROOT = Path(__file__).resolve().parents[2]
TURTLE = ox.RdfFormat.TURTLE
EX = "http://example.org/"
PREFIXES = f"""
@prefix ex: <{EX}> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


def load_module(name: str) -> ModuleType:
    file = Path(__file__).parent / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"shacl_incremental_{name}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


generated = load_module("generated")


def store(triples: Iterable[ox.Triple]) -> ox.Store:
    made = ox.Store()
    made.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    return made


def parse(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse((PREFIXES + text).encode(), format=TURTLE)]


def shapes_of(text: str) -> Shapes:
    return Shapes(store(parse(text)))


def assert_is_full(before: Report, after: Report, changed: Report) -> None:
    """Compare what is kept and what is new with a validation of everything."""
    assert changed.affected is not None
    kept = [result for result in before.results if not changed.affected.covers(result)]
    assert Counter(kept) + Counter(changed.results) == Counter(after.results)


def check(before: list[ox.Triple], after: list[ox.Triple], shapes: Shapes) -> Report:
    """Validate a change and compare; each different verdict must rest on a changed triple."""
    change = Change(added=tuple(set(after) - set(before)), removed=tuple(set(before) - set(after)))
    old, new = store(before), store(after)
    full_before, full_after = validate(old, shapes), validate(new, shapes)
    changed = validate(new, shapes, change)
    assert_is_full(full_before, full_after, changed)
    assert changed.affected == affected(new, shapes, change)
    for shape, node in {r.root for r in set(full_before.results) ^ set(full_after.results)}:
        if shape not in changed.affected.whole:
            came = {t.subject for t in change.added} & reads(new, shapes, {shape: [node]})
            went = {t.subject for t in change.removed} & reads(old, shapes, {shape: [node]})
            assert came | went, node
    return changed


states = st.sampled_from([(True, True), (True, True), (True, False), (False, True)])


@settings(
    max_examples=400,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # to make such a case smaller takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(generated.data(), generated.shapes_with_queries(), st.data())
def test_a_random_edit_has_the_results_of_a_full_validation(
    data: str, shapes: str, draw: st.DataObject
) -> None:
    triples = sorted(set(parse(data)), key=str)
    drawn = draw.draw(st.lists(states, min_size=len(triples), max_size=len(triples)))
    before = [triple for triple, (was, _) in zip(triples, drawn, strict=True) if was]
    after = [triple for triple, (_, remains) in zip(triples, drawn, strict=True) if remains]
    check(before, after, shapes_of(shapes))


def our_shapes() -> Shapes:
    made = ox.Store()
    for file in sorted((ROOT / "shapes").glob("*.ttl")):
        if file.stem != "derived":
            made.load(path=str(file), format=TURTLE)
    return Shapes(made)


def edited(triples: list[ox.Triple], choose: random.Random) -> tuple[set[ox.Triple], ...]:
    """Return triples to add and to remove: dropped ones, others in their places, whole nodes."""
    removed, added = set[ox.Triple](), set[ox.Triple]()
    for triple in choose.sample(triples, choose.randint(1, 5)):
        other = choose.choice(triples)
        kind = choose.randint(0, 4)
        if kind == 0:
            removed.add(triple)
        elif kind == 1:
            removed.add(triple)
            added.add(ox.Triple(triple.subject, triple.predicate, other.object))
        elif kind == 2:
            added.add(ox.Triple(other.subject, triple.predicate, triple.object))
        elif kind == 3:
            removed |= {t for t in triples if t.subject == triple.subject}
        else:
            same = [t for t in triples if t.predicate == triple.predicate]
            added.add(ox.Triple(triple.subject, triple.predicate, choose.choice(same).object))
    known = set(triples)
    return added - known, removed


@pytest.mark.parametrize(
    "seed",
    [pytest.param(n, marks=[pytest.mark.slow] if n >= 3 else []) for n in range(30)],
)
def test_edits_of_the_real_records_have_the_results_of_a_full_validation(seed: int) -> None:
    choose, shapes = random.Random(seed), our_shapes()  # noqa: S311
    loaded = load(record_files(ROOT / "data"))
    triples = sorted({t for found in loaded.graphs.values() for t in found}, key=str)
    data = store([*triples, *(quad.triple for quad in ontology())])
    before = validate(data, shapes)
    for _ in range(12):
        added, removed = edited(triples, choose)
        for triple in removed:
            data.remove(ox.Quad(triple.subject, triple.predicate, triple.object))
        data.extend(ox.Quad(t.subject, t.predicate, t.object) for t in added)
        after = validate(data, shapes)
        changed = validate(data, shapes, Change(tuple(added), tuple(removed)))
        assert_is_full(before, after, changed)
        before, triples = after, sorted({*triples, *added} - removed, key=str)


def test_no_shape_of_ours_is_taken_whole() -> None:
    made = ox.Store()
    for file in (ROOT / "shapes").glob("*.ttl"):
        made.load(path=str(file), format=TURTLE)
    found = Counter(decisions(made).values())
    assert set(found) == {"by paths", "by paths and patterns"}
    assert found["by paths and patterns"] >= 20


def names(nodes: Iterable[object]) -> set[str]:
    return {str(node).strip("<>").removeprefix(EX) for node in nodes}


def shape_with(target: str, constraint: str) -> str:
    return f"ex:s a sh:NodeShape ; {target} ; {constraint} ."


def query_shape(target: str, query: str) -> str:
    select = f"PREFIX ex: <{EX}> SELECT $this {{ {query} }}"
    return shape_with(target, f"sh:sparql [ sh:select '{select}' ]")


def change_of(before: str, after: str, shapes: str) -> set[str]:
    """Return the names of the affected focus nodes of the one shape."""
    found = check(parse(before), parse(after), shapes_of(shapes)).affected
    assert found is not None
    assert not found.whole
    (focus,) = found.focus.values() if found.focus else [frozenset()]
    return names(focus)


def test_a_triple_that_goes_from_the_middle_of_a_path_affects_its_start() -> None:
    values = "sh:property [ sh:path ( ex:p ex:q ex:r ) ; sh:minCount 1 ]"
    shape = shape_with("sh:targetNode ex:a", values)
    path = "ex:a ex:p ex:b . ex:c ex:r ex:d ."
    assert change_of(f"{path} ex:b ex:q ex:c .", path, shape) == {"a"}


def test_a_path_that_goes_at_once_affects_its_start() -> None:
    values = "sh:property [ sh:path ( ex:p ex:q ) ; sh:minCount 1 ]"
    shape = shape_with("sh:targetNode ex:a", values)
    assert change_of("ex:a ex:p ex:b . ex:b ex:q ex:c .", "", shape) == {"a"}


def test_a_node_that_is_no_target_any_more_loses_its_results() -> None:
    shape = (
        "ex:s a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
    )
    assert change_of("ex:a a ex:C . ex:b a ex:C .", "ex:b a ex:C .", shape) == {"a"}


def test_the_class_of_a_far_node_affects_the_nodes_that_refer_to_it() -> None:
    values = "sh:property [ sh:path ex:p ; sh:class ex:C ]"
    shape = shape_with("sh:targetSubjectsOf ex:p", values)
    data = "ex:a ex:p ex:c . ex:b ex:p ex:d . ex:d a ex:C ."
    assert change_of(f"{data} ex:c a ex:C .", f"{data} ex:c a ex:D .", shape) == {"a"}


def test_a_subclass_of_the_class_counts_too() -> None:
    values = "sh:property [ sh:path ex:p ; sh:class ex:C ]"
    shape = shape_with("sh:targetSubjectsOf ex:p", values)
    data = "ex:D rdfs:subClassOf ex:C . ex:a ex:p ex:c ."
    assert change_of(f"{data} ex:c a ex:D .", data, shape) == {"a"}


def test_what_is_said_of_classes_affects_every_node() -> None:
    shapes = shapes_of("ex:s a sh:NodeShape ; sh:targetClass ex:C ; sh:nodeKind sh:Literal .")
    found = check(
        parse("ex:a a ex:D ."), parse("ex:a a ex:D . ex:D rdfs:subClassOf ex:C ."), shapes
    )
    assert found.affected is not None
    assert names(found.affected.whole) == {"s"}
    assert len(found.results) == 1


def test_a_recursive_shape_is_taken_whole() -> None:
    shapes = shapes_of(
        "ex:s a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:t ."
        "ex:t sh:path ex:p ; sh:node ex:s ; sh:nodeKind sh:IRI ."
    )
    assert list(decisions(shapes).values()) == ["whole: it refers to itself"]
    data = "ex:a a ex:C ; ex:p ex:b . "
    found = check(parse(data), parse(data + "ex:b ex:p 1 ."), shapes)
    assert len(found.results) == 1


def test_a_query_that_nothing_connects_says_so() -> None:
    query = "$this ex:p ?x . ?y ex:q ?z"
    shapes = shapes_of(query_shape("sh:targetSubjectsOf ex:p", query))
    (decision,) = decisions(shapes).values()
    assert decision == f"whole: no pattern connects <{EX}q> with the focus node"
    unrelated = affected(store([]), shapes, Change(added=tuple(parse("ex:a ex:p 1 ."))))
    assert not unrelated.whole


def test_an_optional_variable_connects_nothing() -> None:
    query = "$this ex:p ?x OPTIONAL { $this ex:q ?y } FILTER NOT EXISTS { ?y ex:r ?z }"
    shapes = shapes_of(query_shape("sh:targetSubjectsOf ex:p", query))
    assert next(iter(decisions(shapes).values())).startswith("whole")
    check(parse("ex:a ex:p 1 ."), parse("ex:a ex:p 1 . ex:b ex:r 1 ."), shapes)


def test_a_hub_is_not_walked_where_there_is_another_way() -> None:
    query = """$this ex:session ?s ; ex:number ?n . ?other ex:session ?s ; ex:number ?n .
        FILTER(?other != $this)"""
    shapes = shapes_of(query_shape("sh:targetSubjectsOf ex:number", query.replace("\n", " ")))
    bills = " ".join(f"ex:b{n} ex:session ex:h ; ex:number {n} ." for n in range(1200))
    after = f"{bills} ex:new ex:session ex:h ; ex:number 7 ."
    change = Change(tuple(set(parse(after)) - set(parse(bills))))
    found = validate(store(parse(after)), shapes, change)
    assert found.affected is not None
    assert names(*found.affected.focus.values()) == {"b7", "new"}
    assert len(found.results) == 2


def test_literals_are_compared_as_the_store_has_them() -> None:
    shape = "ex:s a sh:NodeShape ; sh:targetObjectsOf ex:p ; sh:maxInclusive 1 ."
    assert change_of("ex:a ex:p 1.50 .", "ex:a ex:p 2.50 .", shape) == {
        '"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal',
        '"2.5"^^<http://www.w3.org/2001/XMLSchema#decimal',
    }


def test_a_result_within_a_value_is_dropped_with_its_root() -> None:
    shape = """
        ex:s a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ;
            sh:property [ sh:path ex:q ; sh:minCount 1 ] ] .
    """
    data = "ex:a ex:p ex:c . ex:b ex:p ex:c ."
    assert change_of(data, f"{data} ex:c ex:q 1 .", shape) == {"a", "b"}
    assert change_of(data, "ex:b ex:p ex:c .", shape) == {"a"}


def test_what_a_verdict_rests_on_is_followed_forwards() -> None:
    values = "sh:property [ sh:path ( ex:p [ sh:inversePath ex:q ] ) ; sh:class ex:C ]"
    shapes = shapes_of(shape_with("sh:targetNode ex:a", values))
    data = store(parse("ex:a ex:p ex:b . ex:c ex:q ex:b . ex:x ex:p ex:b ."))
    shape = ox.NamedNode(f"{EX}s")
    assert names(reads(data, shapes, {shape: [ox.NamedNode(f"{EX}a")]})) == {"a", "c"}
