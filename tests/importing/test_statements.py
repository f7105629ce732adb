"""Recorded positions, documents on pledges, and a survey of gifts: no more than they say."""

import io
import json
import tarfile
from pathlib import Path

import pyoxigraph as ox
import pytest

from pledgegraph.graph import errors
from pledgegraph.graph.build import build
from pledgegraph.graph.importers.statements.importer import Statements
from pledgegraph.graph.importers.statements.white_house import left_out
from pledgegraph.graph.importing import Home
from pledgegraph.graph.importing.converting import Conversion, Converted
from pledgegraph.graph.importing.run import import_files
from pledgegraph.graph.namespaces import ID

ROOT = Path(__file__).resolve().parents[2]
MARKEY = {"biocode": "M000133", "name": "Markey", "yesOnCRA": True}
OTHER = {"biocode": "A000371", "name": "Aguilar", "yesOnCRA": False}
GIFTS = """Company,Pride?,HRC Business Pledge,Amount Contributed Across States,# of Politicians Contributed to,# of States Where Contributions Made
AT&T,TRUE,TRUE,307137.52,67,6
Comcast,TRUE,FALSE,121350,40,4
Grand Total,NA,NA,3683269.1400000006,101,6
"""  # noqa: E501 - a table
PLEDGE = """---
date: '2026-03-04'
published_time: 2026-03-04 16:45:56-05:00
source_url: https://www.whitehouse.gov/articles/2026/03/ratepayer-protection-pledge/
tags: articles
title: Ratepayer Protection\u2060 Pledge
---
Text.
"""
NAME = "articles/2026-03/2026-03-04-ratepayer-protection-pledge.md"


def convert(path: Path) -> Converted:
    (data_set,) = Statements().data_sets([path], Home(path.parent / "home"))
    folder = path.parent / "imports"
    return Conversion(Statements(), folder).convert(data_set, lambda _done: None)


def positions(folder: Path, *members: object) -> Path:
    (folder / "politicians.json").write_text(json.dumps(members))
    return folder / "politicians.json"


def archive(folder: Path, files: dict[str, str]) -> Path:
    path = folder / "documents.tar.xz"
    with tarfile.open(path, "w:xz") as packed:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            packed.addfile(member, io.BytesIO(text.encode()))
    return path


def values(done: Converted, thing: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for quad in ox.parse(path=done.text, format=ox.RdfFormat.N_QUADS):
        if quad.subject.value.startswith(f"{ID}{thing}"):
            name = quad.predicate.value.replace("#", "/").rsplit("/", 1)[-1]
            value = quad.object.value.removeprefix(ID).rsplit("/vocab/", 1)[-1]
            found.setdefault(name, set()).add(value)
    return found


def test_a_recorded_yes_is_support_and_anything_else_no_stance(tmp_path: Path) -> None:
    done = convert(positions(tmp_path, MARKEY, OTHER))
    yes = values(done, "position/net-neutrality-resolution-M000133")
    assert yes["stance"] == {"stance/support"}
    assert yes["holder"] == {"person/bioguide-M000133"}
    other = values(done, "position/net-neutrality-resolution-A000371")
    assert other["stance"] == {"stance/not-stated"}


def test_a_list_of_positions_names_nobody_anew(tmp_path: Path) -> None:
    done = convert(positions(tmp_path, MARKEY))
    assert values(done, "person/") == {}


@pytest.mark.parametrize(
    ("member", "rule"),
    [
        ({"biocode": "133", "yesOnCRA": True}, "no-bioguide-identifier"),
        ({"biocode": "B000001", "yesOnCRA": "NO"}, "no-answer"),
        ({"biocode": "B000001"}, "no-answer"),
        (MARKEY, "identifier-twice"),
        (["M000133"], "no-bioguide-identifier"),
    ],
)
def test_a_bad_position_is_quarantined_alone(tmp_path: Path, member: object, rule: str) -> None:
    counts = convert(positions(tmp_path, MARKEY, member)).account["records"]["position"]
    assert counts["quarantined"] == {rule: 1}
    assert counts["written"] == 1


@pytest.mark.parametrize("text", ['[{"a": 1', "{}", '[{"a": 1, "a": 2}]', "[NaN]", "[" * 100_000])
def test_a_list_that_is_no_sound_json_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "politicians.json"
    path.write_text(text)
    with pytest.raises(errors.DataSetError, match=r"politicians\.json"):
        convert(path)


def test_a_member_whom_nobody_describes_is_refused_until_somebody_does(
    tmp_path: Path, few_records: Path
) -> None:
    path = positions(tmp_path, MARKEY, OTHER)
    first = import_files(tmp_path / "home", Statements(), [path])
    assert first.converted[0].account["records"]["position"]["quarantined"] == {
        "Position-holder": 2
    }
    build(few_records, tmp_path / "home")
    then = import_files(tmp_path / "home", Statements(), [path])
    assert then.converted[0].account["records"]["position"]["written"] == 1


def test_a_document_on_a_pledge_is_a_statement_of_the_white_house(tmp_path: Path) -> None:
    done = convert(archive(tmp_path, {NAME: PLEDGE, "LICENSE": "CC0"}))
    said = values(done, "statement/white-house-articles-2026-03-04-ratepayer-protection-pledge")
    assert said["paraphrase"] == {"Ratepayer Protection Pledge"}
    assert said["dateEdtf"] == {"2026-03-04"}
    assert said["speaker"] == {"organization/us-white-house"}
    assert said["reportedAt"] == {
        "https://www.whitehouse.gov/articles/2026/03/ratepayer-protection-pledge/"
    }
    assert done.account["records"]["document"]["read"] == 1


@pytest.mark.parametrize(
    ("tags", "title", "rule"),
    [
        ("articles", "Sixty organizations sign a pledge", None),
        ("fact-sheets", "Eight companies make Voluntary Commitments", None),
        ("articles", "Police week", "names-no-pledge"),
        ("articles", "A committee met", "names-no-pledge"),
        ("speeches-remarks", "Remarks on commitments", "transcript"),
        ("presidential-actions", "Commitment to countering crime", "order-or-proclamation"),
    ],
)
def test_documents_are_left_out_by_rule(tags: str, title: str, rule: str | None) -> None:
    assert left_out({"tags": tags, "title": title}) == rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("No front matter.\n", "no-front-matter"),
        (PLEDGE.replace("date: '2026-03-04'", "date: '2026-03-05'"), "days-differ"),
        (PLEDGE.replace("tags: articles", "tags: &a articles\nmore: *a"), "bad-yaml"),
        (PLEDGE.replace("tags: articles", "title: Twice"), "bad-yaml"),
        (PLEDGE.replace("tags: articles\n", ""), "no-front-matter"),
    ],
    ids=["none", "days", "alias", "twice", "missing"],
)
def test_a_bad_front_matter_is_quarantined(tmp_path: Path, text: str, rule: str) -> None:
    counts = convert(archive(tmp_path, {NAME: text})).account["records"]["document"]
    assert counts["quarantined"] == {rule: 1}


def test_a_survey_of_gifts_gives_findings_and_its_total_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "gifts.csv").write_text(GIFTS)
    done = convert(tmp_path / "gifts.csv")
    signed = values(done, "finding/data-for-progress-comcast-hrc-business-pledge")
    assert signed["findingValue"] == {"finding-value/no"}
    gave = values(done, "finding/data-for-progress-at-t-gifts-to-politicians")
    assert (gave["findingNumber"], gave["findingUnit"]) == ({"307137.52"}, {"USD"})
    assert done.account["records"]["row"]["skipped"] == {"total": 1}
    assert done.account["records"]["finding"]["written"] == 10
