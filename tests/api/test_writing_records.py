"""Records sent over HTTP: read as files are, and able to speak of what the graph holds."""

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from pledgegraph.graph.release import releases

from .writers import GRAPH_IRI, RECORD, SLUG, YAML

JSON_LD = {"Content-Type": "application/ld+json"}
PLEDGE = "acme-2026-01-no-sale"


def kind(answer: Any) -> str:
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return str(answer.json()["type"].rsplit("/", 1)[-1])


def post(writer: TestClient, text: str = RECORD, path: str = "/records", **headers: str) -> Any:
    return writer.post(path, content=text.encode(), headers={**YAML, **headers})


def document(**source: Any) -> dict[str, Any]:
    return {
        "id": f"source/{SLUG}",
        "type": "SourceDocument",
        "name": {"value": "Acme news", "language": "en"},
        "sourceKind": "https://w3id.org/pledgegraph/vocab/source-kind/press-article",
        "inLanguage": "en",
        "readOn": "2026-01-16",
        **source,
    }


def send(writer: TestClient, content: Any) -> Any:
    return writer.post("/records", content=json.dumps(content).encode(), headers=JSON_LD)


def test_a_record_is_published_and_has_its_page(writer: TestClient) -> None:
    answer = post(writer)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["graph"], told["result"], told["release"]) == (GRAPH_IRI, "created", 2)
    assert answer.headers["location"] == f"/sources/{SLUG}"
    assert writer.get(answer.headers["location"]).status_code == 200
    assert writer.get(f"/pledges/{PLEDGE}").status_code == 200


def test_it_may_speak_of_what_the_graph_holds(writer: TestClient) -> None:
    post(writer)
    pledge = writer.get(f"/pledges/{PLEDGE}", headers={"Accept": "text/turtle"}).text
    assert "amazon-2020-06-police-facial-recognition" in pledge


def test_the_same_source_again_replaces_its_graph(writer: TestClient) -> None:
    post(writer)
    again = post(writer, RECORD.replace("Acme sells no more", "Acme stops"))
    assert (again.status_code, again.json()["result"]) == (200, "replaced")
    assert post(writer).json()["result"] == "replaced"
    guarded = post(writer, **{"If-None-Match": "*"})
    assert (guarded.status_code, kind(guarded)) == (412, "precondition-failed")


def test_what_only_the_replaced_record_said_can_be_referred_to_no_more(writer: TestClient) -> None:
    post(writer)
    without = RECORD.replace("  - id: acme\n    label: Acme\n    quote: Acme\n", "")
    answer = post(writer, without.replace("companies:\n\n", ""))
    assert answer.status_code == 422
    assert [one["rule"] for one in answer.json()["problems"]] == ["dangling-reference"]


def test_a_dry_run_publishes_nothing(writer: TestClient, home: Path) -> None:
    answer = post(writer, path="/records?dry-run=true")
    assert (answer.status_code, answer.json()["result"]) == (200, "created")
    assert answer.json()["added"] > 20
    assert len(releases(home)) == 1


@pytest.mark.parametrize(
    ("old", "new", "line", "rule"),
    [
        ("pledgor: acme", "pledgor: acmee", 19, "dangling-reference"),
        ("follows: amazon", "follows: amazzon", 22, "dangling-reference"),
        ("kind: suspension", "kind: suspensoin", 20, "unknown-concept"),
        ("    pledgor", "    pledger", 19, "unknown-key"),
        ("announced: 2026-01-15", "announced: 2026-02-30", 21, "bad-date"),
        ("published: 2026-01-15", "published: [2026", 8, "yaml-syntax"),
        ("label: Acme\n", "label: &a Acme\n    slug: *a\n", 14, "yaml-alias"),
        ("- id: acme\n", "- id: acme\n    slug: amazon\n", 13, "slug-taken"),
        ("source:", "sauce:", 2, "missing-source"),
    ],
)
def test_a_mistake_is_named_by_line_rule_and_remedy(
    writer: TestClient, home: Path, old: str, new: str, line: int, rule: str
) -> None:
    answer = post(writer, RECORD.replace(old, new, 1))
    assert (answer.status_code, kind(answer)) == (422, "records-refused")
    found = {one["rule"]: one for one in answer.json()["problems"]}
    assert rule in found
    assert abs(found[rule]["line"] - line) <= 1, found[rule]
    assert found[rule]["column"] >= 1
    assert found[rule]["message"].endswith(".")
    assert len(releases(home)) == 1


