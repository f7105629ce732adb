"""Bills of Congress: what is written of each, what is set aside, and where it was found."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from pledgegraph.graph import errors
from pledgegraph.graph.build import build
from pledgegraph.graph.engine import EmbeddedEngine
from pledgegraph.graph.importers.congress_bills.importer import CongressBills
from pledgegraph.graph.importing.run import Imported, import_files
from pledgegraph.graph.question import questions

OFFICIAL = "A bill to limit the use of facial recognition."
CSV = {"solutions": "text/csv"}

PEOPLE = """
source:
  id: members
  kind: data-set
  title: Members
  language: en
  version: "1"
  read-on: 2026-06-01
jurisdictions:
  - {id: us, label: United States, level: national, entry: m.csv 1}
organizations:
  - {id: us-congress, type: legislature, label: United States Congress, entry: m.csv 1}
  - {id: us-senate, type: chamber, label: United States Senate, entry: m.csv 1}
  - id: us-house
    type: chamber
    label: United States House of Representatives
    entry: m.csv 1
  - {id: us-committee-SSGA, label: A committee, type: government-body, entry: m.csv 1}
seats:
  - {id: senate-1, label: Senate 1, chamber: us-senate, number: "1", entry: m.csv 1}
  - {id: senate-2, label: Senate 2, chamber: us-senate, number: "2", entry: m.csv 1}
  - {id: house-1, label: House 1, chamber: us-house, number: "1", entry: m.csv 1}
people:
  - id: bioguide-A000001
    label: Ada Author
    bioguide: A000001
    entry: m.csv 1
    terms: [{id: a, seat: senate-1, chamber: us-senate, from: 2021-01-03, until: 2027-01-03}]
  - id: bioguide-B000002
    label: Ben Backer
    bioguide: B000002
    entry: m.csv 2
    terms: [{id: b, seat: senate-2, chamber: us-senate, from: 2025-01-03, until: 2027-01-03}]
  - id: bioguide-C000003
    label: Cy Chamber
    bioguide: C000003
    entry: m.csv 3
    terms: [{id: c, seat: house-1, chamber: us-house, from: 2025-01-03, until: 2027-01-03}]
  - {id: bioguide-D000004, label: Di Departed, bioguide: D000004, entry: m.csv 4}
