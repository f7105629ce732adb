"""The one way in which queries are answered: a seam with an embedded implementation.

>>> engine = EmbeddedEngine(Path("home"))  # doctest: +SKIP
>>> engine.query("ASK {}").body  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

import pyoxigraph as ox

from pledgegraph.graph import errors, frames
from pledgegraph.graph.guard import Limits
from pledgegraph.graph.pool import Pool
from pledgegraph.graph.soundness import SoundReleases

Kind = Literal["boolean", "solutions", "graph"]
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = dict[str, Any]  # of Term: what a variable is bound to follows from its query

JSON_RESULTS = "application/sparql-results+json"
N_TRIPLES = "application/n-triples"
MEBIBYTE = 1 << 20

# What the project's own code asks for when it goes on to parse the answer.
PLAIN_FORMATS: Mapping[Kind, str] = {
    "boolean": JSON_RESULTS,
    "solutions": JSON_RESULTS,
    "graph": N_TRIPLES,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of a query, written in one media type, and the release that gave it."""

    kind: Kind
    media_type: str
    body: bytes
    release: int


class Engine(Protocol):
    """What answers queries. Calls block: an event loop makes them in a thread."""

    def release(self) -> int:
        """Return the number of the release that the next query is answered from."""

    def query(
        self,
        text: str,
        formats: Mapping[Kind, str] = PLAIN_FORMATS,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        deadline: float | None = None,
    ) -> Answer:
        """Answer a query.

        ``formats`` has the media type to use for each form of result that is acceptable: the
        form is known only once the query is parsed. Graph lists that are not None replace the
        query's own FROM clauses.
        """

    def close(self) -> None:
        """End what runs on behalf of this engine."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What one query may use, and how many may run or wait."""

    workers: int = 2
    queue: int = 32
    wait: float = 5.0
    deadline: float = 10.0
    memory: int = 1024 * MEBIBYTE
    result: int = 64 * MEBIBYTE
    limits: Limits = field(default_factory=Limits)


class EmbeddedEngine:
    """Answers from the newest sound release in a home folder, or from a given one.

    With ``thorough`` every file of a release is compared with its checksum before it is served.
    """

    def __init__(
        self,
        home: Path,
        budget: Budget | None = None,
        *,
        number: int | None = None,
        thorough: bool = False,
    ) -> None:
        self._sound = SoundReleases(home, number, thorough=thorough)
        self._budget = budget or Budget()
        self._pool = Pool(
            self._budget.workers, self._budget.queue, self._budget.wait, self._budget.memory
        )

    def release(self) -> int:
        """Return the number of the newest sound release, or of the given one."""
        return self._sound.current().number

    def query(
        self,
        text: str,
        formats: Mapping[Kind, str] = PLAIN_FORMATS,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        deadline: float | None = None,
    ) -> Answer:
        """Answer a query from the newest sound release, or from the given one."""
        job: frames.Header = {
            "formats": dict(formats),
            "default_graphs": _list(default_graphs),
            "named_graphs": _list(named_graphs),
            "budget": self._budget.result,
            "limits": self._budget.limits.as_header(),
        }
        seconds = self._budget.deadline if deadline is None else deadline
        release = self._sound.current()
        with self._pool.worker(release.store_path, release.number) as worker:
            header, body = worker.ask(job, text, seconds)
        if "error" in header:
            raise _error(header)
        return Answer(header["kind"], header["mediaType"], body, release.number)

    def close(self) -> None:
        """End the worker processes."""
        self._pool.close()


def rows(engine: Engine, text: str) -> list[Row]:
    """Run a SELECT query and return its solutions; unbound variables are left out."""
    answer = engine.query(text)
    parsed = ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON)
    assert isinstance(parsed, ox.QuerySolutions)
    names = [variable.value for variable in parsed.variables]
    return [
        {name: term for name in names if (term := solution[name]) is not None}
        for solution in parsed
    ]


def triples(engine: Engine, text: str) -> list[ox.Triple]:
    """Run a CONSTRUCT or DESCRIBE query and return its triples."""
    answer = engine.query(text)
    return [quad.triple for quad in ox.parse(answer.body, format=ox.RdfFormat.N_TRIPLES)]


def _list(graphs: Sequence[str] | None) -> list[str] | None:
    return None if graphs is None else list(graphs)


def _error(header: frames.Header) -> errors.QueryError:
    """Make the error that a worker names in its header."""
    kind = getattr(errors, header["error"])
    assert issubclass(kind, errors.QueryError)
    error: errors.QueryError = kind(
        header["reason"],
        header.get("line"),
        header.get("column"),
        rule=header.get("rule"),
        remedy=header.get("remedy"),
    )
    return error
