"""One worker is asked by an event loop and by threads in turn, and neither misses a word."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from pledgegraph.graph.engine import Budget, EmbeddedEngine

CSV = {"solutions": "text/csv"}
# over what a pipe and a message hold: 40,000 rows of 60 bytes
LARGE = 'SELECT ?n ("0123456789012345678901234567890123456789012345678901234567890" AS ?t) { %s }'
ROWS = "VALUES ?n {{ {} }}".format(" ".join(map(str, range(200))))


@pytest.fixture
def engine(small: Path) -> Iterator[EmbeddedEngine]:
    engine = EmbeddedEngine(small, Budget(workers=1, quick=1, deadline=20))
    yield engine
    engine.close()


def asked(number: int) -> str:
    return f"SELECT ({number} AS ?n) {{}}"


def large() -> str:
    return LARGE % (ROWS + " " + ROWS.replace("?n", "?m"))


async def by_loop(engine: EmbeddedEngine, text: str) -> bytes:
    async with engine.open(text, CSV) as opened:
        rest = [piece async for piece in opened.rest] if opened.rest else []
        return b"".join([opened.start.body, *rest])


def test_a_loop_and_a_thread_ask_the_same_worker_in_turn(engine: EmbeddedEngine) -> None:
    async def take_turns() -> None:
        for number in range(0, 40, 2):
            assert await by_loop(engine, asked(number)) == b"n\r\n%d\r\n" % number
            answer = await asyncio.to_thread(engine.query, asked(number + 1), CSV)
            assert answer.body == b"n\r\n%d\r\n" % (number + 1)

    asyncio.run(take_turns())
    assert engine.statistics().starts == 1


def test_an_answer_in_many_pieces_arrives_whole(engine: EmbeddedEngine) -> None:
    whole = engine.query(large(), CSV).body
    assert len(whole) > 2_000_000
    assert asyncio.run(by_loop(engine, large())) == whole


def test_another_loop_asks_the_same_worker(engine: EmbeddedEngine) -> None:
    for number in range(3):
        assert asyncio.run(by_loop(engine, asked(number))) == b"n\r\n%d\r\n" % number
    assert engine.statistics().starts == 1


def test_a_worker_that_ends_is_noticed_by_the_loop(engine: EmbeddedEngine) -> None:
    async def end_while_asked() -> None:
        asking = asyncio.create_task(by_loop(engine, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"))
        await asyncio.sleep(0.3)
        engine.stop(at_once=True)
        with pytest.raises(Exception, match="stopping"):
            await asyncio.wait_for(asking, 10)

    asyncio.run(end_while_asked())
