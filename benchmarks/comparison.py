"""Compare the results of another validator with ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engines import Row

# Rules on which an engine is known to differ, by the last part of their name, with the reason.
EXCLUDED: dict[str, dict[str, str]] = {"pySHACL": {}, "pyrudof": {}, "pyshacl-turbo": {}}


@dataclass(frozen=True)
class Comparison:
    """Which results two engines share, and which only one of them has."""

    engine: str
    agreed: int
    missing: Counter[Row]
    extra: Counter[Row]

    def differences(self) -> Iterator[str]:
        """Iterate over the rules on which the two differ, each with a reason or an example."""
        for word, rows in (("misses", self.missing), ("adds", self.extra)):
            for rule, count in sorted(Counter(_name(row) for row in rows.elements()).items()):
                example = next(row for row in rows if _name(row) == rule)
                reason = EXCLUDED[self.engine].get(rule) or f"not expected, as for {example}"
                yield f"{self.engine} {word} {count} of {rule}: {reason}"

    @property
    def is_as_expected(self) -> bool:
        """Tell whether the two differ on nothing but what is excluded."""
        excluded = EXCLUDED[self.engine]
        return all(_name(row) in excluded for row in (*self.missing, *self.extra))


def compare(engine: str, ours: Iterable[Row], theirs: Iterable[Row]) -> Comparison:
    """Compare two sets of results by focus node, shape, component and value."""
    # Not every report names the SPARQL constraint, which the standard leaves open.
    mine, others = (Counter((f, s, "", c, v) for f, s, _, c, v in rows) for rows in (ours, theirs))
    return Comparison(engine, (mine & others).total(), mine - others, others - mine)


def _name(row: Row) -> str:
    return row[1].rpartition("#")[2]
