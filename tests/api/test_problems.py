"""Every error is a documented problem, for programs and for people."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from pledgegraph.api import problems
from pledgegraph.api.app import create_app
from pledgegraph.api.settings import Settings
from pledgegraph.graph import errors
from pledgegraph.graph.budget import Allowance, Budget


def leaves(kind: type[errors.PledgeGraphError]) -> Iterator[type[errors.PledgeGraphError]]:
    below = kind.__subclasses__()
    for child in below:
        yield from leaves(child)
    if not below:
        yield kind


def every_error() -> Iterator[type[errors.PledgeGraphError]]:
    for value in vars(errors).values():
        if isinstance(value, type) and issubclass(value, errors.PledgeGraphError):
            yield value


def test_every_leaf_of_the_error_tree_has_a_status() -> None:
    assert set(leaves(errors.PledgeGraphError)) <= set(problems.STATUS)


def test_the_error_tree_is_drawn_at_the_top_of_its_file() -> None:
    drawn = errors.__doc__ or ""
    assert [error.__name__ for error in every_error() if error.__name__ not in drawn] == []


def test_every_type_of_problem_is_documented_where_its_type_leads(client: TestClient) -> None:
    kinds = problems.all_kinds()
    assert len({kind.title for kind in kinds.values()}) == len(kinds)
    for slug, kind in kinds.items():
        assert kind.iri == f"https://w3id.org/pledgegraph/problems/{slug}"
        page = client.get(f"/problems/{slug}")
        assert page.status_code == 200
        assert str(kind.status.value) in page.text
    assert client.get("/problems").text.count('class="term"') == len(kinds)


@pytest.mark.parametrize(
    ("method", "path", "status", "slug"),
    [
        ("GET", "/nothing-here", 404, "not-found"),
        ("GET", "/problems/nothing", 404, "not-found"),
        ("GET", "/doc/company/nobody", 404, "unknown-thing"),
        ("GET", "/sparql/", 404, "not-found"),
        ("DELETE", "/sparql", 405, "method-not-allowed"),
        ("GET", "/ns?format=docx", 406, "not-acceptable"),
        ("GET", "/sparql?query=ASK", 400, "query-syntax"),
        ("GET", "/sparql?query=%FF", 400, "bad-request"),
        ("GET", "/healthz?verbose=1", 400, "unknown-parameter"),
    ],
)
def test_a_problem_has_a_type_a_title_a_status_and_a_detail(
    client: TestClient, method: str, path: str, status: int, slug: str
) -> None:
    answer = client.request(method, path)
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (answer.status_code, problem["status"]) == (status, status)
    assert problem["type"] == f"https://w3id.org/pledgegraph/problems/{slug}"
    assert problem["title"]
    assert problem["detail"]
    assert problem["instance"] == path.partition("?")[0]


@pytest.mark.parametrize(
    "path", ["/nothing-here", "/doc/company/nobody", "/sparql?query=ASK", "/ns?frmat=ttl"]
)
def test_a_browser_gets_the_problem_as_a_page(
    client: TestClient, browser: dict[str, str], path: str
) -> None:
    answer = client.get(path, headers=browser)
    assert answer.status_code == client.get(path).status_code
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "About this type of problem" in answer.text


def test_a_mistyped_parameter_is_answered_with_the_nearest_one(client: TestClient) -> None:
    problem = client.get("/ns", params={"Fromat": "ttl"}).json()
    assert (problem["parameter"], problem["nearest"]) == ("Fromat", "format")
    assert "nearest" not in client.get("/ns", params={"zzz": "1"}).json()


def test_a_refused_method_is_answered_with_those_that_are_taken(client: TestClient) -> None:
    assert client.delete("/sparql").headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert client.post("/ns").headers["allow"] == "GET, HEAD"


def test_markup_in_a_request_is_not_markup_on_the_page(
    client: TestClient, browser: dict[str, str]
) -> None:
    answer = client.get("/ns", params={"<script>": "1"}, headers=browser)
    assert answer.status_code == 400
    assert "<script>" not in answer.text


class FailingEngine:
    """An engine with a fault, or one that is too busy."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def release(self) -> int:
        return 1

    def query(self, *_: Any, **__: Any) -> Any:
        raise self.error

    open = query

    def allowance(self) -> Allowance:
        return Budget().allowance()

    def close(self) -> None:
        pass


def test_a_busy_engine_says_when_to_come_back(settings: Settings) -> None:
    busy = FailingEngine(errors.EngineBusyError("the queue of queries is full"))
    client = TestClient(create_app(settings, busy))
    answer = client.get("/sparql", params={"query": "ASK {}"})
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert client.get("/readyz").json()["status"] == "busy"


def test_a_fault_of_ours_is_a_problem_that_tells_nothing_of_the_inside(
    settings: Settings,
) -> None:
    faulty = FailingEngine(ValueError("a secret of the inside"))
    client = TestClient(create_app(settings, faulty), raise_server_exceptions=False)
    answer = client.get("/sparql", params={"query": "ASK {}"})
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "secret" not in answer.text
