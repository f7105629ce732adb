"""States, chambers, seats and parties of the United States are named alike by every importer."""

import pytest
import yaml

from pledgegraph.graph.importers import united_states as us
from pledgegraph.graph.importers.united_states_names import STATES


def test_a_seat_comes_with_all_that_it_refers_to_and_after_it() -> None:
    parts = us.house_seat("MA", 5)
    assert [part.reference for part in parts] == [
        "jurisdiction/us",
        "organization/us-congress",
        "organization/us-house",
        "jurisdiction/us-ma",
        "jurisdiction/us-ma-cd-5",
        "seat/us-house-ma-5",
    ]


EVERYTHING = [
    *(part for code in STATES for part in us.senate_seat(code, 1)),
    *(part for code in STATES for number in (None, 0, 1) for part in us.house_seat(code, number)),
    *(part for code in STATES for part in us.chamber(code, "upper")),
    *(part for code in STATES for part in us.chamber(code, "lower")),
    *us.chamber("DC", "legislature"),
]


@pytest.mark.parametrize("key", ["chamber", "represents", "part-of", "jurisdiction", "within"])
def test_what_a_form_refers_to_stands_before_it(key: str) -> None:
    written = set()
    for part in EVERYTHING:
        reference = part.form.get(key)
        assert reference is None or reference in written
        written.add(part.reference)


def test_one_thing_is_stated_in_one_way() -> None:
    forms = {}
    for part in EVERYTHING:
        assert forms.setdefault(part.reference, part.form) == part.form


def test_no_two_things_share_a_label_or_a_division() -> None:
    forms = {part.reference: part.form for part in EVERYTHING}
    labels = [form["label"] for form in forms.values()]
    divisions = [form["ocd-division"] for form in forms.values() if "ocd-division" in form]
    assert len(set(labels)) == len(labels)
    assert len(set(divisions)) == len(divisions)


def test_a_seat_at_large_and_one_of_an_unknown_district_have_no_number() -> None:
    assert "number" not in us.house_seat("AK", 0)[-1].form
    assert us.house_seat("VA", None)[-1].form == {
        "id": "us-house-va",
        "label": "US House, Virginia",
        "chamber": "organization/us-house",
        "represents": "jurisdiction/us-va",
    }


@pytest.mark.parametrize(
    ("label", "slugs"),
    [
        ("Democrat", ["us-democratic-party"]),
        ("Democratic", ["us-democratic-party"]),
        ("Republican", ["us-republican-party"]),
        ("Democratic/Working Families", ["us-democratic-party", "us-working-families-party"]),
        ("Democratic-Farmer-Labor", ["us-democratic-farmer-labor-party"]),
        ("Independent", []),
        ("Nonpartisan", []),
        ("", []),
    ],
)
def test_a_party_label_names_these_parties(label: str, slugs: list[str]) -> None:
    assert [part.form["id"] for part in us.parties(label)] == slugs


def test_a_state_that_does_not_exist_is_no_state() -> None:
    with pytest.raises(KeyError):
        us.state("XX")


def test_a_form_can_be_written_as_yaml() -> None:
    form = us.senate_seat("MA", 2)[-1].form
    assert yaml.safe_load(yaml.safe_dump(dict(form))) == form
