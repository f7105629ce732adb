"""Three layouts of BILLSTATUS XML, and the JSON of the API, say the same of one bill."""

import dataclasses
import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pledgegraph.graph import errors
from pledgegraph.graph.importers.billstatus import xml as billstatus_xml
from pledgegraph.graph.importers.billstatus.importer import Billstatus
from pledgegraph.graph.importers.congress_bills import importer as congress_bills
from pledgegraph.graph.importers.congress_bills.measure import Measure, minute_of
from pledgegraph.graph.importing import Home, Ledger

PERSON = "<bioguideId>B000002</bioguideId>"
COSPONSOR = f"<item>{PERSON}<sponsorshipDate>2015-05-02</sponsorshipDate></item>"
TEXT = "On passage Passed by recorded vote: 297 - 127 (Roll no. 288)."
VOTE = (
    "<recordedVotes><recordedVote><rollNumber>288</rollNumber><chamber>House</chamber>"
    "<congress>114</congress><date>2016-06-10T00:59:00Z</date>"
    "<sessionNumber>2</sessionNumber></recordedVote></recordedVotes>"
)
COMMITTEE = "<name>Judiciary Committee</name><systemCode>hsju00</systemCode>"
KIN = "<congress>114</congress><number>9</number>"
KIND = "<relationshipDetails><item><type>Related bill</type></item></relationshipDetails>"
COMMON = (
    "<congress>114</congress><introducedDate>2015-04-16</introducedDate><title>An act</title>"
    "<titles><item><titleType>Display Title</titleType><title>An act</title></item></titles>"
    f"<sponsors><item>{PERSON}</item></sponsors><cosponsors>{COSPONSOR}</cosponsors>"
    "<laws><item><type>Public Law</type><number>114-9</number></item></laws>"
)


def step(committee: str, time: str, vote: str = "") -> str:
    return (
        "<actions><actionTypeCounts/><item><actionCode>H37100</actionCode>"
        f"<actionDate>2016-06-09</actionDate><actionTime>{time}</actionTime>{committee}{vote}"
        f"<text>{TEXT}</text><type>Prayer</type></item></actions>"
    )


FIRST = (
    f"<billStatus><bill><billNumber>45</billNumber><billType>HJRES</billType>{COMMON}"
    + step(f"<committee>{COMMITTEE}</committee>", "08:59PM")
    + VOTE
    + f"<committees><billCommittees><item>{COMMITTEE}</item></billCommittees></committees>"
    "<subjects><billSubjects><otherSubjects><item><name>Religion</name></item></otherSubjects>"
    "<primarySubject><name>Families</name></primarySubject></billSubjects></subjects>"
    f"<relatedBills><item><type>S.</type>{KIN}<latestTitle>Kin</latestTitle>{KIND}</item>"
    "</relatedBills></bill></billStatus>"
)
SECOND = (
    f"<billStatus><bill><version>1.0.0</version><billNumber>45</billNumber>"
    f"<billType>HJRES</billType>{COMMON}"
    + step(f"<committees><item>{COMMITTEE}</item></committees>", "20:59:31")
    + VOTE
    + f"<committees><billCommittees><item>{COMMITTEE}</item></billCommittees></committees>"
    "<subjects><billSubjects><legislativeSubjects><item><name>Religion</name></item>"
    "</legislativeSubjects></billSubjects></subjects><policyArea><name>Families</name></policyArea>"
    f"<relatedBills><item><type>S</type>{KIN}<latestTitle>Kin</latestTitle>{KIND}</item>"
    "</relatedBills></bill></billStatus>"
)
THIRD = (
    "<billStatus><version>3.0.0</version><bill><number>45</number><type>HJRES</type>"
    f"{COMMON}"
    + step(f"<committees><item>{COMMITTEE}</item></committees>", "20:59:31", VOTE)
    + f"<committees><item>{COMMITTEE}</item></committees>"
    "<subjects><legislativeSubjects><item><name>Religion</name></item></legislativeSubjects>"
    "<policyArea><name>Families</name></policyArea></subjects>"
    "<policyArea><name>Families</name></policyArea>"
    f"<relatedBills><item><type>S</type>{KIN}<title>Kin</title>{KIND}</item></relatedBills>"
    "</bill></billStatus>"
)
VOTED = {"chamber": "House", "sessionNumber": "2", "rollNumber": "288"}
JSON: dict[str, Any] = {
    "bill_id": "hjres45-114",
    "bill": {
        "bill": {
            "congress": 114,
            "number": "45",
            "type": "HJRES",
            "introducedDate": "2015-04-16",
            "title": "An act",
            "policyArea": {"name": "Families"},
            "sponsors": [{"bioguideId": "B000002"}],
        }
    },
    "titles": {"titles": [{"titleType": "Display Title", "title": "An act"}]},
    "cosponsors": {"cosponsors": [{"bioguideId": "B000002", "sponsorshipDate": "2015-05-02"}]},
    "laws": {"laws": [{"type": "Public Law", "number": "114-9"}]},
    "actions": {
        "actions": [
            {
                "actionCode": "H37100",
                "actionDate": "2016-06-09",
                "actionTime": "20:59:31",
                "committees": {"item": {"systemCode": "hsju00"}},
                "recordedVotes": [VOTED],
                "text": TEXT,
            }
        ]
    },
    "committees": {"committees": [{"systemCode": "hsju00"}]},
    "subjects": {"subjects": [{"legislativeSubjects": {"item": {"name": "Religion"}}}]},
    "relatedbills": {
        "relatedBills": [
            {
                "congress": "114",
                "type": "S",
                "number": "9",
                "title": "Kin",
                "relationshipDetails": {"item": {"type": "Related bill"}},
            }
        ]
    },
}


