"""What a query that never ends does to a server and to others who ask it."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from endpoints.asking import SilentError
from endpoints.processes import megabytes, processor_seconds
from endpoints.servers import Server
from endpoints.workload import RUNAWAY

STEP = 0.2
BUSY = 0.1  # of one processor
QUIET = 1.0  # seconds without work, after which nothing will follow
PATIENCE = 15.0  # seconds beyond the deadline, after which it counts as not stopped
MANY = 16
IDLE_ASKS = 150
PAUSE = 0.02
MOST_MEGABYTES = 6_000


@dataclass(frozen=True)
class Gone:
    """When a runaway was gone, in seconds beyond the deadline; None if it was not."""

    beyond: float | None
    memory_left: float


@dataclass(frozen=True)
class Crowded:
    """The 95th percentile of an ASK in milliseconds, alone and beside many runaways."""

    idle: float
    beside: float | None
    answered: int
    failed: int


def one_runaway(server: Server, deadline: float) -> Gone:
    """Send a runaway and watch the server until it is gone, or for long enough."""
    before, start = megabytes(server.identifier), time.monotonic()
    threading.Thread(target=_send, args=(server, deadline + PATIENCE), daemon=True).start()
    last_busy, memory_at = 0.0, None
    spent = processor_seconds(server.identifier)
    while (now := time.monotonic() - start) < deadline + PATIENCE:
        time.sleep(STEP)
        used = processor_seconds(server.identifier)
        now = time.monotonic() - start
        if used - spent > BUSY * STEP:
            last_busy = now
        spent = used
        memory = megabytes(server.identifier)
        if memory_at is None and now >= deadline + 1:
            memory_at = memory - before
        if memory > MOST_MEGABYTES:
            break
        if memory_at is not None and now - last_busy > QUIET:
            return Gone(max(0.0, last_busy - deadline), max(0.0, memory_at))
    return Gone(None, max(0.0, megabytes(server.identifier) - before))


def _send(server: Server, patience: float) -> int:
    try:
        return server.client(patience).ask(RUNAWAY).status
    except SilentError:
        return 0


def many_runaways(server: Server, asks: Iterator[str], seconds: float) -> Crowded:
    """Time an ASK alone, then while so many runaways are always under way."""
    idle, _ = _time_asks(server, asks, count=IDLE_ASKS, seconds=seconds)
    over = threading.Event()
    patience = seconds + PATIENCE
    senders = [
        threading.Thread(target=_keep_sending, args=(server, over, patience), daemon=True)
        for _ in range(MANY)
    ]
    for sender in senders:
        sender.start()
    time.sleep(0.5)
    beside, failed = _time_asks(server, asks, count=None, seconds=seconds)
    over.set()
    return Crowded(_p95(idle), _p95(beside) if len(beside) > 1 else None, len(beside), failed)


def _keep_sending(server: Server, over: threading.Event, patience: float) -> None:
    while not over.is_set():
        if _send(server, patience) != 200:
            over.wait(0.5)


def _time_asks(
    server: Server, asks: Iterator[str], count: int | None, seconds: float
) -> tuple[list[float], int]:
    """Return the milliseconds of each answered ASK, and how many were not answered."""
    client, found, failed = server.client(seconds), [], 0
    until = time.monotonic() + seconds
    while time.monotonic() < until and (count is None or len(found) < count):
        start = time.monotonic()
        try:
            answered = client.ask(next(asks)).status == 200
        except SilentError:
            answered = False
        if answered:
            found.append(1000 * (time.monotonic() - start))
        else:
            failed += 1
        time.sleep(PAUSE)
    client.close()
    return found, failed


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]
