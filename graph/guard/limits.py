"""How large a query may be, by what costs its parser and its planner."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields

NO_LIMIT = sys.maxsize


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that a query may have of each. docs/decisions/guard.md tells why so many."""

    bytes: int = 262_144
    depth: int = 64
    triple_patterns: int = 500
    union_branches: int = 200
    optionals: int = 100
    values_rows: int = 10_000
    path_operators: int = 500
    expression_operators: int = 1_000
    clauses: int = 500

    def as_header(self) -> dict[str, int]:
        """Return what a message carries."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def length_without_counting(self) -> int:
        """Return how long a text may be that can't be beyond a limit, but for depth.

        No character counts twice: a list has two triples for ``1`` and a space.
        """
        return min(
            self.bytes,
            self.triple_patterns,
            self.values_rows,
            self.path_operators,
            self.expression_operators,
            self.clauses,
            len("UNION") * self.union_branches,
            len("OPTIONAL") * self.optionals,
        )

    @classmethod
    def from_header(cls, header: Mapping[str, int]) -> Limits:
        """Take from a message what another process put there."""
        return cls(**header)

    @classmethod
    def none(cls) -> Limits:
        """Return limits that nothing reaches."""
        return cls(**{field.name: NO_LIMIT for field in fields(cls)})


# What each limit counts, as people read it.
COUNTED: Mapping[str, str] = {
    "bytes": "bytes of the query's text in UTF-8",
    "depth": "braces, brackets, parentheses and signs such as ! inside each other",
    "triple_patterns": "triple patterns, those of a CONSTRUCT template too",
    "union_branches": "branches joined by UNION",
    "optionals": "OPTIONALs",
    "values_rows": "rows of VALUES",
    "path_operators": "operators of property paths: / | ^ ! * + ?",
    "expression_operators": "operators of expressions, as + && = ! and IN",
    "clauses": "groups, FILTER, BIND, MINUS, GRAPH, VALUES, EXISTS, FROM, expressions of SELECT",
}
REMEDIES: Mapping[str, str] = {
    "bytes": "send less text: a list of values may be sent in several queries",
    "depth": "nest less: most brackets can be left out or put side by side",
    "triple_patterns": "ask in several queries",
    "union_branches": "put the alternatives into VALUES or into a path with |",
    "optionals": "ask for fewer properties at once, or use ?property with VALUES",
    "values_rows": "send the rows in several queries",
    "path_operators": "name fewer properties, or use ?property with VALUES",
    "expression_operators": "use IN or VALUES instead of many comparisons",
    "clauses": "ask in several queries",
}
