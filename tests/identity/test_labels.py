"""The labelled pairs are well-formed, many and hard enough, and no two of them contradict."""

import csv
from collections import Counter
from pathlib import Path

import pytest

PAIRS = Path(__file__).with_name("pairs.csv")
SIDES = ("left", "right")
COLUMNS = [f"{side}{part}" for side in SIDES for part in ("", "_source", "_name", "_context")]
COLUMNS += ["verdict", "hard", "kind", "reason"]
KINDS = {"person": ("person", "contribution"), "company": ("company", "organization")}
KINDS["organization"] = ("organization",)


@pytest.fixture(scope="module")
def pairs() -> list[dict[str, str]]:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == COLUMNS
        return list(reader)


def test_each_pair_is_filled_in_with_words_that_we_know(pairs: list[dict[str, str]]) -> None:
    assert [pair for pair in pairs if not all(pair.values())] == []
    assert {pair["verdict"] for pair in pairs} == {"same", "different", "unsure"}
    assert {pair["hard"] for pair in pairs} == {"yes", "no"}
    for pair in pairs:
        assert {pair[side].partition("/")[0] for side in SIDES} <= {*KINDS[pair["kind"]]}, pair


def test_there_are_enough_pairs_and_half_of_each_verdict_is_hard(
    pairs: list[dict[str, str]],
) -> None:
    count = Counter((pair["verdict"], pair["hard"]) for pair in pairs)
    assert len(pairs) >= 400
    for verdict in ("same", "different"):
        assert count[verdict, "yes"] >= count[verdict, "no"]
        assert count[verdict, "yes"] + count[verdict, "no"] >= len(pairs) * 0.4


def test_no_pair_is_listed_twice(pairs: list[dict[str, str]]) -> None:
    count = Counter(frozenset(pair[side] for side in SIDES) for pair in pairs)
    assert [sorted(pair) for pair, times in count.items() if times > 1 or len(pair) < 2] == []


def test_no_different_pair_is_one_by_way_of_others(pairs: list[dict[str, str]]) -> None:
    group: dict[str, str] = {}

    def head(name: str) -> str:
        while group.setdefault(name, name) != name:
            name = group[name]
        return name

    for pair in pairs:
        if pair["verdict"] == "same":
            group[head(pair["left"])] = head(pair["right"])
    apart = [pair for pair in pairs if pair["verdict"] == "different"]
    assert [pair for pair in apart if head(pair["left"]) == head(pair["right"])] == []
