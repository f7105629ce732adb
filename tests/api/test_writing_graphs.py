"""Source graphs written over HTTP: how, and what is refused."""

import gzip
import threading
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from pledgegraph.api import graphs
from pledgegraph.graph import errors
from pledgegraph.graph.release import releases

from .writers import ADDRESS, GRAPH_IRI, MORE, REFUSED, SOURCE, TURTLE

SH = "http://www.w3.org/ns/shacl#"


def kind(answer: Any) -> str:
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return str(answer.json()["type"].rsplit("/", 1)[-1])


def put(writer: TestClient, text: str = SOURCE, address: str = ADDRESS, **headers: str) -> Any:
    return writer.put(address, content=text, headers={**TURTLE, **headers})


def test_a_new_graph_is_created_and_sent_as_it_was_written(writer: TestClient) -> None:
    answer = put(writer)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["graph"], told["result"], told["dryRun"]) == (GRAPH_IRI, "created", False)
    assert (told["release"], told["added"], told["removed"]) == (2, 5, 0)
    assert answer.headers["location"].startswith("/graphs?graph=https%3A//w3id.org/")
    assert "Acme news" in writer.get(answer.headers["location"]).text
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


def test_what_was_written_is_asserted_and_answers_queries(writer: TestClient) -> None:
    put(writer)
    assert writer.get("/sources/acme-news-2026-01-15").status_code == 200
    query = 'SELECT ?s { ?s <https://schema.org/name> "Acme news"@en }'
    assert "acme-news" in writer.get("/sparql", params={"query": query}).text


def test_put_replaces_and_post_adds(writer: TestClient) -> None:
    put(writer)
    added = writer.post(ADDRESS, content=MORE, headers=TURTLE)
    assert (added.status_code, added.json()["result"]) == (200, "merged")
    assert (added.json()["added"], added.json()["removed"]) == (1, 0)
    replaced = put(writer)
    assert (replaced.status_code, replaced.json()["result"]) == (200, "replaced")
    assert (replaced.json()["added"], replaced.json()["removed"]) == (0, 1)


def test_the_same_again_makes_no_release(writer: TestClient, home: Path) -> None:
    put(writer)
    again = put(writer).json()
    assert (again["result"], again["release"]) == ("unchanged", 2)
    assert len(releases(home)) == 2


def test_delete_removes_and_a_second_one_finds_nothing(writer: TestClient) -> None:
    put(writer)
    gone = writer.delete(ADDRESS)
    assert (gone.status_code, gone.json()["result"], gone.json()["removed"]) == (200, "removed", 5)
    assert kind(writer.get(ADDRESS)) == "unknown-graph"
    again = writer.delete(ADDRESS)
    assert (again.status_code, kind(again)) == (404, "unknown-graph")


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_a_dry_run_says_what_would_happen_and_publishes_nothing(
    writer: TestClient, home: Path, method: str
) -> None:
    if method == "DELETE":
        put(writer)
    count = len(releases(home))
    address = f"{ADDRESS}&dry-run=true"
    content = None if method == "DELETE" else SOURCE
    answer = writer.request(method, address, content=content, headers=TURTLE)
    told = answer.json()
    assert (answer.status_code, told["dryRun"], told["release"]) == (200, True, None)
    assert told["removed" if method == "DELETE" else "added"] == 5
    assert len(releases(home)) == count


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}&dry-run=true"])
def test_what_the_shapes_refuse_is_told_in_plain_words(
    writer: TestClient, home: Path, address: str
) -> None:
    answer = put(writer, SOURCE + REFUSED, address)
    assert (answer.status_code, kind(answer)) == (422, "data-refused")
    problem = answer.json()
    assert "moreViolations" not in problem
    broken = {one["rule"]: one for one in problem["violations"]}
    assert broken["Pledge-pledgor"]["focus"].endswith("/pledge/nobody-2026")
    assert "add pg:pledgor" in broken["Pledge-pledgor"]["message"]
    assert broken["Pledge-pledgor"]["severity"] == "violation"
    assert len(releases(home)) == 1


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/rdf+xml"])
def test_who_likes_rdf_better_gets_the_shacl_report(writer: TestClient, accept: str) -> None:
    answer = put(writer, SOURCE + REFUSED, Accept=accept)
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith(accept)
    assert "ValidationReport" in answer.text


