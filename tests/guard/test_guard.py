"""What the guard refuses, with its place, rule and remedy; the cases are in cases.yaml."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml

from pledgegraph.graph import errors, guard
from pledgegraph.graph.guard import verdict as verdict_module
from pledgegraph.graph.guard.counter import Counter
from pledgegraph.graph.question import questions

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text())
HELD = {"urn:held", "http://held.example/b/c"}
KINDS = {
    "service": errors.UnsupportedQueryError,
    "update": errors.UpdateRefusedError,
    "graph": errors.UnheldGraphError,
    "character": errors.QuerySyntaxError,
    "bracket": errors.QuerySyntaxError,
    "ambiguous-prefix": errors.QuerySyntaxError,
}


def is_accepted(text: str) -> bool:
    try:
        ox.Store().query(text)
    except SyntaxError:
        return False
    except (OSError, RuntimeError):  # parsed, and refused only then
        return True
    return True


def verdict(case: dict[str, Any], *, thorough: bool = True) -> dict[str, Any]:
    text, limits = case["query"], replace(guard.Limits(), **case.get("limits", {}))
    try:
        guard.check(text, limits, HELD.__contains__, thorough=thorough)
    except errors.QueryError as refused:
        error = refused
    else:
        return {"rule": None, "line": None, "column": None}
    assert error.remedy
    assert type(error) is KINDS.get(str(error.rule), errors.QueryBudgetError)
    return {"rule": error.rule, "line": error.line, "column": error.column}


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case["query"])[:60])
def test_the_guard_says_what_the_case_says(case: dict[str, Any]) -> None:
    assert verdict(case) == {key: case.get(key) for key in ("rule", "line", "column")}


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case["query"])[:60])
def test_at_a_glance_it_lets_pass_only_what_the_parser_may_see(case: dict[str, Any]) -> None:
    at_a_glance = verdict(case, thorough=False)
    if at_a_glance != verdict(case):
        assert at_a_glance["rule"] is None
        assert KINDS[case["rule"]] in {errors.QuerySyntaxError, errors.UpdateRefusedError}
        assert not is_accepted(case["query"]) or case["rule"] == "ambiguous-prefix"


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case["query"])[:60])
def test_the_parser_accepts_what_the_case_says_it_does(case: dict[str, Any]) -> None:
    assert is_accepted(case["query"]) is case.get("accepted", True)


def test_graphs_of_the_request_are_checked_and_replace_those_of_the_query() -> None:
    text, limits = "ASK FROM <urn:other> {}", guard.Limits()
    guard.check(text, limits, HELD.__contains__, ["urn:held"])
    guard.check(text, limits, HELD.__contains__, [])
    with pytest.raises(errors.UnheldGraphError) as caught:
        guard.check("ASK {}", limits, HELD.__contains__, ["urn:held", "urn:other"])
    assert (caught.value.rule, caught.value.line) == ("graph", None)


@pytest.mark.parametrize("name", questions())
def test_every_question_is_far_within_the_limits(name: str) -> None:
    counter = Counter(questions()[name].text, guard.Limits())
    assert list(counter)
    most = guard.Limits().as_header()
    assert [key for key, count in counter.counts.items() if count > most[key] / 4] == []


def test_a_short_look_up_passes_at_a_glance(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "SELECT ?from { <https://w3id.org/pledgegraph/id/pledge/x-2020> pg:validFrom ?from }"
    monkeypatch.delattr(verdict_module, "Counter")
    guard.check(text, guard.Limits(), HELD.__contains__)
    with pytest.raises(NameError):
        guard.check(text + "# from <urn:x>", guard.Limits(), HELD.__contains__)


def test_limits_travel_in_a_header() -> None:
    limits = replace(guard.Limits(), depth=7)
    assert guard.Limits.from_header(limits.as_header()) == limits


def queries_of_the_suite(material: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted((material / "suites" / "rdf-tests" / "sparql").rglob("*.rq")):
        yield path, path.read_text()


def test_of_the_suites_queries_only_those_with_service_are_refused(material: Path) -> None:
    """Within the limits as they are set; each graph that a query names counts as held."""
    seen, refused = 0, set()
    for path, text in queries_of_the_suite(material):
        if is_accepted(text):
            seen += 1
            try:
                guard.check(text, guard.Limits(), lambda iri: True)
            except errors.QueryError as error:
                refused.add((path.parent.name, error.rule))
    assert seen > 400
    assert refused == {("service", "service")}


def test_terminals_of_the_suites_queries_are_read_to_their_end(material: Path) -> None:
    unread = []
    for path, text in queries_of_the_suite(material):
        at = 0
        try:
            for terminal in Counter(text, guard.Limits.none()):
                gap = text[at : terminal.offset]
                assert all(line.partition("#")[0].strip() == "" for line in gap.splitlines())
                at = terminal.offset + len(terminal.text)
        except errors.QuerySyntaxError:
            unread.append(path)
    assert [path.name for path in unread if is_accepted(path.read_text())] == []
