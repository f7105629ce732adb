"""The Net Zero Tracker: goals are pledges; what it codes, also that there is none, are findings."""

import csv
import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from pledgegraph.graph import errors
from pledgegraph.graph.importers.netzero.goals import COLUMNS, announcement, contradiction
from pledgegraph.graph.importers.netzero.importer import NetZero
from pledgegraph.graph.importing import Home
from pledgegraph.graph.importing.converting import Conversion
from pledgegraph.graph.importing.readers.tables import Row

MORE = (
    *("end_target_percentage_reduction", "end_target_baseline_year", "plan_options", "equity"),
    *("interim_target_percentage_reduction", "interim_target_baseline_year", "end_target_other"),
    *("carbon_credit_offsets", "isin_id", "race_to_zero_member"),
)
HEAD = (*COLUMNS, *MORE)
ACME = {
    "last_updated": "2022-05-28 08:07:58",
    "id_code": "COM-0021",
    "name": "Acme",
    "country": "JPN",
    "actor_type": "Company",
    "source_url": "https://acme.example/goal",
    "status_date": "2021",
    "end_target": "Net zero",
    "end_target_year": "2030",
    "end_target_status": "In corporate strategy",
    "end_target_text": "Net zero\nby 2030.",
    "interim_target": "Emissions reduction target",
    "interim_target_year": "2025",
    "interim_target_percentage_reduction": "65",
    "interim_target_baseline_year": "2010",
    "gasses_coverage": "Carbon dioxide and other GHGs",
    "scope_1": "Yes",
    "scope_2": "Not Specified",
    "scope_3": "No",
    "has_plan": "Yes",
    "plan_options": "Schedule for regular review of measures|Measures for all emission scopes",
    "isin_id": "US0000000002",
}
BARE = {"actor_type": "Company", "last_updated": "2021-10-18 10:44:28", "country": "USA"}
NONE = BARE | {"id_code": "COM-0002", "name": "NO", "end_target": "No target", "equity": "No"}
CITY = {"id_code": "CIT-0001", "name": "Dover", "actor_type": "City", "end_target": "Net zero"}


def row(**cells: str) -> Row:
    return Row(dict.fromkeys(HEAD, "") | BARE | cells, 2)


def table(*records: dict[str, str]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, HEAD)
    writer.writeheader()
    writer.writerows(dict.fromkeys(HEAD, "") | record for record in records)
    return text.getvalue()


class Converted:
    """What a small snapshot becomes, without publishing it."""

    def __init__(self, folder: Path, *records: dict[str, str], text: str | None = None) -> None:
        path = folder / "tracker-2022-12-20.csv"
        path.write_text(text or table(*records), "utf-8")
        (data_set,) = NetZero().data_sets([path], Home(folder / "home"))
        done = Conversion(NetZero(), folder / "imports").convert(data_set, lambda _done: None)
        self.counts = done.account["records"]
        self.listing = done.text.with_suffix(".set-aside.jsonl")
        self.quads = list(ox.parse(path=done.text, format=ox.RdfFormat.N_QUADS))

    def of(self, thing: str) -> dict[str, set[str]]:
        """Return the values of a thing by the last part of their properties."""
        found: dict[str, set[str]] = {}
        for quad in self.quads:
            if quad.subject.value.endswith(f"/id/{thing}"):
                name = quad.predicate.value.replace("#", "/").rsplit("/", 1)[-1]
                value = quad.object.value.rsplit("/id/", 1)[-1].rsplit("/vocab/", 1)[-1]
                found.setdefault(name, set()).add(value)
        return found


@pytest.fixture
def acme(tmp_path: Path) -> Converted:
    return Converted(tmp_path, ACME, NONE, CITY)


def test_a_goal_is_a_commitment_with_a_year_and_no_end(acme: Converted) -> None:
    goal = acme.of("commitment/nzt-com-0021-1")
    assert goal["targetType"] == {"target-type/net-zero"}
    assert goal["targetYear"] == {"2030"}
    assert goal["horizon"] == {"horizon/target-date"}
    assert goal["emissionScope"] == {"emission-scope/scope-1"}
    assert goal["object"] == {"object/greenhouse-gas-emissions"}
    assert goal["reportedText"] == {"Net zero\nby 2030."}
    assert "validUntil" not in goal
    assert acme.of("pledge/nzt-com-0021")["reportedAt"] == {"https://acme.example/goal"}


def test_an_interim_reduction_has_its_share_and_base_year(acme: Converted) -> None:
    goal = acme.of("commitment/nzt-com-0021-2")
    assert (goal["targetValue"], goal["targetUnit"]) == ({"65"}, {"%"})
    assert (goal["baseYear"], goal["targetYear"]) == ({"2010"}, {"2025"})


def test_none_unknown_and_not_reported_are_three_things(acme: Converted) -> None:
    assert acme.of("finding/nzt-com-0002-end-target")["findingValue"] == {"finding-value/no"}
    assert acme.of("finding/nzt-com-0021-scope-2")["findingValue"] == {
        "finding-value/not-specified"
    }
    assert acme.of("finding/nzt-com-0002-scope-2") == {}
    assert acme.of("pledge/nzt-com-0002") == {}


