"""Write the result of a query: the media types of each form, and what none of them may carry.

``text/csv`` and ``text/tab-separated-values`` keep to the specification; ``EXCEL_CSV`` is the
variant that a spreadsheet opens without running what stands in a cell.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import IO, Literal

import pyoxigraph as ox

from pledgegraph.graph.namespaces import PREFIXES
from pledgegraph.graph.well_formed import RDF_XML, XmlSink
from pledgegraph.graph.writing import GRAPH_FORMATS

Kind = Literal["boolean", "solutions", "graph"]
Result = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean

EXCEL_CSV = "text/csv; variant=excel"
RESULTS_XML = "application/sparql-results+xml"
SOLUTION_FORMATS: Mapping[str, ox.QueryResultsFormat] = MappingProxyType(
    {
        "application/sparql-results+json": ox.QueryResultsFormat.JSON,
        RESULTS_XML: ox.QueryResultsFormat.XML,
        "text/csv": ox.QueryResultsFormat.CSV,
        "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    }
)

# What makes a spreadsheet take a cell for a formula; East Asian ones take the wide forms, too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def kind_of(result: Result) -> Kind:
    """Return the form of a result."""
    if isinstance(result, ox.QuerySolutions):
        return "solutions"
    return "boolean" if isinstance(result, ox.QueryBoolean) else "graph"


def write_result(result: Result, media_type: str, sink: IO[bytes]) -> None:
    """Write a result in a media type that its form has."""
    checked = XmlSink(sink) if media_type in (RDF_XML, RESULTS_XML) else sink
    if isinstance(result, ox.QueryTriples):
        ox.serialize(result, checked, format=GRAPH_FORMATS[media_type], prefixes=PREFIXES)
    elif media_type == EXCEL_CSV:
        assert isinstance(result, ox.QuerySolutions)
        _write_excel(result, sink)
    else:
        result.serialize(checked, format=SOLUTION_FORMATS[media_type])


def _write_excel(result: ox.QuerySolutions, sink: IO[bytes]) -> None:
    text = io.TextIOWrapper(_Kept(sink), encoding="utf-8", newline="", write_through=True)
    text.write(_BYTE_ORDER_MARK)  # without it a spreadsheet takes the text for Latin-1
    rows = csv.writer(text)
    rows.writerow([_harmless(variable.value) for variable in result.variables])
    for solution in result:
        rows.writerow(["" if term is None else _harmless(_cell(term)) for term in solution])
    text.flush()


class _Kept(io.BytesIO):
    """Passes on what is written, and leaves the sink open when it is itself closed."""

    def __init__(self, sink: IO[bytes]) -> None:
        super().__init__()
        self._sink = sink

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        self._sink.write(bytes(data))
        return len(data)


def _cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.BlankNode | ox.Triple) else term.value


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell
