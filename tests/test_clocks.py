"""Both clocks, standing and ranks, on invented sources that arrive one after the other."""

from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from pledgegraph.graph.build import Content, check, content_of
from pledgegraph.graph.derive.rows import select
from pledgegraph.graph.namespaces import DERIVED_GRAPH

FOLDER = Path(__file__).parent / "clocks"
PLEDGE = "https://w3id.org/pledgegraph/id/pledge/acme-2020-06"
PREFIXES = "".join(
    f"PREFIX {name}: <https://w3id.org/pledgegraph/{path}>\n"
    for name, path in {
        "pg": "ns#",
        "id": "id/",
        "lobbying": "id/lobbying/",
        "commitment": "id/commitment/",
    }.items()
)


def content(*names: str) -> Content:
    checked = check([FOLDER / f"{name}.yaml" for name in ("base", "announced", *names)])
    assert checked.errors == []
    return content_of(checked)


def default_store(made: Content) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in made.default)
    return store


def statuses(made: Content, on: str, known_as_of: str, kind: str = "Phase") -> set[str]:
    query = f"""{PREFIXES}
    SELECT ?status ?from ?until ?knownFrom ?knownUntil WHERE {{
      ?phase a pg:{kind} ; pg:status ?status ; pg:phaseOf commitment:acme-2020-06-1 .
      OPTIONAL {{ ?phase pg:validFrom ?from }} OPTIONAL {{ ?phase pg:validUntil ?until }}
      OPTIONAL {{ ?phase pg:knownFrom ?knownFrom }} OPTIONAL {{ ?phase pg:knownUntil ?knownUntil }}
    }}"""
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in made.graphs[DERIVED_GRAPH])
    return {
        row["status"].rsplit("/", 1)[-1]
        for row in select(store, query)
        if holds(row["from"], on, row["until"])
        and holds(row["knownFrom"], known_as_of, row["knownUntil"])
    }


def holds(start: str, moment: str, until: str) -> bool:
    assert date.fromisoformat(moment)
    return (not start or start <= moment) and (not until or moment < until)


NOW = "2026-01-01"
CASES: list[tuple[tuple[str, ...], str, str, set[str]]] = [
    ((), "2020-07-01", "2020-06-11", set()),
    ((), "2020-07-01", "2020-06-12", {"in-force"}),
    ((), "2020-06-09", "2020-06-12", {"not-yet-announced"}),
    ((), "2021-06-10", "2020-06-12", {"lapsed"}),
    (("found-late",), "2020-10-01", "2022-02-28", {"in-force"}),
    (("found-late",), "2020-10-01", "2022-03-01", {"withdrawn"}),
    (("found-late", "retracted"), "2020-10-01", "2022-03-31", {"withdrawn"}),
    (("found-late", "retracted"), "2020-10-01", "2022-04-01", {"in-force"}),
    (("published-some-day",), "2021-07-01", "2021-05-30", {"lapsed"}),
    (("published-some-day",), "2021-07-01", "2021-05-31", {"in-force"}),
    (("another-end",), "2021-07-01", "2020-07-31", {"lapsed"}),
    (("another-end",), "2021-07-01", "2020-08-01", {"in-force"}),
    (("another-end",), "2021-12-31", "2020-08-01", {"lapsed"}),
    (("found-late", "withdrawal-denied"), "2020-10-01", "2022-06-01", {"withdrawn"}),
    (("found-late", "withdrawal-denied"), "2020-10-01", "2023-01-01", {"in-force"}),
    (("found-late", "retracted", "retraction-retracted"), "2020-10-01", NOW, {"withdrawn"}),
    (("pledge-retracted",), "2020-07-01", "2020-12-31", {"in-force"}),
    (("pledge-retracted",), "2020-07-01", "2021-01-01", set()),
    (("retracted-same-day",), "2020-07-01", NOW, set()),
    (("superseded",), "2020-12-01", NOW, {"superseded"}),
    (("superseded", "successor-retracted"), "2020-12-01", "2021-01-31", {"superseded"}),
    (("superseded", "successor-retracted"), "2020-12-01", NOW, {"in-force"}),
    (("undated-withdrawal",), "2020-06-09", NOW, {"not-yet-announced"}),
    (("undated-withdrawal",), "2020-12-01", NOW, {"unknown"}),
    (("undated-withdrawal",), "2021-03-01", NOW, {"withdrawn"}),
    (("read-before-year-end",), "2020-12-01", "2020-07-19", {"in-force"}),
    (("read-before-year-end",), "2020-12-01", "2020-07-20", {"withdrawn"}),
]


@pytest.mark.parametrize(("sources", "on", "known_as_of", "expected"), CASES)
def test_status_depends_on_the_day_and_on_what_was_published_by_then(
    sources: tuple[str, ...], on: str, known_as_of: str, expected: set[str]
) -> None:
    assert statuses(content(*sources), on, known_as_of) == expected


def test_a_met_condition_releases_the_commitment_that_has_it_and_no_other() -> None:
    made = content("condition-met")
    query = f"""{PREFIXES}
    SELECT ?commitment WHERE {{ ?phase a pg:Phase ; pg:phaseOf ?commitment ;
      pg:status <https://w3id.org/pledgegraph/vocab/status/released> }}"""
    found = [row["commitment"].rsplit("/", 1)[-1] for row in select(default_store(made), query)]
    assert found == ["acme-2020-05-2"]


