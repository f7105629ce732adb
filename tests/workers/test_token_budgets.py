"""A token can carry more than everybody has."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from .served import GREEDY, PLEDGEGRAPH, RUNAWAY, Served


def token(home: Path, *options: str) -> str:
    command = [PLEDGEGRAPH, "token", "create", "--home", home, "--scope", "queries", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.strip()


def test_a_token_gives_a_query_more_time(serve: Callable[..., Served], small: Path) -> None:
    server = serve(query_deadline_seconds=0.5)
    secret = token(small, "--query-deadline", "1.5")
    assert "stopped after 0.5 seconds" in server.ask(RUNAWAY).text
    longer = server.ask(RUNAWAY, Authorization=f"Bearer {secret}")
    assert "stopped after 1.5 seconds" in longer.text
    plain = token(small)
    assert "after 0.5 s" in server.ask(RUNAWAY, Authorization=f"Bearer {plain}").text


def test_a_token_gives_a_query_its_own_memory(serve: Callable[..., Served], small: Path) -> None:
    server = serve(query_deadline_seconds=20, query_memory_mebibytes=8192)
    secret = token(small, "--query-memory", "200")
    answer = server.ask(GREEDY, Authorization=f"Bearer {secret}")
    assert answer.json()["type"].endswith("/query-memory")
    assert server.ask("ASK {}").status_code == 200


def test_a_wrong_token_is_refused(serve: Callable[..., Served]) -> None:
    answer = serve().ask("ASK {}", Authorization="Bearer wrong")
    assert answer.status_code == 401
    assert answer.json()["type"].endswith("/invalid-token")
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]