def test_a_long_list_of_violations_is_cut_and_says_so(writer: TestClient) -> None:
    many = "".join(REFUSED.replace("nobody", f"nobody-{number}") for number in range(60))
    problem = put(writer, SOURCE + many).json()
    assert len(problem["violations"]) == 100
    assert problem["moreViolations"] > 0
    assert str(100 + problem["moreViolations"]) in problem["detail"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If-None-Match": "*"}, 412),
        ({"If-Match": '"other"'}, 412),
        ({"If-Match": "*"}, 200),
        ({"If-None-Match": '"other"'}, 200),
    ],
)
def test_a_write_over_something_else_than_is_expected_is_refused(
    writer: TestClient, headers: dict[str, str], status: int
) -> None:
    put(writer)
    answer = put(writer, SOURCE + MORE, **headers)
    assert answer.status_code == status
    if status == 412:
        assert kind(answer) == "precondition-failed"


def test_the_tag_of_any_format_or_answer_guards_against_a_lost_update(writer: TestClient) -> None:
    told = put(writer).json()["etag"]
    read = writer.get(ADDRESS, headers={"Accept": "application/ld+json"}).headers["etag"]
    assert read != writer.get(ADDRESS, headers={"Accept": "text/turtle"}).headers["etag"]
    listed = writer.get("/graphs").json()["items"]
    assert told in [item["etag"] for item in listed]
    assert put(writer, SOURCE + MORE, **{"If-Match": read}).status_code == 200
    assert put(writer, SOURCE, **{"If-Match": told}).status_code == 412
    assert writer.delete(ADDRESS, headers={"If-Match": told}).status_code == 412


def test_a_graph_that_is_not_there_meets_no_if_match(writer: TestClient) -> None:
    assert put(writer, **{"If-Match": "*"}).status_code == 412
    assert put(writer, **{"If-None-Match": "*"}).status_code == 201


def test_an_unchanged_graph_is_not_sent_again(writer: TestClient) -> None:
    put(writer)
    tag = writer.get(ADDRESS).headers["etag"]
    again = writer.get(ADDRESS, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    put(writer, SOURCE + MORE)
    assert writer.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 200


def test_head_says_what_get_says_without_a_body(writer: TestClient) -> None:
    put(writer)
    head, get = writer.head(ADDRESS), writer.get(ADDRESS)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == get.headers["etag"]


def test_the_list_names_every_source_graph(writer: TestClient) -> None:
    items = writer.get("/graphs").json()["items"]
    assert [item["id"].rsplit("/", 1)[-1] for item in items][:1] == [
        "aclu-2021-05-18-extended-moratorium"
    ]
    assert all(item["triples"] > 0 and item["origin"] == "build" for item in items)


@pytest.mark.parametrize(
    ("media_type", "slug"),
    [
        ("application/trig", "unsupported-media-type"),
        ("application/n-quads", "unsupported-media-type"),
        ("", "unsupported-media-type"),
        ("text/turtle; charset=latin-1", "unsupported-media-type"),
    ],
)
def test_a_body_of_another_kind_is_refused_naming_those_that_are_taken(
    writer: TestClient, media_type: str, slug: str
) -> None:
    for method, field in (("PUT", "accept"), ("POST", "accept-post")):
        answer = writer.request(
            method, ADDRESS, content=SOURCE, headers={"Content-Type": media_type}
        )
        assert (answer.status_code, kind(answer)) == (415, slug)
        assert "text/turtle" in answer.headers[field]


def test_a_mistake_in_a_body_is_named_by_line_and_column(writer: TestClient) -> None:
    answer = put(writer, "\n<a> <b> 'c'@@ .")
    assert (answer.status_code, kind(answer)) == (400, "rdf-syntax")
    assert answer.json()["line"] == 2
    assert answer.json()["column"] > 1


def test_a_body_beyond_the_limit_is_refused(writer: TestClient, home: Path) -> None:
    answer = put(writer, "#" * (1 << 20) + SOURCE)
    assert (answer.status_code, kind(answer)) == (413, "content-too-large")
    assert answer.json()["limit"] == 1 << 20
    assert len(releases(home)) == 1


def test_a_packed_body_is_unpacked_within_the_limit(writer: TestClient) -> None:
    headers = {**TURTLE, "Content-Encoding": "gzip"}
    packed = gzip.compress(SOURCE.encode())
    assert writer.put(ADDRESS, content=packed, headers=headers).status_code == 201
    bomb = gzip.compress(b"#" * (64 << 20))
    assert writer.put(ADDRESS, content=bomb, headers=headers).status_code == 413
    for broken in (packed[:-5], packed + b"x", b"no gzip"):
        assert kind(writer.put(ADDRESS, content=broken, headers=headers)) == "bad-request"
    headers["Content-Encoding"] = "br"
    answer = writer.put(ADDRESS, content=packed, headers=headers)
    assert (answer.status_code, answer.headers["accept-encoding"]) == (415, "gzip")


@pytest.mark.parametrize(
    "iri",
    [
        "https://w3id.org/pledgegraph/graph/derived",
        "https://w3id.org/pledgegraph/graph/asserted",
        "https://w3id.org/pledgegraph/graph/",
        "https://w3id.org/pledgegraph/graph/../x",
        "https://w3id.org/pledgegraph/graph/a%2Fb",
        "https://w3id.org/pledgegraph/graph/UPPER",
        "https://elsewhere.example/graph/x",
        "x",
        "",
    ],
)
def test_a_name_that_no_source_graph_can_have_is_refused(writer: TestClient, iri: str) -> None:
    for method in ("PUT", "POST", "DELETE", "GET"):
        answer = writer.request(method, "/graphs", params={"graph": iri}, headers=TURTLE)
        assert (answer.status_code, kind(answer)) == (400, "graph-name")


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("", "invalid-parameter"),
        ("?default", "unknown-parameter"),
        (f"?graph={GRAPH_IRI}&dryrun=true", "unknown-parameter"),
        (f"?graph={GRAPH_IRI}&dry-run=perhaps", "invalid-parameter"),
        (f"?graph={GRAPH_IRI}&graph={GRAPH_IRI}", "duplicate-parameter"),
    ],
)
def test_a_mistyped_request_writes_nothing(
    writer: TestClient, home: Path, query: str, slug: str
) -> None:
    answer = put(writer, SOURCE, f"/graphs{query}")
    assert (answer.status_code, kind(answer)) == (400, slug)
    assert len(releases(home)) == 1


