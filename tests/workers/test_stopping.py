"""The server stops when it is told to: soon, quietly, and without a trace."""

import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from .served import RUNAWAY, Served


def stop_while_asked(server: Served, number: int) -> tuple[float, httpx.Response, list[int]]:
    """Send a signal while a query runs; return when it ended, the answer and the workers."""
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(server.ask, RUNAWAY)
        server.until(lambda: server.busy() == 1)
        workers = server.workers()
        seconds = server.stop(number)
        return seconds, running.result(), workers


def check_nothing_is_left(server: Served, workers: list[int]) -> None:
    assert "Traceback" not in server.log.read_text()
    assert server.lines()  # and nothing else, or it would not be read
    time.sleep(0.2)
    assert [worker for worker in workers if Path(f"/proc/{worker}").exists()] == []
    with pytest.raises(httpx.ConnectError):
        server.ask("ASK {}")


def test_at_sigterm_what_runs_ends_on_its_own(serve: Callable[..., Served]) -> None:
    server = serve(stop_seconds=20, query_deadline_seconds=3)
    seconds, answer, workers = stop_while_asked(server, signal.SIGTERM)
    assert answer.json()["type"].endswith("/query-timeout")
    assert seconds < 6
    check_nothing_is_left(server, workers)


def test_at_sigterm_what_runs_too_long_is_told_so(serve: Callable[..., Served]) -> None:
    server = serve(stop_seconds=1, query_deadline_seconds=60)
    seconds, answer, workers = stop_while_asked(server, signal.SIGTERM)
    assert answer.status_code == 503
    assert "stopping" in answer.json()["detail"]
    assert "retry-after" in answer.headers
    assert 0.9 < seconds < 4
    check_nothing_is_left(server, workers)


def test_at_ctrl_c_what_runs_is_stopped_at_once(serve: Callable[..., Served]) -> None:
    server = serve(stop_seconds=20, query_deadline_seconds=60)
    seconds, answer, workers = stop_while_asked(server, signal.SIGINT)
    assert answer.status_code == 503
    assert seconds < 3
    assert server.process.returncode == 0
    check_nothing_is_left(server, workers)
