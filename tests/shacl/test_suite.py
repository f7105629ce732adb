"""The suite of the W3C: every test gives the report that the suite calls right."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent
CONFORMANCE = HERE.parents[1] / "CONFORMANCE.md"


def load(name: str) -> ModuleType:
    """Import a module that lies beside this one: tests are no package."""
    spec = importlib.util.spec_from_file_location(f"shacl_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


conformance = load("conformance")


@pytest.fixture(scope="module")
def outcomes(material: Path) -> dict[str, dict[str, str | None]]:
    return dict(conformance.outcomes(material / conformance.SUITE))


def test_every_core_test_but_those_listed_gives_the_report_of_the_suite(
    outcomes: dict[str, dict[str, str | None]],
) -> None:
    assert len(outcomes["core"]) == 98
    assert {name for name, wrong in outcomes["core"].items() if wrong} == set(conformance.MISSES)


def test_every_sparql_test_gives_the_report_of_the_suite(
    outcomes: dict[str, dict[str, str | None]],
) -> None:
    assert len(outcomes["sparql"]) == 22
    assert [name for name, wrong in outcomes["sparql"].items() if wrong] == []


def test_the_conformance_report_is_up_to_date(
    outcomes: dict[str, dict[str, str | None]],
) -> None:
    assert CONFORMANCE.read_text("utf-8") == conformance.report(outcomes)
