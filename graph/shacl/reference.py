"""pySHACL as the reference: it reads data from an Oxigraph store, with two repairs.

rdflib's own store would rewrite literals while it parses them and so hide what is wrong. Tests and
benchmarks compare the compiled queries with what pySHACL finds over this.
"""

from __future__ import annotations

from collections.abc import Iterator

import rdflib
from pyshacl.graph_abstraction import OxigraphDataGraph
from rdflib.term import Node as RdfNode


class ValidatedData(OxigraphDataGraph):
    """The data, in which a literal has no properties (pySHACL 0.40.1 raises TypeError there).

    A text where a thing is expected is a mistake to report, not a reason to fail. Its length is
    the store's: pySHACL asks for it at every result, and would count all triples each time.
    """

    def __len__(self, context: object = None) -> int:
        """Return how many triples there are."""
        return len(self.impl)

    # The validator's own types are narrower than rdflib's, so neither base class is matched.
    def objects(  # type: ignore[override]
        self, subject: RdfNode, predicate: RdfNode, unique: bool = False
    ) -> Iterator[RdfNode]:
        """Iterate over the values of a property."""
        if not isinstance(subject, rdflib.Literal):
            yield from super().objects(subject, predicate, unique=unique)  # type: ignore[arg-type]

    def predicate_objects(  # type: ignore[override]
        self, subject: RdfNode, unique: bool = False
    ) -> Iterator[tuple[RdfNode, RdfNode]]:
        """Iterate over the properties of a node with their values."""
        if not isinstance(subject, rdflib.Literal):
            yield from super().predicate_objects(subject, unique=unique)  # type: ignore[arg-type]
