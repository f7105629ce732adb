"""SHACL compiled to SPARQL: the shapes become queries over all focus nodes at once.

``validate(data, shapes)`` takes a store or a file for each and returns a ``Report``.
"""

from pledgegraph.graph.shacl.engine import validate
from pledgegraph.graph.shacl.names import ShapesError
from pledgegraph.graph.shacl.report import Report, Result

__all__ = ["Report", "Result", "ShapesError", "validate"]


from dataclasses import dataclass  # stand-in


@dataclass(frozen=True)
class Change:
    added: tuple
    removed: tuple
