"""Records may refer to what a release holds, found by point look-ups."""

from pathlib import Path

import pytest

from pledgegraph.graph import errors
from pledgegraph.graph.build import build
from pledgegraph.graph.known import known_to
from pledgegraph.graph.namespaces import thing
from pledgegraph.graph.publishing import GraphEdit, write
from pledgegraph.graph.records.known import NOTHING, Held, Known
from pledgegraph.graph.records.load import load_text
from pledgegraph.graph.release import Release, latest

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
EXAMPLE = ROOT / "docs" / "examples" / "acme-news.yaml"
PLEDGE = "amazon-2020-06-police-facial-recognition"
ARTICLE = "exportcompliancedaily-2020-06-12-facial-recognition"
RECORD = """\
source:
  id: example-2026
  kind: press-article
  title: Example
  language: en
  read-on: 2026-01-01
statements:
  - speaker: {speaker}
    as: {organization}
    date: {day}
    does: announce
    quote: Example
    paraphrase: An example.
"""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return build(DATA, tmp_path_factory.mktemp("home")).release


@pytest.fixture(scope="module")
def known(release: Release) -> Known:
    return known_to(release, ())


def test_a_thing_is_found_by_slug_and_by_alias(known: Known) -> None:
    assert known.named(PLEDGE, ("pledge",)) == {thing("pledge", PLEDGE)}
    (amazon,) = known.named("amazon", ("company",))
    assert amazon.startswith(thing("company", "cik-"))
    assert known.named("amazon", ()) == {amazon}


@pytest.mark.parametrize("slug", ["nobody", "", "a b", "<x>", '"', "\n", "é"])
def test_what_is_not_there_is_not_found(known: Known, slug: str) -> None:
    assert known.named(slug, ()) == set()


def test_a_thing_of_another_kind_is_not_found(known: Known) -> None:
    assert known.named("amazon", ("person",)) == set()


def test_what_only_a_replaced_graph_says_does_not_count(release: Release) -> None:
    without = known_to(release, [ARTICLE])
    assert without.named(PLEDGE, ("pledge",)) == set()
    assert PLEDGE not in set(without.slugs(("pledge",)))


def test_the_slugs_of_a_kind_can_be_looked_through(known: Known) -> None:
    assert PLEDGE in set(known.slugs(("pledge",)))
    assert PLEDGE not in set(known.slugs(("company",)))


def test_a_home_without_a_release_knows_nothing() -> None:
    assert known_to(None, ()) is NOTHING


@pytest.mark.parametrize(
    ("day", "covered"),
    [("2019-12-31", False), ("2020-01-01", True), ("2020-12-31", False), (None, True)],
)
def test_a_role_holds_from_its_first_day_until_before_its_last(
    day: str | None, covered: bool
) -> None:
    assert Held("x", "2020-01-01", "2020-12-31").covers(day) is covered
    assert Held("x", None, None).covers(day)


def test_a_speaker_may_speak_in_a_role_that_the_graph_holds(known: Known) -> None:
    text = RECORD.format(speaker="arvind-krishna", organization="ibm", day="2026-01-01")
    records = load_text(text.encode(), lambda _: known)
    assert records.problems.all == []
    ((_, triples),) = records.graphs.items()
    (role,) = [t.object for t in triples if str(t.predicate).endswith("#speakerRole>")]
    assert str(role).startswith(f"<{thing('membership', 'arvind-krishna')}-ibm")


def test_a_role_that_nobody_holds_is_refused(known: Known) -> None:
    text = RECORD.format(speaker="arvind-krishna", organization="microsoft", day="2026-01-01")
    records = load_text(text.encode(), lambda _: known)
    assert [problem.rule for problem in records.problems.errors] == ["no-such-role"]


def test_record_files_may_speak_of_what_came_by_other_ways(tmp_path: Path) -> None:
    folder, home = tmp_path / "data", tmp_path / "home"
    build(DATA, home)
    folder.mkdir()
    for path in DATA.glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    sent = load_text(EXAMPLE.read_bytes(), lambda slugs: known_to(latest(home), slugs))
    ((graph, triples),) = sent.graphs.items()
    write(home, [GraphEdit(graph, tuple(triples))], origin="http")
    record = RECORD.format(speaker="acme", organization="", day="2026-01-16")
    (folder / "later.yaml").write_text(record.replace("    as: \n", ""))
    built = build(folder, home).release
    assert {"acme-news-2026-01-15", "example-2026"} <= {path.stem for path in built.graph_paths()}
    (folder / "later.yaml").write_text(record.replace("speaker: acme", "speaker: acmee"))
    with pytest.raises(errors.RecordsRefusedError) as raised:
        build(folder, home)
    assert "did you mean 'acme'?" in str(raised.value.problems)
