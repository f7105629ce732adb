"""The Accept header decides by quality, then by how closely it fits, then by our order."""

import pytest

from pledgegraph.api import negotiation as n


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, n.TURTLE),
        ("", n.TURTLE),
        ("*/*", n.TURTLE),
        ("text/*", n.TURTLE),
        ("application/ld+json", n.JSON_LD),
        ("application/ld+json;q=0.5, text/turtle;q=0.4", n.JSON_LD),
        ("application/rdf+xml;q=0.9, */*;q=0.1", n.RDF_XML),
        ("text/turtle;q=0, */*", n.JSON_LD),
        ("TEXT/TURTLE; Q=1", n.TURTLE),
        ("application/n-triples;q=nonsense, text/turtle;q=0.1", n.TURTLE),
        ("image/png", None),
        ("*/*;q=0", None),
        ("nonsense", None),
    ],
)
def test_the_best_liked_offer_is_chosen(accept: str | None, expected: n.Format | None) -> None:
    assert n.choose(accept, n.GRAPH_FORMATS) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ttl", n.TURTLE),
        ("Turtle", n.TURTLE),
        ("nt", n.N_TRIPLES),
        ("json", n.JSON_LD),
        ("application/rdf+xml", n.RDF_XML),
        ("docx", None),
    ],
)
def test_a_format_is_found_by_name_suffix_and_media_type(
    name: str, expected: n.Format | None
) -> None:
    assert n.named(name, n.GRAPH_FORMATS) is expected


def test_only_a_known_suffix_is_split_from_a_name() -> None:
    assert n.split_suffix("amazon.ttl", n.GRAPH_FORMATS) == ("amazon", n.TURTLE)
    assert n.split_suffix("version-1.0", n.GRAPH_FORMATS) == ("version-1.0", None)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/html,application/xml;q=0.9,*/*;q=0.8", True),
        ("*/*", False),
        ("application/json, text/html;q=0.1", True),
        ("application/problem+json, text/html;q=0.1", False),
        (None, False),
    ],
)
def test_a_browser_is_told_by_naming_html(accept: str | None, expected: bool) -> None:
    assert n.is_browser(accept) is expected
