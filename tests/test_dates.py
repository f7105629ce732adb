"""Dates keep the precision of the source; bounds and lengths follow from them."""

import warnings
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgegraph.graph.records.dates import (
    add_duration,
    parse_day,
    parse_duration,
    parse_edtf,
    read_when,
    resolve_weekday,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the oracle still uses old names of its parser
    from edtf_validate.valid_edtf import is_valid as is_valid_edtf


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020-06-11", "2020-06-11", "2020-06-11"),
        ("2020-06?", "2020-06-01", "2020-06-30"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("2020-XX", "2020-01-01", "2020-12-31"),
        ("2020-06-XX", "2020-06-01", "2020-06-30"),
        ("2020-06-10/2020-06-12", "2020-06-10", "2020-06-12"),
        ("2020/2021-03", "2020-01-01", "2021-03-31"),
        ("../2020-06-12", None, "2020-06-12"),
        ("2020-06-12/..", "2020-06-12", None),
    ],
)
def test_a_date_means_the_days_from_its_earliest_to_its_latest(
    text: str, earliest: str | None, latest: str | None
) -> None:
    bounds = tuple(day and date.fromisoformat(day) for day in (earliest, latest))
    assert parse_edtf(text) == bounds


@pytest.mark.parametrize(
    "text",
    ["", "..", "../..", "June", "2020-13", "2020-06-31", "20-06-11", "2021/2020", "2020-6-1"],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"'|no day|nothing"):
        parse_edtf(text)


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)))
def test_a_day_is_its_own_bounds_and_valid_edtf(day: date) -> None:
    assert parse_edtf(day.isoformat()) == (day, day)
    assert is_valid_edtf(day.isoformat())


@pytest.mark.parametrize(
    "text", ["2020", "2020-06", "2020-06?", "201X", "2020-XX", "../2020-06-12"]
)
def test_what_we_read_is_edtf_for_another_reader_too(text: str) -> None:
    assert is_valid_edtf(text)


def test_a_weekday_is_the_last_one_up_to_publication() -> None:
    friday = date(2020, 6, 12)
    assert resolve_weekday("Monday", friday) == date(2020, 6, 8)
    assert resolve_weekday("Thursday", friday) == date(2020, 6, 11)
    assert resolve_weekday("Friday", friday) == friday


@given(st.dates(), st.sampled_from(["Monday", "Wednesday", "Sunday"]))
def test_a_weekday_falls_within_the_week_before_publication(published: date, name: str) -> None:
    if published.toordinal() > 7:
        day = resolve_weekday(name, published)
        assert 0 <= (published - day).days < 7
        assert day.strftime("%A") == name


def test_a_resolved_weekday_keeps_the_word_and_says_how_it_was_found() -> None:
    when = read_when("Thursday", date(2020, 6, 12))
    assert (when.edtf, when.text, when.basis) == ("2020-06-11", "Thursday", "resolved-weekday")


def test_an_inferred_date_says_so() -> None:
    assert read_when("2020-06 (inferred)", None).basis == "inferred"
    assert read_when("2020-06", None).basis == "stated"


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2020-06-10", "P1Y", "2021-06-10"),
        ("2020-02-29", "P1Y", "2021-02-28"),
        ("2020-01-31", "P1M", "2020-02-29"),
        ("2020-12-01", "P1M", "2021-01-01"),
        ("2020-06-10", "P90D", "2020-09-08"),
        ("2020-06-10", "P1Y6M", "2021-12-10"),
        ("2020-06-10", "P2W", "2020-06-24"),
    ],
)
def test_a_length_gives_the_first_day_after_it(start: str, length: str, end: str) -> None:
    assert add_duration(parse_day(start), length).isoformat() == end


@pytest.mark.parametrize("text", ["1Y", "P", "PT1H", "P1", "one year"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a duration such as"):
        parse_duration(text)
