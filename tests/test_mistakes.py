"""Planted mistakes: each spoils the real records by one update, and the right rule objects."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from pledgegraph.graph.gate import Report, validate
from pledgegraph.graph.records.load import load, record_files

ROOT = Path(__file__).resolve().parents[1]
MISTAKES = sorted((ROOT / "tests" / "mistakes").glob("*.ru"))
BASE = "https://w3id.org/pledgegraph/"
NAMESPACES = {
    "pg": f"{BASE}ns#",
    "org": "http://www.w3.org/ns/org#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
SCHEMES = {path.stem for path in (ROOT / "ontology" / "vocabularies").glob("*.ttl")}


@cache
def records() -> tuple[ox.Triple, ...]:
    """The records, and of the members of Congress those that they speak of."""
    loaded = load(record_files(ROOT / "data"))
    assert loaded.problems.all == []
    (congress,) = (graph for graph in loaded.graphs if "congress" in graph)
    of_congress: dict[object, list[ox.Triple]] = {}
    for triple in loaded.graphs.pop(congress):
        of_congress.setdefault(triple.subject, []).append(triple)
    told = [triple for triples in loaded.graphs.values() for triple in triples]
    for triple in told:  # grows: what the records refer to, and what that refers to
        told += of_congress.pop(triple.object, ())
    return tuple(told)


def namespaces(text: str) -> Iterator[tuple[str, str]]:
    """Return the prefixes that an update uses: ours for terms, concepts, else things."""
    for name in set(re.findall(r"(?<![\w<\"/-])([a-z][a-z-]*):(?=[\w-])", text)):
        folder = "vocab" if name in SCHEMES else "id"
        yield name, NAMESPACES.get(name, f"{BASE}{folder}/{name}/")


def spoiled(update: str) -> Report:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in records())
    before = set(store)
    store.update(update, prefixes=dict(namespaces(update)))
    assert set(store) != before, "the update changes nothing"
    return validate(quad.triple for quad in store)


def test_the_records_have_no_mistakes() -> None:
    assert validate(records()).conforms


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_a_mistake_is_caught_by_the_rule_that_means_it(path: Path) -> None:
    text = path.read_text("utf-8")
    (rule,) = re.findall(r"^# rule: (\S+)$", text, re.MULTILINE)
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    assert rule in {result.rule_name for result in spoiled(body).results}
