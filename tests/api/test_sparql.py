"""The endpoint keeps to the SPARQL 1.1 Protocol and says honestly what it can't do."""

import json
from urllib.parse import quote_plus

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

ROWS = "SELECT ?label { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?label } ORDER BY ?label"
CSV = {"Accept": "text/csv"}
GRAPH = "https://w3id.org/pledgegraph/graph/"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
COUNT_NAMED = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
PRODUCT = " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(9))
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}


def test_get_form_and_direct_give_the_same_rows(client: TestClient) -> None:
    answers = [
        client.get("/sparql", params={"query": ROWS}, headers=CSV),
        client.post("/sparql", data={"query": ROWS}, headers=CSV),
        client.post("/sparql", content=ROWS, headers=CSV | DIRECT),
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].text.splitlines()[0] == "label"


@pytest.mark.parametrize("text", ["100%25", "a+b", "a%20b", "a b", "ä&=;", "%"])
def test_a_form_is_decoded_once(client: TestClient, text: str) -> None:
    query = f'SELECT ("{text}" AS ?x) {{}}'
    form = f"query={quote_plus(query)}"
    for answer in (
        client.post("/sparql", content=form, headers=CSV | FORM),
        client.get(f"/sparql?{form}", headers=CSV),
        client.post("/sparql", content=query.encode(), headers=CSV | DIRECT),
    ):
        assert answer.text == f"x\r\n{text}\r\n"


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.1, application/sparql-results+xml", "application/sparql-results+xml"),
        ("*/*", "application/sparql-results+json"),
    ],
)
def test_rows_come_in_the_wanted_format(client: TestClient, accept: str, content_type: str) -> None:
    answer = client.get("/sparql", params={"query": ROWS}, headers={"Accept": accept})
    assert answer.headers["content-type"] == content_type
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_rows_come_in_the_named_format(client: TestClient, name: str) -> None:
    answer = client.get("/sparql", params={"query": ROWS, "format": name})
    form = client.post("/sparql", data={"query": ROWS, "format": name})
    assert answer.content == form.content
    parsed = ox.QueryResultsFormat.from_extension(name if name != "xml" else "srx")
    if name != "csv":
        assert ox.parse_query_results(answer.content, format=parsed)


@pytest.mark.parametrize(
    "media_type",
    ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"],
)
@pytest.mark.parametrize("form", ["CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE ?s { ?s ?p ?o }"])
def test_graphs_come_in_the_wanted_format(client: TestClient, media_type: str, form: str) -> None:
    answer = client.get("/sparql", params={"query": form}, headers={"Accept": media_type})
    assert answer.headers["content-type"].startswith(media_type)
    parsed = ox.parse(answer.content, format=ox.RdfFormat.from_media_type(media_type))
    assert any(quad.object == ox.Literal("acme") for quad in parsed)


def test_the_format_is_chosen_among_those_that_fit_the_form_of_query(client: TestClient) -> None:
    accept = {"Accept": "text/turtle, application/sparql-results+xml;q=0.5"}
    answer = client.get("/sparql", params={"query": "ASK {}"}, headers=accept)
    assert answer.headers["content-type"] == "application/sparql-results+xml"


@pytest.mark.parametrize(
    ("query", "accept"),
    [(ROWS, "image/png"), (ROWS, "text/turtle"), ("ASK {}", "text/csv"), ("ASK {}", "*/*;q=0")],
)
def test_a_format_that_is_not_served_is_refused(
    client: TestClient, query: str, accept: str
) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 406
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["get", "form", "direct"])
def test_the_named_graphs_of_a_request_are_obeyed(client: TestClient, method: str) -> None:
    def count(query: str, **graphs: str | list[str]) -> int:
        if method == "get":
            answer = client.get("/sparql", params={"query": query, **graphs})
        elif method == "form":
            answer = client.post("/sparql", data={"query": query, **graphs})
        else:
            answer = client.post("/sparql", content=query, params=graphs, headers=DIRECT)
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])

    first, second = f"{GRAPH}first", f"{GRAPH}second"
    assert count(COUNT, **{"default-graph-uri": first}) == 5
    assert count(COUNT, **{"default-graph-uri": [first, second]}) == 9
    assert count(COUNT, **{"named-graph-uri": first}) == 0
    assert count(COUNT_NAMED, **{"named-graph-uri": second}) == 4
    assert count(COUNT_NAMED, **{"default-graph-uri": second}) == 0
    own_clause = COUNT.replace("{", f"FROM <{second}> {{", 1)
    assert count(own_clause) == 4


def test_the_default_graph_does_not_hold_what_only_a_source_says(client: TestClient) -> None:
    query = "ASK { ?s a <https://w3id.org/pledgegraph/ns#LobbyingActivity> }"
    assert client.get("/sparql", params={"query": query}).json()["boolean"] is False


@pytest.mark.parametrize(
    "send",
    [
        {"url": "/sparql", "method": "GET", "params": [("query", "ASK {}")] * 2},
        {
            "url": "/sparql",
            "method": "POST",
            "content": "query=ASK{}&query=ASK{}",
            "headers": FORM,
        },
    ],
)
def test_two_queries_at_once_are_refused(client: TestClient, send: dict[str, object]) -> None:
    answer = client.request(**send)  # type: ignore[arg-type]
    assert answer.status_code == 400
    assert answer.json()["type"].endswith("/duplicate-parameter")


