"""The dumps load into stores that others wrote, and the questions get the same answers there."""

import csv
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).resolve().parents[2]
PLEDGEGRAPH = Path(sys.executable).with_name("pledgegraph")
QUESTIONS = sorted((ROOT / "graph" / "questions").glob("*.rq"))
ROWS = ROOT / "tests" / "questions"
STORES = ("oxigraph", "virtuoso")

TWO_CLOCKS = """
PREFIX ex: <https://example.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?phase ?on ?knownAsOf WHERE {
  VALUES (?on ?knownAsOf) {
    ("2021-07-01"^^xsd:date "2021-06-01"^^xsd:date)
  }
  ?phase ex:validFrom ?from ; ex:knownFrom ?known .
  OPTIONAL { ?phase ex:validUntil ?until }
  OPTIONAL { ?phase ex:knownUntil ?corrected }
  FILTER(!(?from > ?on) && (!BOUND(?until) || ?on < ?until))
  FILTER(!(?known > ?knownAsOf) && (!BOUND(?corrected) || ?knownAsOf < ?corrected))
}
"""
PHASES = """\
<https://example.org/1> <https://example.org/validFrom> "2020-06-10"^^{date} .
<https://example.org/1> <https://example.org/validUntil> "2021-06-10"^^{date} .
<https://example.org/1> <https://example.org/knownFrom> "2020-06-12"^^{date} .
<https://example.org/1> <https://example.org/knownUntil> "2021-05-18"^^{date} .
<https://example.org/2> <https://example.org/validFrom> "2020-06-10"^^{date} .
<https://example.org/2> <https://example.org/knownFrom> "2021-05-18"^^{date} .
""".format(date="<http://www.w3.org/2001/XMLSchema#date>")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, few_records: Path) -> Path:
    """A home with a release of the curated records."""
    folder = tmp_path_factory.mktemp("home")
    command = [PLEDGEGRAPH, "build", "--home", folder, "--data", few_records]
    subprocess.run(command, check=True, cwd=ROOT)
    return folder


def export(home: Path, dumps: Path, syntax: str) -> Path:
    path = dumps / f"pledgegraph.{syntax}"
    command = [PLEDGEGRAPH, "export", "--home", home, "--format", syntax, "--output", path]
    subprocess.run(command, check=True, cwd=ROOT)
    return path


@pytest.fixture(scope="module")
def quads(home: Path, dumps: Path) -> Path:
    return export(home, dumps, "nq")


@pytest.fixture(scope="module")
def sources(quads: Path) -> list[str]:
    """The named graphs of the dump."""
    return sorted(set(re.findall(r"<([^<>]*)> \.$", quads.read_text(), re.M)))


@pytest.fixture(scope="module", params=STORES)
def store(request: pytest.FixtureRequest, quads: Path) -> Any:
    """A store that holds the dump."""
    store = request.getfixturevalue(request.param)
    store.load(quads)
    return store


def expected_rows(question: Path) -> tuple[list[str], list[tuple[str, ...]]]:
    with (ROWS / f"{question.stem}.csv").open(newline="") as file:
        variables, *rows = csv.reader(file)
    return variables, [tuple(row) for row in rows]


def is_ordered(query: str) -> bool:
    return re.search(r"^[^#]*\bORDER\s+BY\b", query, re.I | re.M) is not None


@pytest.mark.parametrize("name", STORES)
def test_a_store_answers_on_two_clocks(
    name: str, request: pytest.FixtureRequest, tmp_path: Path, dumps: Path
) -> None:
    store = request.getfixturevalue(name)
    phases = dumps / "phases.nq"
    phases.write_text(PHASES)
    store.load(phases)
    answer = store.select(TWO_CLOCKS)
    assert answer.variables == ["phase", "on", "knownAsOf"]
    assert answer.rows == [("https://example.org/2", "2021-07-01", "2021-06-01")]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_has_the_same_answer(question: Path, store: Any, sources: list[str]) -> None:
    query = question.read_text()
    variables, expected = expected_rows(question)
    answer = store.select(query, named=sources)
    rows = [tuple(value or "" for value in row) for row in answer.rows]
    assert answer.variables == variables
    if is_ordered(query):
        assert rows == expected
    else:
        assert sorted(rows) == sorted(expected)


def single_rows(query: str) -> list[str]:
    """Return the query with each row of its parameters alone, as someone who asks would edit it."""
    parameters = re.search(r"^  VALUES \(.*?\) \{ (.*) \}$", query, re.M)
    if not parameters:
        return []
    rows = re.findall(r"\([^()]*\)", parameters[1])
    return [query.replace(parameters[1], row) for row in rows]


@pytest.mark.parametrize(
    "question",
    [path for path in QUESTIONS if single_rows(path.read_text())],
    ids=lambda path: path.stem,
)
def test_a_question_with_one_row_of_parameters_has_the_same_answer(
    question: Path, quads: Path, store: Any, sources: list[str]
) -> None:
    own = ox.Store()
    own.bulk_load(path=quads, format=ox.RdfFormat.N_QUADS)
    answers = []
    for query in single_rows(question.read_text()):
        solutions = own.query(query)
        assert isinstance(solutions, ox.QuerySolutions)
        expected = [tuple(term.value if term else None for term in row) for row in solutions]
        answers.append(sorted(store.select(query, named=sources).rows, key=str))
        assert answers[-1] == sorted(expected, key=str), query
    assert any(answers)


def test_the_triples_are_the_default_graph_of_the_quads(
    home: Path, quads: Path, dumps: Path
) -> None:
    triples = ox.parse(path=export(home, dumps, "nt"), format=ox.RdfFormat.N_TRIPLES)
    whole = ox.parse(path=quads, format=ox.RdfFormat.N_QUADS)
    default = {quad.triple for quad in whole if quad.graph_name == ox.DefaultGraph()}
    assert {quad.triple for quad in triples} == default


def test_a_dump_writes_strings_plainly(quads: Path) -> None:
    # Virtuoso keeps "x"^^xsd:string apart from "x", which are the same in RDF 1.1
    assert '"^^<http://www.w3.org/2001/XMLSchema#string>' not in quads.read_text()
