"""The gate: nothing is published before every shape has passed on it."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from pledgegraph.graph import shacl
from pledgegraph.graph.namespaces import SH, local_name
from pledgegraph.graph.ontology import ontology, turtle_files


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
    """A verdict with its results; ``turtle`` is the report as SHACL defines it (section 3.6)."""

    results: tuple[Result, ...]
    turtle: str = ""

    @property
    def conforms(self) -> bool:
        """Tell whether nothing was found, not even a warning."""
        return not self.results

    @property
    def violations(self) -> tuple[Result, ...]:
        """Return the findings that keep the data from being published."""
        return tuple(result for result in self.results if result.is_violation)


SOURCE: frozenset[str] = frozenset()
DERIVED = frozenset({"derived"})


def report_of(found: shacl.Report) -> Report:
    """Return what the engine found in the words of the gate."""
    return Report(tuple(sorted({_result(one) for one in found.results})), found.to_turtle())


def verdict(store: ox.Store, modules: frozenset[str] = SOURCE) -> Report:
    """Validate the default graph of a store, which holds the ontology as well.

    ``modules`` names the shape modules to apply (``shapes/{module}.ttl``); those for source data
    when empty, which are all but ``derived``.
    """
    return report_of(shacl.validate(store, shapes_of(modules)))


def validate(triples: Iterable[ox.Triple], *, modules: frozenset[str] = SOURCE) -> Report:
    """Validate triples together with the ontology against our shapes."""
    store = ox.Store()
    store.bulk_extend(quad for quad in ontology())
    store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    return verdict(store, modules)


@functools.cache
def shapes_of(modules: frozenset[str] = SOURCE) -> shacl.Shapes:
    """Return the shapes of some modules, prepared once for many validations."""
    store = ox.Store()
    for name, text in turtle_files("pledgegraph.shapes"):
        if name in modules if modules else name != "derived":
            store.load(text.encode(), format=ox.RdfFormat.TURTLE)
    return shacl.Shapes(store)


def _result(result: shacl.Result) -> Result:
    return Result(
        focus=_text(result.focus) or "",
        rule=_text(result.source_constraint or result.source_shape) or "",
        path=_text(result.path),
        value=_text(result.value),
        severity=result.severity.value,
        message=result.message,
        component=_text(result.component) or "",
    )


def _text(term: object) -> str | None:
    """Return an IRI or a text; a blank node has no name to give."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else None
