"""The gate: nothing is published before every shape has passed on it.

pySHACL decides, over an Oxigraph store: rdflib would rewrite literals while it parses them
(a date loses its zone, ``"yes"^^xsd:boolean`` becomes false) and so hide what is wrong.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox
import pyshacl
import rdflib
from pyshacl.graph_abstraction import OxigraphDataGraph
from rdflib.namespace import RDF
from rdflib.term import Node as RdfNode

from pledgegraph.graph.namespaces import RDF_TYPE, SH, local_name
from pledgegraph.graph.ontology import ontology, turtle_files

_SH = rdflib.Namespace(SH)


@dataclass(frozen=True, order=True)
class Result:
    """One finding of a shape: what is wrong with which node, and by which rule."""

    focus: str
    rule: str
    path: str | None
    value: str | None
    severity: str
    message: str
    component: str

    @property
    def is_violation(self) -> bool:
        """Tell whether the finding keeps the data from being published."""
        return self.severity == f"{SH}Violation"

    @property
    def rule_name(self) -> str:
        """Return the readable name of the rule: ``Pledge-pledgor``."""
        return local_name(self.rule)


@dataclass(frozen=True)
class Report:
    """A verdict with its results, as SHACL defines it (section 3.6)."""

    results: tuple[Result, ...]

    @property
    def conforms(self) -> bool:
        """Tell whether nothing was found, not even a warning."""
        return not self.results

    @property
    def violations(self) -> tuple[Result, ...]:
        """Return the findings that keep the data from being published."""
        return tuple(result for result in self.results if result.is_violation)

    def to_turtle(self) -> str:
        """Write the report as a ``sh:ValidationReport``, in a stable order."""
        data = ox.serialize(_report(self), format=ox.RdfFormat.TURTLE, prefixes={"sh": SH})
        assert data is not None
        return data.decode()


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


def validate(triples: Iterable[ox.Triple], *, modules: frozenset[str] | None = None) -> Report:
    """Validate triples together with the ontology against our shapes.

    ``modules`` names the shape modules to apply (``shapes/{module}.ttl``); all but ``derived``
    when absent, since those are for the derived graph only.
    """
    store = ox.Store()
    store.bulk_extend(quad for quad in ontology())
    store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    _, graph, _ = pyshacl.validate(
        ValidatedData(store),
        shacl_graph=_shapes(modules),
        inference="none",
        inplace=True,  # or it would copy the data to be safe from inference, which is off
        allow_warnings=True,
    )
    if not isinstance(graph, rdflib.Graph):
        raise TypeError(f"the validator gave no report: {graph}")
    return Report(tuple(sorted(set(_results(graph)))))


@functools.cache
def _shapes(modules: frozenset[str] | None) -> rdflib.Graph:
    graph = rdflib.Graph()
    for name, text in turtle_files("pledgegraph.shapes"):
        if name in modules if modules else name != "derived":
            graph.parse(data=text, format="turtle")
    return graph


def _results(graph: rdflib.Graph) -> Iterator[Result]:
    for node in graph.subjects(RDF.type, _SH.ValidationResult):
        rule = graph.value(node, _SH.sourceConstraint) or graph.value(node, _SH.sourceShape)
        yield Result(
            focus=str(graph.value(node, _SH.focusNode)),
            rule=str(rule),
            path=_text(graph.value(node, _SH.resultPath)),
            value=_text(graph.value(node, _SH.value)),
            severity=str(graph.value(node, _SH.resultSeverity)),
            message=str(graph.value(node, _SH.resultMessage)),
            component=str(graph.value(node, _SH.sourceConstraintComponent)),
        )


def _text(node: RdfNode | None) -> str | None:
    return None if node is None or isinstance(node, rdflib.BNode) else str(node)


def _report(report: Report) -> Iterator[ox.Triple]:
    root, kind = ox.BlankNode("report"), ox.NamedNode(RDF_TYPE)
    conforms = ox.Literal(report.conforms)
    yield ox.Triple(root, kind, ox.NamedNode(f"{SH}ValidationReport"))
    yield ox.Triple(root, ox.NamedNode(f"{SH}conforms"), conforms)
    for number, result in enumerate(report.results, 1):
        node = ox.BlankNode(f"result{number}")
        yield ox.Triple(root, ox.NamedNode(f"{SH}result"), node)
        yield ox.Triple(node, kind, ox.NamedNode(f"{SH}ValidationResult"))
        for name, iri in (
            ("focusNode", result.focus),
            ("sourceShape", result.rule),
            ("resultPath", result.path),
            ("resultSeverity", result.severity),
            ("sourceConstraintComponent", result.component),
        ):
            if iri:
                yield ox.Triple(node, ox.NamedNode(f"{SH}{name}"), ox.NamedNode(iri))
        message = ox.Literal(result.message, language="en")
        yield ox.Triple(node, ox.NamedNode(f"{SH}resultMessage"), message)
        if result.value is not None:
            yield ox.Triple(node, ox.NamedNode(f"{SH}value"), ox.Literal(result.value))
