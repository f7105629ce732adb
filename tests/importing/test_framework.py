"""Any importer: each record read is written, set aside or skipped; a second run changes nothing."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import yaml

from pledgegraph.graph import errors
from pledgegraph.graph.build import build
from pledgegraph.graph.importing import DataSet, Home, Ledger, Place, Sheet
from pledgegraph.graph.importing.catalogue import catalogued
from pledgegraph.graph.importing.home import HeldTerm
from pledgegraph.graph.importing.readers.tables import rows
from pledgegraph.graph.importing.run import Imported, import_files, write_record_files
from pledgegraph.graph.namespaces import GRAPH
from pledgegraph.graph.publishing.candidate import locked
from pledgegraph.graph.records.load import load
from pledgegraph.graph.release import current, digest

ROOT = Path(__file__).resolve().parents[2]
HEAD = "id,name,lei,since,until\n"
GOOD = "acme,Acme Inc.,529900T8BM49AURSDO55,2015-01-02,\n"


class Firms:
    """Companies and the days on which they joined a club, from a small table."""

    name = "firms"

    def data_sets(self, paths: Sequence[Path], home: Home) -> Iterator[DataSet]:
        for path in paths:
            yield DataSet(f"firms-{path.stem}", "Firms of the club", path, published="2020-06-11")

    def read(self, data_set: DataSet, ledger: Ledger) -> Iterator[Sheet]:
        for row in rows(data_set.path, ledger, "firm", ["id", "name", "lei", "since", "until"]):
            place = Place(data_set.path.name, row["id"] or f"line-{row.line}", "name", row.line)
            if row["name"] == "Nobody":
                ledger.skip("firm", place, "no-company", row["name"])
                continue
            form = {"id": row["id"], "label": row["name"], "lei": row["lei"]}
            yield {"companies": [ledger.record("firm", place, form)]}
            if row["since"]:
                ledger.read("joining")
                yield {"people": [self._founder(row.values, place, ledger)]}

    def _founder(self, row: dict[str, str], place: Place, ledger: Ledger) -> dict[str, object]:
        role = {"of": f"company/{row['id']}", "from": row["since"], "until": row["until"]}
        joined = ledger.record("joining", place.at("since"), role)
        return {
            "id": f"founder-{row['id']}",
            "label": "A founder",
            "entry": place.entry,
            "roles": [joined],
        }


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def imported(tmp_path: Path, home: Path) -> "Import":
    return Import(tmp_path, home)


class Import:
    def __init__(self, folder: Path, home: Path) -> None:
        self.folder, self.home = folder, home

    def __call__(self, text: str, **options: object) -> Imported:
        path = self.folder / "club.csv"
        path.write_bytes(text.encode())
        return import_files(self.home, Firms(), [path], **options)  # type: ignore[arg-type]

    def counts(self, text: str, kind: str = "firm") -> dict[str, object]:
        return dict(self(text).converted[0].account["records"][kind])

    def said(self) -> str:
        path = current(self.home).graph(f"{GRAPH}firms-club")
        assert path
        return path.read_text()


def test_a_record_becomes_a_form_with_its_place_as_evidence(imported: Import) -> None:
    done = imported(HEAD + GOOD)
    assert done.is_new
    assert done.release == 1
    assert '"Acme Inc."@en' in imported.said()
    assert '#recordIdentifier> "acme"' in imported.said()
    assert '#fieldName> "name"' in imported.said()


def test_a_second_run_changes_nothing(imported: Import) -> None:
    imported(HEAD + GOOD)
    again = imported(HEAD + GOOD)
    assert not again.is_new
    assert again.release == 1
    assert again.converted[0].is_kept


def test_another_content_replaces_the_first(imported: Import) -> None:
    imported(HEAD + GOOD)
    assert imported(HEAD + GOOD.replace("Acme Inc.", "Acme plc")).release == 2
    assert "Acme Inc." not in imported.said()


def test_what_the_expander_refuses_is_set_aside_alone(imported: Import) -> None:
    bad = "b-ad,Bad Day,,2015-02-31,\n"
    done = imported(HEAD + GOOD + bad)
    records = done.converted[0].account["records"]
    assert records["joining"] == {
        "read": 2,
        "written": 1,
        "quarantined": {"bad-day": 1},
        "skipped": {},
    }
    assert "Bad Day" in imported.said()


def test_what_a_shape_refuses_is_set_aside_alone(imported: Import) -> None:
    assert imported.counts(HEAD + GOOD + "other,Other,5299-LEI,,\n") == {
        "read": 2,
        "written": 1,
        "quarantined": {"Identifier-lei": 1},
        "skipped": {},
    }
    listed = (imported.home / "imports/firms-club.set-aside.jsonl").read_text().splitlines()
    line = json.loads(listed[0])
    assert (line["file"], line["line"], line["rule"]) == ("club.csv", 3, "Identifier-lei")


def test_what_is_skipped_is_counted_by_rule(imported: Import) -> None:
    assert imported.counts(HEAD + GOOD + "x,Nobody,,,\n")["skipped"] == {"no-company": 1}


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("one,two\n", "ragged-row"),
        ("n,Nul \0 Inc.,,,\n", "control-character"),
        ("t,Turned \u202e Inc.,,,\n", "control-character"),
        ("Bad Id,Name,,,\n", "bad-id"),
    ],
)
def test_dirt_is_quarantined_with_its_rule(imported: Import, row: str, rule: str) -> None:
    found = imported.counts(HEAD + GOOD + row)
    assert found["quarantined"] == {rule: 1}
    assert found["written"] == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id,name\n", "no column lei"),
        (HEAD.replace("until", "since"), "no column until"),
        (HEAD + '"never closed', "is no CSV"),
        (HEAD + "a,\udcff,,,\n", "surrogates"),
    ],
)
def test_a_file_of_another_kind_is_refused_whole(imported: Import, text: str, says: str) -> None:
    if says == "surrogates":
        path = imported.folder / "club.csv"
        path.write_bytes(text.encode(errors="surrogateescape"))
        with pytest.raises(errors.DataSetError, match="is not UTF-8"):
            import_files(imported.home, Firms(), [path])
        return
    with pytest.raises(errors.DataSetError, match=says):
        imported(text)


def test_a_record_that_ends_in_no_way_stops_the_import(
    imported: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Ledger, "skip", lambda *_, **__: None)
    with pytest.raises(errors.ImportImbalanceError, match="of 1 firm records read 0 were written"):
        imported(HEAD + "x,Nobody,,,\n")


def test_a_dry_run_publishes_nothing(imported: Import) -> None:
    assert imported(HEAD + GOOD, dry_run=True).release is None


def test_what_is_written_as_a_record_file_says_the_same(imported: Import, tmp_path: Path) -> None:
    imported(HEAD + GOOD)
    data = tmp_path / "data"
    data.mkdir()
    paths = write_record_files(imported.home, Firms(), [tmp_path / "club.csv"], data)
    found = load(paths)
    assert not found.problems.all
    (graph,) = found.graphs.values()
    lines = imported.said().splitlines()
    assert {f"{triple}" for triple in graph} == {
        line.removesuffix(f" <{GRAPH}firms-club> .") for line in lines
    }
    build(data, tmp_path / "other")


def test_two_imports_at_once_do_not_mix(imported: Import) -> None:
    with locked(imported.home / "imports"), pytest.raises(errors.HomeBusyError):
        imported(HEAD + GOOD)


def test_an_import_that_was_killed_goes_on(imported: Import) -> None:
    imported(HEAD + GOOD)
    (imported.home / "imports/firms-club.part").write_text("half of it")
    (imported.home / "imports/firms-club.nq").unlink()  # before it was renamed
    assert not imported(HEAD + GOOD).is_new
    assert imported(HEAD + GOOD).converted[0].is_kept


@pytest.mark.parametrize(
    ("start", "end", "held"),
    [
        ("2020-01-03", "2022-01-03", True),
        ("2021-06-11", None, True),
        ("2021-06-12", None, False),
        (None, "2021-06-12", True),
        ("2015-01-03", "2021-06-11", False),
        (None, None, False),
    ],
)
def test_a_term_is_held_from_its_first_day_until_before_its_end(
    start: str | None, end: str | None, held: bool
) -> None:
    assert HeldTerm("t", "us-senate", "s", start, end).covers("2021-06-11") is held


def test_each_file_of_the_catalogue_is_the_one_that_is_at_hand(material: Path) -> None:
    text = (ROOT / "graph" / "importing" / "catalogue.yaml").read_text("utf-8")
    for published in yaml.safe_load(text):
        for path, known in published["files"].items():
            assert digest(material / "data" / "real" / path) == known, path
            assert catalogued(known)["version"] == published["version"]


def test_writing_records_leaves_the_list_of_an_import_alone(
    imported: Import, tmp_path: Path
) -> None:
    imported(HEAD + GOOD + "x,Nobody,,,\n")
    listed = (imported.home / "imports/firms-club.set-aside.jsonl").read_text()
    (tmp_path / "club.csv").write_text(HEAD + GOOD)
    list(write_record_files(imported.home, Firms(), [tmp_path / "club.csv"], tmp_path))
    assert (imported.home / "imports/firms-club.set-aside.jsonl").read_text() == listed != ""


def test_an_import_that_fails_leaves_no_account_of_another_text(
    imported: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(HEAD + GOOD)
    with monkeypatch.context() as broken:
        broken.setattr(Ledger, "skip", lambda *_, **__: None)
        with pytest.raises(errors.ImportImbalanceError):
            imported(HEAD + "x,Nobody,,,\n")
    assert not imported(HEAD + GOOD).converted[0].is_kept
    assert "Acme Inc." in imported.said()
