"""Decide by the terminals of a query whether it may reach the parser.

``check(text, limits, holds)`` refuses with line, column, the rule and the remedy. How the text is
read, and what was measured to set the limits, is in docs/decisions/guard.md.
"""

from pledgegraph.graph.guard.limits import COUNTED, Limits
from pledgegraph.graph.guard.refusals import position
from pledgegraph.graph.guard.verdict import check, undeclared_prefix

__all__ = ["COUNTED", "Limits", "check", "position", "undeclared_prefix"]
