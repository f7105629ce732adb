"""Tables that filters of lists look into: who held office when, what things are called."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

HEADER = """\
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX status: <https://w3id.org/pledgegraph/vocab/status/>
"""

# What a table says of each item.
Values = dict[str, list[tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Table:
    """A query whose rows say something of ``?item``, and the test that a wanted item passes.

    The columns after the first are the text of literals and the IRIs of things; what is unbound is
    empty.
    """

    query: str
    passes: Callable[[Sequence[tuple[str, ...]], str], bool]

    def values(self, lines: Iterable[Sequence[str]]) -> Values:
        """Sort the rows of the query by item."""
        found: Values = {}
        for item, *columns in lines:
            found.setdefault(item[1:-1], []).append(tuple(map(_text, columns)))
        return found

    def those(self, values: Values, text: str) -> set[str]:
        """Return the items that pass."""
        return {item for item, rows in values.items() if self.passes(rows, text)}


def _text(term: str) -> str:
    """Return the text of a literal or the IRI of a thing, from a table of SPARQL results."""
    if term.startswith("<"):
        return term[1:-1]
    if not term.startswith('"'):
        return term
    text: str = json.loads(term[: term.rindex('"') + 1])
    return text


def _held(rows: Sequence[tuple[str, ...]], day: str) -> bool:
    return any(
        on == day or (start != "" and start <= day and not (until != "" and until <= day))
        for start, until, on in rows
    )


def _is_called(rows: Sequence[tuple[str, ...]], text: str) -> bool:
    wanted = text.lower()
    return any(wanted in name.lower() for (name,) in rows)


def _is_at(rows: Sequence[tuple[str, ...]], stage: str) -> bool:
    """Tell whether a bill has come to a stage and to no later one; rank decides within a day."""
    latest = max((day, int(rank or 0)) for _, day, rank in rows)
    return any(name == stage and (day, int(rank or 0)) == latest for name, day, rank in rows)


def _names(classes: str) -> Table:
    return Table(
        f"{HEADER}SELECT ?item ?name WHERE {{\n  VALUES ?class {{ {classes} }}\n  ?item a ?class ;"
        " skos:prefLabel | skos:altLabel ?name\n}",
        _is_called,
    )


TABLES: Mapping[str, Table] = {
    "bill titles": _names("pg:Bill"),
    "companies": _names("pg:Company"),
    "legislators": _names("pg:Legislator"),
    "organizations": _names(
        "org:Organization pg:AdvocacyGroup pg:Chamber pg:Company pg:GovernmentBody pg:Legislature"
        " pg:PoliticalCommittee pg:PoliticalParty pg:Committee"
    ),
    "stages": Table(
        f"{HEADER}SELECT ?item ?stage ?day ?rank WHERE {{\n"
        "  ?action pg:reachesStage ?stage ; pg:actionOn ?item ; pg:dateLatest ?day .\n"
        "  OPTIONAL { ?stage pg:stageOrder ?rank }\n}",
        _is_at,
    ),
    "terms": Table(
        f"{HEADER}SELECT ?item ?from ?until ?on WHERE {{\n  ?term a pg:Term ; org:member ?item .\n"
        "  OPTIONAL { ?term pg:validFrom ?from } OPTIONAL { ?term pg:validUntil ?until }\n"
        "  OPTIONAL { ?term pg:attestedOn ?on }\n}",
        _held,
    ),
}
