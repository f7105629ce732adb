"""The questions over HTTP: listed, asked with parameters, answered in each format."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pledgegraph.api.app import create_app
from pledgegraph.api.settings import Settings
from pledgegraph.graph.build import build
from pledgegraph.graph.question import questions


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, few_records: Path) -> Iterator[TestClient]:
    home = tmp_path_factory.mktemp("home")
    build(few_records, home)
    with TestClient(create_app(Settings(home=home))) as client:
        yield client


def pledgors(client: TestClient, **parameters: str) -> list[str]:
    answer = client.get("/queries/04-in-force", params={"format": "csv", **parameters})
    assert answer.status_code == 200, answer.text
    return [row["pledge"].split(":")[0] for row in csv.DictReader(answer.text.splitlines())]


def test_each_question_is_listed_with_its_address(client: TestClient) -> None:
    listed = client.get("/queries").json()["questions"]
    assert [entry["id"] for entry in listed] == list(questions())
    assert all(client.get(entry["address"]).status_code == 200 for entry in listed)


def test_amazon_was_not_known_to_be_in_force_before_its_extension(client: TestClient) -> None:
    assert pledgors(client, on="2021-07-01", knownAsOf="2020-12-31") == ["IBM", "Microsoft"]


def test_amazon_is_in_force_once_its_extension_is_known(client: TestClient) -> None:
    for known in ("2021-06-01", "2026-11-22"):
        found = pledgors(client, on="2021-07-01", knownAsOf=known)
        assert found == ["Amazon", "IBM", "Microsoft"]


def test_a_thing_is_named_by_slug_or_iri(client: TestClient) -> None:
    slug = "amazon-2020-06-police-facial-recognition"
    rows = [
        client.get("/queries/02-who-is-exempt", params={"pledge": value, "format": "csv"}).text
        for value in (slug, f"https://w3id.org/pledgegraph/id/pledge/{slug}")
    ]
    assert rows[0] == rows[1]
    assert "Marinus Analytics" in rows[0]


@pytest.mark.parametrize(
    ("question", "parameters", "slug"),
    [
        ("04-in-force", {"on": "2021-07-32"}, "invalid-parameter"),
        ("04-in-force", {"on": '2021-07-01"^^xsd:date) } #'}, "invalid-parameter"),
        ("02-who-is-exempt", {"pledge": "x> } # "}, "invalid-parameter"),
        ("04-in-force", {"inforce": "2021-07-01"}, "unknown-parameter"),
        ("01-who-pledged-what", {"format": "pdf"}, "not-acceptable"),
    ],
)
def test_a_bad_parameter_is_refused_in_words(
    client: TestClient, question: str, parameters: dict[str, str], slug: str
) -> None:
    answer = client.get(f"/queries/{question}", params=parameters)
    assert answer.status_code in (400, 406)
    assert answer.json()["type"].endswith(f"/problems/{slug}")


def test_the_query_itself_can_be_had_and_runs_at_the_endpoint(client: TestClient) -> None:
    text = client.get("/queries/05-whose-lead", params={"format": "sparql"}).text
    direct = client.get("/sparql", params={"query": text, "format": "csv"}).text
    assert direct == client.get("/queries/05-whose-lead", params={"format": "csv"}).text


def test_a_page_shows_the_rows_and_a_form(client: TestClient) -> None:
    page = client.get("/queries/04-in-force", headers={"Accept": "text/html"}).text
    assert '<input id="knownAsOf" name="knownAsOf" type="date"' in page
    assert "Amazon: one-year moratorium" in page
