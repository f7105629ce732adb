"""The one way in which queries are answered: a seam with an embedded implementation.

>>> engine = EmbeddedEngine(Path("home"))  # doctest: +SKIP
>>> engine.query("ASK {}").body  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, Protocol

import pyoxigraph as ox

from pledgegraph.graph.asking import Asking, Job
from pledgegraph.graph.budget import MEBIBYTE as MEBIBYTE
from pledgegraph.graph.budget import Allowance
from pledgegraph.graph.budget import Budget as Budget
from pledgegraph.graph.pool import Pool
from pledgegraph.graph.soundness import SoundReleases
from pledgegraph.graph.statistics import Statistics

Kind = Literal["boolean", "solutions", "graph"]
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = dict[str, Any]  # of Term: what a variable is bound to follows from its query

JSON_RESULTS = "application/sparql-results+json"
N_TRIPLES = "application/n-triples"

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


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """An answer whose beginning is there: ``start.body`` is all of it where there is no rest.

    The rest raises a ``QueryError`` where it breaks off.
    """

    start: Answer
    rest: AsyncIterator[bytes] | None = None


class Engine(Protocol):
    """What answers queries."""

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
        """Answer a query whole. This blocks: an event loop makes the call in a thread.

        ``formats`` has the media type to use for each form of result that is acceptable: the
        form is known only once the query is parsed. Graph lists that are not None replace the
        query's own FROM clauses.
        """

    def open(
        self,
        text: str,
        formats: Mapping[Kind, str],
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        allowance: Allowance | None = None,
        client: str = "",
    ) -> AbstractAsyncContextManager[OpenAnswer]:
        """Answer a query in an event loop, piece by piece; leaving the context stops the work.

        ``client`` is whose query it is: nobody has all workers. ``allowance`` replaces the budget.
        """

    def prepare(self) -> None:
        """Make ready for the first query."""

    def allowance(self) -> Allowance:
        """Return what a query may use unless something else is said."""

    def statistics(self) -> Statistics:
        """Count what runs and what has happened."""

    def stop(self, *, at_once: bool) -> None:
        """Refuse new queries, and stop also those that run where it is to be at once."""

    def close(self) -> None:
        """End what runs on behalf of this engine."""


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
        self._allowance = self._budget.allowance()
        self._pool = Pool(self._budget)

    def release(self) -> int:
        """Return the number of the newest sound release, or of the given one."""
        return self._sound.current().number

    def prepare(self) -> None:
        """Start the spare worker, so that the first query need not wait for one.

        An engine that was closed begins anew.
        """
        release = self._sound.current()
        if self._pool.is_closed:
            self._pool = Pool(self._budget)
        self._pool.prepare(release.store_path, release.number)

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
        release = self._sound.current()
        allowance = self._allowance
        if deadline is not None:
            allowance = replace(allowance, deadline=deadline)
        job = Job(text, formats, default_graphs, named_graphs)
        asking = Asking(self._pool, job, allowance, self._budget.wait)
        header, body = asking.collect(release)
        return Answer(header["kind"], header["mediaType"], body, asking.release)

    @asynccontextmanager
    async def open(
        self,
        text: str,
        formats: Mapping[Kind, str],
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        allowance: Allowance | None = None,
        client: str = "",
    ) -> AsyncIterator[OpenAnswer]:
        """Answer a query from the newest sound release, or from the given one."""
        release = self._sound.current()
        job = Job(text, formats, default_graphs, named_graphs)
        asking = Asking(self._pool, job, allowance or self._allowance, self._budget.wait, client)
        try:
            header, body = await asking.first(release)
            start = Answer(header["kind"], header["mediaType"], body, asking.release)
            yield OpenAnswer(start, None if header["last"] else asking.rest())
        finally:
            asking.leave()

    def allowance(self) -> Allowance:
        """Return what a query may use unless something else is said."""
        return self._allowance

    def statistics(self) -> Statistics:
        """Count what runs and what has happened."""
        return self._pool.statistics()

    def stop(self, *, at_once: bool) -> None:
        """Refuse new queries, and stop also those that run where it is to be at once."""
        if at_once:
            self._pool.end_all()
        else:
            self._pool.refuse_new()

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
