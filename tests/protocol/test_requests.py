"""The real endpoint keeps to the protocol where the W3C's tests do not look."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from pledgegraph.api.app import create_app
from pledgegraph.api.settings import Settings
from pledgegraph.graph.build import build
from pledgegraph.graph.namespaces import GRAPH

ASK = "/sparql?query=ASK%7B%7D"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
SD = "http://www.w3.org/ns/sparql-service-description#"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, few_records: Path) -> Iterator[TestClient]:
    """A client of the real application with a release of our records."""
    home = tmp_path_factory.mktemp("home")
    build(few_records, home)
    with TestClient(
        create_app(Settings(home=home, workers=1)), "http://pledgegraph.test"
    ) as client:
        yield client


@pytest.mark.parametrize(
    ("content_type", "content", "status"),
    [
        (f"{DIRECT}; charset=utf-8", b"ASK {}", 200),
        (f"{DIRECT}; charset=UTF-8", b"ASK {}", 200),
        (f'{DIRECT}; charset="utf-8"', b"ASK {}", 200),
        (DIRECT.upper(), b"ASK {}", 200),
        (f"{FORM}; charset=UTF-8", b"query=ASK%7B%7D", 200),
        (f"{DIRECT}; charset=utf-16", "ASK {}".encode("utf-16"), 415),
        (f"{DIRECT}; charset=utf-16le", "ASK {}".encode("utf-16-le"), 415),
        (f"{DIRECT}; charset=latin-1", b"ASK {}", 415),
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("application/sparql-query-like", b"ASK {}", 415),
        ("", b"ASK {}", 415),
        (DIRECT, "ASK { ?s ?p 'ä' }".encode("latin-1"), 400),
        (FORM, b"", 400),
        (FORM, b"query=ASK%7B%7D&query=ASK%7B%7D", 400),
        (FORM, b"query=%E4", 400),
    ],
)
def test_a_body_is_read_as_what_it_says_it_is(
    real: TestClient, content_type: str, content: bytes, status: int
) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    answer = real.post("/sparql", content=content, headers=headers)
    assert answer.status_code == status, answer.text
    if status == 415:
        assert answer.headers["accept-post"] == f"{DIRECT}, {FORM}"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "PROPFIND", "TRACE"])
def test_other_methods_are_refused_with_those_there_are(real: TestClient, method: str) -> None:
    answer = real.request(method, ASK)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"


def test_options_tells_the_methods_whatever_the_address_asks(real: TestClient) -> None:
    for address in ("/sparql", ASK):
        answer = real.options(address)
        assert (answer.status_code, answer.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")


def test_every_page_may_ask_but_without_the_credentials_of_its_reader(real: TestClient) -> None:
    origin = {"Origin": "https://example.org"}
    answer = real.get(ASK, headers=origin)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    preflight = {"Access-Control-Request-Method": "POST"}
    asked = {"Access-Control-Request-Headers": "content-type"}
    answer = real.options("/sparql", headers=origin | preflight | asked)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    assert "POST" in answer.headers["access-control-allow-methods"]


def test_head_has_the_headers_of_get(real: TestClient) -> None:
    head, get = real.head(ASK), real.get(ASK)
    assert head.content == b""
    for name in ("content-type", "content-length", "etag", "vary", "x-content-type-options"):
        assert head.headers[name] == get.headers[name]


def test_a_known_tag_is_answered_before_any_work(real: TestClient, tmp_path: Path) -> None:
    class OnlyRelease:
        """An engine that can do nothing but tell its release, the one that `real` serves."""

        def release(self) -> int:
            return 1

    first = real.get(ASK)
    assert first.status_code == 200
    idle = TestClient(
        create_app(Settings(home=tmp_path), OnlyRelease()),  # type: ignore[arg-type]
        "http://pledgegraph.test",
    )
    for method in ("GET", "HEAD"):
        again = idle.request(method, ASK, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
        assert "Accept" in again.headers["vary"]


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        ("ASK {}", "text/csv, */*;q=0.1", "application/sparql-results+json"),
        ("ASK {}", "text/turtle, application/xml;q=0.2", "application/sparql-results+xml"),
        ("SELECT * {}", "text/turtle, text/csv;q=0.2", "text/csv; charset=utf-8"),
        ("SELECT * {}", "text/turtle;q=1, text/*;q=0.5", "text/csv; charset=utf-8"),
        ("SELECT * {}", "text/csv;q=0, text/*", "text/tab-separated-values; charset=utf-8"),
        ("CONSTRUCT {} {}", "text/csv, application/rdf+xml;q=0.3", "application/rdf+xml"),
        (
            "CONSTRUCT {} {}",
            "application/json;q=0.1, text/turtle;q=0.2",
            "text/turtle; charset=utf-8",
        ),
        ("SELECT * {}", 'text/csv;variant="excel"', "text/csv; variant=excel; charset=utf-8"),
        ("SELECT * {}", "text/csv;header=present", "text/csv; charset=utf-8"),
    ],
)
def test_the_best_liked_format_that_fits_the_form_of_the_query_is_sent(
    real: TestClient, query: str, accept: str, expected: str
) -> None:
    answer = real.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, expected)


def test_relative_names_are_resolved_against_the_service(real: TestClient) -> None:
    query = "SELECT (<ns> AS ?ns) {}"
    answer = real.get("/sparql", params={"query": query})
    assert (
        answer.json()["results"]["bindings"][0]["ns"]["value"] == "https://w3id.org/pledgegraph/ns"
    )


def test_the_service_description_tells_what_there_is(real: TestClient) -> None:
    answer = real.get("/sparql", headers={"Accept": "application/n-triples"})
    triples = [q.triple for q in ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES)]

    def values(name: str) -> set[str]:
        return {str(t.object.value) for t in triples if t.predicate.value == f"{SD}{name}"}

    listed = {item["id"] for item in real.get("/graphs").json()["items"]}
    assert listed
    assert values("name") == listed
    assert all(name.startswith(GRAPH) for name in values("name"))
    assert values("endpoint") == {"http://pledgegraph.test/sparql"}
    assert values("supportedLanguage") == {f"{SD}SPARQL11Query"}
    assert values("feature") == {f"{SD}EmptyGraphs"}
    assert len(values("resultFormat")) == 8
    assert values("inputFormat") == set()
    assert len(values("defaultDataset")) == len(values("defaultGraph")) == 1


def test_a_named_graph_of_the_description_can_be_asked_for(real: TestClient) -> None:
    answer = real.get("/sparql", headers={"Accept": "application/n-triples"})
    quads = list(ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES))
    name = min(q.object.value for q in quads if q.predicate.value == f"{SD}name")
    parameters = {"query": "ASK { ?s ?p ?o }", "default-graph-uri": name}
    assert real.get("/sparql", params=parameters).json()["boolean"] is True


@pytest.mark.parametrize("address", ["/sparql", "/queries/04-in-force"])
def test_the_variant_for_a_spreadsheet_is_had_by_its_name(real: TestClient, address: str) -> None:
    query = {"query": "SELECT ('=1+1' AS ?sum) {}"} if address == "/sparql" else {}
    answer = real.get(address, params={**query, "format": "csv-excel"})
    assert answer.headers["content-type"] == "text/csv; variant=excel; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    if query:
        assert answer.content == b"\xef\xbb\xbfsum\r\n'=1+1\r\n"


@pytest.mark.parametrize(
    ("query", "name"),
    [("SELECT ('\\u0001' AS ?x) {}", "xml"), ("CONSTRUCT { <a:s> <a:1> 1 } {}", "rdfxml")],
)
def test_a_result_that_xml_cannot_carry_is_refused_whole(
    real: TestClient, query: str, name: str
) -> None:
    answer = real.get("/sparql", params={"query": query, "format": name})
    assert (answer.status_code, answer.headers["content-type"]) == (406, "application/problem+json")
    assert answer.json()["type"].endswith("/unacceptable-result")
