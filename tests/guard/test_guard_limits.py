"""No query within the limits breaks the parser's process, and none costs the guard dearly."""

import contextlib
import re
import subprocess
import sys
from collections.abc import Callable

import pytest

from pledgegraph.api.settings import Settings
from pledgegraph.graph import errors, guard
from pledgegraph.graph.guard import terminals

from .large import CHAINED, NESTED, together

# In a thread, whose stack is as large as we want: the worker has 8 MiB on every usual system.
PROGRAM = """
import resource, sys, threading
import pyoxigraph
resource.setrlimit(resource.RLIMIT_CPU, (3, 3))
text = sys.stdin.read()
def run():
    try:
        pyoxigraph.Store().query(text)
    except SyntaxError as error:
        print(error)
threading.stack_size({stack} << 20)
thread = threading.Thread(target=run)
thread.start()
thread.join()
print("survived")
"""
TOO_SLOW = -9  # stopped at its processor time, as the worker is: nothing overflowed
EVERY = [
    *(pytest.param(make, id=f"nested {name}") for name, make in NESTED.items()),
    *(pytest.param(make, id=f"chained {name}") for name, make in CHAINED.items()),
]
DEFAULT = guard.Limits()


def highest(name: str) -> int:
    rules = Settings.model_fields[f"query_{name}"].metadata
    return next(int(rule.le) for rule in rules if hasattr(rule, "le"))


HIGHEST = guard.Limits(**{name: highest(name) for name in DEFAULT.as_header()})


def passes(text: str, limits: guard.Limits) -> bool:
    try:
        guard.check(text, limits, lambda iri: True)
    except errors.QueryBudgetError:
        return False
    return True


def largest(make: Callable[[int], str], limits: guard.Limits) -> str:
    low, high = 1, 2
    assert passes(make(low), limits)
    while passes(make(high), limits):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if passes(make(middle), limits) else (low, middle)
    return make(low)


def run(text: str, stack: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", PROGRAM.format(stack=stack)]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("make", EVERY)
def test_the_largest_query_within_the_limits_needs_less_than_half_the_stack(
    make: Callable[[int], str],
) -> None:
    done = run(largest(make, DEFAULT), 4)
    assert done.returncode in {0, TOO_SLOW}, done.stderr
    assert done.returncode or done.stdout == "survived\n"


@pytest.mark.slow
@pytest.mark.parametrize("make", EVERY)
def test_nor_does_the_largest_within_the_highest_limits_overflow_it(
    make: Callable[[int], str],
) -> None:
    assert run(largest(make, HIGHEST), 8).returncode in {0, TOO_SLOW}


@pytest.mark.parametrize(("limits", "stack"), [(DEFAULT, 4), (HIGHEST, 8)], ids=["set", "highest"])
def test_nor_does_what_is_large_in_every_way_at_once(limits: guard.Limits, stack: int) -> None:
    text = together(limits.depth, limits.clauses, limits.expression_operators)
    guard.check(text, limits, lambda iri: True)
    done = run(text, stack)
    assert done.returncode in {0, TOO_SLOW}
    assert "error" not in done.stdout


def test_without_limits_the_parser_does_overflow_its_stack() -> None:
    assert run(NESTED["groups"](6000), 8).returncode == -11


PIECES = r"""
    a. a- a: a.b: ASK. ASK a:b. ( () (( < << <a ?a<b ? 1. 1e . .5 ! '' "" ''' '\\' \' _:a. :a.
    :%41 :\~ @a- @a # {| [ { {} ^ / , ; .. prefix:<urn:a> service:x, a_ _ true- PREFIX
"""
HOSTILE = PIECES.split()


def calls_of(text: str) -> int:
    """Count what the guard calls: functions of its own and of the language."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        with contextlib.suppress(errors.QueryError):
            guard.check(text, guard.Limits.none(), lambda iri: True, thorough=True)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("before", ["ASK {", "PREFIX : <urn:a> PREFIX b: <urn:b> ASK { FILTER(1"])
@pytest.mark.parametrize("piece", [*HOSTILE, *(f"{piece} " for piece in HOSTILE)])
def test_work_grows_no_faster_than_the_text(piece: str, before: str) -> None:
    short, long = calls_of(before + piece * 250), calls_of(before + piece * 1000)
    assert long <= 4 * short + 100


@pytest.mark.parametrize("name", ["_TERMINAL", "_PIECE", "_SKIP", "LEADING_KEYWORD"])
def test_no_pattern_gives_back_what_it_has_matched(name: str) -> None:
    """Matching at one place is then linear."""
    source = getattr(terminals, name).pattern
    plain = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "x", source)
    assert re.findall(r"(?<![*+?])[*+](?!\+)", plain) == []


def test_the_text_that_is_read_more_than_once_is_bounded() -> None:
    quotes = "'''a' " * 50
    with pytest.raises(errors.QuerySyntaxError):
        guard.check(f"ASK {{ VALUES ?x {{ {quotes}", DEFAULT, lambda iri: True, thorough=True)
    long = "a" * 101
    with pytest.raises(errors.QuerySyntaxError) as caught:
        guard.check(f"ASK {{ ?s ?p {long}:b }}", DEFAULT, lambda iri: True, thorough=True)
    assert caught.value.rule == "prefix-length"