def from_xml(text: str) -> Measure:
    bill = etree.fromstring(text).find("bill")
    assert bill is not None
    return billstatus_xml.measure_of(bill, "f")


@pytest.mark.parametrize("text", [FIRST, SECOND, THIRD], ids=["first", "second", "third"])
def test_every_layout_is_read_as_the_same_bill(text: str) -> None:
    assert from_xml(text) == congress_bills.measure_of(JSON, "f", 0)


def test_no_field_of_the_common_bill_is_empty() -> None:
    empty = [
        one.name for one in dataclasses.fields(Measure) if not getattr(from_xml(THIRD), one.name)
    ]
    assert empty == ["line", "texts", "amendments"]


@pytest.mark.parametrize(
    ("given", "minute"),
    [("03:36PM", "15:36"), ("12:05AM", "00:05"), ("15:36:00", "15:36"), ("", ""), ("noon", "noon")],
)
def test_a_time_is_the_minute_of_the_day(given: str, minute: str) -> None:
    assert minute_of(given) == minute


def archive(path: Path, **files: str) -> Path:
    with tarfile.open(path, "w:xz") as made:
        for name, text in files.items():
            data = text.encode()
            member = tarfile.TarInfo(f"samples/BILLSTATUS-{name}.xml")
            member.size = len(data)
            made.addfile(member, io.BytesIO(data))
    return path


def updated(text: str, day: str) -> str:
    return text.replace(
        "<congress>114</congress>", f"<updateDate>{day}</updateDate><congress>114</congress>", 1
    )


def read(path: Path, home: Path) -> tuple[Ledger, io.StringIO, list[Any]]:
    listing = io.StringIO()
    ledger = Ledger(listing)
    (data_set,) = Billstatus().data_sets([path], Home(home))
    return ledger, listing, list(Billstatus().read(data_set, ledger))


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return archive(
        tmp_path / "billstatus-samples.tar.xz",
        new=updated(THIRD, "2022-01-01"),
        old=updated(FIRST, "2015-01-01"),
        broken="<billStatus><bill><congress>114</congress></bill></billStatus>",
    )


def test_of_copies_the_one_updated_last_is_taken_and_each_part_accounted_for(
    files: Path, tmp_path: Path
) -> None:
    ledger, listing, sheets = read(files, tmp_path / "none")
    assert len(sheets) == 1
    assert sheets[0]["bills"][-1]["entry"] == "samples/BILLSTATUS-new.xml hjres45-114 bill"
    assert ledger.reads["bill"] == 3
    assert ledger.skipped["cosponsorship", "older-copy"] == 1
    assert ledger.quarantined["bill", "bad-bill"] == 1
    broken = [json.loads(line) for line in listing.getvalue().splitlines() if "bad-bill" in line]
    assert [one["file"] for one in broken] == ["samples/BILLSTATUS-broken.xml"]


def test_a_file_alone_is_one_bill(tmp_path: Path) -> None:
    path = tmp_path / "BILLSTATUS-114hjres45.xml"
    path.write_text(THIRD, encoding="utf-8")
    (data_set,) = Billstatus().data_sets([path], Home(tmp_path / "none"))
    assert data_set.slug == "billstatus-114hjres45"
    _, _, sheets = read(path, tmp_path / "none")
    assert len(sheets) == 1


def test_an_archive_without_bills_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "other.tar.xz", other="<bill/>")
    with pytest.raises(errors.DataSetError, match="no BILLSTATUS"):
        list(Billstatus().data_sets([path], Home(tmp_path / "none")))
