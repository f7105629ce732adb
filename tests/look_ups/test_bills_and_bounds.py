"""Bills with their course, and lists and items that are cut where there is much of them."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from pledgegraph.api import naming
from pledgegraph.graph import bounds
from pledgegraph.graph.collections import COLLECTIONS

FACES, WATER = "us-119-s-9001", "us-119-s-9002"


def slugs(answer: dict[str, Any]) -> list[str]:
    return [item["id"].rsplit("/", 1)[1] for item in answer["items"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("session=119", [FACES, WATER]),
        ("session=118", []),
        ("chamber=us-senate", [FACES, WATER]),
        ("stage=in-committee", [FACES]),
        ("stage=introduced", []),
        ("stage=passed-chamber", [WATER]),
        ("subject=Privacy", [FACES]),
        ("text=FACIAL", [FACES]),
        ("text=faces+act", [FACES]),
        ("text=%22+%7D", []),
        ("sponsor=bioguide-M000133", [FACES]),
        ("source=bills-2026&text=&session=", [FACES, WATER]),
    ],
)
def test_bills_are_found_by(client: TestClient, asked: str, found: list[str]) -> None:
    answer = client.get(f"/bills?{asked}").json()
    assert slugs(answer) == found
    assert answer["total"] == len(found)
    rows = client.get(answer["query"]).json()["results"]["bindings"]
    assert [row["item"]["value"].rsplit("/", 1)[1] for row in rows] == found


@pytest.mark.parametrize(
    "address",
    [
        "/legislators?heldOfficeOn=2020-06-11&limit=500",
        "/legislators?name=MARKEY",
        "/legislators?chamber=us-senate&heldOfficeOn=2020-06-11&limit=7",
        "/companies?name=micro",
        "/organizations?name=liberties",
    ],
)
def test_what_a_table_finds_is_what_the_query_finds(client: TestClient, address: str) -> None:
    answer = client.get(address).json()
    rows = client.get(answer["query"]).json()["results"]["bindings"]
    limit = 7 if "limit=7" in address else 500
    assert [row["item"]["value"] for row in rows][:limit] == [i["id"] for i in answer["items"]]
    assert answer["items"]


def test_a_bill_shows_who_is_behind_it_and_the_stage_it_came_to(
    client: TestClient, browser: dict[str, str]
) -> None:
    bill = client.get(f"/bills/{FACES}").json()
    assert bill["currentStage"]["stage"]["prefLabel"] == "in committee"
    assert [step["prefLabel"] for step in bill["actions"]][-1] == "Read again"
    assert {one["sponsorshipKind"]["prefLabel"] for one in bill["sponsorships"]} == {
        "sponsor",
        "cosponsor",
    }
    assert bill["hasEvidence"][0]["recordIdentifier"] == "s9001"
    page = client.get(f"/bills/{FACES}", headers=browser).text
    for words in ("Ed Markey", "20 January 2026", "in committee", "S. 9002", "Introduced text"):
        assert words in page
    for suffix in ("ttl", "jsonld"):
        assert "Sponsorship" in client.get(f"/bills/{FACES}.{suffix}").text


def test_a_data_set_shows_counts_and_the_first_entries_and_says_so(
    client: TestClient, browser: dict[str, str]
) -> None:
    answer = client.get("/sources/many-2026").json()
    assert answer["counts"] == [{"class": "Organization", "count": 70}]
    left = answer["leftOut"]["evidence"]
    assert (left["shown"], left["total"]) == (50, 70)
    assert len(answer["evidence"]) == 50
    assert len(client.get(left["query"]).json()["results"]["bindings"]) == left["total"]
    page = client.get("/sources/many-2026", headers=browser).text
    assert "Shown are 50 of 70 entries" in page


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ({}, "days not known"),
        ({"attestedOn": "2020-06-11"}, "attested on 11 June 2020"),
        (
            {"attestedOn": ["2022-12-15", "2020-06-11"]},
            "attested on 2 days, 11 June 2020 to 15 December 2022",
        ),
        ({"validFrom": "2021-01-03"}, "from 3 January 2021"),
    ],
)
def test_a_term_without_days_was_not_held_always(term: dict[str, Any], words: str) -> None:
    assert naming.held(term) == words


def test_a_chamber_shows_some_of_its_terms_and_how_many_there_are(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pledgegraph.graph.collection.SHOWN", 3)
    answer = client.get("/organizations/us-house?format=json").json()
    left = answer["leftOut"]["termsIn"]
    assert left["shown"] == len(answer["termsIn"]) == 3
    assert left["total"] == len(client.get(left["query"]).json()["results"]["bindings"]) > 3


def test_parts_are_cut_at_the_bound_and_not_below() -> None:
    collection = COLLECTIONS["bills"]
    for number, is_cut in ((500, False), (501, True)):
        item: dict[str, Any] = {"id": "https://w3id.org/pledgegraph/id/bill/x"}
        item["actions"] = [{"id": str(n)} for n in range(number)]
        bounds.cut(collection, item, lambda _: 777)
        assert len(item["actions"]) == 500
        assert ("leftOut" in item) is is_cut
    assert item["leftOut"]["actions"]["total"] == 777