def test_what_is_only_possibly_known_is_kept_apart() -> None:
    made = content("published-some-day")
    assert statuses(made, "2021-07-01", "2021-05-01", "PossiblePhase") == {"in-force"}
    assert statuses(made, "2021-07-01", "2021-05-01") == {"lapsed"}
    assert statuses(made, "2021-07-01", "2021-04-30", "PossiblePhase") == {"lapsed"}


def test_where_all_days_of_publication_are_exact_nothing_is_only_possible() -> None:
    assert statuses(content("found-late"), "2020-10-01", "2022-03-01", "PossiblePhase") == set()


def test_the_default_graph_has_the_preferred_value_and_the_source_keeps_its_own() -> None:
    made = content("another-end")
    store = default_store(made)
    ends = select(
        store, PREFIXES + "SELECT ?e WHERE { commitment:acme-2020-06-1 pg:validUntil ?e }"
    )
    assert [row["e"] for row in ends] == ["2021-12-31"]
    actions = select(store, PREFIXES + "SELECT ?a WHERE { commitment:acme-2020-06-1 pg:action ?a }")
    assert [row["a"].rsplit("/", 1)[-1] for row in actions] == ["sell"]
    graph = made.graphs["https://w3id.org/pledgegraph/graph/example-news-2020-06-12"]
    assert "2021-06-10" in {
        t.object.value for t in graph if t.predicate.value.endswith("#validUntil")
    }


def test_both_values_stand_as_assertions_with_rank_and_reason() -> None:
    query = PREFIXES + "SELECT ?a ?reason WHERE { ?a a pg:Assertion ; pg:rankReason ?reason }"
    reasons = {row["reason"] for row in select(default_store(content("another-end")), query)}
    assert reasons == {"The company's own document.", "Wider than what was announced."}


LOBBYING = PREFIXES + "SELECT ?c WHERE { ?l a pg:LobbyingActivity ; pg:client ?c }"
STANDING = PREFIXES + "SELECT ?s WHERE { lobbying:acme-2020-07 pg:epistemicStatus ?s }"


def test_a_naive_query_does_not_find_what_is_only_alleged() -> None:
    made = content("claimed")
    store = default_store(made)
    assert list(select(store, LOBBYING)) == []
    (row,) = select(store, STANDING)
    assert row["s"].endswith("/alleged")
    graph = made.graphs["https://w3id.org/pledgegraph/graph/example-news-2020-07-01"]
    assert any(t.predicate.value.endswith("#client") for t in graph)


def test_the_claim_that_carries_an_allegation_is_in_the_default_graph() -> None:
    query = PREFIXES + "SELECT ?w WHERE { ?c pg:claims lobbying:acme-2020-07 ; pg:claimant ?w }"
    (row,) = select(default_store(content("claimed")), query)
    assert row["w"].endswith("/watch")


def test_a_denial_makes_an_allegation_disputed_and_stands_beside_it() -> None:
    store = default_store(content("claimed", "denied"))
    (row,) = select(store, STANDING)
    assert row["s"].endswith("/disputed")
    query = PREFIXES + "SELECT ?v WHERE { ?c pg:claims lobbying:acme-2020-07 ; pg:verdict ?v }"
    assert len(list(select(store, query))) == 2


def pledge_standing(made: Content) -> str:
    (row,) = select(
        default_store(made), PREFIXES + f"SELECT ?s WHERE {{ <{PLEDGE}> pg:epistemicStatus ?s }}"
    )
    return row["s"].rsplit("/", 1)[-1]


def test_a_newspaper_reports_and_the_pledgors_own_document_confirms() -> None:
    assert pledge_standing(content()) == "reported"
    assert pledge_standing(content("own-document")) == "confirmed"


def test_a_retracted_record_is_not_in_the_default_graph() -> None:
    store = default_store(content("found-late", "retracted"))
    assert list(select(store, PREFIXES + "SELECT ?w WHERE { ?w a pg:Withdrawal }")) == []
    withdrawal = "https://w3id.org/pledgegraph/id/event/acme-2020-06-withdrawal-2020-09-01"
    query = PREFIXES + f"SELECT ?u WHERE {{ <{withdrawal}> pg:knownUntil ?u }}"
    assert {row["u"] for row in select(store, query)} == {"2022-04-01"}


def test_an_allegation_stays_one_when_its_words_are_interrupted() -> None:
    assert list(select(default_store(content("interrupted-claim")), LOBBYING)) == []


@pytest.mark.parametrize("retraction", ["pledge-retracted", "retracted-same-day"])
def test_a_pledge_that_is_set_aside_takes_its_parts_along(retraction: str) -> None:
    store = default_store(content(retraction))
    parts = "pg:Commitment pg:Announcement pg:PledgeVersion pg:Exemption"
    query = PREFIXES + f"SELECT ?p WHERE {{ VALUES ?c {{ {parts} }} ?p a ?c }}"
    assert list(select(store, query)) == []
    leading = PREFIXES + f"SELECT ?p WHERE {{ <{PLEDGE}> ?p ?o }}"
    found = {row["p"].rsplit("#", 1)[-1] for row in select(store, leading)}
    times = {"knownFrom", "knownUntil", "possiblyKnownFrom", "possiblyKnownUntil"}
    assert found <= {"prefLabel", "epistemicStatus", *times}


def test_a_denied_event_leaves_the_claims_about_it() -> None:
    store = default_store(content("found-late", "withdrawal-denied"))
    assert list(select(store, PREFIXES + "SELECT ?w WHERE { ?w a pg:Withdrawal }")) == []
    assert len(list(select(store, PREFIXES + "SELECT ?c WHERE { ?c a pg:Claim }"))) == 1
