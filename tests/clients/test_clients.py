"""Every client reads from the endpoint what the store holds, by every way it can ask."""

from collections.abc import Callable
from typing import Any

import pytest

from .cases import (
    ALL_TERMS,
    CONSTRUCT,
    DESCRIBE,
    LARGE,
    MANY,
    NAMED_GRAPHS,
    PLEDGES,
    SERVICE,
    TERMS,
    Row,
    in_any_order,
    sentences,
)

REFUSED = r"400|Bad Request|SERVICE is refused|something wrong formulating"  # rdflib says no more
Said = Callable[[str], list[Row]]


def test_every_kind_of_term_arrives_as_it_was(client: Any) -> None:
    rows = client.select(ALL_TERMS)
    assert {row["name"].value: row["term"] for row in rows} == TERMS


@pytest.mark.parametrize("query", [PLEDGES, NAMED_GRAPHS], ids=["optional", "named graphs"])
def test_rows_are_those_of_the_store(query: str, client: Any, said: Said) -> None:
    expected = in_any_order(said(query))
    assert len(expected) > 2
    assert in_any_order(client.select(query)) == expected


def test_a_truth_value_is_read(client: Any) -> None:
    assert client.ask("ASK { ?s ?p ?o }") is True
    assert client.ask("ASK { ?s <https://example.org/nothing> ?o }") is False


@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE], ids=["construct", "describe"])
def test_a_graph_is_that_of_the_store(query: str, client: Any, said: Said) -> None:
    expected = sentences(said(query))
    assert len(expected) > 5
    assert sentences(client.graph(query)) == expected


def test_a_large_result_arrives_whole(client: Any) -> None:
    rows = client.select(LARGE)
    assert len(rows) == MANY
    assert all(len(row) == 4 for row in rows)


def test_a_refusal_is_an_error_of_the_client(client: Any) -> None:
    with pytest.raises(Exception, match=REFUSED):
        client.select(SERVICE)
