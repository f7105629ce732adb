"""Workers are shared: between quick and slow queries, and between clients."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pledgegraph.api.sparql_answers import client_of
from pledgegraph.graph import errors
from pledgegraph.graph.engine import Budget, EmbeddedEngine
from pledgegraph.graph.lanes import share
from pledgegraph.graph.supply import IDLE_SECONDS, Supply

from .served import RUNAWAY, Served, write_release

SLOW = Budget(workers=1, quick=1, wait=1, deadline=4, slow_after=0.05)


@pytest.fixture
def engine(small: Path) -> Iterator[EmbeddedEngine]:
    engine = EmbeddedEngine(small, SLOW)
    yield engine
    engine.close()


def until_running(engine: EmbeddedEngine, **lanes: int) -> None:
    end = time.monotonic() + 30
    while engine.statistics().running != lanes:
        assert time.monotonic() < end, engine.statistics()
        time.sleep(0.01)


def test_a_slow_query_leaves_the_quick_lane_to_others(engine: EmbeddedEngine) -> None:
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(engine.query, RUNAWAY)
        until_running(engine, slow=1)
        for _ in range(5):
            assert engine.query("ASK {}").kind == "boolean"
        assert not running.done()
        engine.close()
        assert isinstance(running.exception(), errors.EngineBusyError)


def test_a_slow_query_that_finds_no_seat_is_held_and_then_refused(
    engine: EmbeddedEngine,
) -> None:
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(engine.query, RUNAWAY, deadline=30)
        until_running(engine, slow=1)
        second = threads.submit(engine.query, f"{RUNAWAY} # another")
        until_running(engine, slow=1, held=1)
        assert engine.query("ASK {}").kind == "boolean"
        with pytest.raises(errors.EngineBusyError, match="runs long"):
            second.result()
        assert not first.done()
        engine.close()


def test_a_held_query_goes_on_when_there_is_a_seat(small: Path) -> None:
    budget = Budget(workers=1, quick=1, wait=20, deadline=1.5, slow_after=0.05)
    engine = EmbeddedEngine(small, budget)
    with ThreadPoolExecutor(2) as threads:
        running = [threads.submit(engine.query, f"{RUNAWAY} # {n}") for n in range(2)]
        assert all(isinstance(one.exception(), errors.QueryTimeoutError) for one in running)
    assert engine.statistics().kills == {"deadline": 2}
    engine.close()


def test_a_query_that_ran_long_once_waits_for_the_slow_lane(engine: EmbeddedEngine) -> None:
    with pytest.raises(errors.QueryTimeoutError):
        engine.query(RUNAWAY)
    with ThreadPoolExecutor(1) as threads:
        threads.submit(engine.query, f"{RUNAWAY} # long", deadline=30)
        until_running(engine, slow=1)
        with pytest.raises(errors.EngineBusyError, match="no worker was free"):
            engine.query(RUNAWAY)  # it never had a worker
        engine.close()


@pytest.mark.parametrize(("seats", "most"), [(1, 1), (2, 1), (3, 2), (4, 3), (32, 24)])
def test_one_client_never_has_every_seat_where_there_are_two(seats: int, most: int) -> None:
    assert share(seats) == most


def test_the_network_of_a_customer_is_one_client() -> None:
    def client(address: str) -> str:
        return client_of({"client": (address, 1)})

    assert client("192.0.2.1") != client("192.0.2.2")
    assert client("2001:db8:1:2::1") == client("2001:db8:1:2:ffff::9")
    assert client("2001:db8:1:2::1") != client("2001:db8:1:3::1")
    assert client_of({"client": None}) == "unknown"


def test_new_releases_are_taken_up_under_load_and_no_query_is_dropped(
    serve: Callable[..., Served], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    write_release(home, 1)
    server = serve(home)
    end = time.monotonic() + 4

    def ask(number: int) -> list[int]:
        seen = []
        while time.monotonic() < end:
            query = f"SELECT (MIN(?o) AS ?n) {{ ?s <urn:x:number> ?o FILTER(?o > {-number}) }}"
            answer = server.ask(query, Accept="text/csv")
            assert answer.status_code == 200, answer.text
            seen.append(int(answer.text.split()[1]))
        return seen

    with ThreadPoolExecutor(3) as threads:
        asking = [threads.submit(ask, number) for number in range(3)]
        for number in (2, 3, 4):
            time.sleep(0.8)
            write_release(home, number)
        seen = [one.result() for one in asking]
    assert all(numbers == sorted(numbers) for numbers in seen)
    assert {numbers[-1] for numbers in seen} == {4}
    assert server.metrics()["pledgegraph_release"] == 4


class Rested:
    """A worker that does nothing, as a supply sees it."""

    memory, release, has_low_priority, is_alive = 1, 1, False, True

    def __init__(self) -> None:
        self.idle_since, self.ended = 0.0, False

    def kill(self) -> None:
        self.ended = True

    def close(self) -> None:
        self.ended = True


def test_workers_that_only_a_crowd_needed_are_ended_later() -> None:
    supply = Supply(threading.Lock(), memory=1, spare=2, on_change=lambda _: None)
    crowd = [Rested() for _ in range(4)]
    for worker in crowd:
        supply.put(worker)  # type: ignore[arg-type]
    assert len(supply.idle) == 4
    for worker in crowd:
        worker.idle_since -= IDLE_SECONDS + 1
    for _ in range(5):
        supply.put(supply.idle.pop())
    assert [worker.ended for worker in crowd] == [True, True, False, False]
    supply.close()
