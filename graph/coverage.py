"""How far a source is covered: which of its sentences a record rests on, counted on offsets."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox

from pledgegraph.graph import set_aside
from pledgegraph.graph.bounds import parts_query
from pledgegraph.graph.engine import Engine, rows
from pledgegraph.graph.facts import key_of_term
from pledgegraph.graph.frame import Node, in_order
from pledgegraph.graph.listing import Listings
from pledgegraph.graph.namespaces import GRAPH, NS, concept, local_name

_CONTENT = concept("passage-kind", "content")
_NO_RECORDS = ("DataSetEntry", "DataSet", "Quotation", "Passage")
_NOT_REREAD = concept("verification", "not-re-read")


def aside_query(source: str) -> str:
    """Write the query for the records that a source states and this graph does not assert."""
    graph = ox.NamedNode(f"{GRAPH}{local_name(source)}")
    return (
        "PREFIX pg: <https://w3id.org/pledgegraph/ns#>\n"
        f"SELECT DISTINCT ?record WHERE {{ GRAPH {graph} {{ ?record pg:hasEvidence ?evidence }}\n"
        "  FILTER NOT EXISTS { ?record a ?class } }"
    )


def add_counts(engine: Engine, listings: Listings, data_set: Node) -> None:
    """Add to a data set how many records of each kind it states, and how many entries it has."""
    graph = ox.NamedNode(f"{GRAPH}{local_name(data_set['id'])}")
    query = (
        f"SELECT ?class (COUNT(*) AS ?n) {{ GRAPH {graph} {{ ?record a ?class }} }} GROUP BY ?class"
    )
    counts = {name[1:-1]: int(number) for name, number in listings.rows(engine, query)}
    of_kind = [
        {"class": key_of_term().get(name, name), "count": counts[name]}
        for name in sorted(counts, key=lambda name: (-counts[name], name))
        if key_of_term().get(name) not in _NO_RECORDS
    ]
    data_set["counts"] = of_kind
    entries = parts_query(data_set["id"], "evidence")
    shown, total = len(data_set["evidence"]), counts.get(f"{NS}DataSetEntry", 0)
    if total > shown:
        left = {"shown": shown, "total": total, "query": entries}
        data_set["leftOut"] = {"evidence": left}


def add_coverage(engine: Engine, source: Node) -> None:
    """Add to a source what only it says, what rests on each passage, and the numbers."""
    found = rows(engine, aside_query(source["id"]))
    iris = sorted(row["record"].value for row in found if isinstance(row["record"], ox.NamedNode))
    aside = set_aside.fetch(engine, iris)
    source["alleged"] = list(aside.records.values())
    evidence = {item["id"]: item for item in source["evidence"]}
    for record in source["alleged"]:
        evidence |= {item["id"]: item for item in record.get("hasEvidence", ())}
    quotations = [item for item in evidence.values() if "exactText" in item]
    source["passages"].sort(key=lambda passage: passage.get("sentenceNumber", 0))
    for passage in source["passages"]:
        within = (item for item in quotations if _overlap(item, passage))
        passage["quotations"] = [item["id"] for item in in_order(within)]
    source["coverage"] = _numbers(source["passages"], quotations)


def _overlap(quotation: Node, passage: Node) -> bool:
    if "startOffset" not in quotation:
        return False
    starts_before_end: bool = quotation["startOffset"] < passage["endOffset"]
    return starts_before_end and passage["startOffset"] < quotation["endOffset"]


def _numbers(passages: list[Node], quotations: list[Node]) -> dict[str, Any]:
    content = [passage for passage in passages if passage["passageKind"]["id"] == _CONTENT]
    return {
        "contentSentences": len(content),
        "coveredSentences": sum(bool(passage["quotations"]) for passage in content),
        "uncovered": [
            passage["sentenceNumber"] for passage in passages if not passage["quotations"]
        ],
        "notContent": [
            {"sentenceNumber": passage["sentenceNumber"], "passageKind": passage["passageKind"]}
            for passage in passages
            if passage["passageKind"]["id"] != _CONTENT
        ],
        "quotations": len(quotations),
        "notReRead": sum(
            item.get("verification", {}).get("id") == _NOT_REREAD for item in quotations
        ),
    }
