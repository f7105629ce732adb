"""Who may write: tokens by scope, until they end, and nobody else."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from pledgegraph.api import tokens
from pledgegraph.api.tokens import Scope
from pledgegraph.graph.namespaces import GRAPH
from pledgegraph.graph.release import releases

from .writers import ADDRESS, SECRET, SOURCE, TURTLE

LATER = datetime(2990, 1, 1, tzinfo=UTC)
WRITES = [("PUT", ADDRESS), ("POST", ADDRESS), ("DELETE", ADDRESS), ("POST", "/records")]


def ask(writer: TestClient, secret: str | None, method: str = "PUT", path: str = ADDRESS) -> Any:
    """Ask for a write that changes nothing, with a token or none."""
    headers = {**TURTLE, "Authorization": "" if secret is None else f"Bearer {secret}"}
    address = f"{path}{'&' if '?' in path else '?'}dry-run=true"
    return writer.request(method, address, content=SOURCE, headers=headers)


@pytest.mark.parametrize(("method", "path"), WRITES)
@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer ", f"Basic {SECRET}"])
def test_without_a_token_nothing_is_written(
    writer: TestClient, home: Path, method: str, path: str, authorization: str | None
) -> None:
    del writer.headers["authorization"]
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = writer.request(method, path, content=SOURCE, headers={**TURTLE, **headers})
    assert answer.status_code == 401
    assert answer.json()["type"].endswith("/missing-token")
    assert answer.headers["www-authenticate"] == 'Bearer realm="pledgegraph"'
    assert len(releases(home)) == 1


def test_reading_needs_no_token(writer: TestClient) -> None:
    del writer.headers["authorization"]
    assert writer.get("/graphs").status_code == 200
    assert writer.get("/graphs", headers={"Authorization": "Bearer wrong"}).status_code == 200


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_an_unknown_a_revoked_and_an_expired_token_get_the_same_answer(
    writer: TestClient, home: Path, method: str, path: str
) -> None:
    now = datetime.now(UTC)
    _, expired = tokens.create(home, Scope, now - timedelta(seconds=1))
    token, revoked = tokens.create(home, Scope, LATER)
    tokens.revoke(home, token.id)
    secrets = ["pgw_unknown", expired, revoked, SECRET[:-1], f"{SECRET}x", token.digest]
    answers = [ask(writer, secret, method, path) for secret in secrets]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1
    challenges = {answer.headers["www-authenticate"] for answer in answers}
    assert len(challenges) == 1
    assert 'error="invalid_token"' in challenges.pop()


@pytest.mark.parametrize("wrong", ["é", "\x80", "a" * 5000])
def test_a_token_of_any_form_is_refused_in_order(writer: TestClient, wrong: str) -> None:
    headers = {**TURTLE, "Authorization": b"Bearer " + wrong.encode("latin-1")}
    assert writer.put(ADDRESS, content=SOURCE, headers=headers).status_code == 401  # type: ignore[arg-type]


def test_a_token_works_until_it_is_revoked(writer: TestClient, home: Path) -> None:
    token, secret = tokens.create(home, [Scope.GRAPHS], LATER)
    assert ask(writer, secret).status_code == 200
    tokens.revoke(home, token.id)
    assert ask(writer, secret).status_code == 401


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_a_token_of_another_scope_is_refused_naming_the_one_it_needs(
    writer: TestClient, home: Path, method: str, path: str
) -> None:
    other = Scope.RECORDS if path.startswith("/graphs") else Scope.GRAPHS
    _, secret = tokens.create(home, [other], LATER)
    answer = ask(writer, secret, method, path)
    assert answer.status_code == 403
    assert answer.json()["type"].endswith("/insufficient-scope")
    assert answer.json()["scope"] in ("records", "graphs")
    assert answer.json()["scope"] != other
    assert 'error="insufficient_scope"' in answer.headers["www-authenticate"]


def test_a_token_may_be_limited_to_sources_whose_name_begins_so(
    writer: TestClient, home: Path
) -> None:
    _, secret = tokens.create(home, Scope, LATER, prefix="acme-")
    assert ask(writer, secret).status_code == 200
    answer = ask(writer, secret, path=f"/graphs?graph={GRAPH}other-news")
    assert (answer.status_code, "acme-" in answer.json()["detail"]) == (403, True)


def test_without_a_token_the_body_is_not_read(writer: TestClient) -> None:
    answer = writer.put(
        ADDRESS, content="#" * (2 << 20), headers={**TURTLE, "Authorization": "Bearer x"}
    )
    assert answer.status_code == 401


def test_a_damaged_token_file_lets_nobody_in(home: Path, writer: TestClient) -> None:
    (home / "tokens.json").write_text("{")
    writer = TestClient(writer.app, raise_server_exceptions=False)
    assert ask(writer, SECRET).status_code == 500


def test_the_interface_says_which_requests_need_a_token(writer: TestClient) -> None:
    described = writer.get("/openapi.json").json()
    assert described["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    secured = {
        (method.upper(), path)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
        if operation.get("security")
    }
    assert secured == {(method, path.partition("?")[0]) for method, path in WRITES}
