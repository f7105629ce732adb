"""The words of the Senate's lobbying data: types, periods, sums, days and issue areas."""

import pytest

from pledgegraph.graph.importers.lobbying import words
from pledgegraph.graph.importers.lobbying.agents import are_same, slug_of, without_address
from pledgegraph.graph.importers.lobbying.words import FilingType


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("REGISTRATION", FilingType("registration", (), None)),
        ("REGISTRATION AMENDMENT", FilingType("registration", ("amendment",), None)),
        ("YEAR-END REPORT", FilingType("activity-report", (), "year-end")),
        (
            "MID-YEAR TERMINATION AMENDMENT (NO ACTIVITY)",
            FilingType("activity-report", ("amendment", "termination", "no-activity"), "mid-year"),
        ),
        (
            "YEAR-END TERMINATION LETTER",
            FilingType("activity-report", ("termination", "letter"), "year-end"),
        ),
        ("THIRD QUARTER REPORT", FilingType("activity-report", (), "3rd quarter")),
        ("MISC TERM", FilingType("other-document", ("termination",), None)),
        ("MISC. DOC", FilingType("other-document", (), None)),
        (
            "LD-203 YEAR-END AMENDMENT",
            FilingType("contribution-report", ("amendment",), "year-end"),
        ),
    ],
)
def test_a_type_says_the_kind_the_marks_and_the_period(text: str, read: FilingType) -> None:
    assert words.filing_type(text) == read


@pytest.mark.parametrize(
    ("period", "year", "days"),
    [
        ("Mid-Year (Jan 1 - Jun 30)", "2007", ("2007-01-01", "2007-07-01")),
        ("Year-End (July 1 - Dec 31)", "2002", ("2002-07-01", "2003-01-01")),
        ("2nd Quarter (Apr 1 - June 30)", "2010", ("2010-04-01", "2010-07-01")),
        ("UNDETERMINED", "2003", None),
    ],
)
def test_a_period_ends_before_the_day_after_its_last_one(
    period: str, year: str, days: tuple[str, str] | None
) -> None:
    assert words.period_days(period, year) == days


@pytest.mark.parametrize(("period", "year"), [("Mid-Year", "2oo2"), ("Next Tuesday", "2002")])
def test_a_period_that_is_none_is_refused(period: str, year: str) -> None:
    with pytest.raises(ValueError, match="is no period"):
        words.period_days(period, year)


@pytest.mark.parametrize(
    ("text", "sum_"),
    [
        ("", None),
        ("  ", None),
        ("0", "0"),
        ("40000", "40000"),
        ("$1,250.50", "1250.50"),
        ("800.0000", "800"),
        ("-1000.0000", "-1000"),
    ],
)
def test_a_sum_is_exact_and_a_blank_one_unknown(text: str, sum_: str | None) -> None:
    assert words.money(text) == sum_


@pytest.mark.parametrize("text", ["1e3", "NaN", "10-20", "1" * 30])
def test_a_sum_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no sum"):
        words.money(text)


def test_an_issue_area_is_known_by_the_words_of_the_data() -> None:
    assert words.issue("TAXATION/INTERNAL REVENUE CODE") == "taxation"
    assert words.issue("civil rights/civil  liberties") == "civil-rights-and-liberties"
    with pytest.raises(ValueError, match="no known issue area"):
        words.issue("MAGIC")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("O'HANLON, G JOHN", "ohanlon-g-john"),
        ("Peña, José", "pena-jose"),
        ("PETRIZZO, THOMAS J (TJ)", "petrizzo-thomas-j-tj"),
        ("李", ""),
    ],
)
def test_a_name_becomes_part_of_an_address(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_names_are_the_same_but_for_case_and_punctuation() -> None:
    assert are_same("World Wildlife Fund, Inc.", "WORLD WILDLIFE FUND INC")
    assert not are_same("Amazon Corporate, LLC", "AMAZONCOM HOLDINGS")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Friends of Roe \n12 Some Lane\nNowhere, VA 22101", "Friends of Roe"),
        ("Roe\nRoe for Congress\nPO Box 338\nNowhere, GA 30903", "Roe Roe for Congress"),
        ("Roe for Congress; P.O. Box 1, Nowhere, KS 66201-2183", "Roe for Congress"),
        ("Members of the House\n(15,000 NRSC,\n15,000 Building Fund)",) * 2,
        ("1.) Roe for Congress\n2.) Doe for Senate",) * 2,
        ("PO Box 338", "PO Box 338"),
    ],
)
def test_an_address_below_a_name_is_left_out(text: str, name: str) -> None:
    assert without_address(text) == " ".join(name.split())
