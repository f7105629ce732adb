"""The validation report (section 3.6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from pledgegraph.graph.shacl.graph import Graph
from pledgegraph.graph.shacl.names import SH, TYPE, XSD, Node, Term, sh
from pledgegraph.graph.shacl.paths import path_copy


@dataclass(frozen=True)
class Result:
    """One validation result; its properties are those of section 3.6.2.

    ``root`` is the targeted shape and the focus node for which this was found: where a property
    shape stands within another, the focus node of the result is a value of that of the target.
    """

    focus: Term
    path: Node | None
    value: Term | None
    component: Node
    source_shape: Node
    source_constraint: Node | None
    severity: ox.NamedNode
    messages: tuple[ox.Literal, ...]
    root: tuple[Node, Term]

    @property
    def message(self) -> str:
        """Return the message, in English or else in the first language that it has."""
        ordered = sorted(self.messages, key=lambda text: text.language not in ("en", None))
        return ordered[0].value if ordered else ""


@dataclass(frozen=True)
class Affected:
    """The focus nodes of each targeted shape whose verdict may be another than before a change.

    Among them are nodes that are no targets any more. A shape in ``whole`` may have another verdict
    on any node.
    """

    focus: Mapping[Node, frozenset[Term]]
    whole: frozenset[Node] = frozenset()

    def covers(self, result: Result) -> bool:
        """Tell whether a result from before the change is to be dropped."""
        shape, focus = result.root
        return shape in self.whole or focus in self.focus.get(shape, ())


@dataclass(frozen=True)
class Report:
    """A verdict and its results.

    ``fallbacks`` names the shapes that could not be compiled to queries over all focus nodes at
    once, and says how each was decided instead. ``affected`` tells, where a change was validated,
    which results of before these replace, and ``read`` on what nodes the verdict can rest then.
    """

    results: tuple[Result, ...]
    fallbacks: dict[str, str] = field(default_factory=dict)
    shapes: Graph = field(default_factory=lambda: Graph(()), repr=False, compare=False)
    affected: Affected | None = None
    read: frozenset[Node] = frozenset()

    @property
    def conforms(self) -> bool:
        """Tell whether there are no results, of whatever severity (section 3.6.1.1)."""
        return not self.results

    def triples(self) -> Iterator[ox.Triple]:
        """Iterate over the report as RDF."""
        report = ox.BlankNode("report")
        yield ox.Triple(report, TYPE, sh("ValidationReport"))
        yield ox.Triple(report, sh("conforms"), ox.Literal(self.conforms))
        for number, result in enumerate(self.results, 1):
            node = ox.BlankNode(f"result{number}")
            yield ox.Triple(report, sh("result"), node)
            yield from self._of(result, node)

    def _of(self, result: Result, node: ox.BlankNode) -> Iterator[ox.Triple]:
        yield ox.Triple(node, TYPE, sh("ValidationResult"))
        for name, term in (
            ("focusNode", result.focus),
            ("value", result.value),
            ("sourceConstraintComponent", result.component),
            ("sourceShape", result.source_shape),
            ("sourceConstraint", result.source_constraint),
            ("resultSeverity", result.severity),
        ):
            if term is not None:
                yield ox.Triple(node, sh(name), term)
        for message in result.messages:
            yield ox.Triple(node, sh("resultMessage"), message)
        if result.path is not None:  # each result has a copy: blank nodes are not shared
            start, triples = path_copy(self.shapes, result.path)
            yield ox.Triple(node, sh("resultPath"), start)
            yield from triples

    def to_turtle(self) -> str:
        """Write the report in Turtle, in a stable order."""
        data = ox.serialize(
            self.triples(), format=ox.RdfFormat.TURTLE, prefixes={"sh": SH, "xsd": XSD}
        )
        assert data is not None
        return data.decode()


def order(result: Result) -> tuple[str, ...]:
    """Return what results are sorted by."""
    parts = (result.focus, result.source_shape, result.component, result.path, result.value)
    root = map(str, result.root)
    return (*map(str, parts), str(result.source_constraint), result.message, *root)
