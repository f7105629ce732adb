"""The W3C's tests of the protocols pass against a server process, those listed apart."""

from pathlib import Path

import pytest

from . import conformance
from .manifests import SUITE, Manifest
from .served import PlainServer

Outcomes = dict[str, dict[str, str | None]]


@pytest.fixture(scope="module")
def outcomes(plain: PlainServer, material: Path) -> Outcomes:
    return {
        "protocol": conformance.protocol_outcomes(plain, material, "protocol"),
        "graph-store-protocol": conformance.protocol_outcomes(
            plain, material, "graph-store-protocol"
        ),
        "http-rdf-update": conformance.older_outcomes(plain, material),
        "service-description": conformance.description_outcomes(plain, material),
    }


@pytest.mark.parametrize(
    ("suite", "tests"),
    [("protocol", 34), ("graph-store-protocol", 14), ("service-description", 3)],
)
def test_every_test_of_a_suite_passes(outcomes: Outcomes, suite: str, tests: int) -> None:
    assert len(outcomes[suite]) == tests
    assert conformance.failures(outcomes[suite]) == {}


def test_every_older_test_passes_but_those_that_are_wrong_for_the_listed_reason(
    outcomes: Outcomes,
) -> None:
    assert len(outcomes["http-rdf-update"]) == 18
    assert conformance.failures(outcomes["http-rdf-update"]) == conformance.known("wrong")


def test_every_test_that_we_believe_wrong_is_deprecated_by_the_suite(material: Path) -> None:
    manifest = Manifest(material / SUITE / "http-rdf-update" / "manifest.ttl")
    approval = "http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#approval"
    states = {manifest.one(entry, approval) for entry in manifest.entries}
    assert [str(state.value).rpartition("#")[2] for state in states if state] == ["Deprecated"]


def test_the_page_has_the_counts_of_these_suites(outcomes: Outcomes) -> None:
    text = conformance.PAGE.read_text("utf-8")
    for row in conformance.counts(outcomes).splitlines():
        assert row in text.splitlines()
