"""One run over one data graph: queries, functions that they call, and names for variables."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator
from functools import cached_property

import pyoxigraph as ox

from pledgegraph.graph.shacl.graph import default_graph
from pledgegraph.graph.shacl.hierarchy import Hierarchy, subclass_links
from pledgegraph.graph.shacl.names import Term
from pledgegraph.graph.shacl.source import Source

_FUNCTION = "urn:x-pledgegraph:shacl:"
SHAPES_GRAPH = ox.NamedNode("urn:x-pledgegraph:shacl:shapesGraph")


class Context:
    """The data graph and what the queries over it need: state of one validation."""

    def __init__(self, data: Source, shapes: Source, base: Context | None = None) -> None:
        """Start from the functions that texts compiled in another context call."""
        self.data = data.store
        self.shapes = shapes.store
        self._written = {**shapes.written, **data.written}
        self._functions: dict[ox.NamedNode, Callable[..., Term | ox.Triple | None]] = {}
        self._base = base
        self._numbers: Iterator[int] = base._numbers if base else itertools.count(1)
        self.fallbacks: dict[str, str] = {}
        self._probes: dict[tuple[object, ...], list[tuple[Term | None, ...]]] = {}
        self._counts: dict[str, int] = {}

    def close(self) -> None:
        """Let go of the data: conditions that call each other would hold a store open."""
        del self.data
        self.__dict__.pop("_with_shapes", None)
        self._functions.clear()

    def exact(self, term: Term) -> Term:
        """Return a literal as it was written, where that is known."""
        return self._written.get(term, term) if isinstance(term, ox.Literal) else term

    def is_exact(self, term: Term) -> bool:
        """Tell whether it is known how a literal was written."""
        return term in self._written

    @property
    def keeps_literals(self) -> bool:
        """Tell whether literals are as the store has them."""
        return not self._written

    def fresh(self, stem: str = "v") -> str:
        """Return a variable that no pattern has yet."""
        return f"?{stem}_{next(self._numbers)}"

    def count(self, pattern: str) -> int:
        """Return how many solutions a pattern has; each pattern is counted once."""
        if pattern not in self._counts:
            (row,) = self.rows(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
            self._counts[pattern] = int(str(row["n"].value))
        return self._counts[pattern]

    def probe(
        self, key: tuple[object, ...], query: Callable[[], str]
    ) -> list[tuple[Term | None, ...]]:
        """Return the rows of a query; each is put once, by its key."""
        if key not in self._probes:
            self._probes[key] = [tuple(row) for row in self.select(query())]
        return self._probes[key]

    def function(self, test: Callable[[Term], bool]) -> str:
        """Return the IRI by which a query can call a test of terms."""
        iri = ox.NamedNode(f"{_FUNCTION}{next(self._numbers)}")
        self._functions[iri] = lambda term: ox.Literal(test(term))
        return str(iri)

    def one_of(self, terms: Collection[Term], variable: str) -> str:
        """Return an expression: the variable is one of the terms, with no conversion of values."""
        if not terms:
            return "false"
        if any(isinstance(term, ox.BlankNode) for term in terms) or len(terms) > 500:
            return f"{self.function(frozenset(terms).__contains__)}({variable})"
        if all(isinstance(term, ox.NamedNode) for term in terms):
            return f"({variable} IN ({', '.join(map(str, terms))}))"
        return "(" + " || ".join(f"SAMETERM({variable}, {term})" for term in terms) + ")"

    def select(self, query: str, this: Term | None = None) -> ox.QuerySolutions:
        """Answer a query over the data graph, with one focus node put in for ``?this`` if given."""
        store = self._with_shapes if str(SHAPES_GRAPH) in query else self.data
        substitutions: dict[ox.Variable, Term | ox.Triple] | None
        substitutions = None if this is None else {ox.Variable("this"): this}
        known = {**self._base._functions, **self._functions} if self._base else self._functions
        answer = store.query(query, custom_functions=known, substitutions=substitutions)
        assert isinstance(answer, ox.QuerySolutions)
        return answer

    def rows(self, query: str, this: Term | None = None) -> Iterator[dict[str, Term]]:
        """Iterate over the solutions of a query, each a mapping from names to terms."""
        answer = self.select(query, this)
        names = [variable.value for variable in answer.variables]
        for solution in answer:
            pairs = zip(names, solution, strict=True)
            yield {name: term for name, term in pairs if term is not None}

    @cached_property
    def _with_shapes(self) -> ox.Store:
        """Return the data with the shapes as a named graph, for $shapesGraph (section 5.3.1)."""
        store = ox.Store()
        store.bulk_extend(default_graph(self.data))
        store.bulk_extend(
            ox.Quad(q.subject, q.predicate, q.object, SHAPES_GRAPH)
            for q in default_graph(self.shapes)
        )
        return store

    def terms_named(self, name: str, query: str) -> frozenset[Term]:
        """Return the terms in one column of a query's answer."""
        return frozenset(row[name] for row in self.select(query))

    def terms(self, query: str) -> frozenset[Term]:
        """Return the terms in the first column of a query's answer."""
        return frozenset(row[0] for row in self.select(query))

    @cached_property
    def _hierarchy(self) -> Hierarchy:
        return Hierarchy(subclass_links(self.data))

    def subclasses(self, kind: Term) -> list[Term]:
        """Return a class and its subclasses in the data graph, in a stable order."""
        return sorted(self._hierarchy.subclasses(kind), key=str)

    def is_of(self, kind: Term, variable: str) -> str:
        """Return an expression: the variable is an instance of a class (section 1.1)."""
        classes = self.subclasses(kind)
        if len(classes) == 1 and isinstance(classes[0], ox.NamedNode):
            return f"EXISTS {{ {variable} a {classes[0]} }}"
        found = self.fresh("class")
        return f"EXISTS {{ {variable} a {found} FILTER({self.one_of(classes, found)}) }}"

    def reaches(self, node: str, steps: tuple[str, ...], condition: Callable[[str], str]) -> str:
        """Return an expression: a path leads from a node to one for which a condition holds.

        One step stands within another, since Oxigraph would begin with any part of a sequence,
        not knowing that the node is bound.
        """
        value = self.fresh()
        inner = condition(value) if len(steps) == 1 else self.reaches(value, steps[1:], condition)
        filtered = "" if inner == "true" else f" FILTER({inner})"
        return f"EXISTS {{ {node} {steps[0]} {value}{filtered} }}"
