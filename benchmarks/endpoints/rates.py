"""How many requests a server answers for a second of its processors."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from endpoints.asking import Client
from endpoints.processes import processor_seconds
from endpoints.servers import Server

CHUNK = 50
ENOUGH = 2.0  # processor seconds: a slow server need not be asked everything


@dataclass(frozen=True)
class Rate:
    """Requests for each second of the processors, and for each second on the clock."""

    requests: int
    processor: float
    clock: float


def one_client(server: Server, queries: Sequence[str]) -> Rate:
    """Ask one query after the other."""
    client = server.client()
    done, clock, spent = 0, time.monotonic(), processor_seconds(server.identifier)
    used = 0.0
    while done < len(queries) and used < ENOUGH:
        chunk = queries[done : done + CHUNK]
        for query in chunk:
            _check(client, query)
        done += len(chunk)
        used = processor_seconds(server.identifier) - spent
    client.close()
    return Rate(done, done / max(used, 0.01), done / (time.monotonic() - clock))


def two_clients(server: Server, queries: Sequence[str], pool: ProcessPoolExecutor) -> Rate:
    """Ask from two processes at once, half of the queries each."""
    clock, spent = time.monotonic(), processor_seconds(server.identifier)
    place = (server.port, server.path, server.parameters)
    halves = [pool.submit(_ask_all, *place, queries[at::2]) for at in range(2)]
    for half in halves:
        half.result()
    used = processor_seconds(server.identifier) - spent
    return Rate(
        len(queries), len(queries) / max(used, 0.01), len(queries) / (time.monotonic() - clock)
    )


def askers() -> ProcessPoolExecutor:
    """Return two processes that ask."""
    return ProcessPoolExecutor(2, mp_context=get_context("spawn"))


def _ask_all(port: int, path: str, parameters: Mapping[str, str], queries: Sequence[str]) -> None:
    client = Client(port, path, parameters, patience=60)
    for query in queries:
        _check(client, query)
    client.close()


def _check(client: Client, query: str) -> None:
    reply = client.ask(query)
    if reply.status != 200:
        raise SystemExit(f"answered {reply.status} to {query}: {reply.body[:300]!r}")