def test_the_nearest_name_of_the_graph_is_named(writer: TestClient) -> None:
    answer = post(writer, RECORD.replace("follows: amazon-2020", "follows: amazon-2021"))
    (problem,) = answer.json()["problems"]
    assert "did you mean 'amazon-2020-06-police-facial-recognition'?" in problem["message"]


def test_what_the_shapes_refuse_is_named_by_line_and_as_a_report(writer: TestClient) -> None:
    wrong = RECORD.replace("    quote: Acme will not sell facial recognition to the police\n", "")
    answer = post(writer, wrong)
    assert (answer.status_code, kind(answer)) == (422, "records-refused"), answer.text
    assert all(one["line"] > 1 for one in answer.json()["problems"])
    assert answer.json()["violations"]
    report = post(writer, wrong, Accept="text/turtle")
    assert (report.status_code, "ValidationReport" in report.text) == (422, True)


def test_yaml_is_taken_under_its_older_names(writer: TestClient) -> None:
    for name in ("text/yaml", "application/x-yaml", "application/yaml; charset=utf-8"):
        answer = post(writer, path="/records?dry-run=1", **{"Content-Type": name})
        assert answer.status_code == 200, answer.text
    refused = post(writer, **{"Content-Type": "application/json"})
    assert (refused.status_code, kind(refused)) == (415, "unsupported-media-type")
    assert "application/yaml" in refused.headers["accept-post"]


@pytest.mark.parametrize("data", [b"\xff", b"", b"[" * 100_000, b"a: " * 1000, b"\x00", b"- 1"])
def test_what_is_no_record_is_refused_in_words(writer: TestClient, data: bytes) -> None:
    answer = writer.post("/records", content=data, headers=YAML)
    assert (answer.status_code, kind(answer)) == (422, "records-refused")


def test_json_ld_without_a_context_is_read_with_ours(writer: TestClient) -> None:
    answer = send(writer, document())
    assert answer.status_code == 201, answer.text
    assert answer.json()["graph"] == GRAPH_IRI
    assert writer.get(f"/sources/{SLUG}").status_code == 200


def test_a_record_comes_back_as_json_ld_and_may_be_sent_again(writer: TestClient) -> None:
    post(writer)
    address = f"/graphs?graph={GRAPH_IRI}"
    text = writer.get(address, headers={"Accept": "application/ld+json"}).text
    again = writer.post("/records", content=text, headers=JSON_LD)
    assert (again.status_code, again.json()["result"]) == (200, "unchanged"), again.text


@pytest.mark.parametrize(
    ("content", "slug"),
    [
        ([document(), document(id="source/other-news")], "records-refused"),
        ({"id": "pledge/x", "type": "Pledge"}, "records-refused"),
        (document(id="https://elsewhere.example/source"), "records-refused"),
        (document(id="source/derived"), "graph-name"),
        ({"@context": "https://schema.org/", "@id": "source/x"}, "remote-context"),
        (document(pledger="x"), "rdf-syntax"),
    ],
)
def test_json_ld_that_is_no_record_is_refused(
    writer: TestClient, home: Path, content: Any, slug: str
) -> None:
    answer = send(writer, content)
    assert kind(answer) == slug
    assert 400 <= answer.status_code < 500
    assert len(releases(home)) == 1