def test_blank_nodes_are_refused(writer: TestClient) -> None:
    answer = put(writer, f"{SOURCE} [] a pg:Pledge .")
    assert (answer.status_code, kind(answer)) == (422, "blank-node")


def test_a_full_disk_refuses_the_write_and_the_server_goes_on(
    writer: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise errors.StorageError("the disk is full: nothing was published")

    with monkeypatch.context() as patch:
        patch.setattr("pledgegraph.api.writes.write", full)
        answer = put(writer)
    assert (answer.status_code, kind(answer)) == (507, "storage")
    assert writer.get("/sources").status_code == 200
    assert put(writer).status_code == 201


def test_the_second_of_two_writers_is_told_to_come_back(
    writer: TestClient, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, may_end = threading.Event(), threading.Event()

    def slow(*_: Any, **__: Any) -> Any:
        started.set()
        may_end.wait(10)
        raise errors.StorageError("the first one ends")

    monkeypatch.setattr("pledgegraph.api.writes.write", slow)
    first = threading.Thread(target=put, args=(writer,))
    first.start()
    started.wait(10)
    second = put(writer)
    may_end.set()
    first.join(10)
    assert (second.status_code, kind(second)) == (503, "home-busy")
    assert int(second.headers["retry-after"]) > 0
    assert len(releases(home)) == 1


def test_pages_of_other_hosts_may_write_with_a_token_and_without_cookies(
    writer: TestClient,
) -> None:
    headers = {
        "Origin": "https://editor.example",
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "authorization, content-type",
    }
    answer = writer.options("/graphs", headers=headers)
    assert answer.status_code == 200
    assert {"PUT", "DELETE"} <= set(
        answer.headers["access-control-allow-methods"].replace(" ", "").split(",")
    )
    assert "authorization" in answer.headers["access-control-allow-headers"].lower()
    assert "access-control-allow-credentials" not in answer.headers


def test_nothing_is_built_on_a_damaged_release(writer: TestClient, home: Path) -> None:
    put(writer)
    newest = releases(home)[-1]
    table = next(p for p in newest.store_path.glob("*.sst") if p.stat().st_nlink == 1)
    data = bytearray(table.read_bytes())
    data[len(data) // 2] ^= 1
    table.write_bytes(data)
    answer = writer.post(ADDRESS, content=MORE, headers=TURTLE)
    assert (answer.status_code, kind(answer)) == (503, "damaged-release")
    assert "rebuild" in answer.json()["detail"]
    assert writer.get("/readyz").json()["release"] == 1
    assert releases(home)[-1] == newest


def test_a_large_graph_is_sent_from_its_text_and_in_no_form_that_takes_memory(
    writer: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(writer)
    small = writer.get(ADDRESS, headers={"Accept": "application/n-triples"}).text
    monkeypatch.setattr(graphs, "WRITTEN_WHOLE", 1)
    for form in ("application/n-triples", "text/turtle"):
        large = writer.get(ADDRESS, headers={"Accept": form})
        assert large.headers["content-type"].startswith(form)
        assert sorted(large.text.splitlines()) == sorted(small.splitlines())
    refused = writer.get(ADDRESS, headers={"Accept": "application/ld+json"})
    assert (refused.status_code, kind(refused)) == (406, "not-acceptable")
    assert "application/n-triples" in refused.json()["available"]
