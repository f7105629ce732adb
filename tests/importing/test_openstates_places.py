"""Districts, seats and governments that follow from a role of Open States."""

import pytest

from pledgegraph.graph.importers.openstates import places
from pledgegraph.graph.importers.openstates.raw import Role

STATE = "ocd-jurisdiction/country:us/state:{}/government"
CONGRESS = "ocd-jurisdiction/country:us/government"
CAPITAL = "ocd-jurisdiction/country:us/district:dc/government"


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("First Suffolk", "1st Suffolk"),
        ("Thirty-Fourth Middlesex", "34th Middlesex"),
        ("Twentieth Middlesex", "20th Middlesex"),
        ("Eleventh Essex", "11th Essex"),
        ("Twenty-Second Middlesex", "22nd Middlesex"),
        ("3rd Suffolk", "3rd Suffolk"),
        ("Second Essex and Middlesex", "2nd Essex and Middlesex"),
        ("Cape and Islands", "Cape and Islands"),
        ("14", "14"),
    ],
)
def test_ordinals_of_a_district_become_numbers(name: str, canonical: str) -> None:
    assert places.canonical(name) == canonical


@pytest.mark.parametrize(
    ("state", "kind", "district", "slug", "division"),
    [
        ("ca", "lower", "7", "us-ca-sldl-7", "sldl:7"),
        ("ak", "upper", "A", "us-ak-sldu-a", "sldu:a"),
        ("id", "lower", "12B", "us-id-sldl-12b", "sldl:12b"),
        ("ma", "lower", "Third Suffolk", "us-ma-sldl-3rd-suffolk", "sldl:3rd_suffolk"),
        ("nh", "lower", "Rockingham 30", "us-nh-sldl-rockingham-30", "sldl:rockingham_30"),
        ("vt", "lower", "Windsor-3-2", "us-vt-sldl-windsor-3-2", "sldl:windsor-3-2"),
        ("ma", "upper", "First Essex and Middlesex", "us-ma-sldu-1st-essex-and-middlesex", None),
        ("nv", "upper", "Clark County, No. 6", "us-nv-sldu-clark-county-no-6", None),
    ],
)
def test_a_division_is_stated_where_it_follows_from_the_name(
    state: str, kind: str, district: str, slug: str, division: str | None
) -> None:
    parts = places.seat(Role(kind, STATE.format(state), district), number=False)
    forms = {part.reference: part.form for part in parts}
    form = forms[f"jurisdiction/{slug}"]
    whole = f"ocd-division/country:us/state:{state}/{division}" if division else None
    assert form.get("ocd-division") == whole
    assert parts[-1].reference == f"seat/{slug}"
    assert "number" not in parts[-1].form


@pytest.mark.parametrize(
    ("kind", "district", "seat", "represented"),
    [
        ("lower", "MA-5", "us-ma-cd-5", "us-ma-cd-5"),
        ("lower", "AK-AL", "us-house-ak-at-large", "us-ak"),
        ("upper", "Massachusetts", "us-senate-ma", "us-ma"),
    ],
)
def test_a_seat_in_congress_has_no_number(
    kind: str, district: str, seat: str, represented: str
) -> None:
    form = places.seat(Role(kind, CONGRESS, district), number=True)[-1].form
    assert (form["id"], form["represents"]) == (seat, f"jurisdiction/{represented}")
    assert "number" not in form


def test_a_councillor_at_large_represents_the_whole_district_of_columbia() -> None:
    at_large = places.seat(Role("legislature", CAPITAL, "At-Large"), number=False)[-1].form
    ward = places.seat(Role("legislature", CAPITAL, "Ward 4"), number=False)[-1].form
    assert (at_large["id"], at_large["represents"]) == ("us-dc-at-large", "jurisdiction/us-dc")
    assert (ward["id"], ward["represents"]) == ("us-dc-ward-4", "jurisdiction/us-dc-ward-4")


@pytest.mark.parametrize(
    "role",
    [
        Role("lower", "ocd-jurisdiction/country:us/state:zz/government", "1"),
        Role("legislature", STATE.format("ca"), "1"),
        Role("upper", CONGRESS, "Massachusets"),
        Role("lower", CONGRESS, "MA-first"),
        Role("lower", "ocd-jurisdiction/country:us/state:ca/place:fresno/government", "1"),
    ],
)
def test_a_place_of_no_known_form_is_an_error(role: Role) -> None:
    with pytest.raises(places.UnknownPlaceError):
        places.seat(role, number=False)
