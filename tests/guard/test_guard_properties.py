"""What the guard reads in generated queries is what pyoxigraph's parser reads in them."""

import contextlib
import re

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pledgegraph.graph import errors, guard

from .generated import SERVICES, TRIPLES, queries

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NOTHING = guard.Limits.none()
WORDS = """
    ASK SELECT * ?a $b <urn:x> :c p:d 'e' "f" '''g''' 1 .5 1e3 true a { } ( ) [ ] << >> <<(
    )>> {| |} . ; , < > <= = != ! + - * / | ^ ^^ && || ? # ~ @en FILTER BIND AS OPTIONAL
    UNION MINUS VALUES UNDEF GRAPH FROM NAMED ORDER BY LIMIT EXISTS NOT IN STR( IF( COUNT(
    SERVICE service: \\u0041
"""
FRAGMENTS = [*WORDS.split(), " ", "\n", "'", '"', "\\", "é", "\x00", "\ufeff"]


def is_accepted(text: str) -> bool:
    try:
        ox.Store().query(text)
    except SyntaxError:
        return False
    except (OSError, RuntimeError, ValueError):  # parsed, and only then refused
        return True
    return True


def refused_by(text: str) -> str | None:
    try:
        guard.check(text, NOTHING, lambda iri: True, thorough=True)
    except errors.QueryError as error:
        return error.rule or "without a rule"
    return None


@PATIENT
@given(queries(TRIPLES))
def test_what_the_parser_accepts_passes_when_nothing_is_limited(text: str) -> None:
    assume(is_accepted(text))
    assert refused_by(text) in {None, "ambiguous-prefix"}


@PATIENT
@given(queries(SERVICES))
def test_no_service_that_the_parser_sees_is_hidden_from_the_guard(text: str) -> None:
    """A text that stays a query when the letters are other ones has them in no keyword."""
    assume(is_accepted(text))
    if refused_by(text) is None:
        assert is_accepted(re.sub("SERVICE", "SERVICX", text, flags=re.IGNORECASE))


@PATIENT
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join))
def test_of_any_text_what_the_parser_accepts_passes_unless_it_calls_out(middle: str) -> None:
    for text in (middle, f"PREFIX : <urn:c:> PREFIX p: <urn:p:> ASK {{ ?s ?p ?o {middle} }}"):
        if is_accepted(text):
            assert refused_by(text) in {None, "service", "ambiguous-prefix"}


@PATIENT
@given(st.text(max_size=40))
def test_any_text_is_passed_or_refused_and_nothing_else_happens(text: str) -> None:
    refused_by(text)


@pytest.mark.parametrize("leaf", [TRIPLES, SERVICES], ids=["triples", "services"])
def test_many_of_the_generated_queries_are_accepted(leaf: st.SearchStrategy[str]) -> None:
    seen = []

    @PATIENT
    @given(queries(leaf))
    def look(text: str) -> None:
        seen.append(is_accepted(text))

    look()
    assert sum(seen) > len(seen) / 4


SMALL = guard.Limits(60, 3, 20, 4, 3, 20, 20, 20, 20)
SHORT = [*FRAGMENTS, "1 ", "{}", ",1", "~"]


@PATIENT
@given(st.lists(st.sampled_from(SHORT), max_size=10).map("".join))
def test_what_passes_at_a_glance_is_within_every_limit_and_calls_nothing(middle: str) -> None:
    for text in (middle, "{?s ?p(" + middle, "{FILTER(" + middle, "{VALUES?x{" + middle):
        try:
            guard.check(text, SMALL, lambda iri: False)
        except errors.QueryError:
            continue
        with contextlib.suppress(errors.QuerySyntaxError, errors.UpdateRefusedError):
            guard.check(text, SMALL, lambda iri: False, thorough=True)
