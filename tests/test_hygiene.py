"""The rules about our terms, one query a file, each proven on examples that break it.

A rule is ``tests/hygiene/NN-name.rq``: a SELECT of offenders, first the term. Its examples are
``tests/hygiene/NN-name/{pass,fail}*.ttl``, read together with ``tests/hygiene/base.ttl``, the
smallest ontology that keeps every rule.
"""

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests" / "hygiene"
RULES = sorted(FOLDER.glob("*.rq"))
EXAMPLES = sorted(FOLDER.glob("*/*.ttl"))
BASE = FOLDER / "base.ttl"

Row = tuple[str, ...]


def example_id(example: Path) -> str:
    """Name an example by its rule and file."""
    return f"{example.parent.name}/{example.stem}"


def stem(rule: Path) -> str:
    """Name a rule by its file."""
    return rule.stem


def load(files: Iterable[Path]) -> ox.Store:
    """Read Turtle files into one store."""
    store = ox.Store()
    for file in files:
        store.load(path=file, format=ox.RdfFormat.TURTLE)
    return store


def offenders(store: ox.Store, rule: Path) -> set[Row]:
    """Ask Oxigraph for the offenders of a rule; blank nodes have no name to compare."""
    solutions = store.query(rule.read_text(encoding="utf-8"))
    assert isinstance(solutions, ox.QuerySolutions)
    return {tuple("[]" if isinstance(v, ox.BlankNode) else v.value for v in s) for s in solutions}


@pytest.fixture(scope="module")
def everything() -> ox.Store:
    """The ontology, the vocabularies, the shapes and the list of released terms."""
    folders = (ROOT / "ontology", ROOT / "ontology" / "vocabularies", ROOT / "shapes")
    files = [file for folder in folders for file in sorted(folder.glob("*.ttl"))]
    return load([*files, FOLDER / "released-terms.ttl"])


@pytest.mark.parametrize("rule", RULES, ids=stem)
def test_our_terms_and_shapes_keep_the_rule(rule: Path, everything: ox.Store) -> None:
    assert offenders(everything, rule) == set()


@pytest.mark.parametrize("example", EXAMPLES, ids=example_id)
def test_an_example_breaks_only_the_rule_it_is_named_after(example: Path) -> None:
    store = load([BASE, example])
    broken = {rule.stem for rule in RULES if offenders(store, rule)}
    assert broken == ({example.parent.name} if example.stem.startswith("fail") else set())


@pytest.mark.parametrize("example", EXAMPLES, ids=example_id)
def test_rdflib_finds_the_offenders_that_oxigraph_finds(example: Path) -> None:
    rule = example.parent.with_suffix(".rq")
    graph = rdflib.Graph()
    for file in (BASE, example):
        graph.parse(file, format="turtle")
    found: set[Row] = set()
    for row in graph.query(rule.read_text(encoding="utf-8")):
        assert isinstance(row, rdflib.query.ResultRow)
        found.add(tuple("[]" if isinstance(value, rdflib.BNode) else str(value) for value in row))
    assert found == offenders(load([BASE, example]), rule)


@pytest.mark.parametrize("rule", RULES, ids=stem)
def test_a_rule_says_what_it_asks_and_is_proven_by_examples(rule: Path) -> None:
    assert rule.read_text(encoding="utf-8").startswith("# ")
    names = [example.stem for example in EXAMPLES if example.parent.name == rule.stem]
    assert any(name.startswith("pass") for name in names)
    assert any(name.startswith("fail") for name in names)


def test_every_example_belongs_to_a_rule() -> None:
    assert {example.parent.name for example in EXAMPLES} == {rule.stem for rule in RULES}
