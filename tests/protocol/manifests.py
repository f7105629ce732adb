"""Read the manifests of the W3C's SPARQL tests: lists, files and names, as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

SUITE = Path("suites/rdf-tests/sparql/sparql11")
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"

Node = ox.NamedNode | ox.BlankNode
Term = Node | ox.Literal | ox.Triple


class Manifest:
    """One manifest and its triples; blank nodes are those of the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._base = path.resolve().as_uri()
        self._store = ox.Store()
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=self._base):
            self._store.add(quad)

    def all(self, subject: Term, predicate: str) -> list[Term]:
        """Return every value of a property."""
        assert isinstance(subject, Node)
        found = self._store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
        return [quad.object for quad in found]

    def one(self, subject: Term, predicate: str) -> Term | None:
        """Return the value of a property, or none; there may not be several."""
        found = self.all(subject, predicate)
        assert len(found) < 2, f"{self.path}: {subject} has several {predicate}"
        return found[0] if found else None

    def text(self, subject: Term, predicate: str) -> str | None:
        """Return the text of a literal, or none."""
        found = self.one(subject, predicate)
        assert found is None or isinstance(found, ox.Literal)
        return None if found is None else found.value

    def items(self, head: Term | None) -> Iterator[Term]:
        """Go through an RDF list."""
        while head is not None and head != ox.NamedNode(f"{RDF}nil"):
            first = self.one(head, f"{RDF}first")
            assert first is not None
            yield first
            head = self.one(head, f"{RDF}rest")

    @property
    def entries(self) -> list[Node]:
        """The tests in their order, and after them those that the list has forgotten."""
        listed = list(self.items(self.one(ox.NamedNode(self._base), f"{MF}entries")))
        typed = self._store.quads_for_pattern(None, ox.NamedNode(f"{RDF}type"), None)
        tests = {q.subject for q in typed if q.object.value.startswith(MF)}
        forgotten = sorted(tests - {*listed, ox.NamedNode(self._base)}, key=str)
        return [node for node in (*listed, *forgotten) if isinstance(node, Node)]

    @property
    def included(self) -> list[Manifest]:
        """The manifests that this one includes."""
        found = self.items(self.one(ox.NamedNode(self._base), f"{MF}include"))
        return [Manifest(file(item)) for item in found]

    def kind(self, entry: Term) -> str:
        """Return the type of a test, without its namespace."""
        kinds = [str(kind.value) for kind in self.all(entry, f"{RDF}type")]
        (name,) = [kind.removeprefix(MF) for kind in kinds if kind.startswith(MF)]
        return name


def local_name(entry: Node) -> str:
    """Return what a test is called within its manifest."""
    return entry.value.rpartition("#")[2]


def file(term: Term | None) -> Path:
    """Return the file that an IRI of a manifest leads to."""
    assert isinstance(term, ox.NamedNode)
    return Path(term.value.removeprefix("file://"))
