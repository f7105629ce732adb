"""No result is written that could not be read again, or that a spreadsheet would run."""

import csv
import io
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from pledgegraph.graph import errors, results
from pledgegraph.graph.writing import write_triples

NOT_IN_XML = [*range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF]
FORBIDDEN = [chr(code) for code in NOT_IN_XML if code != 0]
XML = "application/sparql-results+xml"
RDF_XML = "application/rdf+xml"


def store(*values: str, predicate: str = "http://example.org/p") -> ox.Store:
    found = ox.Store()
    subject, name = ox.NamedNode("http://example.org/s"), ox.NamedNode(predicate)
    found.extend(ox.Quad(subject, name, ox.Literal(value)) for value in values)
    return found


def written(data: ox.Store, query: str, media_type: str) -> bytes:
    sink = io.BytesIO()
    results.write_result(data.query(query), media_type, sink)
    return sink.getvalue()


SELECT = "SELECT ?o { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT WHERE { ?s ?p ?o }"
CASES = [(SELECT, XML), (CONSTRUCT, RDF_XML)]


@pytest.mark.parametrize("character", FORBIDDEN, ids=ascii)
@pytest.mark.parametrize(("query", "media_type"), CASES)
def test_a_character_that_xml_cannot_carry_is_refused(
    query: str, media_type: str, character: str
) -> None:
    with pytest.raises(errors.UnacceptableResultError, match=r"XML 1\.0"):
        written(store(f"before{character}after"), query, media_type)


@pytest.mark.parametrize(("query", "media_type"), CASES)
def test_one_bad_character_is_found_wherever_it_stands(query: str, media_type: str) -> None:
    for length in (0, 1, 4095, 4096, 8190, 8191, 8192, 8193, 65_535, 65_536, 1_000_000):
        for character in ("\x01", "\ufffe"):
            with pytest.raises(errors.UnacceptableResultError):
                written(store("a" * length + character), query, media_type)


@pytest.mark.parametrize(
    "value",
    ["<&>\"' ]]>", "\t\n\r", "\x7f\x85\xa0", "\ufffd\ue000\ud7ff", "\U0001f600\U0010ffff", ""],
    ids=ascii,
)
@pytest.mark.parametrize(("query", "media_type"), CASES)
def test_what_xml_can_carry_is_read_again(query: str, media_type: str, value: str) -> None:
    body = written(store(value), query, media_type)
    ElementTree.fromstring(body)  # noqa: S314 - our own output
    if media_type == XML:
        parsed = ox.parse_query_results(body, format=ox.QueryResultsFormat.XML)
        assert isinstance(parsed, ox.QuerySolutions)
        (found,) = [solution["o"] for solution in parsed]
    else:
        (found,) = [quad.object for quad in ox.parse(body, format=ox.RdfFormat.RDF_XML)]
    assert isinstance(found, ox.Literal)
    assert found.value.replace("\r", "\n") == value.replace("\r", "\n")


@pytest.mark.parametrize("character", FORBIDDEN, ids=ascii)
@pytest.mark.parametrize("name", ["application/sparql-results+json", "text/tab-separated-values"])
def test_other_formats_carry_every_character(name: str, character: str) -> None:
    body = written(store(f"a{character}b"), SELECT, name)
    parsed = ox.parse_query_results(body, format=results.SOLUTION_FORMATS[name])
    assert isinstance(parsed, ox.QuerySolutions)
    assert [solution["o"] for solution in parsed] == [ox.Literal(f"a{character}b")]


@pytest.mark.parametrize("name", ["http://example.org/1", "http://example.org/", "urn:1"])
def test_a_predicate_that_rdf_xml_cannot_write_is_refused(name: str) -> None:
    with pytest.raises(errors.UnacceptableResultError, match="RDF/XML"):
        written(store("x", predicate=name), CONSTRUCT, RDF_XML)


@pytest.mark.parametrize(
    ("value", "predicate"), [("\x01", "http://example.org/p"), ("x", "http://example.org/1")]
)
def test_no_other_rdf_xml_is_written_that_is_not_well_formed(value: str, predicate: str) -> None:
    triples = [quad.triple for quad in store(value, predicate=predicate)]
    assert write_triples(triples, "text/turtle")
    with pytest.raises(errors.UnacceptableResultError):
        write_triples(triples, RDF_XML)


def excel(*values: str) -> list[str]:
    text = written(store(*values), SELECT, results.EXCEL_CSV).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert head == ["o"]
    return [row[0] for row in rows if row]


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(first: str) -> None:
    assert excel(f"{first}cmd|' /C calc'!A0") == [f"'{first}cmd|' /C calc'!A0"]


@pytest.mark.parametrize(
    "value", ["-5", "+1.5", "-2.5E3", "a=b", "1-2", "'", '"=1"', "x\ny", "ä,;"]
)
def test_other_cells_stay_as_they_are(value: str) -> None:
    assert excel(value) == [value]


def test_a_number_with_more_behind_it_is_no_number() -> None:
    assert excel("-1+2") == ["'-1+2"]
    assert excel("-1\n") == ["'-1\n"]


def test_the_variant_for_excel_says_that_it_is_utf_8() -> None:
    assert written(store("ä"), SELECT, results.EXCEL_CSV).startswith(b"\xef\xbb\xbfo\r\n")


def test_the_plain_csv_changes_no_cell() -> None:
    assert written(store("=1+1"), SELECT, "text/csv") == b"o\r\n=1+1\r\n"


def test_an_unbound_variable_is_an_empty_cell() -> None:
    query = "SELECT ?o ?none { ?s ?p ?o }"
    assert written(store("x"), query, results.EXCEL_CSV).decode("utf-8-sig") == "o,none\r\nx,\r\n"
