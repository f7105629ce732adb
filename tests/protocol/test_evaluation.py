"""The W3C's evaluation suite passes over HTTP, but for what the engine is known to miss."""

from pathlib import Path

import pytest

from . import conformance
from .conformance import Outcomes
from .served import PlainServer


@pytest.fixture(scope="module")
def outcomes(plain: PlainServer, material: Path) -> Outcomes:
    return conformance.evaluation_outcomes(plain, material)


def test_every_test_passes_but_those_that_the_engine_misses(outcomes: Outcomes) -> None:
    assert len(outcomes) == 498
    assert conformance.failures(outcomes) == conformance.known("missed")


def test_no_fewer_pass_than_with_the_server_of_the_engine(outcomes: Outcomes) -> None:
    assert len(outcomes) - len(conformance.failures(outcomes)) >= 486


def test_the_page_has_the_counts_of_this_suite_and_every_test_that_fails(
    outcomes: Outcomes,
) -> None:
    text = conformance.PAGE.read_text("utf-8")
    assert conformance.counts({"evaluation": outcomes}).strip() in text.splitlines()


def test_the_page_is_what_the_list_of_tests_makes_of_it() -> None:
    text = conformance.PAGE.read_text("utf-8")
    titles = tuple(f"| {title} |" for title in conformance.TITLES.values())
    rows = [line for line in text.splitlines() if line.startswith(titles)]
    assert text == conformance.page("".join(f"{row}\n" for row in rows))
