"""Rows of a query as plain Python values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import pyoxigraph as ox


def select(store: ox.Store, query: str) -> Iterator[defaultdict[str, str]]:
    """Iterate over the rows of a SELECT; an unbound variable is the empty text."""
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        row: defaultdict[str, str] = defaultdict(str)
        for name in names:
            term = solution[name]
            if term is not None:
                row[name] = term.value
        yield row


def day(text: str) -> date | None:
    """Read a day, or none from the empty text."""
    return date.fromisoformat(text) if text else None
