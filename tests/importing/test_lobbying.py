"""Lobbying disclosures: what a filing becomes, what is set aside, what an archive covers."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from pledgegraph.graph import errors
from pledgegraph.graph.build import build
from pledgegraph.graph.engine import EmbeddedEngine
from pledgegraph.graph.importers.lobbying.importer import Lobbying
from pledgegraph.graph.importing import Home
from pledgegraph.graph.importing.converting import Conversion, Converted
from pledgegraph.graph.importing.run import import_files
from pledgegraph.graph.namespaces import ID, NS, SKOS, VOCAB

from . import lobbying_files as files

ROOT = Path(__file__).resolve().parents[2]
FILING = f"{ID}filing/lda-{files.REPORT['ID']}"
ACTIVITY = f"{ID}lobbying/lda-{files.REPORT['ID']}-1"
GIFT = f"{ID}contribution/lda-{files.GIFTS['ID']}-1"
GIFTS_MEMBER = "2020_3_7_1_LD203.xml"

Convert = Callable[..., Converted]


@pytest.fixture
def convert(tmp_path: Path) -> Convert:
    """Converts one archive of filings."""

    def run(*filings: str, member: str = "2003_1_2_1.xml") -> Converted:
        path = files.archive(tmp_path, *filings, member=member)
        (data_set,) = Lobbying().data_sets([path], Home(tmp_path))
        return Conversion(Lobbying(), tmp_path / "imports").convert(data_set, lambda _: None)

    return run


def values(converted: Converted, subject: str, name: str, space: str = NS) -> list[str]:
    """Return the values of a property, by their last parts where they are things or concepts."""
    quads = ox.parse(path=converted.text, format=ox.RdfFormat.N_QUADS)
    found = (
        q.object for q in quads if q.subject.value == subject and q.predicate.value == space + name
    )
    return sorted(value.value.removeprefix(ID).removeprefix(VOCAB) for value in found)


def counts(converted: Converted, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = converted.account["records"][kind]
    return found


def test_a_report_names_registrant_client_period_and_sum(convert: Convert) -> None:
    found = convert(files.report(files.issues({})))
    assert values(found, FILING, "filingKind") == ["filing-kind/activity-report"]
    assert values(found, FILING, "registrant") == ["organization/lda-registrant-77"]
    assert values(found, FILING, "client") == ["organization/lda-client-77-12"]
    assert values(found, FILING, "receivedOn") == ["2003-02-10"]
    assert values(found, FILING, "validFrom") == ["2002-07-01"]
    assert values(found, FILING, "validUntil") == ["2003-01-01"], "the last day is inclusive"
    assert values(found, FILING, "amount") == ["40000"]
    assert values(found, FILING, "amountKind") == ["amount-kind/income"]


def test_an_issue_is_lobbying_on_an_area_on_no_side(convert: Convert) -> None:
    found = convert(files.report(files.issues({})))
    assert values(found, ACTIVITY, "lobbiesOn") == ["lobbying-issue/computer-industry"]
    assert values(found, ACTIVITY, "lobbiesFor") == values(found, ACTIVITY, "lobbiesAgainst") == []
    assert values(found, ACTIVITY, "client") == ["organization/lda-client-77-12"]
    assert values(found, ACTIVITY, "lobbyist") == ["organization/lda-registrant-77"]
    assert values(found, ACTIVITY, "disclosedIn") == [FILING.removeprefix(ID)]
    assert values(found, ACTIVITY, "subjectText") == ["Privacy bill;\nfunding"]


@pytest.mark.parametrize(("amount", "written"), [("", []), ("0", ["0"])])
def test_a_blank_sum_is_unknown_and_nought_is_nought(
    convert: Convert, amount: str, written: list[str]
) -> None:
    found = convert(files.report(Amount=amount))
    assert values(found, FILING, "amount") == written
    assert values(found, FILING, "currency") == ["USD"] * len(written)


def test_whoever_lobbies_for_itself_is_registrant_and_client_apart(convert: Convert) -> None:
    own = {**files.CLIENT, "SelfFiler": "TRUE", "ClientName": "PERSUADERS, LLP"}
    found = convert(files.report(client=own))
    assert values(found, FILING, "filingMark") == ["filing-mark/self-filed"]
    assert values(found, FILING, "amountKind") == ["amount-kind/expenses"]
    assert values(found, FILING, "registrant") == ["organization/lda-registrant-77"]
    assert values(found, FILING, "client") == ["organization/lda-client-77-12"]


def test_a_sum_is_of_no_kind_where_the_names_contradict_the_field(convert: Convert) -> None:
    found = convert(files.report(client={**files.CLIENT, "ClientName": "Persuaders LLP"}))
    assert values(found, FILING, "amount") == ["40000"]
    assert values(found, FILING, "amountKind") == []


def test_lobbyists_bodies_and_former_offices_are_named(convert: Convert) -> None:
    people = files.lobbyists({}, {}, {"LobbyistName": "ROE, R", "OfficialPosition": "U.S. SENATOR"})
    found = convert(files.report(people, files.bodies("SENATE", "Treasury, Dept of", "NONE")))
    assert values(found, FILING, "lobbyist") == ["person/lda-77-doe-jane", "person/lda-77-roe-r"]
    assert values(found, FILING, "formerOffice") == ["ROE, R: U.S. SENATOR"]
    bodies = ["organization/lda-body-treasury-dept-of", "organization/us-senate"]
    assert values(found, FILING, "contactedBody") == bodies
    assert counts(found, "Lobbyist")["written"] == 3
    assert counts(found, "GovernmentEntity")["skipped"] == {"no-body": 1}


def test_a_firm_among_the_lobbyists_is_no_person(convert: Convert) -> None:
    found = convert(files.report(files.lobbyists({}, {"LobbyistName": "SOME/FIRM"})))
    assert values(found, FILING, "lobbyist") == ["person/lda-77-doe-jane"]
    assert counts(found, "Lobbyist")["skipped"] == {"no-person": 1}


def test_no_address_and_no_contact_person_is_taken(convert: Convert) -> None:
    text = convert(files.report(files.issues({}), files.lobbyists({}))).text.read_text()
    assert "Hidden Street" not in text
    assert "SECRET CONTACT" not in text


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"Year": "2003"}, "period-after-receipt"),
        ({"Period": "Mid-Year (Jan 1 - Jun 30)"}, "type-against-period"),
        ({"Type": "BIRTHDAY CARD"}, "unreadable-filing"),
        ({"Amount": "much"}, "unreadable-filing"),
        ({"Received": "lately"}, "unreadable-filing"),
    ],
)
def test_a_filing_that_contradicts_itself_is_set_aside_with_its_parts(
    convert: Convert, changes: dict[str, str], rule: str
) -> None:
    other = files.report(ID="00000000-0000-0000-0000-000000000002")
    found = convert(files.report(files.issues({}, {}), files.lobbyists({}), **changes), other)
    assert counts(found, "Filing") == {
        "read": 2,
        "written": 1,
        "quarantined": {rule: 1},
        "skipped": {},
    }
    assert counts(found, "Issue")["quarantined"] == {rule: 2}
    assert counts(found, "Lobbyist")["quarantined"] == {rule: 1}
    assert values(found, f"{ID}organization/lda-registrant-77", "prefLabel", SKOS)


def test_a_filing_that_comes_twice_is_taken_once(convert: Convert) -> None:
    found = convert(files.report(), files.report(Amount="1"))
    assert counts(found, "Filing")["quarantined"] == {"duplicate-id": 1}
    assert values(found, FILING, "amount") == ["40000"]


def test_an_unknown_issue_area_is_set_aside_alone(convert: Convert) -> None:
    found = convert(files.report(files.issues({}, {"Code": "MAGIC"})))
    assert counts(found, "Issue")["quarantined"] == {"unknown-issue": 1}
    assert counts(found, "Filing")["written"] == 1
    line = json.loads(found.text.with_suffix(".set-aside.jsonl").read_text())
    assert line["field"] == "Issue[2]"


def test_a_gift_of_the_filer_has_a_donor_and_others_a_name(convert: Convert) -> None:
    committee = {"Contributor": "Persuaders PAC", "Amount": "-2500.5000"}
    found = convert(files.gifts({}, committee), member=GIFTS_MEMBER)
    assert values(found, GIFT, "donor") == ["person/lda-77-doe-jane"]
    assert values(found, GIFT, "donorName") == []
    assert values(found, GIFT, "doneeName") == ["Friends of Roe"]
    assert values(found, GIFT, "honoreeName") == ["Richard Roe"]
    assert values(found, GIFT, "contributionKind") == ["contribution-kind/campaign"]
    assert values(found, GIFT, "dateEdtf") == ["2020-03-27"]
    assert values(found, GIFT, "amount") == ["800"]
    second = GIFT.removesuffix("1") + "2"
    assert values(found, second, "donor") == []
    assert values(found, second, "donorName") == ["Persuaders PAC"]
    assert values(found, second, "amount") == ["-2500.5000"]


def test_gifts_of_the_future_and_of_nothing_are_set_aside(convert: Convert) -> None:
    future = {"ContributionDate": "2027-02-19T00:00:00"}
    nothing = {"Amount": "0.0000", "Payee": "n/a"}
    found = convert(files.gifts({}, future, nothing, lobbyist=""), member=GIFTS_MEMBER)
    assert counts(found, "Contribution") == {
        "read": 3,
        "written": 1,
        "quarantined": {"gift-after-receipt": 1},
        "skipped": {"nothing-given": 1},
    }


def test_an_archive_says_which_quarter_of_receipts_it_covers(convert: Convert) -> None:
    found = convert(files.report())
    coverage = f"{ID}coverage/lobbying-2003-q1"
    assert values(found, coverage, "validFrom") == ["2003-01-01"]
    assert values(found, coverage, "validUntil") == ["2003-04-01"]
    assert "filing-kind/activity-report" in values(found, coverage, "searchedTopic")
    gifts = convert(files.gifts({}), member=GIFTS_MEMBER)
    covered = values(gifts, f"{ID}coverage/lobbying-contributions-2020-q3", "searchedTopic")
    assert covered == ["filing-kind/contribution-report"]


@pytest.mark.parametrize("member", ["other.xml", "2003_5_2_1.xml"])
def test_an_archive_of_something_else_is_refused(tmp_path: Path, member: str) -> None:
    path = files.archive(tmp_path, files.report(), member=member)
    with pytest.raises(errors.DataSetError, match="no archive of one quarter"):
        list(Lobbying().data_sets([path], Home(tmp_path)))


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "2003_1.zip"
    path.write_text("<PublicFilings/>")
    with pytest.raises(errors.DataSetError, match="no zip archive"):
        list(Lobbying().data_sets([path], Home(tmp_path)))


def test_an_archive_named_after_another_quarter_is_refused(convert: Convert) -> None:
    with pytest.raises(errors.DataSetError, match="no filing received in its quarter"):
        convert(files.report(), member="2009_4_2_1.xml")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<PublicFilings><Filing/>", "is no XML"),
        (
            '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><PublicFilings/>',
            "document type",
        ),
    ],
)
def test_a_file_that_is_cut_short_or_a_trap_is_refused_whole(
    tmp_path: Path, text: str, says: str
) -> None:
    path = files.pack(tmp_path, text, "2003_1_2_1.xml")
    (data_set,) = Lobbying().data_sets([path], Home(tmp_path))
    with pytest.raises(errors.DataSetError, match=says):
        Conversion(Lobbying(), tmp_path / "imports").convert(data_set, lambda _: None)


def test_what_is_imported_passes_the_gate_and_answers_by_quarter(tmp_path: Path) -> None:
    home = tmp_path / "home"
    build(ROOT / "data", home)
    named = {**files.CLIENT, "ClientName": "MICROSOFT CORPORATION"}
    everything = (files.issues({}), files.lobbyists({}), files.bodies("SENATE", "Energy, Dept of"))
    lobbying = files.archive(tmp_path, files.report(*everything, client=named), name="a.zip")
    renamed = files.gifts({}, {"Contributor": "A PAC"}).replace("Persuaders LLP", "Persuasion Inc.")
    contributions = files.archive(tmp_path, renamed, member=GIFTS_MEMBER, name="b.zip")
    done = import_files(home, Lobbying(), [lobbying, contributions])
    assert [one.account["records"]["Filing"]["written"] for one in done.converted] == [1, 1]
    registrant = f"{ID}organization/lda-registrant-77"
    assert values(done.converted[1], registrant, "prefLabel", SKOS) == ["Persuaders LLP"]
    assert values(done.converted[1], registrant, "altLabel", SKOS) == ["Persuasion Inc."]
    question = ROOT / "graph" / "questions" / "17-lobbying-by-quarter.rq"
    engine = EmbeddedEngine(home)
    answer = engine.query(question.read_text("utf-8"), {"solutions": "text/csv"})  # type: ignore[arg-type]
    engine.close()
    rows = answer.body.decode().splitlines()
    assert "2003-02-01,Microsoft,filed,computer industry,1" in rows
    assert "2003-02-01,Amazon,nothing filed,,0" in rows
    assert "2020-05-01,Microsoft,not researched,,0" in rows
