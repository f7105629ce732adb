"""Make graphs of our model, of any size, by a seed: copies of the curated records, varied.

Each copy has things of its own, with names of their own. A small share of the copies has a planted
mistake, of a kind that a shape finds.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from pledgegraph.graph.records.load import load, record_files

ROOT = Path(__file__).resolve().parents[1]
PG = "https://w3id.org/pledgegraph/ns#"
THINGS = "https://w3id.org/pledgegraph/id/"
# Identifiers are unique: a copy has none, and a slug of its own.
IDENTIFIERS = {
    f"{PG}{name}"
    for name in ("wikidataQid", "bioguide", "lei", "cik", "ein", "fecId", "openStatesId")
} | {f"{PG}ocdDivisionId"}
MISTAKES = ("dropped", "datatype", "link", "property")


def template() -> list[ox.Triple]:
    """Return the curated records."""
    loaded = load(record_files(ROOT / "data"))
    return [triple for triples in loaded.graphs.values() for triple in triples]


def triples(size: int, seed: int, share: float = 0.5) -> Iterator[ox.Triple]:
    """Iterate over so many triples or some more, with mistakes in a share of the copies."""
    choose, records, made, number = random.Random(seed), template(), 0, 0  # noqa: S311
    while made < size:
        copy = list(_copy(records, number))
        if choose.random() < share:
            copy = _spoiled(copy, choose)
        yield from copy
        made += len(copy)
        number += 1


def _copy(records: list[ox.Triple], number: int) -> Iterator[ox.Triple]:
    def own(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> ox.NamedNode:
        assert isinstance(term, ox.NamedNode)
        return ox.NamedNode(f"{term.value}-{number}") if term.value.startswith(THINGS) else term

    for triple in records:
        value = triple.object
        if triple.predicate.value in IDENTIFIERS:
            continue
        if triple.predicate.value == f"{PG}slug":
            assert isinstance(value, ox.Literal)
            value = ox.Literal(f"{value.value}-{number}")
        elif isinstance(value, ox.NamedNode):
            value = own(value)
        yield ox.Triple(own(triple.subject), triple.predicate, value)


def _spoiled(copy: list[ox.Triple], choose: random.Random) -> list[ox.Triple]:
    """Plant a mistake in one triple of a copy."""
    at = choose.randrange(len(copy))
    triple, kind = copy[at], choose.choice(MISTAKES)
    if kind == "dropped":
        return copy[:at] + copy[at + 1 :]
    subject, predicate = triple.subject, triple.predicate
    spoiled = {
        "datatype": ox.Triple(subject, predicate, ox.Literal("2020-13-01", datatype=_DATE)),
        "link": ox.Triple(subject, predicate, ox.NamedNode(f"{THINGS}nothing/{at}")),
        "property": ox.Triple(subject, ox.NamedNode(f"{PG}no-such-property"), triple.object),
    }
    return (
        [*copy, spoiled[kind]]
        if kind == "property"
        else [*copy[:at], spoiled[kind], *copy[at + 1 :]]
    )


_DATE = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
