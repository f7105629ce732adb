"""Requests made up at random, but the same each time: no 500, and nothing in the log."""

import random
import warnings
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, seed, settings

from pledgegraph.graph.question import questions

from .cases import Case
from .served import ROOT, Served
from .wire import exchange

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what the tool's own imports warn of is not ours
    import schemathesis

SEED = 4
EXPECTED = {200, 400, 403, 406, 413, 422, 503}
HEADS = [
    b"GET /healthz HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    b"Content-Length: 6\r\n\r\nASK {}",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Transfer-Encoding: chunked\r\n\r\nb\r\nquery=ASK{}\r\n0\r\n\r\n",
]
# What queries are mutated with: bytes that mean something to lexers and parsers.
PARTS = [
    *(b"{ } ( ) [ ] < > ' \" \\ # . ; , | / ^ * + ? ! = & @ : _ $ \0 \xff \xed\xa0\x80".split()),
    *(b"SELECT ASK CONSTRUCT DESCRIBE WHERE FILTER OPTIONAL UNION MINUS GRAPH BIND VALUES".split()),
    *(b"SERVICE LOAD INSERT DELETE FROM NAMED BASE PREFIX EXISTS NOT IN AS GROUP ORDER BY".split()),
    *(b"LIMIT OFFSET UNDEF true 1e999 -0 9999999999999999999 \\u0000 \\uD800 ''' \"\"\"".split()),
    b"\n",
    b" ",
    b"\r",
]
FEW, MANY = pytest.param(1), pytest.param(20, marks=pytest.mark.slow)


@pytest.fixture(scope="module")
def client(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.url, timeout=60) as made:
        yield made


@pytest.fixture(autouse=True)
def quiet_log(served: Served) -> Iterator[None]:
    """Afterwards the server lives, and has logged no failure."""
    yield
    assert served.ask().status_code == 200
    assert "Traceback" not in served.written()
    assert served.inner.visits == []


def mutated(chance: random.Random, text: bytes, parts: list[bytes]) -> bytes:
    """Cut, copy, swap and put in between, a few times."""
    changed = bytearray(text)
    for _ in range(chance.randint(1, 6)):
        at, to = sorted(chance.randrange(len(changed) + 1) for _ in range(2))
        kind = chance.randrange(5)
        if kind == 0:
            del changed[at : min(to, at + 40)]
        elif kind == 1:
            changed[to:to] = changed[at : at + 60]
        elif kind == 2 and changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        else:
            changed[at:at] = chance.choice(parts)
    return bytes(changed)


def send_query(client: httpx.Client, query: bytes) -> None:
    answer = client.post(
        "/sparql", content=query, headers={"Content-Type": "application/sparql-query"}
    )
    assert answer.status_code in EXPECTED, (query, answer.text)
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert "query-crash" not in answer.text, query


@pytest.mark.parametrize("times", [FEW, MANY])
def test_random_bytes_are_no_query(client: httpx.Client, times: int) -> None:
    chance = random.Random(SEED)  # noqa: S311 - the same each time
    for _ in range(100 * times):
        send_query(client, chance.randbytes(chance.randrange(2000)))


@pytest.mark.parametrize("times", [FEW, MANY])
def test_a_query_with_mistakes_is_answered_or_refused(client: httpx.Client, times: int) -> None:
    chance = random.Random(SEED)  # noqa: S311 - the same each time
    texts = [question.text.encode() for question in questions().values()]
    for _ in range(100 * times):
        send_query(client, mutated(chance, chance.choice(texts), PARTS))


# Many of these wait for the server to lose its patience.
@pytest.mark.parametrize("times", [FEW, pytest.param(4, marks=pytest.mark.slow)])
def test_a_request_with_mistakes_is_answered_refused_or_cut_off(served: Served, times: int) -> None:
    chance = random.Random(SEED)  # noqa: S311 - the same each time
    parts = [b"\r\n", b"\n", b" ", b":", b"\0", b"\xff", b"0", b"ffff", b"HTTP/1.1", b"%00", b","]
    any_answer = Case(
        **{"topic": "fuzz", "name": "http", "method": "GET", "target": "/", "headers": {}},
        **{"body": None, "raw": None, "times": 1, "statuses": (), "problems": (), "within": 15},
        **{"has": (), "lacks": (), "answers": 3, "closes": False, "form": None},
    )
    for _ in range(60 * times):
        sent = mutated(chance, chance.choice(HEADS), parts)
        found = exchange(served.address, [sent + b"\r\n\r\n"], any_answer, 15)
        statuses = {answer.status for answer in found.answers}
        assert found.closed or found.answers, sent
        assert not {status for status in statuses if status >= 500} - {501, 503, 505}, sent


def operations() -> list[tuple[str, str]]:
    """List what the interface describes, without serving it."""
    from pledgegraph.api.app import create_app
    from pledgegraph.api.settings import Settings

    class NoEngine:
        def release(self) -> int:
            return 0

    paths = create_app(Settings(home=ROOT), NoEngine()).openapi()["paths"]  # type: ignore[arg-type]
    return [(path, method) for path, methods in paths.items() for method in methods]


@pytest.fixture(scope="module")
def described(served: Served) -> Any:
    return schemathesis.openapi.from_url(f"{served.url}/openapi.json")


@pytest.mark.parametrize("examples", [pytest.param(3), pytest.param(60, marks=pytest.mark.slow)])
@pytest.mark.parametrize(("path", "method"), operations())
def test_what_the_interface_describes_never_fails(
    path: str, method: str, examples: int, described: Any, served: Served
) -> None:
    token = served.places["records" if path == "/records" else "graphs"]

    @seed(SEED)
    @given(case=described[path][method].as_strategy())
    @settings(
        max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    def ask(case: Any) -> None:
        answer = case.call(headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code < 500 or answer.status_code == 503, answer.text

    ask()
