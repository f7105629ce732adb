"""Decide by its terminals whether a query may reach the parser, which can be neither stopped nor limited.

``check(text, limits, holds)`` refuses with line, column, the rule and the remedy. What was measured
to set the limits, and how the text is read, is in docs/decisions/guard.md.
"""

from pledgegraph.graph.guard.check import check, undeclared_prefix
from pledgegraph.graph.guard.limits import COUNTED, Limits
from pledgegraph.graph.guard.refusals import position

__all__ = ["COUNTED", "Limits", "check", "position", "undeclared_prefix"]
