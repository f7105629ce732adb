"""SPARQLWrapper and the store of RDFLib, each behind the same three methods."""

import json
from dataclasses import dataclass, field

import pyoxigraph as ox
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.term import Node
from SPARQLWrapper import JSON, POST, POSTDIRECTLY, TURTLE, URLENCODED, SPARQLWrapper

from .cases import Row, Term, read_rows
from .programs import ClientError


@dataclass(frozen=True)
class Wrapper:
    """SPARQLWrapper by one of its three ways to send a query."""

    endpoint: str
    sent: str
    default_graphs: list[str] = field(default_factory=list)

    def _ask(self, query: str, form: str) -> SPARQLWrapper:
        wrapper = SPARQLWrapper(self.endpoint, returnFormat=form)
        if self.sent != "get":
            wrapper.setMethod(POST)
            wrapper.setRequestMethod(POSTDIRECTLY if self.sent == "direct" else URLENCODED)
        for graph in self.default_graphs:
            wrapper.addDefaultGraph(graph)
        wrapper.setQuery(query)
        return wrapper

    def select(self, query: str) -> list[Row]:
        return read_rows(json.dumps(self._ask(query, JSON).queryAndConvert()))

    def ask(self, query: str) -> bool:
        return bool(self._ask(query, JSON).queryAndConvert()["boolean"])

    def graph(self, query: str) -> list[Row]:
        turtle = self._ask(query, TURTLE).queryAndConvert()
        return [_row(triple) for triple in rdflib.Graph().parse(data=turtle, format="turtle")]


@dataclass(frozen=True)
class Store:
    """A graph of RDFLib whose triples lie behind the endpoint."""

    endpoint: str
    sent: str

    def _query(self, query: str) -> rdflib.query.Result:
        method = {"get": "GET", "form": "POST_FORM", "direct": "POST"}[self.sent]
        found = rdflib.Graph(SPARQLStore(self.endpoint, method=method)).query(query)
        if isinstance(found, tuple):  # what it returns, against its own types, for a refusal
            raise ClientError(found[1])
        return found

    def select(self, query: str) -> list[Row]:
        return [
            {str(name): from_rdflib(term) for name, term in row.items()}
            for row in self._query(query).bindings
        ]

    def ask(self, query: str) -> bool:
        return bool(self._query(query).askAnswer)

    def graph(self, query: str) -> list[Row]:
        found = self._query(query).graph
        assert found is not None
        return [_row(triple) for triple in found]


def from_rdflib(term: Node) -> Term:
    """Return the same term as pyoxigraph has it."""
    if isinstance(term, rdflib.Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        datatype = ox.NamedNode(str(term.datatype)) if term.datatype else None
        return ox.Literal(str(term), datatype=datatype)
    assert isinstance(term, rdflib.URIRef), term
    return ox.NamedNode(str(term))


def _row(triple: tuple[Node, Node, Node]) -> Row:
    return dict(zip("spo", map(from_rdflib, triple), strict=True))
