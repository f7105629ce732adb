"""Every hostile case gets the answer that it must get, and the server is afterwards as before."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from .cases import Case, read_cases, waiting
from .forms import CHECKS
from .pieces import fill
from .processes import processor_seconds, resident
from .served import BUDGETS, NORMAL, Served
from .wire import Answer, Exchange, exchange, request

CASES = read_cases()
WAITING = waiting()
MEBIBYTE = 1 << 20
KEPT = 96 * MEBIBYTE  # what a few hundred requests may leave behind in allocators and caches


def parameters() -> Iterator[Any]:
    for case in CASES:
        reason = WAITING.get(case.id)
        marks = [] if reason is None else [pytest.mark.xfail(reason=reason, strict=True)]
        yield pytest.param(case, id=case.id, marks=marks)


@pytest.fixture(scope="module")
def before(served: Served) -> dict[str, object]:
    """How the server is before anything hostile reaches it."""
    for _ in range(8):
        answer = served.ask()
    assert answer.status_code == 200
    return {
        "answer": answer.content,
        "memory": resident(served.processes()),
        "releases": served.releases(),
    }


def test_there_are_as_many_cases_as_promised_and_each_is_named_once() -> None:
    assert len(CASES) >= 150
    assert {name for name in WAITING if not name.startswith("crowds/")} <= {c.id for c in CASES}


@pytest.mark.parametrize("case", list(parameters()))
def test_it_gets_the_answer_that_it_must_get(
    case: Case, served: Served, before: dict[str, object]
) -> None:
    for _ in range(case.times):
        found = exchange(served.address, request(case, served.places), case, case.within)
    check_exchange(case, found)
    for answer in found.answers:
        check_answer(case, answer, served)
    assert served.inner.visits == []
    assert served.process.poll() is None


def check_exchange(case: Case, found: Exchange) -> None:
    statuses = [answer.status for answer in found.answers]
    if "cut" in case.statuses and found.broken.startswith("IncompleteRead"):
        return
    assert not found.broken, (found.broken, statuses)
    assert found.seconds <= case.within, f"took {found.seconds:.1f} s: {statuses}"
    if not found.answers:
        assert "closed" in case.statuses, "no answer"
        assert found.closed, "neither an answer nor a close"
    assert len(found.answers) <= case.answers, f"answers to what was smuggled in: {statuses}"
    assert found.closed or not case.closes, "the connection stays open"


def check_answer(case: Case, answer: Answer, served: Served) -> None:
    told = f"{answer.status} {answer.body[:400]!r} {answer.headers}"
    assert answer.status in case.statuses, told
    if case.problems and answer.status >= 400:
        assert answer.header("content-type") == "application/problem+json", told
        assert any(f'/problems/{slug}"' in answer.text for slug in case.problems), told
    for text in case.has:
        assert fill(text, served.places) in answer.text, f"lacks {text!r}: {told}"
    for text in (*case.lacks, served.canary, "Traceback", "root:x:0"):
        assert fill(text, served.places) not in answer.text, f"has {text!r}: {told}"
    if case.place is not None:
        line, column = case.place
        assert f'"line":{line},"column":{column}' in answer.text.replace(" ", ""), told
    if case.form is not None and answer.status < 400:
        CHECKS[case.form](answer.body)
    if answer.body and answer.status < 400 and case.method != "OPTIONS":
        assert answer.header("x-content-type-options") == "nosniff"


def test_afterwards_the_server_answers_as_before(served: Served, before: dict[str, object]) -> None:
    start = time.monotonic()
    answer = served.ask(NORMAL)
    assert answer.status_code == 200
    assert answer.content == before["answer"]
    assert time.monotonic() - start < 2


def test_afterwards_no_process_works_on(served: Served, before: dict[str, object]) -> None:
    time.sleep(float(BUDGETS["PLEDGEGRAPH_QUERY_DEADLINE_SECONDS"]) + 1)
    running = served.processes()
    used = processor_seconds(running)
    time.sleep(2)
    assert processor_seconds(running) - used <= 0.2
    assert len(served.processes()) <= 2 + int(BUDGETS["PLEDGEGRAPH_WORKERS"]) * 2


def test_afterwards_memory_is_near_what_it_was(served: Served, before: dict[str, object]) -> None:
    memory = before["memory"]
    assert isinstance(memory, int)
    assert resident(served.processes()) - memory < KEPT


def test_afterwards_nobody_was_called_and_nothing_was_written(
    served: Served, before: dict[str, object]
) -> None:
    assert served.inner.visits == []
    assert served.releases() == before["releases"]
    log = served.written()
    assert "Traceback" not in log
    assert served.canary not in log
    assert not [line for line in log.splitlines() if line.startswith("FORGED")]
