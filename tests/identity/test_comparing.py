"""Two agents are taken for one, for two, or left to a person, and it is said why."""

from datetime import date

import pytest

from pledgegraph.graph.identity.candidates import Candidate, Office
from pledgegraph.graph.identity.findings import Verdict
from pledgegraph.graph.identity.frequencies import Frequencies, count
from pledgegraph.graph.identity.matcher import compare
from pledgegraph.graph.identity.name_comparison import compare as compare_names
from pledgegraph.graph.identity.organization_names import read_organization
from pledgegraph.graph.identity.person_names import parse

SENATE = Office("us-senate", "us-ma", "", date(2013, 7, 16), date(2021, 1, 3))
COMMON = ("Smith", "Jones", "Brown", "Lee")


@pytest.fixture(scope="module")
def how_common() -> Frequencies:
    """A population in which a few family names are common and all others are rare."""
    people = [
        Candidate(f"{number}", "person", (f"{'John' if number % 9 else 'Mary'} {family}",))
        for number in range(250)
        for family in (*COMMON, f"Family{number}", f"Other{number}")
    ]
    bodies = [
        Candidate(f"o{number}", "organization", (f"National Association of Thing{number}",))
        for number in range(2000)
    ]
    return count([*people, *bodies])


def person(iri: str, *names: str, **more: object) -> Candidate:
    return Candidate(iri, "person", names, **more)  # type: ignore[arg-type]


def body(iri: str, *names: str, **more: object) -> Candidate:
    return Candidate(iri, "organization", names, **more)  # type: ignore[arg-type]


def fields(verdict: Verdict) -> dict[str, float]:
    return {finding.field: finding.bits for finding in verdict.findings}


@pytest.mark.parametrize(
    ("one", "other", "given"),
    [
        ("Edward J. Markey", "MARKEY, ED", "nickname"),
        ('Jesús G. "Chuy" García', "Chuy Garcia", "nickname"),
        ("A. Donald McEachin", "Donald McEachin", "middle"),
        ("J.D. Vance", "Vance, James David", "nickname"),
        ("Rep. Barbara Lee [D-CA-13]", "Lee, Barbara", "equal"),
        ("T. Smith", "Thomas Smith", "initial"),
        ("Paul Smith", "Paula Smith", "different"),
        ("Michael Smith", "Micheal Smith", "near"),
    ],
)
def test_a_given_name_is_found_in_whatever_form_it_is_written(
    one: str, other: str, given: str
) -> None:
    found = compare_names(parse(one), parse(other))
    assert (found.family, found.given) == ("equal", given)


@pytest.mark.parametrize(
    ("one", "other", "family"),
    [
        ("Debbie Wasserman Schultz", "Wasserman Schultz, Debbie", "equal"),
        ("Jaime Herrera", "Jaime Herrera Beutler", "part"),
        ("Chris Van Hollen", "Van Hollen, Christopher", "equal"),
        ("Doug LaMalfa", "Doug La Malfa", "equal"),
        ("Alexandria Ocasio-Cortez", "Alexandria Ocasio Cortez", "equal"),
        ("Tim Ryan", "Tim Kaine", "different"),
    ],
)
def test_a_family_name_of_several_words_is_found(one: str, other: str, family: str) -> None:
    assert compare_names(parse(one), parse(other)).family == family


def test_an_identifier_in_common_decides_where_the_names_agree(how_common: Frequencies) -> None:
    same = {("bioguide", "M000133")}
    left = person("l", "Ed Markey", identifiers=frozenset(same))
    right = person("r", "Edward Markey", identifiers=frozenset(same))
    verdict = compare(left, right, how_common)
    assert (verdict.decision, verdict.method) == ("accepted", "identifier")


def test_an_identifier_in_common_is_doubted_where_the_names_do_not_agree(
    how_common: Frequencies,
) -> None:
    same = frozenset({("wikidata", "Q1")})
    verdict = compare(
        person("l", "Ed Markey", identifiers=same),
        person("r", "Ann Otherwise", identifiers=same),
        how_common,
    )
    assert verdict.decision == "proposed"


