"""The graphs that benchmarks run on conform to our shapes, but for the mistakes asked for."""

import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from pledgegraph.graph import gate
from pledgegraph.graph.records.load import load

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import generate

SIZE = 20_000


def triples(planted: list[generate.Mistake], mistakes: int = 0) -> list[ox.Triple]:
    data = b"".join(generate.union(SIZE, 1, mistakes, planted))
    return [quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)]


def test_a_graph_is_about_as_large_as_asked_for_and_conforms() -> None:
    made = triples([])
    assert SIZE <= len(made) < 1.05 * SIZE
    assert gate.validate(made).results == ()


@pytest.mark.parametrize("size", range(20_200, 20_260, 10))
def test_no_pledge_is_cut_off_wherever_a_source_ends(size: int) -> None:
    data = b"".join(generate.union(size, 1))
    quads = list(ox.parse(data, format=ox.RdfFormat.N_TRIPLES))
    parts = {q.object for q in quads if q.predicate.value.endswith("#hasCommitment")}
    assert parts <= {quad.subject for quad in quads}


def test_every_planted_mistake_is_found_by_the_rule_that_it_breaks() -> None:
    planted: list[generate.Mistake] = []
    report = gate.validate(triples(planted, mistakes=35))
    assert len(planted) == 35
    assert len({mistake.kind for mistake in planted}) == 7
    found = {(result.focus, result.rule) for result in report.violations}
    assert {(mistake.focus, mistake.rule) for mistake in planted} <= found


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    files = {}
    for name, seed in (("once", 1), ("again", 1), ("other", 2)):
        written = generate.write(tmp_path / name, SIZE, seed)
        files[name] = {path.name: path.read_bytes() for path in written}
    assert files["once"] == files["again"]
    assert files["once"] != files["other"]


def test_the_files_of_the_sources_have_the_triples_of_the_union(tmp_path: Path) -> None:
    quads = [
        quad
        for path in generate.write(tmp_path, SIZE, 1)
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)
    ]
    assert {quad.triple for quad in quads} == set(triples([]))
    slugs = {quad.graph_name.value.rsplit("/", 1)[1] for quad in quads}
    assert slugs == {path.stem for path in tmp_path.iterdir()}


@pytest.mark.parametrize("number", [0, 7])
def test_one_new_record_file_validates_beside_such_a_graph(tmp_path: Path, number: int) -> None:
    path = tmp_path / f"new-article-{number:06d}.yaml"
    path.write_text(generate.one_record(number))
    records = load([path])
    assert records.problems.all == []
    (made,) = records.graphs.values()
    assert 40 <= len(made) <= 120
    assert gate.validate([*made, *triples([])]).results == ()
