"""A release is whole or not there, never changes, and is the same wherever it is made."""

import os
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from pledgegraph.graph import errors
from pledgegraph.graph.build import build
from pledgegraph.graph.export import FORMATS, export, export_to
from pledgegraph.graph.publishing import GraphEdit, write
from pledgegraph.graph.publishing.candidate import locked
from pledgegraph.graph.publishing.texts import canonical
from pledgegraph.graph.release import Release, current, latest, releases

DATA = Path(__file__).resolve().parents[1] / "data"


GRAPH = "https://w3id.org/pledgegraph/graph/"


def triple(value: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode("x:s"), ox.NamedNode("x:p"), ox.Literal(value))


def publish(home: Path, *values: str) -> Release:
    edit = GraphEdit(f"{GRAPH}example", tuple(map(triple, values)))
    release = write(home, [edit], origin="http").release
    assert release is not None
    return release


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    build(DATA, home)
    return home


def test_releases_are_numbered_and_the_highest_is_current(tmp_path: Path) -> None:
    assert latest(tmp_path) is None
    publish(tmp_path, "a")
    second = publish(tmp_path, "b")
    assert [release.number for release in releases(tmp_path)] == [1, 2]
    assert latest(tmp_path) == second
    assert second.manifest["parent"] == 1


def test_the_same_content_makes_no_new_release(tmp_path: Path) -> None:
    first = publish(tmp_path, "a", "b")
    assert publish(tmp_path, "b", "a", "a") == first


def test_a_full_disk_leaves_the_release_before_and_no_rubbish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish(tmp_path, "a")

    def full_disk(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(errors.StorageError, match="make room"):
        publish(tmp_path, "b")
    assert latest(tmp_path) == first
    assert first.damage() is None
    assert list(tmp_path.glob("candidate-*")) == []


def test_what_a_killed_writer_left_is_cleared_away(tmp_path: Path) -> None:
    left = tmp_path / "candidate-x" / "store"
    left.mkdir(parents=True)
    publish(tmp_path, "a")
    assert list(tmp_path.glob("candidate-*")) == []


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(errors.HomeBusyError, match="another process"):
        publish(tmp_path, "a")
    assert latest(tmp_path) is None


def test_refused_records_publish_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    home = tmp_path / "home"
    first = build(data, home).release
    broken = next(data.glob("ap-*.yaml"))
    broken.write_text(
        broken.read_text("utf-8").replace("kind: extension", "kind: extensoin"), "utf-8"
    )
    with pytest.raises(errors.RecordsRefusedError) as refusal:
        build(data, home)
    assert any("did you mean 'extension'?" in str(problem) for problem in refusal.value.problems)
    assert latest(home) == first


def test_canonical_text_is_sorted_and_has_each_line_once() -> None:
    lines = canonical([triple("b"), triple("a"), triple("b")]).decode().splitlines()
    assert lines == ['<x:s> <x:p> "a" .', '<x:s> <x:p> "b" .']


def test_the_store_holds_what_the_texts_say(home: Path) -> None:
    release = current(home)
    store = ox.Store.read_only(str(release.store_path))
    texts = ox.parse(export(release, "nq"), format=ox.RdfFormat.N_QUADS)
    assert set(store) == set(texts)


@pytest.mark.parametrize("form", FORMATS)
def test_two_builds_give_the_same_bytes(form: str, home: Path, tmp_path: Path) -> None:
    again = build(DATA, tmp_path).release
    first = current(home)
    assert export(first, form) == export(again, form)


RDF_FORMATS = {
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_every_dataset_dump_says_the_same(form: str, home: Path) -> None:
    release = current(home)
    expected = set(ox.parse(export(release, "nq"), format=ox.RdfFormat.N_QUADS))
    assert set(ox.parse(export(release, form), format=RDF_FORMATS[form])) == expected


@pytest.mark.parametrize("form", FORMATS)
def test_every_dump_says_that_quotations_are_not_ours(form: str, home: Path) -> None:
    release = current(home)
    text = export(release, form).decode()
    assert "creativecommons.org/licenses/by/4.0" in text
    assert "The quotations are not" in text


def test_a_dump_is_written_whole(home: Path, tmp_path: Path) -> None:
    release = current(home)
    target = tmp_path / "dump.nq"
    export_to(release, "nq", target)
    assert export(release, "nq") == target.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["dump.nq"]
