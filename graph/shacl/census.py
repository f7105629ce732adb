"""How often the instances of each class have each property: one count that spares many queries."""

from __future__ import annotations

from pledgegraph.graph.shacl.constraint import Possible
from pledgegraph.graph.shacl.context import Context
from pledgegraph.graph.shacl.names import Term
from pledgegraph.graph.shacl.paths import Path

_ALL = """SELECT ?kind ?property (COUNT(*) AS ?n) {
    ?this a ?kind . ?this ?property ?value
} GROUP BY ?kind ?property"""


class Census:
    """The number of triples by class of the subject and by property.

    An instance of several classes is counted with each of them.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._counts: dict[Term, dict[Term, int]] | None = None

    def _of(self, kind: Term) -> dict[Term, int]:
        if self._counts is None:
            self._counts = {}
            for row in self._context.rows(_ALL):
                of_kind = self._counts.setdefault(row["kind"], {})
                of_kind[row["property"]] = int(str(row["n"].value))
        return self._counts.get(kind, {})

    def others(self, known: frozenset[Term], classes: tuple[Term, ...]) -> list[Term]:
        """Return the properties besides the known ones that instances of some classes have."""
        found = {name for kind in classes for name in self._of(kind) if name not in known}
        return sorted(found, key=str)

    def rules_out(self, needed: Possible, classes: tuple[Term, ...]) -> bool:
        """Tell whether no instance of some classes has what it needs to break a constraint."""
        if needed.path is None:
            return not self.others(needed.known, classes)
        predicate = needed.path.node
        values = sum(self._of(kind).get(predicate, 0) for kind in classes)
        if needed.most is None:
            return needed.least > 0 and (
                values == 0 or (needed.least > 1 and self._is_single(needed.path))
            )
        instances = sum(self._context.count(f"?this a {kind}") for kind in classes)
        return needed.most == 0 and values == instances and self._is_single(needed.path)

    def _is_single(self, path: Path) -> bool:
        """Tell whether no node at all has two values: instances and values can be compared then."""
        return not self._context.probe((1, path.text), lambda: more_than_one(path))


def more_than_one(path: Path) -> str:
    """Return a query that has a row where a node has more than one value of a one-step path."""
    counted = f"SELECT (COUNT(*) AS ?all) (COUNT(DISTINCT ?this) AS ?nodes) {{ ?this {path} ?v }}"
    return f"SELECT * {{ {{ {counted} }} FILTER(?all != ?nodes) }}"
