"""SHACL compiled to SPARQL: the shapes become queries over all focus nodes at once.

``validate(data, shapes)`` takes a store or a file for each and returns a ``Report``. ``Shapes``
reads a shapes graph once for many validations. ``validate(data, shapes, change)`` validates only
what a change can matter to, and ``affected`` says what that is.
"""

from pledgegraph.graph.shacl.engine import affected, decisions, reads, validate
from pledgegraph.graph.shacl.incremental.affected import Change
from pledgegraph.graph.shacl.names import ShapesError
from pledgegraph.graph.shacl.prepared import Shapes
from pledgegraph.graph.shacl.report import Affected, Report, Result
from pledgegraph.graph.shacl.source import Triples

__all__ = [
    "Affected",
    "Change",
    "Report",
    "Result",
    "Shapes",
    "ShapesError",
    "Triples",
    "affected",
    "decisions",
    "reads",
    "validate",
]
