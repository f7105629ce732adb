"""The words are served under their own names, as data and as pages."""

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from pledgegraph.graph.lookups import terms
from pledgegraph.graph.ontology import ontology, shapes

NS = "https://w3id.org/pledgegraph/ns#"
DATA = ["text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"]
PATHS = ["/ns", "/vocab", "/vocab/status", "/vocab/status/in-force", "/shapes"]


def parse(client: TestClient, path: str, media_type: str) -> set[ox.Triple]:
    answer = client.get(path, headers={"Accept": media_type})
    assert answer.headers["content-type"].startswith(media_type)
    parsed = ox.parse(answer.content, format=ox.RdfFormat.from_media_type(media_type))
    return {quad.triple for quad in parsed}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("media_type", DATA)
def test_the_words_come_in_every_format(client: TestClient, path: str, media_type: str) -> None:
    found = parse(client, path, media_type)
    assert len(found) == len(parse(client, path, "application/n-triples"))
    if path != "/shapes" or len(shapes()):
        assert found


def test_the_ontology_is_sent_whole(client: TestClient) -> None:
    sent = parse(client, "/ns", "text/turtle")
    assert set(terms.triples_of(terms.ONTOLOGY_PACKAGE)) == sent
    assert sent <= {quad.triple for quad in ontology()}


@pytest.mark.parametrize("path", PATHS)
def test_the_words_have_a_page(client: TestClient, browser: dict[str, str], path: str) -> None:
    answer = client.get(path, headers=browser)
    assert answer.status_code == 200
    assert "<h1>" in answer.text


def test_every_term_of_ours_has_an_anchor_on_the_ontology_page(client: TestClient) -> None:
    page = client.get("/ns", params={"format": "html"}).text
    documented = [
        term
        for module in terms.modules(terms.ONTOLOGY_PACKAGE)
        for term in (*terms.classes(module), *terms.properties(module))
    ]
    assert documented
    for term in documented:
        assert page.count(f'id="{term.name}"') == 1
        assert term.iri.startswith(NS)


def test_every_concept_has_an_address_and_a_definition(client: TestClient) -> None:
    schemes = terms.schemes()
    assert {scheme.name for scheme in schemes} == set(terms.modules(terms.VOCABULARIES_PACKAGE))
    for scheme in schemes:
        page = client.get(f"/vocab/{scheme.name}", params={"format": "html"}).text
        for concept in terms.concepts(scheme.name):
            assert f'href="/vocab/{scheme.name}/{concept.name}"' in page
            assert concept.definition


def test_every_shape_with_a_message_is_on_the_page_of_shapes(client: TestClient) -> None:
    page = client.get("/shapes", params={"format": "html"}).text
    for module in terms.modules(terms.SHAPES_PACKAGE):
        for shape in terms.shapes(module):
            assert f'id="{shape.name}"' in page


def test_the_json_context_names_terms(client: TestClient) -> None:
    answer = client.get("/ns/context.jsonld")
    assert answer.headers["content-type"] == "application/ld+json"
    assert answer.json()["@context"]["Pledge"] == f"{NS}Pledge"


@pytest.mark.parametrize("path", ["/vocab/none", "/vocab/status/none", "/vocab/none/none"])
def test_an_unknown_word_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
