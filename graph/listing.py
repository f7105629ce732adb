"""Lists of a release: found once without order, then sorted and kept, so that a page is a slice.

Sorting 35,000 IRIs in the store takes four seconds, finding them a quarter of one: so the store
finds and this process sorts. What is kept counts for one release and is found anew for the next.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sized
from dataclasses import dataclass, field
from string import Template
from typing import TypeVar, cast

import pyoxigraph as ox

from pledgegraph.graph.clocks import ALWAYS_KNOWN
from pledgegraph.graph.collections import Collection
from pledgegraph.graph.engine import Engine
from pledgegraph.graph.tables import HEADER, TABLES, Table, Values

# What all lists that are kept may hold: an entry takes some 120 bytes.
KEPT_ENTRIES = 600_000
# To find all of a list takes longer than to answer a question.
_SECONDS = 60.0
_TABLE_FORMAT = "text/tab-separated-values"

_Kept = TypeVar("_Kept", bound=Sized)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a filter is asked for: as a term or pattern of SPARQL, and as plain text."""

    term: str
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which items a list is to have."""

    collection: Collection
    filters: Mapping[str, Asked] = field(default_factory=dict)
    clock: str = ALWAYS_KNOWN

    def page_query(self, after: str | None, limit: int) -> str:
        """Write the query that gives one page of the list."""
        beyond = "" if after is None else f"FILTER(STR(?item) > {ox.Literal(after)})"
        body = "\n  ".join(filter(None, [*self._patterns(in_tables=True), beyond, self.clock]))
        return (
            f"{HEADER}SELECT ?item (MAX(?isKnown) AS ?known) WHERE {{\n  {body}\n}}\n"
            f"GROUP BY ?item ORDER BY STR(?item) LIMIT {limit}"
        )

    def whole_query(self) -> str:
        """Write the query that finds all of it but for what tables tell, in no order."""
        body = "\n  ".join([*self._patterns(in_tables=False), self.clock])
        return f"{HEADER}SELECT DISTINCT ?item ?isKnown WHERE {{\n  {body}\n}}"

    def sieves(self) -> list[tuple[Table, str]]:
        """Return the tables that decide, each with what it is asked for."""
        named = ((self.collection.filters[name].table, one) for name, one in self.filters.items())
        return [(TABLES[table], one.plain) for table, one in named if table]

    def _patterns(self, *, in_tables: bool) -> list[str]:
        classes = self.collection.classes
        patterns = [
            f"?item a {classes[0]} ."
            if len(classes) == 1
            else f"VALUES ?class {{ {' '.join(classes)} }}\n  ?item a ?class ."
        ]
        for name, one in self.filters.items():
            wanted = self.collection.filters[name]
            if in_tables or wanted.table is None:
                patterns.append(Template(wanted.pattern).substitute(value=one.term))
        return patterns


@dataclass(frozen=True, slots=True)
class Found:
    """A page of items: those that are known, those only possibly known, and what is around it.

    ``start`` items of the ``total`` come before; ``last`` is the last item of the page where
    another page follows.
    """

    query: str
    known: tuple[str, ...]
    possibly_known: tuple[str, ...]
    last: str | None
    start: int
    total: int


@dataclass(frozen=True, slots=True)
class _List:
    items: tuple[str, ...]
    possible: frozenset[str]

    def __len__(self) -> int:
        return len(self.items)


class Listings:
    """The lists and tables of the release that was asked last, those asked for last kept."""

    def __init__(self, entries: int = KEPT_ENTRIES) -> None:
        self._most = entries
        self._kept: OrderedDict[str, Sized] = OrderedDict()
        self._release = 0
        self._lock = threading.Lock()

    def find(self, engine: Engine, wanted: Wanted, after: str | None, limit: int) -> Found:
        """Find a page of items, with how many there are in all."""
        whole = self._whole(engine, wanted)
        start = 0 if after is None else bisect_right(whole.items, after)
        page = whole.items[start : start + limit]
        return Found(
            query=wanted.page_query(after, limit),
            known=tuple(item for item in page if item not in whole.possible),
            possibly_known=tuple(item for item in page if item in whole.possible),
            last=page[-1] if start + limit < len(whole) else None,
            start=start,
            total=len(whole),
        )

    def table(self, engine: Engine, table: Table) -> Values:
        """Return a table, made of what the release says."""
        return self._keep(engine, table.query, lambda: table.values(_lines(engine, table.query)))

    def count(self, engine: Engine, query: str) -> int:
        """Count what a query finds."""
        counting = f"SELECT (COUNT(*) AS ?number) {{ {{ {query} }} }}"
        return int(self.rows(engine, counting)[0][0])

    def rows(self, engine: Engine, query: str) -> list[list[str]]:
        """Return the rows of a query, each term as it stands in a table of SPARQL results."""
        return self._keep(engine, query, lambda: _lines(engine, query))

    def _whole(self, engine: Engine, wanted: Wanted) -> _List:
        query, sieves = wanted.whole_query(), wanted.sieves()
        whole = self._keep(engine, query, lambda: _list(_lines(engine, query)))
        if not sieves:
            return whole
        kept = set(whole.items)
        for table, text in sieves:
            kept &= table.those(self.table(engine, table), text)
        return _List(tuple(sorted(kept)), whole.possible)

    def _keep(self, engine: Engine, query: str, make: Callable[[], _Kept]) -> _Kept:
        release = engine.release()
        with self._lock:
            if self._release != release:
                self._kept.clear()
                self._release = release
            if query in self._kept:
                self._kept.move_to_end(query)
                return cast("_Kept", self._kept[query])
        made = make()
        with self._lock:
            if self._release == release == engine.release() and len(made) <= self._most:
                self._kept[query] = made
                while sum(map(len, self._kept.values())) > self._most:
                    self._kept.popitem(last=False)
        return made


def _lines(engine: Engine, query: str) -> list[list[str]]:
    """Return the rows of a query, each term as it stands in a table of SPARQL results."""
    answer = engine.query(query, {"solutions": _TABLE_FORMAT}, deadline=_SECONDS)
    return [line.split("\t") for line in answer.body.decode().splitlines()[1:]]


def _list(lines: list[list[str]]) -> _List:
    known = {item[1:-1] for item, is_known in lines if is_known == "1"}
    every = known | {item[1:-1] for item, _ in lines}
    return _List(tuple(sorted(every)), frozenset(every - known))
