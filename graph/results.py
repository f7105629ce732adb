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

from pledgegraph.graph import errors
from pledgegraph.graph.namespaces import PREFIXES
from pledgegraph.graph.writing import GRAPH_FORMATS

Kind = Literal["boolean", "solutions", "graph"]
Result = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean

EXCEL_CSV = "text/csv; variant=excel"
RDF_XML = "application/rdf+xml"
RESULTS_XML = "application/sparql-results+xml"
SOLUTION_FORMATS: Mapping[str, ox.QueryResultsFormat] = MappingProxyType(
    {
        "application/sparql-results+json": ox.QueryResultsFormat.JSON,
        RESULTS_XML: ox.QueryResultsFormat.XML,
        "text/csv": ox.QueryResultsFormat.CSV,
        "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    }
)

# XML 1.0 2.2: no document can hold these, not even as references.
_NOT_IN_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
# Namespaces in XML 4: Oxigraph writes a predicate that has no local name as ``<oxprefix:>``.
_NO_LOCAL_NAME = re.compile(rb"<oxprefix: ")
_OVERLAP = 9
# What makes a spreadsheet take a cell for a formula; East Asian ones take the wide forms, too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


class XmlSink(io.BytesIO):
    """Passes on what is written, or raises ``UnacceptableResultError`` if XML can't carry it."""

    def __init__(self, sink: IO[bytes]) -> None:
        super().__init__()
        self._sink = sink
        self._last = b""

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """Look at the bytes with the end of those before, and pass them on."""
        seen = self._last + data
        if _NOT_IN_XML.search(seen):
            reason = "the result holds characters that XML 1.0 can't carry: ask for another format"
            raise errors.UnacceptableResultError(reason)
        if _NO_LOCAL_NAME.search(seen):
            reason = "a predicate ends in no name that RDF/XML could write: ask for another format"
            raise errors.UnacceptableResultError(reason)
        self._last = seen[-_OVERLAP:]
        self._sink.write(data)
        return len(data)


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