@pytest.mark.parametrize(
    ("send", "status"),
    [
        ({"data": {"update": "CLEAR ALL"}}, 403),
        ({"content": "CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}}, 403),
        ({"content": "CLEAR ALL", "headers": DIRECT}, 403),
        ({"data": {"query": "DELETE WHERE { ?s ?p ?o }"}}, 403),
        ({"content": "ASK {}", "headers": {"Content-Type": "text/plain"}}, 415),
        ({"content": "ASK {}"}, 415),
        ({"content": b"ASK { ?s ?p '\xff' }", "headers": DIRECT}, 400),
        ({"content": "query=%FF", "headers": FORM}, 400),
        ({"content": "ASK {}", "headers": DIRECT, "params": {"query": "ASK {}"}}, 400),
        ({"data": {"qeury": "ASK {}"}}, 400),
        ({"data": {"format": "json"}}, 400),
        ({"content": "#" * ((1 << 20) + 1), "headers": DIRECT}, 413),
    ],
)
def test_a_post_that_is_no_query_is_refused(
    client: TestClient, send: dict[str, object], status: int
) -> None:
    answer = client.post("/sparql", **send)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_syntax_error_names_line_and_column(client: TestClient) -> None:
    problem = client.get("/sparql", params={"query": "SELECT *\nWHERE { ?s x:p ?o }"}).json()
    assert problem["status"] == 400
    assert (problem["line"], problem["column"]) == (2, 12)
    assert "x: is not declared" in problem["detail"]


@pytest.mark.parametrize(
    ("query", "status", "kind"),
    [
        (f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}", 503, "query-timeout"),
        ("SELECT * WHERE " + "{" * 6000 + "}" * 6000, 422, "query-budget"),
        (f"SELECT * {{ {PRODUCT} }}", 422, "result-too-large"),
        ("ASK { SERVICE <http://127.0.0.1/> {} }", 400, "unsupported-query"),
    ],
)
def test_a_query_that_goes_too_far_is_refused_and_the_next_is_answered(
    client: TestClient, query: str, status: int, kind: str
) -> None:
    answer = client.post("/sparql", content=query, headers=DIRECT)
    assert (answer.status_code, answer.json()["type"].rsplit("/", 1)[-1]) == (status, kind)
    assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


@pytest.mark.parametrize(
    "accept", ["*/*", "text/turtle", "application/ld+json", "application/rdf+xml;q=0.3"]
)
def test_without_a_query_the_service_is_described(client: TestClient, accept: str) -> None:
    answer = client.get("/sparql", headers={"Accept": accept})
    media_type = answer.headers["content-type"]
    quads = list(ox.parse(answer.content, format=ox.RdfFormat.from_media_type(media_type)))
    described = {quad.predicate.value.rsplit("#", 1)[-1]: quad.object for quad in quads}
    assert described["endpoint"] == ox.NamedNode("http://pledgegraph.test/sparql")
    assert "supportedLanguage" in described


def test_a_hostile_host_header_breaks_no_description(client: TestClient) -> None:
    answer = client.get("/sparql", headers={"Host": 'x"> <y', "Accept": "text/turtle"})
    assert answer.status_code == 200
    assert list(ox.parse(answer.content, format=ox.RdfFormat.TURTLE))


def test_a_browser_gets_a_form_with_queries_that_run(
    client: TestClient, browser: dict[str, str]
) -> None:
    answer = client.get("/sparql", headers=browser)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "<textarea" in answer.text
    assert answer.text.count("Run this query") == 3
    result = client.get("/sparql", params={"query": ROWS}, headers=browser)
    assert "<caption" in result.text
    assert "Acme &lt;script&gt;" in result.text
    assert "<script" not in result.text


@pytest.mark.parametrize("query", ["ASK {}", "DESCRIBE ?s { ?s ?p ?o }", ROWS])
def test_a_page_shows_every_form_of_result(client: TestClient, query: str) -> None:
    answer = client.get("/sparql", params={"query": query, "format": "html"})
    assert answer.status_code == 200
    assert "<h1>Result</h1>" in answer.text


def test_head_has_the_headers_of_get_and_no_body(client: TestClient) -> None:
    send = {"params": {"query": ROWS}, "headers": {"X-Request-Id": "one"}}
    head, get = client.head("/sparql", **send), client.get("/sparql", **send)  # type: ignore[arg-type]
    assert head.content == b""
    assert head.headers == get.headers


def test_options_names_the_methods(client: TestClient) -> None:
    answer = client.options("/sparql")
    assert answer.status_code == 204
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"


def test_other_origins_may_ask_without_credentials(client: TestClient) -> None:
    origin = {"Origin": "https://elsewhere.example"}
    answer = client.get("/sparql", params={"query": "ASK {}"}, headers=origin)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    asked = {"Access-Control-Request-Method": "POST"}
    assert client.options("/sparql", headers=origin | asked).status_code == 200


def test_the_answer_is_described_in_the_interface_document(client: TestClient) -> None:
    paths = json.loads(client.get("/openapi.json").content)["paths"]
    names = {parameter["name"] for parameter in paths["/sparql"]["get"]["parameters"]}
    assert names == {
        "query",
        "default-graph-uri",
        "named-graph-uri",
        "format",
        "output",
        "results",
    }
    assert "application/sparql-query" in paths["/sparql"]["post"]["requestBody"]["content"]
