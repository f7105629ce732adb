"""What sources say and this graph does not assert: alleged, disputed and retracted records.

They live only in their source's graph. Where an item refers to one, as the claim that carries it
does, the record is shown beside it under ``alleged``: a key to which the context gives no
meaning, so that whoever reads the answer as JSON-LD is not told that it is so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files

import pyoxigraph as ox

from pledgegraph.graph.engine import Engine, rows
from pledgegraph.graph.facts import Facts
from pledgegraph.graph.frame import Node, frame
from pledgegraph.graph.namespaces import DERIVED_GRAPH, concept

_RECORDS = re.compile(r"VALUES \?record \{[^}]*\}")
_OWN_VOICE = concept("voice", "source")


@dataclass(frozen=True)
class Aside:
    """Records that are set aside, by IRI, and the query that gave them."""

    query: str = ""
    records: dict[str, Node] = field(default_factory=dict)


def fetch(engine: Engine, iris: Iterable[str]) -> Aside:
    """Fetch those of some records that only source graphs describe."""
    wanted = list(iris)
    if not wanted:
        return Aside()
    values = " ".join(str(ox.NamedNode(iri)) for iri in wanted)
    text = (files("pledgegraph.graph.lookups") / "set-aside.rq").read_text(encoding="utf-8")
    query = _RECORDS.sub(lambda _: f"VALUES ?record {{ {values} }}", text)
    found: list[ox.Triple] = []
    graphs: dict[str, set[str]] = {}
    for row in rows(engine, query):
        part, name, value, record = row["part"], row["property"], row["value"], row["record"]
        assert isinstance(record, ox.NamedNode)
        assert isinstance(row["graph"], ox.NamedNode)
        assert isinstance(part, ox.NamedNode)
        assert isinstance(name, ox.NamedNode)
        found.append(ox.Triple(part, name, value))
        if "label" in row and "naming" in row:
            found.append(ox.Triple(value, row["naming"], row["label"]))
        if row["graph"].value != DERIVED_GRAPH:
            graphs.setdefault(record.value, set()).add(row["graph"].value)
    facts = Facts.of(found)
    records = {iri: _record(facts, iri, graphs[iri]) for iri in wanted if iri in graphs}
    return Aside(query, records)


def _record(facts: Facts, iri: str, graphs: set[str]) -> Node:
    node = frame(facts, iri, {})
    evidence = node.get("hasEvidence", [])
    own = [item for item in evidence if item.get("voice", {}).get("id") == _OWN_VOICE]
    sources = {item["inSource"]["id"]: item["inSource"] for item in own if "inSource" in item}
    node["corroboratedBy"] = [sources[source] for source in sorted(sources)]
    node["inGraphs"] = sorted(graphs)
    return node


def attach(item: Node, aside: Aside) -> None:
    """Add to each part of an item the records set aside that it refers to."""
    for node in list(_nodes(item)):
        referred = {
            value["id"]
            for key, values in node.items()
            if key != "alleged"
            for value in (values if isinstance(values, list) else [values])
            if isinstance(value, dict) and value.get("id") in aside.records
        }
        if referred:
            said_by = {"attributedTo": node["claimant"]} if "claimant" in node else {}
            node["alleged"] = [aside.records[iri] | said_by for iri in sorted(referred)]


def _nodes(value: object) -> Iterator[Node]:
    """Walk over an item and every node nested in it."""
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from _nodes(part)
    elif isinstance(value, list):
        for part in value:
            yield from _nodes(part)
