"""A change costs what changed, and leaves what a release made anew from its texts would hold."""

import random
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from pledgegraph.graph import errors
from pledgegraph.graph.build import build
from pledgegraph.graph.export import export
from pledgegraph.graph.publishing import GraphEdit, rebuild, write
from pledgegraph.graph.records.load import load
from pledgegraph.graph.release import Release, current, releases

ROOT = Path(__file__).resolve().parents[2]
CLOCKS = ROOT / "tests" / "clocks"
GRAPH = "https://w3id.org/pledgegraph/graph/"
PG = "https://w3id.org/pledgegraph/ns#"


def edits_of(*names: str) -> list[GraphEdit]:
    """Return what the invented sources beside the clock tests say, as edits."""
    records = load([CLOCKS / f"{name}.yaml" for name in ("base", "announced", *names)])
    assert records.problems.errors == []
    return [GraphEdit(iri, tuple(triples)) for iri, triples in records.graphs.items()]


def quads_of(release: Release) -> set[ox.Quad]:
    return set(ox.Store.read_only(str(release.store_path)))


def differs_from_rebuild(home: Path) -> set[ox.Quad]:
    changed = quads_of(current(home))
    dump = export(current(home), "nq")
    anew = rebuild(home)
    assert export(anew, "nq") == dump
    return changed ^ quads_of(anew)


SOURCES = [
    "own-document", "found-late", "retracted", "retraction-retracted", "withdrawal-denied",
    "claimed", "denied", "interrupted-claim", "another-end", "published-some-day",
    "condition-met", "superseded", "successor-retracted", "undated-withdrawal",
    "pledge-retracted",
]  # fmt: skip


def every_edit() -> dict[str, GraphEdit]:
    """Return each source once, read along with all that it refers to."""
    found: dict[str, GraphEdit] = {}
    for name in SOURCES:
        others = {"retracted": ("found-late",), "denied": ("claimed",)}.get(name, ())
        needs = {
            "retraction-retracted": ("found-late", "retracted"),
            "withdrawal-denied": ("found-late",),
            "successor-retracted": ("superseded",),
        }.get(name, others)
        found |= {edit.graph: edit for edit in edits_of(*needs, name)}
    return found


def wander(home: Path, steps: int, seed: int) -> int:
    """Add and remove sources at random, as far as the gate lets them; return the releases made."""
    choose, every, there = random.Random(seed), every_edit(), set[str]()  # noqa: S311
    there |= {edit.graph for edit in edits_of()}
    write(home, [every[graph] for graph in sorted(there)], origin="http")
    for _ in range(steps):
        graph = choose.choice(sorted(every))
        edit = GraphEdit(graph, None) if graph in there else every[graph]
        try:
            write(home, [edit], origin="http")
        except errors.DataRefusedError:
            continue
        there ^= {graph}
    return len(releases(home))


@pytest.mark.parametrize("seed", [1, 2])
def test_sources_that_come_and_go_leave_what_their_texts_say(tmp_path: Path, seed: int) -> None:
    assert wander(tmp_path, 15, seed) > 4
    assert differs_from_rebuild(tmp_path) == set()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3, 13))
def test_many_sources_that_come_and_go_leave_what_their_texts_say(
    tmp_path: Path, seed: int
) -> None:
    assert wander(tmp_path, 40, seed) > 10
    assert differs_from_rebuild(tmp_path) == set()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, few_records: Path) -> Path:
    home = tmp_path_factory.mktemp("built")
    build(few_records, home)
    return home


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "home")
    return tmp_path / "home"


def test_a_changed_triple_is_changed_in_every_graph(home: Path) -> None:
    graph = f"{GRAPH}ap-2021-05-18-amazon-extends-pause"
    path = current(home).graph(graph)
    assert path
    triples = [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)]
    label = next(t for t in triples if t.predicate.value.endswith("prefLabel"))
    assert isinstance(label.object, ox.Literal)
    renamed = ox.Literal("Another name", language=label.object.language)
    others = [triple for triple in triples if triple != label]
    edit = GraphEdit(graph, (*others, ox.Triple(label.subject, label.predicate, renamed)))
    outcome = write(home, [edit], origin="http")
    assert (outcome.added, outcome.removed, outcome.published) == (1, 1, True)
    assert differs_from_rebuild(home) == set()


def test_what_two_sources_say_stays_until_both_are_gone(tmp_path: Path) -> None:
    said = ox.Triple(ox.NamedNode("urn:x:s"), ox.NamedNode("urn:x:p"), ox.Literal("both"))
    for slug in ("one", "other"):
        write(tmp_path, [GraphEdit(f"{GRAPH}{slug}", (said,))], origin="http")
    asserted = ox.Quad(said.subject, said.predicate, said.object)
    for slug, is_there in (("one", True), ("other", False)):
        write(tmp_path, [GraphEdit(f"{GRAPH}{slug}", None)], origin="http")
        release = current(tmp_path)
        assert (asserted in ox.Store.read_only(str(release.store_path))) == is_there


