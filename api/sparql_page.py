"""Show the form for queries and the result of a query as a page."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

import pyoxigraph as ox
from fastapi import Request
from starlette.responses import Response

from pledgegraph.api import pages
from pledgegraph.graph.engine import Answer
from pledgegraph.graph.question import questions

MAXIMUM_ROWS = 1000
# Datatypes that a reader sees from the text itself.
OBVIOUS = ("string", "langString", "date", "dateTime", "integer", "decimal", "boolean")
EXAMPLES = ("04-in-force", "02-who-is-exempt", "08-what-is-alleged")


@dataclass(frozen=True, slots=True)
class Example:
    """A query to try."""

    title: str
    query: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in a table of results."""

    text: str
    href: str | None = None
    note: str = ""
    language: str = ""
    is_day: bool = False


@functools.cache
def examples() -> tuple[Example, ...]:
    """Return three of the questions that the graph answers, as queries to try."""
    found = [questions()[name] for name in EXAMPLES]
    return tuple(Example(question.title, _without_header(question.text)) for question in found)


def _without_header(text: str) -> str:
    return re.sub(r"\A(#.*\n)+", "", text)


def result_page(request: Request, query: str, answer: Answer) -> Response:
    """Show a result below the form that can change the query."""
    return pages.page(
        request, "sparql_result.html", query=query, examples=examples(), **shown(answer)
    )


def shown(answer: Answer) -> dict[str, object]:
    """Return what ``result_table.html`` needs to show a result."""
    if answer.kind == "graph":
        return {"kind": answer.kind, "turtle": answer.body.decode()}
    result = ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON)
    if isinstance(result, ox.QueryBoolean):
        return {"kind": answer.kind, "boolean": bool(result)}
    assert isinstance(result, ox.QuerySolutions)
    rows = [[_cell(term) for term in solution] for solution in result]
    return {
        "kind": answer.kind,
        "names": [variable.value for variable in result.variables],
        "rows": rows[:MAXIMUM_ROWS],
        "count": len(rows),
    }


def _cell(term: object) -> Cell:
    if isinstance(term, ox.NamedNode):
        return Cell(pages.compact(term.value), pages.href(term.value))
    if isinstance(term, ox.Literal):
        datatype = term.datatype.value.rsplit("#", 1)[-1]
        language = term.language or ""
        note = "" if datatype in OBVIOUS else datatype
        note = note if language in ("", "en") else language
        return Cell(term.value, None, note, language, is_day=datatype == "date")
    return Cell("" if term is None else str(term))
