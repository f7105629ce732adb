"""Many at once: runaways, half-open connections, clients that leave and clients that don't read."""

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPResponse, IncompleteRead

import httpx
import pytest

from .cases import waiting
from .processes import at_work
from .served import BUDGETS, Served

DEADLINE = float(BUDGETS["PLEDGEGRAPH_QUERY_DEADLINE_SECONDS"])
PATIENCE = float(BUDGETS["PLEDGEGRAPH_CLIENT_SECONDS"])
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 12000"
WAITING = waiting()


def mark(name: str) -> pytest.MarkDecorator:
    """Expect what waiting.yaml names to fail, for its reason."""
    reason = WAITING.get(f"crowds/{name}")
    return pytest.mark.xfail(reason is not None, reason=reason or "", strict=True)


def post(query: str) -> bytes:
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    return f"{head}Accept: text/csv\r\nContent-Length: {len(query)}\r\n\r\n{query}".encode()


@contextmanager
def connections(served: Served, count: int, sent: bytes) -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        opened = [socket.create_connection(served.address, timeout=30) for _ in range(count)]
        for connection in opened:
            stack.enter_context(connection)
            connection.sendall(sent)
        yield opened


def ask_in_time(served: Served) -> float:
    start = time.monotonic()
    assert served.ask("ASK {}", "application/sparql-results+json").status_code == 200
    return time.monotonic() - start


@mark("runaways")
def test_while_sixteen_runaways_run_a_small_query_is_answered(served: Served) -> None:
    ask_in_time(served)
    with connections(served, 16, post(RUNAWAY)):
        time.sleep(0.5)
        assert max(ask_in_time(served) for _ in range(5)) < DEADLINE / 2


def test_sixteen_runaways_are_all_told_so_and_are_gone(served: Served) -> None:
    def ask(_number: int) -> int:
        return httpx.post(
            f"{served.url}/sparql",
            content=RUNAWAY,
            headers={"Content-Type": "application/sparql-query"},
            timeout=60,
        ).status_code

    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(ask, range(16))) == {503}
    assert served.ask().status_code == 200
    time.sleep(1)
    assert not at_work(served.processes())


@mark("clients-that-leave")
def test_work_ends_when_its_client_leaves(served: Served) -> None:
    served.ask()
    with connections(served, 2, post(RUNAWAY)):
        time.sleep(0.4)
    time.sleep(0.6)
    assert not at_work(served.processes())
    assert served.ask().status_code == 200


def test_two_hundred_half_open_connections_keep_nobody_out_and_are_closed(served: Served) -> None:
    with connections(served, 200, b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: ") as opened:
        assert ask_in_time(served) < 5
        time.sleep(PATIENCE + 2)
        for connection in opened:
            connection.settimeout(1)
            assert connection.recv(64).startswith(b"HTTP/1.1 408 ")


def test_more_connections_than_there_may_be_are_refused_and_later_taken(served: Served) -> None:
    most = int(BUDGETS["PLEDGEGRAPH_CONNECTIONS"])
    with connections(served, most, b"GET /"):
        refused = httpx.get(f"{served.url}/healthz", timeout=10)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
        assert refused.json()["type"].endswith("/too-many-connections")
    time.sleep(1)
    assert httpx.get(f"{served.url}/healthz", timeout=10).status_code == 200


def test_a_client_that_does_not_read_its_answer_is_left(served: Served) -> None:
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(30)
        connection.connect(served.address)
        connection.sendall(post(LONG))
        time.sleep(DEADLINE + PATIENCE + 3)
        answer = HTTPResponse(connection)
        answer.begin()
        assert answer.status == 200
        with pytest.raises((IncompleteRead, ConnectionResetError)):
            answer.read()
    assert served.ask().status_code == 200


def test_a_client_that_goes_away_in_the_midst_of_its_request_fails_nothing(
    served: Served,
) -> None:
    form = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    with connections(served, 3, f"{form}Content-Length: 100\r\n\r\nASK".encode()):
        pass
    time.sleep(0.5)
    assert served.ask().status_code == 200
    assert "Traceback" not in served.written()


def test_a_connection_that_is_used_again_and_again_stays(served: Served) -> None:
    connection = HTTPConnection(*served.address, timeout=10)
    connection.connect()
    port = connection.sock.getsockname()[1]
    until = time.monotonic() + PATIENCE * 2
    while time.monotonic() < until:
        connection.request("GET", "/healthz")
        assert connection.getresponse().read()
        assert connection.sock.getsockname()[1] == port
        time.sleep(0.2)
    connection.close()


def test_a_client_on_a_slow_line_is_served(served: Served) -> None:
    query = f"SELECT * {{}} #{'x' * 8000}"
    with connections(served, 1, post(query)[:-7000]) as (connection,):
        for start in range(0, 7000, 1000):
            time.sleep(PATIENCE * 1.5 / 7)
            connection.sendall(post(query)[-7000:][start : start + 1000])
        assert connection.recv(64).startswith(b"HTTP/1.1 200 ")
