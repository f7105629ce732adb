"""The status of a pledge on a day, as far as known by a day, with the rule and the records.

A pledge has the status that all its commitments share, else *mixed*. Where nothing about it had
been published by the day, there is no status at all: that is not the same as *unknown*.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pyoxigraph as ox

from pledgegraph.graph.clocks import phases
from pledgegraph.graph.engine import Engine, Row, rows
from pledgegraph.graph.namespaces import VOCAB, concept, local_name

_HEADER = """\
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
# What each rule of the scheme says of the records it was applied to.
_BECAUSE: Mapping[str, str] = {
    "not-announced": "its announcement came later",
    "announced-before": "it was announced and had not yet begun to bind",
    "start": "its first day had come",
    "end-reached": "the end that was named for it had come",
    "extension": "an extension of it had come to apply",
    "curtailment": "its end was brought forward",
    "supersession": "a later pledge took its place",
    "withdrawal": "its maker ended it",
    "reinstatement": "its maker put it back",
    "fulfilment": "what was promised had been done",
    "condition-met": "what was to end it had come true",
    "uncertain-date": "the day of an event that decides it is uncertain",
    "announcement-missing": "no announcement of it counts",
}


def status_query(pledge: str, on: date, known_as_of: date | None) -> str:
    """Write the query for the phases of a pledge's commitments at a point of both clocks."""
    return (
        f"{_HEADER}SELECT ?phase ?commitment ?isKnown ?status ?rule ?record ?from ?until WHERE {{\n"
        f"  ?phase pg:phaseOfPledge {ox.NamedNode(pledge)} ; pg:phaseOf ?commitment ;\n"
        "    pg:status ?status ; pg:appliedRule ?rule .\n"
        f"  {phases(on, known_as_of)}\n"
        "  OPTIONAL { ?phase pg:restsOn ?record }\n"
        "  OPTIONAL { ?phase pg:validFrom ?from } OPTIONAL { ?phase pg:validUntil ?until }\n"
        "} ORDER BY ?commitment DESC(?isKnown) ?record"
    )


def status_on(engine: Engine, pledge: str, on: date, known_as_of: date | None) -> dict[str, Any]:
    """Answer with the status, the phases that give it, and a sentence that says why."""
    query = status_query(pledge, on, known_as_of)
    known: dict[str, dict[str, Any]] = {}
    possible: dict[str, dict[str, Any]] = {}
    for row in rows(engine, query):
        found = known if _text(row["isKnown"]) == "1" else possible
        part = found.setdefault(_text(row["commitment"]), _phase(row))
        if "record" in row and {"id": _text(row["record"])} not in part["restsOn"]:
            part["restsOn"].append({"id": _text(row["record"])})
    sure = list(known.values())
    differing = [
        part
        for commitment, part in possible.items()
        if part["status"] != known.get(commitment, {}).get("status")
    ]
    return {
        "pledge": {"id": pledge},
        "on": on.isoformat(),
        "knownAsOf": None if known_as_of is None else known_as_of.isoformat(),
        "status": _common(sure),
        "items": sure,
        "possibly": differing,
        "words": _words(sure, differing, on, known_as_of),
        "query": query,
    }


def _phase(row: Row) -> dict[str, Any]:
    part: dict[str, Any] = {"id": _text(row["phase"])}
    part["phaseOf"] = {"id": _text(row["commitment"])}
    part["status"] = _named(_text(row["status"]))
    part["appliedRule"] = _named(_text(row["rule"]))
    for key, name in (("validFrom", "from"), ("validUntil", "until")):
        if name in row:
            part[key] = _text(row[name])
    part["restsOn"] = []
    return part


def _named(iri: str) -> dict[str, str]:
    return {"id": iri, "prefLabel": local_name(iri).replace("-", " ")}


def _common(commitments: list[dict[str, Any]]) -> dict[str, str] | None:
    found = {part["status"]["id"]: part["status"] for part in commitments}
    if len(found) > 1:
        return _named(concept("status", "mixed"))
    return next(iter(found.values()), None)


def _words(
    commitments: list[dict[str, Any]],
    possibly: list[dict[str, Any]],
    on: date,
    known_as_of: date | None,
) -> str:
    known = "As far as is known now" if known_as_of is None else f"As known by {known_as_of}"
    if not commitments and possibly:
        text = f"{known}, it is not certain that anything about this pledge had been published."
    elif not commitments:
        text = f"{known}, nothing that this graph holds had been published about it."
    else:
        reasons = [
            f"{part['status']['prefLabel']} on {on}, because {_because(part)}"
            for part in commitments
        ]
        text = f"{known}: {'; '.join(dict.fromkeys(reasons))}."
    if possibly:
        others = ", ".join(sorted({part["status"]["prefLabel"] for part in possibly}))
        text += f" Possibly {others}: the day on which a source was published is uncertain."
    return text


def _because(part: dict[str, Any]) -> str:
    rule = part["appliedRule"]["id"].removeprefix(f"{VOCAB}status-rule/")
    reason = _BECAUSE.get(rule, str(rule))
    if rule == "not-announced" or "validFrom" not in part:
        return reason
    since: str = part["validFrom"]
    return f"{reason} (since {since})"


def _text(term: object) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value