def test_two_identifiers_of_a_scheme_that_gives_one_are_two_people(
    how_common: Frequencies,
) -> None:
    left = person("l", "Ed Markey", identifiers=frozenset({("bioguide", "M000133")}))
    right = person("r", "Ed Markey", identifiers=frozenset({("bioguide", "M000134")}))
    assert compare(left, right, how_common).decision == "rejected"


def test_a_seat_held_at_one_time_bears_a_name_out(how_common: Frequencies) -> None:
    left = person("l", "Ed Markey", offices=(SENATE,))
    right = person("r", "Markey, Edward J.", offices=(SENATE,))
    verdict = compare(left, right, how_common)
    assert (verdict.decision, verdict.method) == ("accepted", "name")


def test_a_name_alone_is_left_to_a_person(how_common: Frequencies) -> None:
    verdict = compare(person("l", "Zed Zyxwvut"), person("r", "Zed Zyxwvut"), how_common)
    assert verdict.decision == "proposed"


def test_a_sponsor_must_have_held_office_on_the_day(how_common: Frequencies) -> None:
    act = Office("us-senate", "us-ma", "", date(2021, 6, 1), attested=True)
    sponsor = person("s", "Ed Markey", offices=(act,))
    assert compare(sponsor, person("r", "Ed Markey", offices=(SENATE,)), how_common).decision == (
        "rejected"
    )
    earlier = person("s", "Ed Markey", offices=(Office(*_act(date(2020, 6, 11))),))
    assert compare(earlier, person("r", "Ed Markey", offices=(SENATE,)), how_common).decision == (
        "accepted"
    )


def _act(day: date) -> tuple[str, str, str, date, None, bool]:
    return ("us-senate", "us-ma", "", day, None, True)


def test_a_retired_namesake_never_matches_a_current_office(how_common: Frequencies) -> None:
    former = Office("us-senate", "us-ma", "", None, date(2026, 6, 15), ended=True)
    current = Office("us-senate", "us-ma", "", date(2025, 1, 3), None)
    left = person("l", "Zed Zyxwvut", offices=(former,))
    right = person("r", "Zed Zyxwvut", offices=(current,))
    assert compare(left, right, how_common).decision == "rejected"


def test_namesakes_in_one_chamber_are_told_apart_by_state_and_given_name(
    how_common: Frequencies,
) -> None:
    mike = Office("us-house", "us-al", "3", date(2003, 1, 7), None)
    other = Office("us-house", "us-mi", "8", date(2001, 1, 3), date(2015, 1, 3))
    left, right = (
        person("l", "Mike Rogers", offices=(mike,)),
        person("r", "Mike Rogers", offices=(other,)),
    )
    assert compare(left, right, how_common).decision == "rejected"
    brother = person("r", "Ann Rogers", offices=(mike,))
    assert compare(left, brother, how_common).decision != "accepted"


def test_a_father_who_sat_before_his_son_is_not_the_son(how_common: Frequencies) -> None:
    father = Office("us-house", "us-nj", "10", date(1989, 1, 3), date(2012, 3, 6))
    son = Office("us-house", "us-nj", "10", date(2012, 11, 15), None)
    left = person("l", "Donald M. Payne", offices=(father,))
    right = person("r", "Donald M. Payne, Jr.", offices=(son,))
    assert compare(left, right, how_common).decision != "accepted"


def test_somebody_who_moved_from_one_chamber_to_another_is_one(how_common: Frequencies) -> None:
    state = Office("us-de-upper", "us-de", "1", date(2020, 11, 4), date(2025, 1, 6))
    house = Office("us-house", "us-de", "0", date(2025, 1, 3), None)
    left = person("l", "Sarah Mcbridey", offices=(state,))
    right = person("r", "Sarah Mcbridey", offices=(house,))
    assert compare(left, right, how_common).decision == "accepted"


