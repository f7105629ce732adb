"""The results of a release that stand, as a report in Turtle and in a form to be read again.

A report does not say for which target a result was found, which is needed to know whether a
change can matter to it; so the results are kept as JSON too.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from pledgegraph.graph.gate import shapes_of
from pledgegraph.graph.publishing import texts
from pledgegraph.graph.shacl import Report, Result

REPORT, RESULTS = "report.ttl", "results.json"
_PATH = ox.NamedNode("http://www.w3.org/ns/shacl#path")
# A path that is no single property is that of the shape, whose nodes have no names.
_OF_SHAPE = "path of the shape"


def write(folder: Path, report: Report) -> None:
    """Write the report of a release and the results in it."""
    ordered = Report(tuple(sorted(report.results, key=_order)), report.fallbacks, report.shapes)
    texts.write(folder / REPORT, ordered.to_turtle().encode())
    rows = [_row(result) for result in ordered.results]
    texts.write(folder / RESULTS, json.dumps(rows, indent=1).encode())


def read(folder: Path) -> list[Result]:
    """Read the results of a release."""
    rows: list[dict[str, Any]] = json.loads((folder / RESULTS).read_text("utf-8"))
    return [_result(row) for row in rows]


def _order(result: Result) -> str:
    return json.dumps(_row(result), sort_keys=True)


def _row(result: Result) -> dict[str, Any]:
    path = result.path
    return {
        "focus": str(result.focus),
        "path": _OF_SHAPE if isinstance(path, ox.BlankNode) else path and str(path),
        "value": None if result.value is None else str(result.value),
        "component": str(result.component),
        "source_shape": str(result.source_shape),
        "source_constraint": result.source_constraint and str(result.source_constraint),
        "severity": str(result.severity),
        "messages": [str(message) for message in result.messages],
        "root": [str(term) for term in result.root],
    }


def _result(row: dict[str, Any]) -> Result:
    shape = _term(row["source_shape"])
    path = _term(row["path"])
    if row["path"] == _OF_SHAPE:
        path = shapes_of().graph.value(shape, _PATH)
    terms = {name: _term(row[name]) for name in ("focus", "value", "component", "severity")}
    return Result(
        **terms,
        path=path,
        source_shape=shape,
        source_constraint=_term(row["source_constraint"]),
        messages=tuple(_term(text) for text in row["messages"]),
        root=(_term(row["root"][0]), _term(row["root"][1])),
    )


def _term(text: str | None) -> Any:  # noqa: ANN401  # which kind of term it is, the text says
    """Read a term as N-Triples write it."""
    if text is None or text == _OF_SHAPE:
        return None
    (quad,) = ox.parse(f"<x:s> <x:p> {text} .", format=ox.RdfFormat.N_TRIPLES)
    return quad.object
