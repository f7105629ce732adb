"""A thing leads to the document about it, which says what is asserted and what is only said."""

import json

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

ACME = "https://w3id.org/pledgegraph/id/company/cik-0000000001"
PLEDGE = "https://w3id.org/pledgegraph/id/pledge/acme-2020"
FORMATS = [
    ("text/turtle", "ttl"),
    ("application/ld+json", "jsonld"),
    ("application/n-triples", "nt"),
    ("application/rdf+xml", "rdf"),
    ("text/html", "html"),
]


def test_a_thing_leads_to_its_document_on_our_own_host(client: TestClient) -> None:
    answer = client.get("/id/pledge/acme-2020", headers={"Host": "elsewhere.example"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/doc/pledge/acme-2020")


@pytest.mark.parametrize(
    ("alias", "target"),
    [
        ("/id/company/acme", "/id/company/cik-0000000001"),
        ("/doc/company/acme", "/doc/company/cik-0000000001"),
        ("/doc/company/acme.ttl", "/doc/company/cik-0000000001.ttl"),
        ("/doc/company/acme?format=nt", "/doc/company/cik-0000000001?format=nt"),
    ],
)
def test_a_readable_alias_leads_to_the_identified_name(
    client: TestClient, alias: str, target: str
) -> None:
    answer = client.get(alias)
    assert (answer.status_code, answer.headers["location"]) == (308, target)


def test_an_alias_is_of_one_kind_of_thing(client: TestClient) -> None:
    assert client.get("/doc/pledge/acme").status_code == 404


@pytest.mark.parametrize(("media_type", "suffix"), FORMATS)
def test_a_document_comes_by_accept_suffix_and_format(
    client: TestClient, media_type: str, suffix: str
) -> None:
    path = "/doc/company/cik-0000000001"
    answers = [
        client.get(path, headers={"Accept": media_type}),
        client.get(f"{path}.{suffix}"),
        client.get(path, params={"format": suffix}),
    ]
    assert {a.headers["content-type"].partition(";")[0] for a in answers} == {media_type}
    assert len({a.content for a in answers}) == 1
    assert answers[0].headers["link"] == '</id/company/cik-0000000001>; rel="describes"'


@pytest.mark.parametrize(("media_type", "suffix"), FORMATS[:-1])
def test_every_format_has_what_is_said_of_a_thing_and_what_points_at_it(
    client: TestClient, media_type: str, suffix: str
) -> None:
    body = client.get(f"/doc/company/cik-0000000001.{suffix}").content
    parsed = ox.parse(body, format=ox.RdfFormat.from_media_type(media_type))
    found = {(q.subject.value, q.predicate.value.rsplit("#", 1)[-1]) for q in parsed}
    assert {(ACME, "slug"), (PLEDGE, "pledgor")} <= found


def test_a_page_shows_labels_escapes_them_and_links_only_to_the_web(client: TestClient) -> None:
    page = client.get("/doc/company/cik-0000000001.html").text
    assert "Acme &lt;script&gt;" in page
    assert "<script" not in page
    assert 'href="https://acme.example/"' in page
    assert 'href="javascript' not in page
    assert 'lang="de"' in page
    assert '<a href="/pledges/acme-2020">Acme: no sale</a>' in page


def test_what_only_a_source_says_is_shown_as_that(client: TestClient) -> None:
    page = client.get("/doc/lobbying/acme.html").text
    assert "this graph does not assert it" in page
    assert 'href="/graph/first"' in page
    assert "does not assert it" not in client.get("/doc/pledge/acme-2020.html").text


def test_what_was_retracted_is_gone_and_says_why(
    client: TestClient, browser: dict[str, str]
) -> None:
    answer = client.get("/doc/pledge/acme-2019")
    assert answer.status_code == 410
    assert answer.json()["reason"] == "The statement was not Acme's."
    assert answer.json()["replacedBy"] == PLEDGE
    page = client.get("/doc/pledge/acme-2019", headers=browser)
    assert page.status_code == 410
    assert 'href="/id/pledge/acme-2020"' in page.text


@pytest.mark.parametrize(
    "path", ["/doc/company/nobody", "/doc/Company/x", "/doc/company/a%3E%20b", "/graph/none"]
)
def test_what_the_graph_does_not_know_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_named_graph_is_sent_whole(client: TestClient) -> None:
    answer = client.get("/graph/second", headers={"Accept": "application/n-triples"})
    assert answer.headers["content-type"] == "application/n-triples"
    assert len(answer.text.splitlines()) == 4
    assert json.loads(client.get("/graph/second.jsonld").content)