def test_the_rung_of_the_ladder_is_a_finding_of_the_tracker(acme: Converted) -> None:
    rung = acme.of("finding/nzt-com-0021-target-status")
    assert rung["findingValue"] == {"target-status/in-corporate-strategy"}
    assert rung["foundBy"] == {"organization/net-zero-tracker"}
    assert rung["findingOn"] == {"pledge/nzt-com-0021"}
    assert rung["attestedOn"] == {"2022-12-20"}


def test_remarks_that_are_listed_in_one_cell_are_several(acme: Converted) -> None:
    assert acme.of("finding/nzt-com-0021-plan")["findingText"] == {
        "Schedule for regular review of measures",
        "Measures for all emission scopes",
    }


def test_a_company_named_no_keeps_its_name_and_no_isin_is_taken_over(acme: Converted) -> None:
    assert acme.of("company/nzt-com-0002")["prefLabel"] == {"NO"}
    assert not any("US0000000002" in str(quad.object) for quad in acme.quads)
    assert acme.of("company/nzt-com-0021")["basedIn"] == {"jurisdiction/jp"}


def test_what_is_no_company_is_skipped_by_rule_and_counted(acme: Converted) -> None:
    assert acme.counts["row"] == {
        "read": 3,
        "written": 2,
        "quarantined": {},
        "skipped": {"not-a-company-but-a-city": 1},
    }
    assert acme.counts["target"]["written"] == 2


@pytest.mark.parametrize(
    ("cells", "announced"),
    [
        ({"status_date": "2021", "end_target_status": "Declaration / pledge"}, "2021"),
        ({"status_date": "2021", "end_target_status": "In law"}, "../2021 (inferred)"),
        ({"status_date": ""}, "../2021-10-18 (inferred)"),
        ({"status_date": "2040"}, "../2021-10-18 (inferred)"),
    ],
    ids=["declared", "another rung", "undated", "after the snapshot"],
)
def test_an_announcement_is_dated_no_better_than_the_tracker_dates_it(
    cells: dict[str, str], announced: str
) -> None:
    assert announcement(row(**cells))[0] == announced


def test_a_status_dated_after_the_snapshot_is_told() -> None:
    note = announcement(row(status_date="2040"))[1]
    assert note
    assert "2040" in note


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({"end_target": "No target", "end_target_year": "2040"}, "no-target-with-a-year"),
        ({"end_target": "Nett zero"}, "unknown-code"),
        ({"end_target": "Net zero", "end_target_year": "20300"}, "odd-year"),
        (
            {"end_target": "Other", "end_target_percentage_reduction": "2030"},
            "share-over-a-hundred",
        ),
        ({"end_target": "Other", "end_target_baseline_year": "1000"}, "odd-base-year"),
        ({"end_target": "Other", "end_target_baseline_year": "2030"}, "odd-base-year"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_goal_that_contradicts_itself_is_quarantined(cells: dict[str, str], rule: str) -> None:
    found = contradiction(row(**cells), "end_target")
    assert found
    assert found[0] == rule


def test_a_goal_without_a_year_or_a_sort_is_sound() -> None:
    assert contradiction(row(end_target="Other"), "end_target") is None
    assert contradiction(row(end_target="", end_target_year="2030"), "end_target") is None


def test_a_goal_set_aside_leaves_the_company_and_the_other_goal(tmp_path: Path) -> None:
    done = Converted(tmp_path, ACME | {"interim_target_baseline_year": "1000"})
    assert done.counts["target"]["quarantined"] == {"odd-base-year": 1}
    assert done.of("pledge/nzt-com-0021")["hasCommitment"] == {"commitment/nzt-com-0021-1"}
    (line,) = [json.loads(line) for line in done.listing.read_text().splitlines()]
    assert (line["record"], line["field"]) == ("COM-0021", "interim_target")
    assert line["detail"] == "interim_target_baseline_year 1000"


def test_what_is_only_proposed_is_no_pledge(tmp_path: Path) -> None:
    done = Converted(tmp_path, ACME | {"end_target_status": "Proposed / in discussion"})
    assert done.counts["target"]["skipped"] == {"proposed-not-promised": 2}
    assert done.of("pledge/nzt-com-0021") == {}
    assert done.of("finding/nzt-com-0021-end-target")["findingText"] == {"Net zero 2030"}


def test_an_id_twice_is_quarantined_once(tmp_path: Path) -> None:
    done = Converted(tmp_path, ACME, ACME | {"name": "Another"})
    assert done.counts["row"]["quarantined"] == {"id-twice": 1}


def test_a_ragged_row_is_quarantined_and_the_others_stay(tmp_path: Path) -> None:
    done = Converted(
        tmp_path, text=table(ACME) + "2021,COM-0003,Short\r\n" + table(NONE).split("\r\n")[1]
    )
    assert done.counts["row"]["quarantined"] == {"ragged-row": 1}
    assert done.counts["row"]["written"] == 2


def test_an_unknown_code_is_quarantined(tmp_path: Path) -> None:
    done = Converted(tmp_path, ACME | {"has_plan": "Maybe"})
    assert done.counts["finding"]["quarantined"] == {"unknown-code": 1}


def test_another_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(errors.DataSetError, match=r"other\.csv has not the columns"):
        list(NetZero().data_sets([tmp_path / "other.csv"], Home(tmp_path)))
