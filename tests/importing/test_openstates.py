"""People and committees of one state: what is written, what is set aside, and by which rule."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pledgegraph.graph import errors
from pledgegraph.graph.importers.openstates.importer import OpenStates
from pledgegraph.graph.importing import Home, Ledger

from .openstates_archives import Told, forms_of, identifier, pack, told

ANN = f"ocd-person-{identifier(1)}"


@pytest.fixture(scope="module")
def alaska(tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("home")
    return told([pack(folder / "newest" / "ak.tar.xz", "newest")], folder)[0]


def terms(alaska: Told, number: int) -> list[Mapping[str, Any]]:
    person = alaska.forms["people"][f"ocd-person-{identifier(number)}"]
    return list(person["terms"])


def test_the_end_day_of_a_state_is_the_last_day_of_a_role(alaska: Told) -> None:
    (term,) = terms(alaska, 5)
    assert (term["from"], term["until"]) == ("2017-01-17", "2023-01-16")
    assert term["note"] == "The data set gives a reason for the end: Resigned."


def test_where_the_next_role_in_the_seat_begins_on_the_end_day_it_is_the_day_after(
    alaska: Told,
) -> None:
    (before,) = terms(alaska, 6)
    after = terms(alaska, 1)[1]
    assert before["until"] == after["from"] == "2019-01-15"


def test_a_role_that_ends_before_it_starts_is_quarantined_and_the_person_stays(
    alaska: Told,
) -> None:
    assert [term["id"] for term in terms(alaska, 1)] == [
        f"{ANN}-us-ak-sldl-1-2023-01-16",
        f"{ANN}-us-ak-sldl-2-2019-01-15",
    ]
    assert alaska.aside["quarantined", "roles", "ends-before-start"] == 1


def test_a_missing_first_day_passes(alaska: Told) -> None:
    (term,) = terms(alaska, 7)
    assert term["from"] is None
    assert term["until"] == "2013-01-01"
    assert alaska.counts["roles_without_start"] == {"read": 3, "aside": 0}


def test_a_day_that_does_not_exist_is_quarantined(alaska: Told) -> None:
    assert terms(alaska, 10) == []
    assert alaska.aside["quarantined", "roles", "unsound-role"] == 1


def test_a_role_within_another_one_of_the_person_in_the_seat_is_skipped(alaska: Told) -> None:
    assert [term["until"] for term in terms(alaska, 12)] == ["2013-01-15"]
    assert alaska.aside["skipped", "roles", "within-another"] == 1


def test_a_seat_is_numbered_only_where_it_has_one_holder_at_a_time(alaska: Told) -> None:
    seats = alaska.forms["seats"]
    numbers = {seat: form.get("number") for seat, form in seats.items()}
    assert numbers == {
        "us-ak-sldl-1": "1",
        "us-ak-sldl-2": "2",
        "us-ak-sldl-3": "3",
        "us-ak-sldl-4": None,  # two holders in 2013 and 2014
        "us-ak-sldl-5": "5",
        "us-ak-sldu-a": None,  # two holders now
    }
    assert seats["us-ak-sldl-1"]["represents"] == "jurisdiction/us-ak-sldl-1"
    assert seats["us-ak-sldl-1"]["chamber"] == "organization/us-ak-house"


def test_a_term_has_the_party_of_the_one_entry_that_can_hold_in_its_time(alaska: Told) -> None:
    assert terms(alaska, 1)[0]["party"] == ["organization/us-republican-party"]
    assert terms(alaska, 2)[0]["party-label"] == "Independent"
    assert "party" not in terms(alaska, 3)[0]
    assert terms(alaska, 4)[0]["party"] == ["organization/us-democratic-party"]


def test_a_party_is_a_membership_with_the_days_that_are_given(alaska: Told) -> None:
    person = alaska.forms["people"][f"ocd-person-{identifier(3)}"]
    found = [(role["of"], role["from"], role["until"]) for role in person["roles"]]
    assert found == [
        ("organization/us-republican-party", None, "2024-05-02"),
        ("organization/us-democratic-party", "2024-05-02", None),
    ]
    assert alaska.aside["skipped", "party_entries", "no-party"] == 1


def test_a_governor_and_a_mayor_hold_offices_in_governments(alaska: Told) -> None:
    governor = alaska.forms["people"][f"ocd-person-{identifier(20)}"]["roles"]
    assert [(role["of"], role["title"], role["from"], role["until"]) for role in governor[:2]] == [
        ("organization/us-ak-government", "governor", "2018-12-03", "2026-12-07"),
        ("organization/us-ak-government", "lieutenant governor", None, "2018-12-03"),
    ]
    (mayor,) = alaska.forms["people"][f"ocd-person-{identifier(21)}"]["roles"]
    government = alaska.forms["organizations"]["us-ak-place-juneau-government"]
    assert mayor["of"] == "organization/us-ak-place-juneau-government"
    assert government["label"] == "Government of Juneau, Alaska"
    assert government["jurisdiction"] == "jurisdiction/us-ak-place-juneau"


def test_a_listed_municipality_is_a_place_once(alaska: Told) -> None:
    place = alaska.forms["jurisdictions"]["us-ak-place-sitka"]
    assert place["ocd-division"] == "ocd-division/country:us/state:ak/place:sitka"
    assert place["label"] == "Sitka, Alaska"
    assert alaska.aside["skipped", "places", "repeated"] == 1


def test_a_member_of_a_committee_is_found_by_an_id_from_before_a_merger(alaska: Told) -> None:
    members = alaska.forms["memberships"]
    committee = f"ocd-organization-{identifier(1)}"
    assert [form["member"] for form in members.values()] == [
        f"person/{ANN}",
        f"person/ocd-person-{identifier(2)}",
    ]
    chair = members[f"{ANN}-{committee}"]
    assert (chair["title"], chair["of"]) == ("chair", f"organization/{committee}")
    assert alaska.aside["quarantined", "committee_members", "dangling-person"] == 1
    assert alaska.aside["skipped", "committee_members", "unidentified-member"] == 1


def test_a_subcommittee_is_part_of_its_committee(alaska: Told) -> None:
    committees = alaska.forms["organizations"]
    subcommittee = committees[f"ocd-organization-{identifier(2)}"]
    assert subcommittee["part-of"] == f"organization/ocd-organization-{identifier(1)}"
    whole = committees[f"ocd-organization-{identifier(1)}"]
    assert whole["part-of"] == "organization/us-ak-house"
    assert whole["label"] == "Rules (Alaska House of Representatives)"
    assert whole["also-called"] == ["Rules", "Rules Committee"]


def test_identifiers_are_written_by_scheme_and_form(alaska: Told) -> None:
    person = alaska.forms["people"][ANN]
    assert person["open-states"] == f"ocd-person/{identifier(1)}"
    assert person["wikidata"] == ["Q42"]
    assert "lis" not in person
    assert alaska.aside["quarantined", "identifiers", "misformed"] == 1
    assert alaska.aside["skipped", "identifiers", "scheme-not-used"] == 1


def test_a_name_in_a_wrong_encoding_is_quarantined(alaska: Told) -> None:
    assert alaska.forms["people"][ANN]["also-called"] == ["A. Able"]
    assert alaska.aside["quarantined", "other_names", "wrong-encoding"] == 1


def test_ways_to_reach_somebody_stay_out(alaska: Told) -> None:
    assert "Main Street" not in repr(alaska.forms)
    assert "example.org" not in repr(alaska.forms)
    assert alaska.aside["skipped", "contacts", "contact-data"] == 1


def test_a_file_with_the_id_of_another_or_without_one_is_quarantined(alaska: Told) -> None:
    assert alaska.aside["quarantined", "retired", "duplicate-id"] == 1
    assert alaska.aside["quarantined", "retired", "unsound-file"] == 1
    assert alaska.counts["files"] == {"read": 18, "aside": 2}


def test_an_archive_of_something_else_is_refused(tmp_path: Path) -> None:
    path = pack(tmp_path / "ak.tar.xz", "newest", inside="other")
    with pytest.raises(errors.DataSetError, match="has no data/STATE/"):
        list(OpenStates().data_sets([path], Home(tmp_path)))


def test_the_documentation_of_the_data_set_is_left_out(tmp_path: Path) -> None:
    path = pack(tmp_path / "_docs.tar.xz", "newest", inside="other", names=("schema.md",))
    assert list(OpenStates().data_sets([path], Home(tmp_path))) == []


def test_a_cut_archive_is_an_error(tmp_path: Path) -> None:
    path = pack(tmp_path / "ak.tar.xz", "newest")
    (data_set,) = OpenStates().data_sets([path], Home(tmp_path))
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(errors.DataSetError, match="damaged or cut short"):
        forms_of(OpenStates().read(data_set, Ledger(io.StringIO())))
