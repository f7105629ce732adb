"""The limits of queries are shown, and a refusal names the one that it is about."""

import pytest
from starlette.testclient import TestClient

from pledgegraph.api.limits import sparql_limits
from pledgegraph.api.settings import Settings
from pledgegraph.graph.guard import Limits

HTML = {"Accept": "text/html"}


def test_every_limit_is_shown_with_its_value_and_its_setting(client: TestClient) -> None:
    settings = client.app.state.context.settings  # type: ignore[attr-defined]
    shown = client.get("/sparql/limits").json()
    limits = {limit["name"]: limit["most"] for limit in shown["query"]}
    assert limits == {name.replace("_", "-"): n for name, n in Limits().as_header().items()}
    run = {limit["name"]: limit for limit in shown["run"]}
    assert run["query-deadline-seconds"]["most"] == settings.query_deadline_seconds
    assert run["query-deadline-seconds"]["setting"] == "PLEDGEGRAPH_QUERY_DEADLINE_SECONDS"
    assert all(limit["of"] for limit in (*shown["query"], *shown["run"]))


def test_the_page_shows_the_same_limits(client: TestClient) -> None:
    page = client.get("/sparql/limits", headers=HTML)
    assert page.headers["content-type"].startswith("text/html")
    for limit in client.get("/sparql/limits?format=json").json()["query"]:
        assert f'id="{limit["name"]}"' in page.text
        assert f"<td>{limit['most']:,.0f}</td>" in page.text


def test_another_format_is_not_acceptable(client: TestClient) -> None:
    assert client.get("/sparql/limits", headers={"Accept": "text/csv"}).status_code == 406
    assert client.get("/sparql/limits?format=csv").status_code == 406


def test_a_refusal_names_rule_place_and_remedy(client: TestClient) -> None:
    query = "ASK " + "{" * 65 + "}" * 65
    answer = client.get("/sparql", params={"query": query})
    problem = answer.json()
    assert answer.status_code == 422
    assert problem["type"].endswith("/problems/query-budget")
    assert (problem["rule"], problem["line"], problem["column"]) == ("depth", 1, 69)
    assert problem["remedy"]


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_of_the_request_that_is_not_held_is_refused(client: TestClient, name: str) -> None:
    answer = client.get("/sparql", params={"query": "ASK {}", name: "http://127.0.0.1/secret"})
    assert answer.status_code == 400
    assert answer.json()["type"].endswith("/problems/unheld-graph")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_another_encoding_is_refused_with_what_is_wrong(client: TestClient, encoding: str) -> None:
    body = "SELECT ?x { ?x ?y 'ä' }".encode(encoding)
    answer = client.post(
        "/sparql", content=body, headers={"Content-Type": "application/sparql-query"}
    )
    assert answer.status_code == 400
    detail = answer.json()["detail"]
    assert "UTF-8" in detail


def test_settings_set_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEDGEGRAPH_QUERY_DEPTH", "7")
    settings = Settings()
    assert settings.budget().limits.depth == 7
    assert next(x.most for x in sparql_limits(settings).query if x.name == "depth") == 7


@pytest.mark.parametrize("depth", ["0", "129"])
def test_a_limit_that_was_not_tried_is_refused(monkeypatch: pytest.MonkeyPatch, depth: str) -> None:
    monkeypatch.setenv("PLEDGEGRAPH_QUERY_DEPTH", depth)
    with pytest.raises(ValueError, match="query_depth"):
        Settings()
