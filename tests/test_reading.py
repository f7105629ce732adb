"""RDF from strangers: read as written, refused with its place, and never the end of the reader."""

import itertools
import time

import pytest

from pledgegraph.graph import errors
from pledgegraph.graph.namespaces import GRAPH
from pledgegraph.graph.reading import MEBIBYTE, READ_FORMATS, ReadingBudget, read_rdf

BASE = f"{GRAPH}example"
NEST = 3000
DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"
PLEDGE = "https://w3id.org/pledgegraph/id/pledge/x"
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://e/">'


def read(text: str, media_type: str = "text/turtle") -> list[str]:
    return sorted(str(triple) for triple in read_rdf(text.encode(), media_type, BASE))


@pytest.mark.parametrize(
    ("media_type", "text"),
    [
        ("text/turtle", f'<http://e/a> <http://e/p> "1.50"^^<{DECIMAL}> .'),
        ("application/n-triples", f'<http://e/a> <http://e/p> "1.50"^^<{DECIMAL}> .'),
        (
            "application/ld+json",
            f'{{"@id": "http://e/a", "http://e/p": {{"@value": "1.50", "@type": "{DECIMAL}"}}}}',
        ),
        (
            "application/rdf+xml",
            f'{RDF}<rdf:Description rdf:about="http://e/a"><p rdf:datatype="{DECIMAL}">1.50</p>'
            "</rdf:Description></rdf:RDF>",
        ),
    ],
)
def test_a_literal_stays_as_it_was_written(media_type: str, text: str) -> None:
    assert read(text, media_type) == [f'<http://e/a> <http://e/p> "1.50"^^<{DECIMAL}>']


def test_a_relative_address_is_resolved_against_the_graph() -> None:
    assert read("<#a> <p> <> .") == [f"<{BASE}#a> <{GRAPH}p> <{BASE}>"]


def test_json_ld_without_a_context_is_read_with_ours() -> None:
    wanted = [f'<{PLEDGE}> <http://www.w3.org/2004/02/skos/core#prefLabel> "X"']
    for context in ("", '"@context": "https://w3id.org/pledgegraph/ns/context.jsonld", '):
        assert read(f'{{{context}"id": "{PLEDGE}", "prefLabel": "X"}}', READ_FORMATS[2]) == wanted


def test_a_mistyped_key_is_refused_naming_the_nearest() -> None:
    with pytest.raises(errors.RdfSyntaxError, match="did you mean 'prefLabel'"):
        read(f'[{{"id": "{PLEDGE}", "prefLable": "X"}}]', READ_FORMATS[2])


@pytest.mark.parametrize(
    "context",
    ['"https://schema.org/"', '["http://e/"]', '{"@import": "http://e/"}', '"/ns/other.jsonld"'],
)
def test_no_context_is_fetched(context: str) -> None:
    with pytest.raises(errors.RemoteContextError, match="nothing is fetched"):
        read(f'{{"@context": {context}, "@id": "http://e/a"}}', READ_FORMATS[2])


@pytest.mark.parametrize(
    ("media_type", "text", "place"),
    [
        ("text/turtle", "\n<http://e/a> <http://e/b> 'x'@@ .", (2, 31)),
        ("application/n-triples", "<http://e/a> <http://e/b> <http://e/c> <http://e/d> .", (1, 40)),
        ("application/ld+json", '{"@id":\n nothing}', (2, 2)),
        ("application/rdf+xml", "<rdf:RDF", (None, None)),
        ("application/rdf+xml", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hosts">]><x/>', None),
        ("application/ld+json", '"text"', (1, 1)),
        ("application/ld+json", '{"@id": "http://e/g", "@graph": [{"@id": "http://e/a", '
         '"http://e/p": 1}]}', (None, None)),
        ("text/turtle", "<http://e/a> <http://e/b> <<( <a> <b> <c> )>> .", (None, None)),
    ],
)  # fmt: skip
def test_a_mistake_is_refused_with_its_place(
    media_type: str, text: str, place: tuple[int | None, int | None] | None
) -> None:
    with pytest.raises(errors.RdfSyntaxError) as raised:
        read(text, media_type)
    assert place is None or (raised.value.line, raised.value.column) == place
    assert "Parser error" not in str(raised.value)


@pytest.mark.parametrize(
    ("media_type", "text"),
    [
        ("application/ld+json", '{"http://e/p":' * NEST + "1" + "}" * NEST),
        ("application/ld+json", "[" * NEST * 20 + "]" * NEST * 20),
        ("text/turtle", "<a> <b> " + "<<( <a> <b> " * NEST + "<c>" + " )>>" * NEST + " ."),
    ],
)
def test_nesting_without_end_is_refused(media_type: str, text: str) -> None:
    with pytest.raises(errors.ReadingError):
        read(text, media_type)


def test_what_grows_beyond_its_budget_is_refused() -> None:
    long = f"@prefix p: <http://e/{'x' * 10_000}> . "
    text = (long + "".join(f"p:a p:b p:c{n} ." for n in range(1000))).encode()
    with pytest.raises(errors.RdfBudgetError, match="send less"):
        read_rdf(text, "text/turtle", BASE, ReadingBudget(result=MEBIBYTE))


def test_entities_that_multiply_are_refused() -> None:
    names = "abcdefghijkl"
    pairs = itertools.pairwise(names)
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairs)
    text = (
        f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{entities}]>{RDF}'
        '<rdf:Description rdf:about="http://e/a"><p>&l;</p></rdf:Description></rdf:RDF>'
    )
    start = time.monotonic()
    budget = ReadingBudget(seconds=5, memory=256 * MEBIBYTE)
    with pytest.raises(errors.ReadingError):
        read_rdf(text.encode(), "application/rdf+xml", BASE, budget)
    assert time.monotonic() - start < 10
