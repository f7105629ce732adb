"""What a refused write is told: every broken rule in plain words, or the SHACL report as RDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import pyoxigraph as ox

from pledgegraph.api import negotiation
from pledgegraph.api.negotiation import Format
from pledgegraph.graph import errors
from pledgegraph.graph.gate import Result
from pledgegraph.graph.namespaces import local_name
from pledgegraph.graph.records.problems import Problem
from pledgegraph.graph.writing import write_triples

SHOWN = 100
PROBLEM = Format("problem", "json", "application/problem+json", accepts=("application/json",))

T = TypeVar("T")


def members(error: errors.PledgeGraphError) -> Iterator[tuple[str, Any]]:
    """Give the members in which a problem lists what was refused, so many at most."""
    if isinstance(error, errors.DataRefusedError | errors.RecordsRefusedError) and error.report:
        found = [described(result) for result in error.report.violations]
        yield from _bounded("violations", found)
    if isinstance(error, errors.RecordsRefusedError):
        problems = [problem for problem in error.problems if isinstance(problem, Problem)]
        yield from _bounded("problems", [placed(problem) for problem in problems])


def described(result: Result) -> dict[str, Any]:
    """Describe one finding of a shape."""
    return {
        "focus": result.focus,
        "path": result.path,
        "value": result.value,
        "rule": result.rule_name,
        "message": result.message,
        "severity": local_name(result.severity).lower(),
        "shape": result.rule,
    }


def placed(problem: Problem) -> dict[str, Any]:
    """Describe one finding in a record that was sent."""
    return {
        "line": problem.origin.line,
        "column": problem.origin.column,
        "rule": problem.rule,
        "message": problem.message,
        "severity": problem.severity,
    }


def first(found: Iterable[T]) -> list[T]:
    """Return as many findings as an answer shows."""
    return [one for one, _ in zip(found, range(SHOWN), strict=False)]


def _bounded(name: str, found: Sequence[object]) -> Iterator[tuple[str, Any]]:
    yield name, first(found)
    if len(found) > SHOWN:
        yield f"more{name.capitalize()}", len(found) - SHOWN


def written_report(accept: str | None, error: errors.PledgeGraphError) -> tuple[bytes, str] | None:
    """Return the shapes' report and its media type where RDF is liked better than a problem."""
    if not isinstance(error, errors.DataRefusedError | errors.RecordsRefusedError):
        return None
    report = error.report
    chosen = negotiation.choose(accept, (PROBLEM, *negotiation.GRAPH_FORMATS))
    if report is None or chosen is None or chosen is PROBLEM:
        return None
    quads = ox.parse(report.turtle.encode(), format=ox.RdfFormat.TURTLE)
    body = write_triples((quad.triple for quad in quads), chosen.media_type)
    return body, chosen.content_type
