"""Names that the recommendation uses, as text."""

from __future__ import annotations

import functools
from typing import Final

import pyoxigraph as ox

SH: Final = "http://www.w3.org/ns/shacl#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Node = ox.NamedNode | ox.BlankNode

TYPE: Final = ox.NamedNode(f"{RDF}type")
TRUE: Final = ox.Literal(True)


@functools.cache
def sh(name: str) -> ox.NamedNode:
    """Return a term of SHACL."""
    return ox.NamedNode(SH + name)


class ShapesError(ValueError):
    """The shapes graph says something that SHACL calls ill-formed or a failure (section 3.4.1)."""