def test_a_petitioner_is_not_forced_on_a_legislator(how_common: Frequencies) -> None:
    petitioner = person("p", "Zed Zyxwvut", is_private=True)
    assert compare(
        petitioner, person("r", "Zed Zyxwvut", offices=(SENATE,)), how_common
    ).decision == ("proposed")


@pytest.mark.parametrize(
    ("name", "core", "form"),
    [
        ("A. O. Smith Corp", ("ao", "smith"), "us"),
        ("JPMorgan Chase & Co.", ("jpmorgan", "chase"), "us"),
        ("COMTECH TELECOMMUNICATIONS CORP /DE/", ("comtech", "telecommunications"), "us"),
        ("Koninklijke Thing N.V.", ("koninklijke", "thing"), "nv"),
        ("NATL ASSN OF THINGS (NAT)", ("national", "association", "things"), ""),
        ("CHAMBER OF COMMERCE OF THE UNITED STATES OF AMERICA", ("chamber", "commerce", "us"), ""),
    ],
)
def test_the_name_of_an_organization_is_read(name: str, core: tuple[str, ...], form: str) -> None:
    found = read_organization(name)
    assert (found.core, found.form) == (core, form)


def test_former_names_are_read_and_never_accepted_on_a_word_of_a_filing(
    how_common: Frequencies,
) -> None:
    left = body("l", "Zyxwv Systems (FORMERLY KNOWN AS Utsrq Computing Inc)")
    assert read_organization(left.label).former == ("Utsrq Computing Inc",)
    assert compare(left, body("r", "Utsrq Computing Inc"), how_common).decision == "proposed"


@pytest.mark.parametrize(
    ("one", "other", "decision"),
    [
        ("Zyxwvut Corp", "ZYXWVUT CORPORATION", "accepted"),
        ("Zyxwvut Holdings Inc", "Zyxwvut Inc", "proposed"),
        ("Zyxwvut Foundation", "Zyxwvut Inc", "proposed"),
        ("Zyxwvut Ltd", "Zyxwvut Inc", "proposed"),
        ("Zyxwvut Local 846", "Zyxwvut Local 25", "rejected"),
        ("National Association of Thing1", "National Association of Thing2", "rejected"),
    ],
)
def test_a_word_more_sets_organizations_apart(
    one: str, other: str, decision: str, how_common: Frequencies
) -> None:
    assert compare(body("l", one), body("r", other), how_common).decision == decision


def test_a_chapter_is_not_the_association(how_common: Frequencies) -> None:
    whole = body("l", "Zyxwvut Society")
    chapter = body("r", "Zyxwvut Society", unit="Alpha of Maine chapter")
    verdict = compare(whole, chapter, how_common)
    assert (verdict.decision, fields(verdict)["unit"]) == ("rejected", -20.0)


def test_organizations_of_two_countries_are_not_one_by_name(how_common: Frequencies) -> None:
    left = body("l", "Zyxwvut", places=frozenset({"jp"}))
    right = body("r", "Zyxwvut", places=frozenset({"us-ma"}))
    assert compare(left, right, how_common).decision == "proposed"


def test_a_company_that_is_registered_later_is_not_the_one_before(how_common: Frequencies) -> None:
    registered = body("r", "Zyxwvut Motors Co", identifiers=frozenset({("cik", "0001467858")}))
    before = body("l", "Zyxwvut Motors Corp", seen=date(2003, 2, 1))
    since = body("l", "Zyxwvut Motors Corp", seen=date(2012, 2, 1))
    assert compare(before, registered, how_common).decision == "proposed"
    assert compare(since, registered, how_common).decision == "accepted"


def test_what_bears_out_and_what_excludes_is_said(how_common: Frequencies) -> None:
    left = person("l", "Ed Markey", offices=(SENATE,))
    reasons = compare(left, person("r", "Ed Markey", offices=(SENATE,)), how_common).reasons
    assert any(reason.startswith("family name +") for reason in reasons)
    assert any("same chamber at one time" in reason for reason in reasons)
