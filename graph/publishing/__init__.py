"""Writing: whole source graphs in, a validated, derived, immutable release out.

``write(home, edits, origin=...)`` is the one way in. It works on hard-linked copies beside the
releases, so that readers never see half a write and a crash at any moment leaves a whole release.
"""

from pledgegraph.graph.publishing.edits import GraphEdit, TextEdit
from pledgegraph.graph.publishing.writing import Outcome, rebuild, write

__all__ = ["GraphEdit", "Outcome", "TextEdit", "rebuild", "write"]
