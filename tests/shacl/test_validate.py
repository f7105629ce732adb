"""The public face: stores and files in, a report out; what is not compiled is named."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from pledgegraph.graph.shacl import Report, ShapesError, validate

PREFIXES = """\
@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
DECLARED = """
<http://example.org/> sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/" ] .
"""


def store(text: str) -> ox.Store:
    made = ox.Store()
    made.load((PREFIXES + text).encode(), format=ox.RdfFormat.TURTLE)
    return made


def report(data: str, shapes: str) -> Report:
    return validate(store(data), store(shapes))


def foci(found: Report) -> list[str]:
    return [result.focus.value.removeprefix("http://example.org/") for result in found.results]


def test_a_report_conforms_only_without_any_result() -> None:
    shape = "ex:s a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:nodeKind sh:Literal ;"
    found = report("ex:a ex:p 1 .", f"{shape} sh:severity sh:Info .")
    assert not found.conforms
    assert found.results[0].severity.value.endswith("#Info")
    assert report("ex:a ex:q 1 .", f"{shape} sh:severity sh:Info .").conforms


def test_a_deactivated_shape_has_no_results() -> None:
    shape = "ex:s a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:nodeKind sh:Literal ;"
    assert report("ex:a ex:p 1 .", f"{shape} sh:deactivated true .").conforms


def test_the_report_in_turtle_is_a_graph_with_each_result() -> None:
    shape = "ex:s sh:targetNode ex:a ; sh:path ( ex:p [ sh:inversePath ex:q ] ) ; sh:minCount 1 ."
    text = report("ex:a ex:r 1 .", f"{shape} ex:s a sh:PropertyShape .").to_turtle()
    triples = list(ox.parse(text.encode(), format=ox.RdfFormat.TURTLE))
    predicates = [quad.predicate.value.rpartition("#")[2] for quad in triples]
    assert predicates.count("result") == 1
    assert predicates.count("first") == 2
    assert "inversePath" in predicates


def test_literals_of_files_are_reported_as_they_are_written(tmp_path: Path) -> None:
    file = tmp_path / "both.ttl"
    shape = "ex:s a sh:NodeShape ; sh:targetObjectsOf ex:p ; sh:datatype xsd:string ."
    file.write_text(f"{PREFIXES} ex:a ex:p 1.50 . {shape}", "utf-8")
    (result,) = validate(file, file).results
    assert result.focus.value == "1.50"


@pytest.mark.parametrize(
    ("literal", "datatype", "conforms"),
    [
        ('"abc"^^xsd:integer', "xsd:integer", False),
        ("12345678901234567890123", "xsd:integer", True),
        ('"2020-13-01"^^xsd:date', "xsd:date", False),
        ('"2020-02-30"^^xsd:date', "xsd:date", False),
        ('"2020-06-01Z"^^xsd:date', "xsd:date", True),
        ('"yes"^^xsd:boolean', "xsd:boolean", False),
        ('"P1X"^^xsd:duration', "xsd:duration", False),
        ('"P1Y"^^xsd:duration', "xsd:duration", True),
        ('"300"^^xsd:byte', "xsd:byte", False),
        ('"30"^^xsd:byte', "xsd:byte", True),
        ('"-1"^^xsd:nonNegativeInteger', "xsd:nonNegativeInteger", False),
        ("1", "xsd:string", False),
    ],
)
def test_an_ill_typed_literal_has_not_its_datatype(
    literal: str, datatype: str, conforms: bool
) -> None:
    shape = f"ex:s sh:targetNode ex:a ; sh:path ex:p ; sh:datatype {datatype} ."
    found = report(f"ex:a ex:p {literal} .", f"{shape} ex:s a sh:PropertyShape .")
    assert found.conforms == conforms


def test_a_recursive_shape_is_decided_by_pyshacl_and_named() -> None:
    shapes = """
        ex:s a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:next .
        ex:next a sh:PropertyShape ; sh:path ex:p ; sh:node ex:s ; sh:nodeKind sh:IRI .
    """
    found = report("ex:a a ex:C ; ex:p ex:b . ex:b ex:p 1 . ex:z a ex:C .", shapes)
    assert foci(found) == ["a"]
    assert found.fallbacks == {"http://example.org/s": "recursive: validated by pySHACL"}


def test_a_limit_counts_for_each_focus_node() -> None:
    query = "SELECT $this ?value { $this ex:p ?value } LIMIT 1"
    shapes = f"""
        ex:s a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:sparql ex:c .
        ex:c sh:prefixes <http://example.org/> ; sh:select "{query}" . {DECLARED}
    """
    found = report("ex:a ex:p 1, 2 . ex:b ex:p 3 .", shapes)
    assert foci(found) == ["a", "b"]
    assert list(found.fallbacks) == ["http://example.org/c"]


def test_a_message_shows_the_values_of_its_result() -> None:
    shapes = f"""
        ex:s a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:sparql ex:c .
        ex:c sh:prefixes <http://example.org/> ; sh:message "{{$this}} has {{?value}}"@en ;
            sh:select "SELECT $this ?value {{ $this ex:p ?value }}" . {DECLARED}
    """
    (result,) = report("ex:a ex:p 1 .", shapes).results
    assert result.message == "http://example.org/a has 1"


def test_what_must_not_exist_may_be_a_join() -> None:
    query = """SELECT $this ?value { $this ex:p ?value
        FILTER NOT EXISTS { $this ex:q ?one . ?one ex:r ?two . FILTER(?two = ?value)
            FILTER NOT EXISTS { ?one ex:t ?three . ?three ex:u ?two } } }"""
    shapes = f"""
        ex:s a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:sparql ex:c .
        ex:c sh:prefixes <http://example.org/> ; sh:select '''{query}''' . {DECLARED}
    """
    data = """
        ex:a ex:p 1 ; ex:q ex:x . ex:x ex:r 1 .
        ex:b ex:p 2 ; ex:q ex:x .
        ex:c ex:p 1 ; ex:q ex:y . ex:y ex:r 1 ; ex:t ex:z . ex:z ex:u 1 .
    """
    assert foci(report(data, shapes)) == ["b", "c"]


def test_blank_nodes_are_focus_nodes_and_values() -> None:
    shapes = """
        ex:s a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:inner .
        ex:inner a sh:PropertyShape ; sh:path ex:p ;
            sh:property [ a sh:PropertyShape ; sh:path ex:q ; sh:minCount 3 ] .
    """
    found = report("[] a ex:C ; ex:p [ ex:q 1, 2 ], [ ex:q 1, 2, 3 ] .", shapes)
    assert len(found.results) == 1
    assert isinstance(found.results[0].focus, ox.BlankNode)


@pytest.mark.parametrize("text", ["VALUES ?x { 1 }", "MINUS { $this ?p ?o }", "BIND(1 AS $this)"])
def test_a_query_that_rebinds_is_refused(text: str) -> None:
    shapes = f"""
        ex:s a sh:NodeShape ; sh:targetSubjectsOf ex:p ;
            sh:sparql [ sh:select "SELECT $this {{ $this ?a ?b . {text} }}" ] .
    """
    with pytest.raises(ShapesError):
        report("ex:a ex:p 1 .", shapes)


def test_an_expression_that_only_python_reads_still_matches() -> None:
    shape = r'ex:s sh:targetNode ex:a ; sh:path ex:p ; sh:pattern "^(a)\\1$" .'
    found = report('ex:a ex:p "aa", "ab" .', f"{shape} ex:s a sh:PropertyShape .")
    assert [str(result.value.value) for result in found.results if result.value] == ["ab"]
