"""Errors that the graph layer raises on purpose.

PledgeGraphError
├── QueryError                   a query is not answered
│   ├── QuerySyntaxError         it is not SPARQL 1.1
│   ├── UnsupportedQueryError    it asks for what this graph does not do
│   ├── UnheldGraphError         it asks for a graph that is not here
│   ├── QueryBudgetError         it is larger than its budget
│   ├── UpdateRefusedError       it is an update
│   ├── UnacceptableResultError  none of the wanted formats can carry its result
│   ├── QueryTimeoutError        it ran longer than its deadline
│   ├── QueryMemoryError         it needed more memory than its budget
│   ├── QueryCrashError          it ended the process that was answering it
│   └── ResultTooLargeError      its result is larger than its budget
├── EngineError                  no query is answered at present
│   ├── NoReleaseError           the home folder holds no release yet
│   ├── DamagedReleaseError      no release has the files that its manifest lists
│   ├── EngineBusyError          every worker is busy and the queue is full or slow
│   └── EngineStartError         a worker process does not start
├── ThingError                   a thing that was asked for is not there to be shown
│   ├── UnknownThingError        the graph says nothing about it
│   └── RetractedThingError      it was retracted
├── ReadingError                 RDF that was sent is not read
│   ├── RdfSyntaxError           it is not what its media type says
│   ├── RemoteContextError       it names a context on another host
│   └── RdfBudgetError           reading it takes too much memory or time
└── BuildError                   no release is made
    ├── RecordsRefusedError      a record file has errors
    ├── DataRefusedError         a shape refuses the data
    ├── BlankNodeError           the data hold nodes without a name
    ├── GraphNameError           no source graph can have this name
    ├── UnknownGraphError        there is no source graph of this name
    ├── DataSetError             a data set can't be imported
    ├── ImportImbalanceError     an importer lost count of what it read
    ├── ReviewError              a list of decisions on who is who can't be read
    ├── StorageError             the disk is full or fails
    └── HomeBusyError            another process is writing to the home folder
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pledgegraph.graph.gate import Report


class PledgeGraphError(Exception):
    """Something that the graph layer refuses or fails to do."""


class QueryError(PledgeGraphError):
    """A query is not answered.

    ``line`` and ``column`` count from 1 and are absent where no place in the text is to blame.
    ``rule`` names what is broken and ``remedy`` says what to do, where the guard refused it.
    """

    def __init__(
        self,
        reason: str,
        line: int | None = None,
        column: int | None = None,
        *,
        rule: str | None = None,
        remedy: str | None = None,
    ) -> None:
        place = "" if line is None else f"line {line}, column {column}: "
        super().__init__(place + reason + (f"; {remedy}" if remedy else ""))
        self.reason = reason
        self.line = line
        self.column = column
        self.rule = rule
        self.remedy = remedy

    def as_header(self) -> dict[str, Any]:
        """Return what a message carries of it between processes."""
        return {"error": type(self).__name__, **vars(self)}


class QuerySyntaxError(QueryError):
    """The text is not a SPARQL 1.1 query."""


class UnsupportedQueryError(QueryError):
    """The query asks for something that this graph does not do.

    SERVICE is refused because no query may reach other hosts; functions outside SPARQL 1.1 and
    graph names that are not absolute IRIs are refused because they have no meaning here.
    """


class UnheldGraphError(QueryError):
    """The query asks for a graph that this graph does not hold, and nothing is fetched.

    `/graphs` lists those that there are.
    """


class QueryBudgetError(QueryError):
    """The query is larger or nests deeper than its budget, or has more parts than it.

    The member `rule` names the limit; `/sparql/limits` has them all.
    """


class UpdateRefusedError(QueryError):
    """The query endpoint answers queries and takes no updates."""


class UnacceptableResultError(QueryError):
    """None of the wanted formats can carry the result of this form of query.

    SELECT results come as JSON, XML, CSV or TSV, ASK results as JSON or XML, and CONSTRUCT and
    DESCRIBE results as Turtle, N-Triples, JSON-LD or RDF/XML.
    """


class QueryTimeoutError(QueryError):
    """The query ran longer than its deadline and was stopped."""


class QueryMemoryError(QueryError):
    """The query needed more memory than its budget and was stopped."""


class QueryCrashError(QueryError):
    """The query ended the process that was answering it.

    The limits at `/sparql/limits` keep known causes away; other queries are not affected.
    """


class ResultTooLargeError(QueryError):
    """The result is larger than its budget.

    No part of it is sent, or the connection is closed in the middle, as soon as that is known.
    Ask for less at a time with LIMIT and OFFSET, or load a dump into a store of your own.
    """


class EngineError(PledgeGraphError):
    """No query is answered at present."""


class NoReleaseError(EngineError):
    """The home folder holds no release yet."""


class DamagedReleaseError(EngineError):
    """No release has the files, with the checksums, that its manifest lists."""


class EngineBusyError(EngineError):
    """Every worker is busy, and the queue is full or did not move in time.

    A query that runs long is also refused where as many of them run as may, and every query when
    the server is about to stop.
    """


class EngineStartError(EngineError):
    """A worker process did not open the release."""


class ReadingError(PledgeGraphError):
    """RDF that was sent is not read; ``line`` and ``column`` count from 1, where they are known."""

    def __init__(self, reason: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(reason if line is None else f"line {line}, column {column}: {reason}")
        self.reason = reason
        self.line = line
        self.column = column


class RdfSyntaxError(ReadingError):
    """The text is not in the format that its media type names."""


class RemoteContextError(ReadingError):
    """The JSON-LD names a context on another host; nothing is fetched."""


class RdfBudgetError(ReadingError):
    """Reading the text takes too much memory or time, or it nests too deep."""


class BuildError(PledgeGraphError):
    """No release is made; the one before stays as it is."""


class RecordsRefusedError(BuildError):
    """Records have errors; nothing was published.

    Each of the `problems` has its place, rule and remedy. Where the shapes refused what the
    records say, `violations` are their own words.
    """

    def __init__(self, problems: Sequence[object], report: Report | None = None) -> None:
        count = len(problems)
        super().__init__(f"{count} error{'s' if count != 1 else ''}: nothing was published")
        self.problems = tuple(problems)
        self.report = report


class DataRefusedError(BuildError):
    """The shapes refuse the data; nothing was published.

    Each violation names the thing, the rule that it breaks and what to do.
    """

    def __init__(self, report: Report) -> None:
        count = len(report.violations)
        super().__init__(f"{count} violation{'s' if count != 1 else ''}: nothing was published")
        self.report = report


class BlankNodeError(BuildError):
    """The data hold blank nodes or triple terms, which no later change could name."""


class GraphNameError(BuildError):
    """No source graph can have this name."""


class UnknownGraphError(BuildError):
    """There is no source graph of this name."""


class DataSetError(BuildError):
    """A file can't be imported at all: it is cut short, unsafe to unpack, or of no known kind."""


class ImportImbalanceError(BuildError):
    """What an importer read is not what it wrote and set aside: nothing of it is published."""


class ReviewError(BuildError):
    """A list of decisions on who is who holds one that is none, or that nobody signed."""


class StorageError(BuildError):
    """The disk is full or fails; nothing was published."""


class HomeBusyError(BuildError):
    """Another process is writing to the home folder."""


class ThingError(PledgeGraphError):
    """A thing that was asked for is not there to be shown."""


class UnknownThingError(ThingError):
    """The graph says nothing about a thing with this name."""


class RetractedThingError(ThingError):
    """What this name stood for was retracted; the reason and what replaces it are given."""

    def __init__(self, iri: str, reason: str, replaced_by: str | None) -> None:
        super().__init__(reason)
        self.iri = iri
        self.reason = reason
        self.replaced_by = replaced_by
