"""However many queries run away, others are answered, and nothing of them is left afterwards."""

import os
import signal
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx

from .served import (
    DIRECT,
    GREEDY,
    RUNAWAY,
    Served,
    processor_seconds,
    resident_bytes,
)

MEBIBYTE = 1 << 20
DEADLINE = 2.0


def test_while_sixteen_queries_run_away_others_are_answered(serve: Callable[..., Served]) -> None:
    server = serve(query_deadline_seconds=DEADLINE)

    def run_away(number: int) -> httpx.Response:
        return server.ask(f"{RUNAWAY} # {number}")

    with ThreadPoolExecutor(17) as threads:
        running = [threads.submit(run_away, number) for number in range(16)]
        time.sleep(0.5)
        answers, seconds = [], []
        while not all(one.done() for one in running) and len(answers) < 200:
            start = time.monotonic()
            answers.append(server.ask(f"ASK {{ <urn:x:{len(answers)}> ?p ?o }}"))
            seconds.append(time.monotonic() - start)
        stopped = [one.result() for one in running]
    assert len(answers) > 5
    assert {answer.status_code for answer in answers} == {200}
    assert sorted(seconds)[len(seconds) // 2] < DEADLINE / 2
    assert {answer.status_code for answer in stopped} == {503}
    assert all(int(answer.headers["retry-after"]) > 0 for answer in stopped)
    kinds = {answer.json()["type"].rsplit("/", 1)[-1] for answer in stopped}
    assert kinds == {"query-timeout", "engine-busy"}
    server.until(lambda: server.busy() == 0, seconds=5)
    before = {worker: processor_seconds(worker) for worker in server.workers()}
    time.sleep(1)
    after = {worker: processor_seconds(worker) for worker in before}
    assert sum(after.values()) - sum(before.values()) < 0.5  # one that starts may still be at it
    assert len(before) <= 3 + 4 + 1
    assert sum(resident_bytes(worker) for worker in server.workers()) < 600 * MEBIBYTE


def test_the_memory_of_a_query_is_free_a_second_after_its_deadline(
    serve: Callable[..., Served],
) -> None:
    server = serve(query_deadline_seconds=DEADLINE, query_memory_mebibytes=4096)
    begin = time.monotonic()
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(server.ask, GREEDY)
        largest = 0
        while not running.done():
            largest = max([largest, *map(resident_bytes, server.workers())])
            time.sleep(0.02)
    assert running.result().status_code == 503
    assert time.monotonic() - begin < DEADLINE + 1
    assert largest > 200 * MEBIBYTE
    time.sleep(max(0, begin + DEADLINE + 1 - time.monotonic()))
    assert max(map(resident_bytes, server.workers())) < 150 * MEBIBYTE


def test_when_the_client_has_gone_the_work_stops(serve: Callable[..., Served]) -> None:
    server = serve(query_deadline_seconds=60)
    head = f"Host: x\r\nContent-Type: {DIRECT['Content-Type']}\r\nContent-Length: {len(RUNAWAY)}"
    with socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(f"POST /sparql HTTP/1.1\r\n{head}\r\n\r\n{RUNAWAY}".encode())
        server.until(lambda: server.busy() == 1)
    assert server.until(lambda: server.busy() == 0) < 2
    found = server.metrics()
    assert found['pledgegraph_kills_total{reason="client-gone"}'] == 1
    assert found['pledgegraph_requests_total{route="/sparql",status="499"}'] == 1
    assert server.ask("ASK {}").status_code == 200


def test_a_worker_that_ended_is_replaced_before_the_next_query(
    serve: Callable[..., Served],
) -> None:
    server = serve()
    for _ in range(3):
        with ThreadPoolExecutor() as threads:
            running = threads.submit(server.ask, RUNAWAY)
            server.until(lambda: server.busy() == 1)
            for worker in server.workers():
                os.kill(worker, signal.SIGSEGV)
            answer = running.result()
        assert answer.json()["type"].endswith("/query-crash")
        assert "retry-after" in answer.headers
        server.until(lambda: server.metrics()["pledgegraph_workers_idle"] >= 1)
        assert server.ask("ASK {}").status_code == 200
    assert server.metrics()['pledgegraph_kills_total{reason="crash"}'] == 3


def test_a_client_that_does_not_read_has_no_worker_after_the_deadline(
    serve: Callable[..., Served],
) -> None:
    server = serve(query_deadline_seconds=DEADLINE)
    everything = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
    head = f"Host: x\r\nContent-Type: {DIRECT['Content-Type']}\r\nContent-Length: {len(everything)}"
    with socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(f"POST /sparql HTTP/1.1\r\n{head}\r\n\r\n{everything}".encode())
        server.until(lambda: server.busy() == 1)
        assert server.until(lambda: server.busy() == 0) < DEADLINE + 2
        assert server.metrics()['pledgegraph_kills_total{reason="deadline"}'] == 1