def number(text: str) -> ox.Triple:
    decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    literal = ox.Literal(text, datatype=decimal)
    return ox.Triple(ox.NamedNode("urn:x:s"), ox.NamedNode("urn:x:p"), literal)


def test_a_number_is_dumped_as_its_source_writes_it(tmp_path: Path) -> None:
    write(tmp_path, [GraphEdit(f"{GRAPH}one", (number("1.50"), number("1.5")))], origin="http")
    edit = GraphEdit(f"{GRAPH}one", (number("1.50"),))
    assert write(tmp_path, [edit], origin="http").removed == 1
    dump = export(current(tmp_path), "nt").decode()
    assert '<urn:x:s> <urn:x:p> "1.50"^^' in dump
    assert '"1.5"^^' not in dump


def test_a_dry_run_says_what_would_happen_and_publishes_nothing(home: Path) -> None:
    before = current(home)
    graph = f"{GRAPH}aclu-2021-05-18-extended-moratorium"
    outcome = write(home, [GraphEdit(graph, None)], origin="http", dry_run=True)
    assert (outcome.release, outcome.published) == (None, False)
    assert outcome.removed > 20
    assert current(home) == before


def test_a_refused_change_names_what_it_breaks_and_publishes_nothing(home: Path) -> None:
    before = current(home)
    article = f"{GRAPH}exportcompliancedaily-2020-06-12-facial-recognition"
    with pytest.raises(errors.DataRefusedError) as refusal:
        write(home, [GraphEdit(article, None)], origin="http")
    assert refusal.value.report.violations
    assert current(home) == before
    assert list(home.glob("candidate-*")) == []


def test_a_graph_without_names_for_its_things_is_refused(tmp_path: Path) -> None:
    nameless = ox.Triple(ox.BlankNode("b"), ox.NamedNode("urn:x:p"), ox.Literal("x"))
    with pytest.raises(errors.BlankNodeError, match="IRI"):
        write(tmp_path, [GraphEdit(f"{GRAPH}one", (nameless,))], origin="http")


def test_triples_that_can_be_read_only_once_are_all_published(tmp_path: Path) -> None:
    triples = (number(text) for text in ("1", "2", "3"))
    made = write(tmp_path, [GraphEdit(f"{GRAPH}one", triples)], origin="import").release
    assert made
    assert made.graph_paths()[0].read_bytes().count(b"\n") == 3


def test_a_build_replaces_its_own_graphs_and_leaves_what_came_by_other_ways(home: Path) -> None:
    came = ox.Triple(ox.NamedNode("urn:x:s"), ox.NamedNode("urn:x:p"), ox.Literal("came"))
    write(home, [GraphEdit(f"{GRAPH}came-by-http", (came,))], origin="http")
    data = home / "data"
    shutil.copytree(ROOT / "data", data)
    (data / "aclu-2021-05-18-extended-moratorium.yaml").unlink()
    made = build(data, home)
    assert made.removed == (f"{GRAPH}aclu-2021-05-18-extended-moratorium",)
    names = {path.stem for path in made.release.graph_paths()}
    assert "came-by-http" in names
    assert "aclu-2021-05-18-extended-moratorium" not in names


def test_a_build_names_the_graphs_that_it_takes_over_from_other_ways(home: Path) -> None:
    slug = "aclu-2021-05-18-extended-moratorium"
    write(home, [GraphEdit(f"{GRAPH}{slug}", None)], origin="http")
    came = ox.Triple(ox.NamedNode("urn:x:s"), ox.NamedNode("urn:x:p"), ox.Literal("came"))
    write(home, [GraphEdit(f"{GRAPH}{slug}", (came,))], origin="http")
    assert build(ROOT / "data", home).replaced == (f"{GRAPH}{slug}",)
    assert build(ROOT / "data", home).replaced == ()


def test_unchanged_texts_and_files_are_shared_between_releases(home: Path) -> None:
    before = current(home)
    came = ox.Triple(ox.NamedNode("urn:x:s"), ox.NamedNode("urn:x:p"), ox.Literal("came"))
    after = write(home, [GraphEdit(f"{GRAPH}came-by-http", (came,))], origin="http").release
    assert after
    for path in before.graph_paths():
        assert path.samefile(after.path / "graphs" / path.name)
    assert after.manifest["change"] == {"how": "change", "graphs": {"came-by-http": [1, 0]}}
    assert before.damage() is None
    assert after.damage() is None