"""


def action(day: str, text: str, code: str | None = None, **more: object) -> dict[str, object]:
    made = {"actionDate": day, "text": text, "type": "Prayer", "sourceSystem": {"name": "Senate"}}
    return made | ({"actionCode": code} if code else {}) | more


def cosponsor(bioguide: str, day: str, withdrawn: str = "") -> dict[str, str]:
    made = {"bioguideId": bioguide, "sponsorshipDate": day, "party": "X", "state": "ZZ"}
    return made | ({"sponsorshipWithdrawnDate": withdrawn} if withdrawn else {})


def bill(number: str = "7", **sections: object) -> dict[str, Any]:
    return {
        "bill_id": f"s{number}-119",
        "bill": {
            "bill": {
                "congress": 119,
                "type": "S",
                "number": number,
                "title": OFFICIAL,
                "introducedDate": "2025-02-04",
                "latestAction": {"actionDate": "2025-02-04", "text": "Introduced in Senate"},
                "policyArea": {"name": "Immigration"},
                "sponsors": [{"bioguideId": "A000001"}],
            }
        },
        "titles": {
            "titles": [
                {"titleType": "Official Title as Introduced", "title": OFFICIAL},
                {"titleType": "Display Title", "title": "Faces Act"},
            ]
        },
        "actions": {
            "actions": [
                action("2025-02-04", "Read twice and referred to the Committee on Security."),
                action("2025-02-04", "Introduced in Senate", "10000"),
            ]
        },
        **sections,
        "_accessed": "2026-06-01T04:21:25Z",
    }


class Bills:
    """Imports bills into a home that knows some members."""

    def __init__(self, folder: Path) -> None:
        records = folder / "records"
        records.mkdir()
        (records / "members.yaml").write_text(PEOPLE, encoding="utf-8")
        self.folder, self.home = folder, folder / "home"
        build(records, self.home)

    def load(self, *bills: dict[str, Any], name: str = "s.jsonl") -> Imported:
        path = self.folder / name
        path.write_text("".join(json.dumps(one) + "\n" for one in bills), encoding="utf-8")
        return import_files(self.home, CongressBills(), [path])

    def counts(self, *bills: dict[str, Any], name: str = "s.jsonl") -> dict[str, Any]:
        made: dict[str, Any] = self.load(*bills, name=name).converted[0].account["records"]
        return made

    def ask(self, query: str) -> list[str]:
        engine = EmbeddedEngine(self.home)
        try:
            answer = engine.query(query, CSV)  # type: ignore[arg-type]
        finally:
            engine.close()
        return answer.body.decode().splitlines()[1:]

    def listing(self) -> list[dict[str, Any]]:
        path = self.home / "imports" / "congress-bills-119-s.set-aside.jsonl"
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def bills(tmp_path_factory: pytest.TempPathFactory) -> Bills:
    """One home for all tests: each import replaces what the one before it said."""
    return Bills(tmp_path_factory.mktemp("bills"))


def question(name: str, **values: str) -> str:
    return questions()[name].query(values)


def test_sponsorships_name_the_term_of_the_day_or_else_the_person(bills: Bills) -> None:
    signed = [
        cosponsor("B000002", "2025-02-04", "2025-03-01"),
        cosponsor("B000002", "2025-04-01"),
        cosponsor("D000004", "2025-02-05"),
    ]
    counts = bills.counts(bill(cosponsors={"cosponsors": signed}))
    assert counts["cosponsorship"]["written"] == 3
    assert counts["withdrawal"]["written"] == 1
    assert bills.ask(question("15-who-sponsored-a-bill", bill="us-119-s-7")) == [
        "S. 7,sponsor,Ada Author,A000001,2025-02-04,",
        "S. 7,cosponsor,Ben Backer,B000002,2025-02-04,2025-03-01",
        "S. 7,cosponsor,Di Departed,D000004,2025-02-05,",
        "S. 7,cosponsor,Ben Backer,B000002,2025-04-01,",
    ]
    named = "SELECT ?s { ?s <https://w3id.org/pledgegraph/ns#sponsoredBy> ?p }"
    assert [row.rsplit("/", 1)[1] for row in bills.ask(named)] == ["us-119-s-7-D000004"]


@pytest.mark.parametrize(
    ("who", "rule"),
    [
        (cosponsor("C000003", "2025-02-04"), "other-chamber"),
        (cosponsor("Z000009", "2025-02-04"), "unknown-member"),
        (cosponsor("S428", "2025-02-04"), "bad-identifier"),
        (cosponsor("B000002", "2025-02-04", "2025-02-03"), "withdrawn-before"),
    ],
)
def test_a_sponsorship_that_can_not_be_is_quarantined_alone(
    bills: Bills, who: dict[str, str], rule: str
) -> None:
    signed = [cosponsor("B000002", "2025-02-04"), who]
    counts = bills.counts(bill(cosponsors={"cosponsors": signed}))
    assert counts["cosponsorship"]["written"] == 1
    assert counts["cosponsorship"]["quarantined"] == {rule: 1}
    assert [(one["record"], one["field"]) for one in bills.listing()] == [
        ("s7-119", "cosponsors[1]")
    ] * (2 if "sponsorshipWithdrawnDate" in who else 1)


def test_a_step_that_is_listed_again_is_one_with_all_codes_and_committees(bills: Bills) -> None:
    steps = [
        action("2025-02-04", "Referred.", "H11100", committees={"item": {"systemCode": "ssga00"}}),
        action("2025-02-04", "Referred.", "H11100", committees={"item": {"systemCode": "zzzz00"}}),
        action("2025-02-04", "Introduced in House", "Intro-H"),
        action("2025-02-04", "Introduced in House", "1000"),
    ]
    counts = bills.counts(bill(actions={"actions": steps}))
    assert counts["action"] == {
        "read": 4,
        "written": 2,
        "quarantined": {},
        "skipped": {"listed-again": 2},
    }
    found = bills.ask(
        "PREFIX pg: <https://w3id.org/pledgegraph/ns#> SELECT ?code ?committee "
        "{ ?a pg:actionCode ?code OPTIONAL { ?a pg:actionCommittee ?committee } } ORDER BY ?code"
    )
    committee = "https://w3id.org/pledgegraph/id/organization/us-committee-SSGA"
    assert found == ["1000,", f"H11100,{committee}", "Intro-H,"]


def test_the_course_and_not_the_latest_action_says_whether_a_bill_is_pending(bills: Bills) -> None:
    failed = action("2025-05-01", "Failed of passage/not agreed to in Senate: 47 - 52.", "18000")
    dead = bill("8")
    dead["actions"]["actions"].insert(0, failed)
    bills.load(bill(), dead)
    before = bills.ask(question("16-pending-bills", on="2025-04-30"))
    assert [row.split(",")[1:] for row in before] == [
        ["S. 7", "Faces Act", "in committee", "2025-02-04"],
        ["S. 8", "Faces Act", "in committee", "2025-02-04"],
    ]
    after = bills.ask(question("16-pending-bills", on="2025-05-01"))
    assert [row.split(",")[1] for row in after] == ["S. 7"]


def test_a_reserved_number_is_no_bill(bills: Bills) -> None:
    reserved = bill("9", actions={"actions": []})
    reserved["bill"]["bill"]["title"] = "Reserved for the Speaker."
    counts = bills.counts(bill(), reserved)
    assert counts["bill"]["written"] == 1
    assert counts["bill"]["skipped"] == counts["sponsor"]["skipped"] == {"reserved-number": 1}


def test_texts_go_by_the_name_of_the_printed_file(bills: Bills) -> None:
    at = "https://www.govinfo.gov/bulkdata/BILLS/119/1/s/BILLS-119s7"
    listed = [
        {"type": "IS", "date": "2025-02-04", "formats": [{"url": f"{at}is.xml"}]},
        {"type": "Referred in Senate", "date": "", "formats": [{"url": f"{at}rhuc.xml"}]},
        {"type": "Engrossed in Senate", "date": "2025-01-04", "formats": [{"url": f"{at}es.xml"}]},
    ]
    counts = bills.counts(bill(text={"textVersions": listed}))
    assert counts["version"]["quarantined"] == {"before-introduction": 1}
    found = bills.ask(
        "PREFIX pg: <https://w3id.org/pledgegraph/ns#> SELECT ?v ?code ?day { ?v pg:versionOf ?b ; "
        "pg:versionCode ?code OPTIONAL { ?v pg:dateEdtf ?day } } ORDER BY ?code"
    )
    assert [row.rsplit("/", 1)[1] for row in found] == [
        "us-119-s-7-is,is,2025-02-04",
        "us-119-s-7-rhuc,rhuc,",
    ]


def test_related_bills_and_laws_are_named_though_no_file_has_them(bills: Bills) -> None:
    kin = {
        "congress": "119",
        "type": "HR",
        "number": "7363",
        "title": "Faces Act",
        "relationshipDetails": {"item": {"type": "Identical bill", "identifiedBy": "CRS"}},
    }
    law = {"laws": [{"type": "Public Law", "number": "119-99"}]}
    bills.load(bill(relatedbills={"relatedBills": [kin]}, laws=law))
    found = bills.ask(
        "PREFIX pg: <https://w3id.org/pledgegraph/ns#> SELECT ?number ?law { "
        "?b pg:billNumber 'S. 7' ; pg:identicalBill/pg:billNumber ?number ; "
        "pg:enactedAs/pg:lawNumber ?law }"
    )
    assert found == ["H.R. 7363,119-99"]


def test_the_evidence_is_the_record_and_the_list_in_it(bills: Bills) -> None:
    bills.load(bill(cosponsors={"cosponsors": [cosponsor("B000002", "2025-02-04")]}))
    found = bills.ask(
        "PREFIX pg: <https://w3id.org/pledgegraph/ns#> SELECT ?file ?record ?field { "
        "<https://w3id.org/pledgegraph/id/sponsorship/us-119-s-7-B000002> pg:hasEvidence ?e . "
        "?e pg:filePath ?file ; pg:recordIdentifier ?record ; pg:fieldName ?field }"
    )
    assert found == ["s.jsonl,s7-119,cosponsors"]


def test_roll_calls_have_counts_that_agree_with_the_answers(bills: Bills) -> None:
    def vote(number: str, yeas: str) -> dict[str, Any]:
        totals = {"yea-total": yeas, "nay-total": "0", "present-total": "0"}
        totals["not-voting-total"] = "0"
        told = {"voteQuestion": "On Passage", "result": "Passed"}
        detail = {"houseRollCallVote": told | {"totals": {"totals-by-vote": totals}}}
        named = {"chamber": "House", "sessionNumber": "1", "rollNumber": number, "congress": "119"}
        answers = {"results": [{"voteCast": "Yea"}, {"voteCast": "Aye"}]}
        return {
            "recordedVote": named | {"date": "2025-05-14T02:55:20Z"},
            "action": {"actionDate": "2025-05-13"},
            "detail": detail,
            "members": {"houseRollCallVoteMemberVotes": answers},
        }

    line = {"bill_id": "s7-119", "votes": {"votes": [vote("123", "2"), vote("124", "3")]}}
    counts = bills.counts(line, name="votes.jsonl")
    assert counts["roll-call"]["quarantined"] == {"counts-differ": 1}
    assert counts["member-vote"]["skipped"] == {"member-votes": 4}
    found = bills.ask(
        "PREFIX pg: <https://w3id.org/pledgegraph/ns#> SELECT ?n ?yeas ?nays ?day { "
        "?r pg:rollCallNumber ?n ; pg:yeas ?yeas ; pg:nays ?nays ; pg:dateEdtf ?day }"
    )
    assert found == ["1-123,2,0,2025-05-13"]


def test_a_broken_bill_is_set_aside_and_the_others_stay(bills: Bills) -> None:
    broken = copy.deepcopy(bill("8"))
    broken["bill"]["bill"]["introducedDate"] = "soon"
    counts = bills.counts(bill(), broken)
    assert counts["bill"]["written"] == 1
    assert counts["bill"]["quarantined"] == {"bad-bill": 1}


def test_a_title_with_a_control_character_is_set_aside_alone(bills: Bills) -> None:
    titles = [
        {"titleType": "Display Title", "title": "Faces Act"},
        {"titleType": "Official Title as Introduced", "title": "A bill on the State\u0092s faces."},
    ]
    counts = bills.counts(bill(titles={"titles": titles}))
    assert counts["title"]["written"] == 1
    assert counts["title"]["quarantined"] == {"control-character": 1}


def test_full_texts_are_counted_and_skipped(bills: Bills) -> None:
    line = {"bill_id": "s7-119", "fullTexts": [{"text": "A BILL"}]}
    counts = bills.counts(line, name="selected-fulltext.jsonl")
    assert counts["full-text"]["skipped"] == {"full-text": 1}


def test_a_file_of_another_name_is_refused(bills: Bills) -> None:
    with pytest.raises(errors.DataSetError, match=r"hr\.jsonl\.xz"):
        bills.load(bill(), name="laws.jsonl")
