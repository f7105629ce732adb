"""Each competency question is a query that runs as it stands and gives its expected rows."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pledgegraph.graph.build import build
from pledgegraph.graph.engine import EmbeddedEngine

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = sorted((ROOT / "graph" / "questions").glob("*.rq"))
EXPECTED = ROOT / "tests" / "questions"
CSV = {"solutions": "text/csv"}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    home = tmp_path_factory.mktemp("home")
    build(ROOT / "data", home)
    engine = EmbeddedEngine(home)
    yield engine
    engine.close()


def table(text: str) -> list[list[str]]:
    return list(csv.reader(text.splitlines()))


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_gives_its_expected_rows(path: Path, engine: EmbeddedEngine) -> None:
    answer = engine.query(path.read_text("utf-8"), CSV)  # type: ignore[arg-type]
    expected = (EXPECTED / f"{path.stem}.csv").read_text("utf-8")
    assert table(answer.body.decode()) == table(expected)


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_describes_itself_and_its_parameters(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.match(r"# title: [A-Z].*\?\n# about: ", text)
    described = re.findall(r"^# parameter: \?(\w+) \S", text, re.MULTILINE)
    values = re.findall(r"^ *VALUES \(?([^){]*)\)? \{.*\}$", text, re.MULTILINE)
    assert text.count("VALUES") == len(values) <= 1
    assert described == re.findall(r"\?(\w+)", " ".join(values))


def test_every_expectation_belongs_to_a_question() -> None:
    assert {path.stem for path in EXPECTED.glob("*.csv")} == {path.stem for path in QUESTIONS}
