"""What every server is asked: small look-ups of many things, a few queries again and again."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
# One thing each; they are asked in turn, each with another thing.
LOOK_UPS = (
    "SELECT ?p ?o { <%s> ?p ?o }",
    f"SELECT ?p ?o ?label {{ <%s> ?p ?o . ?o {LABEL} ?label }}",
    f"SELECT ?type ?label {{ <%s> a ?type OPTIONAL {{ <%s> {LABEL} ?label }} }}",
    "SELECT ?slug { <%s> <https://w3id.org/pledgegraph/ns#slug> ?slug }",
)
ASK = "ASK { <%s> a ?type }"
REPEATED = 20
# Every pair of triples, as a text of its own: it takes both time and memory, and never ends.
RUNAWAY = (
    "SELECT (COUNT(DISTINCT ?pair) AS ?n) "
    "{ ?a ?b ?c . ?d ?e ?f BIND(CONCAT(STR(?a), STR(?d)) AS ?pair) }"
)


class Workload:
    """Queries about the things in a file of N-Triples, in an order that a seed decides."""

    def __init__(self, data: Path, seed: int = 1) -> None:
        thing = re.compile(r"<(https://w3id\.org/pledgegraph/id/[^>]*)> ")
        with data.open(encoding="utf-8") as lines:
            self._things = sorted({found[1] for line in lines if (found := thing.match(line))})
        random.Random(seed).shuffle(self._things)  # noqa: S311 - an order, not a secret
        self._next = self._look_ups()

    def _look_ups(self) -> Iterator[str]:
        for turn in range(len(LOOK_UPS)):
            for at, thing in enumerate(self._things):
                form = LOOK_UPS[(at + turn) % len(LOOK_UPS)]
                yield form.replace("%s", thing)

    def fresh(self, count: int) -> list[str]:
        """Return look-ups that nobody was asked before."""
        found = [query for _, query in zip(range(count), self._next, strict=False)]
        if len(found) < count:
            raise SystemExit("the graph is too small for so many different look-ups")
        return found

    def repeated(self, count: int) -> list[str]:
        """Return the same few look-ups over and over."""
        few = [
            LOOK_UPS[at % len(LOOK_UPS)].replace("%s", self._things[at]) for at in range(REPEATED)
        ]
        return [query for _, query in zip(range(count), cycle(few), strict=False)]

    def asks(self) -> Iterator[str]:
        """Iterate over truth values about one thing after the other, without end."""
        return (ASK.replace("%s", thing) for thing in cycle(self._things))
