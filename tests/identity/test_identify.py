"""Who is who in a home: published with reasons, taken back, decided by people."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from pledgegraph.graph import errors
from pledgegraph.graph.build import build
from pledgegraph.graph.identity.identify import explain, identify
from pledgegraph.graph.identity.review import read_review
from pledgegraph.graph.namespaces import ID, NS
from pledgegraph.graph.publishing import GraphEdit, rebuild, write
from pledgegraph.graph.release import Release, current

ROOT = Path(__file__).resolve().parents[2]
PLEDGEGRAPH = Path(sys.executable).with_name("pledgegraph")
DAY = date(2026, 11, 25)
MARKEY = "person/bioguide-M000133"
SAME = "person/ocd-person-00000000-0000-4000-8000-000000000001"
NAMESAKE = "person/ocd-person-00000000-0000-4000-8000-000000000002"
GRAPH = "https://w3id.org/pledgegraph/graph/"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the senator of the article, once more in another data set, and a namesake."""
    folder = tmp_path_factory.mktemp("records")
    name = "congress-legislators-2020-06-11.yaml"
    shutil.copy(ROOT / "data" / name, folder / name)
    for path in (ROOT / "tests" / "identity" / "records").glob("*.yaml"):
        shutil.copy(path, folder / path.name)
    home = tmp_path_factory.mktemp("home")
    build(folder, home)
    return home


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """The same home, for one test to change."""
    return Path(shutil.copytree(built, tmp_path / "home"))


def links(release: Release) -> set[tuple[str, str]]:
    store = ox.Store.read_only(str(release.store_path))
    found = store.quads_for_pattern(None, ox.NamedNode(f"{NS}sameAgentAs"), None, ox.DefaultGraph())
    return {
        (quad.subject.value.removeprefix(ID), quad.object.value.removeprefix(ID)) for quad in found
    }


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def decide(path: Path, decision: str, pair: set[str], **more: str) -> Path:
    """Put a decision into a list as a person would."""
    kept = list(rows(path))
    signed = {"decision": decision, "decided-by": "a curator", **more}
    changed = [{**row, **signed} if {row["left"], row["right"]} == pair else row for row in kept]
    decided = path.with_name("decided.csv")
    with decided.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, kept[0])
        writer.writeheader()
        writer.writerows(changed)
    return decided


def test_what_is_sure_is_linked_both_ways_and_the_rest_is_listed(
    home: Path, tmp_path: Path
) -> None:
    review = tmp_path / "review.csv"
    found = identify(home, review=review, today=DAY)
    assert links(current(home)) == {(MARKEY, SAME), (SAME, MARKEY)}
    assert {frozenset((row["left"], row["right"])) for row in rows(review)} == {
        frozenset((MARKEY, NAMESAKE)),
        frozenset((SAME, NAMESAKE)),
    }
    assert (len(found.people.accepted), len(found.people.proposed)) == (1, 2)


def test_a_record_says_how_sure_and_why(home: Path) -> None:
    identify(home, today=DAY)
    text = (current(home).path / "graphs" / "identity-people.nq").read_text()
    assert "identificationReason" in text
    assert "the same chamber at one time" in text
    assert '"matcher 1"' in text


def test_the_links_are_those_of_a_release_made_anew(home: Path) -> None:
    identify(home, today=DAY)
    before = links(current(home))
    assert links(rebuild(home)) == before


def test_a_second_run_changes_nothing(home: Path) -> None:
    assert identify(home, today=DAY).is_new
    assert not identify(home, today=date(2027, 1, 1)).is_new


def test_who_takes_the_record_away_takes_the_link_away_and_nothing_else(home: Path) -> None:
    identify(home, today=DAY)
    write(home, [GraphEdit(f"{GRAPH}identity-people", None)], origin="http")
    assert links(current(home)) == set()
    store = ox.Store.read_only(str(current(home).store_path))
    for name in (MARKEY, SAME):
        assert any(
            store.quads_for_pattern(ox.NamedNode(f"{ID}{name}"), None, None, ox.DefaultGraph())
        )


def test_a_link_stays_when_something_else_is_said_of_one_of_the_two(home: Path) -> None:
    identify(home, today=DAY)
    store = ox.Store.read_only(str(current(home).store_path))
    graph = ox.NamedNode(f"{GRAPH}open-states-sample")
    said = {quad.triple for quad in store.quads_for_pattern(None, None, None, graph)}
    person = ox.NamedNode(f"{ID}{SAME}")
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
    del store
    said.add(ox.Triple(person, label, ox.Literal("Ed", language="en")))
    write(home, [GraphEdit(graph.value, said)], origin="http")
    assert links(current(home)) == {(MARKEY, SAME), (SAME, MARKEY)}
    assert links(rebuild(home)) == {(MARKEY, SAME), (SAME, MARKEY)}


@pytest.mark.parametrize(
    ("decision", "pair", "expected"),
    [
        ("accepted", {MARKEY, NAMESAKE}, {(MARKEY, SAME), (MARKEY, NAMESAKE)}),
        ("rejected", {MARKEY, NAMESAKE}, {(MARKEY, SAME)}),
    ],
)
def test_what_a_person_decides_is_kept_and_wins(
    home: Path, tmp_path: Path, decision: str, pair: set[str], expected: set[tuple[str, str]]
) -> None:
    review = tmp_path / "review.csv"
    identify(home, review=review, today=DAY)
    signed = list(read_review(decide(review, decision, pair), DAY))
    identify(home, signed, review=review, today=DAY)
    assert pair not in [{row["left"], row["right"]} for row in rows(review)]
    identify(home, review=review, today=DAY)  # without the list: it is kept in the home
    both = expected | {(other, one) for one, other in expected}
    assert links(current(home)) == both


def test_a_rejection_undoes_what_the_comparison_accepted(home: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.csv"
    identify(home, review=review, today=DAY)
    line = f"decision,decided-by,left,right\nrejected,a curator,{MARKEY},{SAME}\n"
    review.write_text(line, encoding="utf-8")
    identify(home, list(read_review(review, DAY)), today=DAY)
    assert links(current(home)) == set()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("decision,decided-by,left,right\nmaybe,me,person/a,person/b\n", ":2: 'maybe' is none of"),
        ("decision,decided-by,left,right\naccepted,,person/a,person/b\n", ":2: lacks 'decided-by'"),
        ("decision,left,right\naccepted,person/a,person/b\n", ":1: lacks the column decided-by"),
        (
            "decision,decided-by,decided-on,left,right\naccepted,me,today,person/a,person/b\n",
            ":2: 'decided-on' is no day",
        ),
    ],
)
def test_a_list_that_nobody_signed_or_that_decides_nothing_is_refused(
    tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "review.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(errors.ReviewError, match=message):
        list(read_review(path, DAY))


def test_two_are_explained(built: Path) -> None:
    verdict = explain(built, MARKEY, SAME)
    assert verdict.decision == "accepted"
    assert any(reason.startswith("office +9.0") for reason in verdict.reasons)
    with pytest.raises(errors.UnknownThingError, match="there is no agent 'person/nobody'"):
        explain(built, MARKEY, "person/nobody")


def test_the_command_prints_what_it_found(home: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.csv"
    command = [PLEDGEGRAPH, "identify", "--home", home, "--review", review]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "the pairs left to you are in" in done.stdout
    told = subprocess.run(
        [PLEDGEGRAPH, "identify", "--home", home, "--explain", MARKEY, SAME],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "accepted by name, probability" in told.stdout
