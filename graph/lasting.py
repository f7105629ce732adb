"""Tell which queries a release answers the same each time."""

from __future__ import annotations

import re

# What gives another answer each time; a keyword may be written with escapes.
_CHANGING = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\b|\\u", re.IGNORECASE)


def is_lasting(text: str) -> bool:
    """Tell whether a query has the same answer each time; in doubt it has not."""
    return _CHANGING.search(text) is None
