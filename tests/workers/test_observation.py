"""What the log and the numbers say of requests, and what they do not."""

import re
from collections.abc import Callable

import pytest
from prometheus_client.parser import text_string_to_metric_families

from .served import RUNAWAY, Served

HIDDEN = "SELECT ?secretOfTheWriter { ?secretOfTheWriter ?p ?o } LIMIT 1"


def test_each_request_is_one_line_without_its_query(serve: Callable[..., Served]) -> None:
    server = serve()
    server.ask(HIDDEN, **{"X-Request-Id": "mine-1"})
    server.client.get(f"{server.url}/sparql", params={"query": HIDDEN})
    server.client.get(f"{server.url}/sparql", params={"query": f"{HIDDEN} ?secretOfTheWriter"})
    server.client.get(f"{server.url}/secretOfTheWriter")
    server.client.head(f"{server.url}/ns")
    server.until(lambda: server.lines()[-1]["method"] == "HEAD")
    assert "secretOfTheWriter" not in server.log.read_text()
    asked, got, refused, unknown, head = server.lines()[-5:]
    assert asked["request_id"] == "mine-1"
    told = [asked[name] for name in ("method", "route", "status", "release")]
    assert told == ["POST", "/sparql", 200, 1]
    assert set(asked) == {
        "time", "method", "route", "status", "ms", "bytes", "release", "request_id",
    }  # fmt: skip
    assert (got["method"], got["bytes"]) == ("GET", asked["bytes"])
    assert refused["status"] == 400
    assert (unknown["route"], unknown["status"]) == ("none", 404)
    assert (head["method"], head["route"], head["bytes"]) == ("HEAD", "/ns", 0)


def test_queries_are_logged_only_if_a_setting_says_so(serve: Callable[..., Served]) -> None:
    server = serve(log_queries=True)
    server.ask(HIDDEN)
    server.until(lambda: server.lines()[-1].get("query") == HIDDEN)


def test_nothing_is_logged_if_a_setting_says_so(serve: Callable[..., Served]) -> None:
    server = serve(log_requests=False)
    server.ask(HIDDEN)
    assert server.lines() == []


@pytest.mark.parametrize("given", ["x y", "a" * 65, 'a"b', ""])
def test_a_request_id_that_is_no_plain_word_is_replaced(
    serve: Callable[..., Served], given: str
) -> None:
    answer = serve().ask("ASK {}", **{"X-Request-Id": given})
    assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["x-request-id"])


def test_the_numbers_are_in_the_format_of_prometheus(serve: Callable[..., Served]) -> None:
    server = serve(query_deadline_seconds=0.5)
    server.ask("ASK {}")
    server.ask("ASK {}")
    server.ask(RUNAWAY)
    answer = server.client.get(f"{server.url}/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert answer.headers["cache-control"] == "no-store"
    families = {family.name for family in text_string_to_metric_families(answer.text)}
    assert {"pledgegraph_requests", "pledgegraph_request_seconds"} <= families
    found = server.metrics()
    assert found['pledgegraph_requests_total{route="/sparql",status="200"}'] == 2
    assert found['pledgegraph_request_seconds_count{route="/sparql"}'] == 3
    assert found['pledgegraph_kills_total{reason="deadline"}'] == 1
    assert found["pledgegraph_cache_hits_total"] == 1
    assert found["pledgegraph_release"] == 1


def test_what_changes_is_not_answered_from_memory(serve: Callable[..., Served]) -> None:
    server = serve()
    assert len({server.ask("SELECT (RAND() AS ?n) {}").text for _ in range(3)}) == 3
    assert len({server.ask("SELECT (STRUUID() AS ?n) {}").text for _ in range(3)}) == 3
    answers = {server.ask("SELECT (1 AS ?n) {}", Accept=kind).text for kind in ("text/csv", "*/*")}
    assert len(answers) == 2
    assert server.metrics()["pledgegraph_cache_hits_total"] == 0


def test_an_answer_that_was_not_sent_again_counts_for_its_address(
    serve: Callable[..., Served],
) -> None:
    server = serve()
    asked = {"query": "ASK {}"}
    tag = server.client.get(f"{server.url}/sparql", params=asked).headers["etag"]
    for _ in range(2):
        again = server.client.get(
            f"{server.url}/sparql", params=asked, headers={"If-None-Match": tag}
        )
        assert again.status_code == 304
    assert server.metrics()['pledgegraph_requests_total{route="/sparql",status="304"}'] == 2
