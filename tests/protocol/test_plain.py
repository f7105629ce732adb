"""`serve --plain` serves an empty store on loopback, says so, and is written to by token only."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from pydantic import SecretStr

from pledgegraph.api.plain.app import create_plain_app
from pledgegraph.api.settings import Settings

from .served import PLEDGEGRAPH, TOKEN, PlainServer

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference.md"
TURTLE = {"content-type": "text/turtle"}
RUNAWAY = " . ".join(f"?a{i} ?b{i} ?c{i}" for i in range(9))


@pytest.fixture(autouse=True)
def emptied(plain: PlainServer) -> None:
    plain.is_empty = False
    plain.empty()


@pytest.fixture(scope="module")
def stranger(plain: PlainServer) -> Iterator[httpx.Client]:
    """A client without a token."""
    with httpx.Client(base_url=plain.address, timeout=60) as client:
        yield client


def count(plain: PlainServer) -> int:
    query = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    answer = plain.client.get("/sparql", params={"query": query})
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def refused(home: Path, *options: str, token: str = TOKEN) -> str:
    """Return what a plain server that may not start says."""
    done = subprocess.run(
        [PLEDGEGRAPH, "serve", "--plain", "--port", "0", "--home", home, *options],
        env={**os.environ, "PLEDGEGRAPH_WRITE_TOKEN": token, "COLUMNS": "400"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert done.stdout == ""
    return done.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org"])  # noqa: S104
def test_it_serves_on_no_other_address_than_loopback(tmp_path: Path, host: str) -> None:
    assert f"loopback only, not on {host}" in refused(tmp_path, "--host", host)


def test_it_does_not_start_on_a_home_that_holds_a_release(tmp_path: Path) -> None:
    (tmp_path / "releases" / "000001").mkdir(parents=True)
    assert "holds one" in refused(tmp_path)


def test_it_does_not_start_without_a_token(tmp_path: Path) -> None:
    assert "PLEDGEGRAPH_WRITE_TOKEN" in refused(tmp_path, token="")


def test_it_says_at_start_and_at_its_address_that_nothing_is_validated(
    plain: PlainServer, stranger: httpx.Client
) -> None:
    assert "nothing in it is validated" in plain.said
    assert "nothing in it is validated" in stranger.get("/").text


def test_every_address_is_documented(tmp_path: Path) -> None:
    token = SecretStr(TOKEN)
    app = create_plain_app(Settings(home=tmp_path, write_token=token))
    app.state.store.close()
    section = REFERENCE.read_text("utf-8").split("## A plain server")[1].split("\n## ")[0]
    paths = {getattr(route, "path", "").replace(":path}", "}") for route in app.routes}
    paths |= {path.replace(":path}", "}") for path in app.openapi()["paths"]}
    assert len(paths - {""}) >= 6
    assert [path for path in paths if path and f"`{path}`" not in section] == []


def test_it_begins_empty_and_keeps_nothing(plain: PlainServer) -> None:
    assert count(plain) == 0
    assert plain.client.get("/graphs").json() == {"items": []}


def test_it_takes_what_no_shape_allows(plain: PlainServer) -> None:
    body = "[] a <https://w3id.org/pledgegraph/ns#Pledge> ."
    plain.client.put("/graphs?default", content=body, headers=TURTLE).raise_for_status()
    assert count(plain) == 1


WRITES = [
    ("POST", "/update", {"content-type": "application/sparql-update"}, "CLEAR ALL"),
    ("PUT", "/graphs?default", TURTLE, ""),
    ("POST", "/graphs?graph=http://e/g", TURTLE, ""),
    ("POST", "/graphs", TURTLE, ""),
    ("DELETE", "/graphs?default", {}, ""),
    ("PUT", "/graphs/g", TURTLE, ""),
    ("POST", "/graphs/g", TURTLE, ""),
    ("DELETE", "/graphs/g", {}, ""),
]


@pytest.mark.parametrize(("method", "target", "headers", "body"), WRITES)
@pytest.mark.parametrize("credentials", [None, "Bearer wrong", "Bearer", "Basic eDp5", "{token}"])
def test_no_write_passes_without_the_token(
    stranger: httpx.Client,
    plain: PlainServer,
    method: str,
    target: str,
    headers: dict[str, str],
    body: str,
    credentials: str | None,
) -> None:
    given = {} if credentials is None else {"Authorization": credentials.replace("{token}", TOKEN)}
    answer = stranger.request(method, target, headers=headers | given, content=body)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert plain.client.get("/graphs").json() == {"items": []}


def test_reading_is_open(stranger: httpx.Client) -> None:
    assert stranger.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
    assert stranger.get("/graphs?default").status_code == 200
    assert stranger.get("/graphs").status_code == 200


@pytest.mark.parametrize("target", ["/graphs?default", "/graphs/g", "/sparql", "/update"])
def test_patch_is_refused_with_what_there_is(plain: PlainServer, target: str) -> None:
    answer = plain.client.patch(target, content=b"")
    assert answer.status_code == 405
    assert "PATCH" not in answer.headers["allow"]
    allowed = plain.client.options(target)
    assert (allowed.status_code, allowed.headers["allow"]) == (204, answer.headers["allow"])


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://127.0.0.1:1/>",
        "LOAD <file:///etc/passwd>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    ],
)
def test_no_update_reaches_other_hosts_or_files(plain: PlainServer, text: str) -> None:
    answer = plain.client.post("/update", data={"update": text})
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (
        400,
        "unsupported-query",
    )
    assert " is refused: " in answer.json()["detail"]
    assert count(plain) == 0


def test_a_silent_load_does_nothing(plain: PlainServer) -> None:
    text = "LOAD SILENT <file:///etc/hostname> ; LOAD SILENT <http://127.0.0.1:1/>"
    assert plain.client.post("/update", data={"update": text}).status_code == 204
    assert count(plain) == 0


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("/sparql", "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p } }"),
        ("/update", "LOAD <http://127.0.0.1:1/> INTO <http://e/g>"),
        ("/update", "CLEAR GRAPH <http://e/x> LOAD <http://127.0.0.1:1/>"),
    ],
)
def test_a_mistake_in_the_syntax_is_named_before_anything_else(
    plain: PlainServer, address: str, text: str
) -> None:
    name = "query" if address == "/sparql" else "update"
    answer = plain.client.post(address, data={name: text})
    assert answer.status_code == 400
    assert answer.json()["type"].endswith("/query-syntax")


def test_an_update_is_made_wholly_or_not_at_all(plain: PlainServer) -> None:
    text = "INSERT DATA { <http://e/s> <http://e/p> 1 } ; CREATE GRAPH <http://e/g> ; "
    answer = plain.client.post("/update", data={"update": text + "CREATE GRAPH <http://e/g>"})
    assert answer.status_code == 400
    assert count(plain) == 0


def test_a_text_with_a_mistake_changes_nothing(plain: PlainServer) -> None:
    plain.client.put("/graphs/g", content="<s> <p> 1 .", headers=TURTLE).raise_for_status()
    answer = plain.client.put("/graphs/g", content="<s> <p> 2 .\n<s> <p>", headers=TURTLE)
    assert answer.status_code == 400
    assert answer.json()["line"] == 2
    assert "1" in plain.client.get("/graphs/g").text


@pytest.mark.parametrize(
    "target", ["/graphs?graph=nonsense", "/graphs?graph=", "/graphs?graph=http://e/g&default"]
)
def test_what_names_no_graph_is_refused(plain: PlainServer, target: str) -> None:
    assert plain.client.get(target).status_code == 400
    assert plain.client.put(target, content="", headers=TURTLE).status_code == 400


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("INSERT DATA { <s> <p> <o> }", 204),
        ("DELETE { ?s ?p ?o } INSERT { ?s ?p 2 } WHERE { ?s ?p ?o }", 204),
        ("DELETE WHERE { ?s ?p ?o }", 204),
        ("DELETE WHERE { GRAPH <http://e/1> { ?s ?p ?o } } ; CLEAR DEFAULT", 204),
        ("WITH <http://e/1> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", 400),
        ("INSERT { ?s ?p 2 } USING <http://e/1> WHERE { ?s ?p ?o }", 400),
        ("INSERT { ?s ?p 'WITH' } WHERE { ?s ?p ?o } # USING", 204),
        ("PREFIX with: <http://e/> INSERT { ?s with:p 2 } WHERE { ?s ?with ?o }", 204),
    ],
)
def test_a_dataset_is_taken_from_one_place_only(plain: PlainServer, text: str, status: int) -> None:
    parameters = {"using-graph-uri": "http://e/1"}
    answer = plain.client.post("/update", data={"update": text, **parameters})
    assert answer.status_code == status, answer.text


def test_the_graphs_of_a_request_are_what_its_update_matches(plain: PlainServer) -> None:
    for number in (1, 2):
        content = f"<http://e/{number}> <http://e/p> {number} ."
        graph = {"graph": f"http://e/{number}"}
        plain.client.put("/graphs", params=graph, content=content, headers=TURTLE)
    text = "DELETE { GRAPH <http://e/1> { ?s ?p ?o } } INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    parameters = {"using-graph-uri": "http://e/1"}
    plain.client.post("/update", data={"update": text}, params=parameters).raise_for_status()
    assert "<http://e/1>" in plain.client.get("/graphs?default").text
    assert plain.client.get("/graphs", params={"graph": "http://e/1"}).text.strip() == ""
    assert "2" in plain.client.get("/graphs", params={"graph": "http://e/2"}).text


@pytest.mark.parametrize(
    ("content_type", "content", "status"),
    [
        ("multipart/form-data", b"", 400),
        ("multipart/form-data; boundary=x", b"", 400),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n<s> <p> 1 .\r\n--x--", 415),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Type: text/turtle\r\n\r\n<s>", 400),
        ("text/turtle; charset=latin-1", "<s> <p> 'ä' .".encode("latin-1"), 415),
        ("text/turtle", "<s> <p> 'ä' .".encode("latin-1"), 400),
        ("text/n3", b"<s> <p> 1 .", 415),
        ("application/trig", b"<g> { <s> <p> 1 }", 415),
        ("application/ld+json", b'{"@context": "http://127.0.0.1:1/", "a": "b"}', 400),
        ("application/rdf+xml", b'<!DOCTYPE a [<!ENTITY e SYSTEM "/etc/passwd">]><a>&e;</a>', 400),
    ],
)
def test_a_text_that_is_not_what_it_says_is_refused(
    plain: PlainServer, content_type: str, content: bytes, status: int
) -> None:
    headers = {"Content-Type": content_type}
    answer = plain.client.post("/graphs?default", content=content, headers=headers)
    assert answer.status_code == status, answer.text
    assert count(plain) == 0


def test_an_update_may_be_as_large_as_a_write(plain: PlainServer) -> None:
    triples = "".join(f"<http://e/{number}> <http://e/p> {number} . " for number in range(40_000))
    text = f"INSERT DATA {{ {triples} }}"
    assert len(text) > 1 << 20
    assert plain.client.post("/update", data={"update": text}).status_code == 204
    assert count(plain) == 40_000


def test_blank_nodes_of_two_texts_are_not_the_same(plain: PlainServer) -> None:
    for _ in range(2):
        plain.client.post("/graphs?default", content="_:b <http://e/p> 1 .", headers=TURTLE)
    assert count(plain) == 2


def test_a_change_makes_the_tag_another(plain: PlainServer) -> None:
    target = "/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D"
    first = plain.client.get(target)
    same = plain.client.get(target, headers={"If-None-Match": first.headers["etag"]})
    assert same.status_code == 304
    plain.client.put("/graphs?default", content="<s> <p> 1 .", headers=TURTLE)
    other = plain.client.get(target, headers={"If-None-Match": first.headers["etag"]})
    assert (other.status_code, other.json()["boolean"]) == (200, True)


def test_a_browser_gets_no_page_of_what_is_not_here(plain: PlainServer) -> None:
    accept = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    assert plain.client.get("/nothing", headers=accept).json()["status"] == 404
    answer = plain.client.get("/sparql?query=ASK%7B%7D", headers=accept)
    assert answer.headers["content-type"] == "application/sparql-results+json"


def test_what_runs_away_is_stopped_and_nothing_is_lost(tmp_path: Path) -> None:
    environment = {"PLEDGEGRAPH_QUERY_DEADLINE_SECONDS": "1"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        server = PlainServer(tmp_path)
    with server:
        data = "".join(f"<http://e/{n}> <http://e/p> {n} .\n" for n in range(50))
        server.client.put("/graphs?default", content=data, headers=TURTLE).raise_for_status()
        start = time.monotonic()
        update = f"DELETE {{ ?a0 ?b0 ?c0 }} INSERT {{ ?a0 ?b0 ?a1 }} WHERE {{ {RUNAWAY} }}"
        for address, asked in (
            ("/update", {"update": update}),
            ("/sparql", {"query": f"SELECT (COUNT(*) AS ?n) {{ {RUNAWAY} }}"}),
        ):
            answer = server.client.post(address, data=asked)
            assert answer.status_code == 503
            assert answer.json()["type"].endswith("/query-timeout")
        assert time.monotonic() - start < 20
        assert count(server) == 50


def test_a_query_that_breaks_the_parser_breaks_nothing_else(plain: PlainServer) -> None:
    plain.client.put("/graphs?default", content="<s> <p> 1 .", headers=TURTLE)
    for address, name in (("/sparql", "query"), ("/update", "update")):
        answer = plain.client.post(address, data={name: "ASK " + "{" * 50_000})
        assert answer.status_code in (400, 503)
    assert count(plain) == 1


def test_nothing_is_left_running_when_it_ends(tmp_path: Path) -> None:
    others = descendants()
    with PlainServer(tmp_path) as server:
        for number in range(3):
            text = f"INSERT DATA {{ <http://e/{number}> <http://e/p> 1 }}"
            server.client.post("/update", data={"update": text}).raise_for_status()
        group = descendants() - others
        assert len(group) == 1
    deadline = time.monotonic() + 10
    while descendants() & group and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not descendants() & group


def descendants() -> set[int]:
    """The processes that keep scratch stores."""
    found = set()
    for path in Path("/proc").glob("[0-9]*"):
        try:
            command = (path / "cmdline").read_bytes()
        except OSError:
            continue
        if b"pledgegraph.graph.scratch.keeper" in command:
            found.add(int(path.name))
    return found


def test_results_hold_what_was_sent(plain: PlainServer) -> None:
    plain.client.put("/graphs/g", content="<s> <p> 'ä', 'b'@de .", headers=TURTLE)
    answer = plain.client.get("/graphs/g", headers={"Accept": "application/n-triples"})
    values = {quad.object for quad in ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES)}
    assert values == {ox.Literal("ä"), ox.Literal("b", language="de")}
