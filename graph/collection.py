"""What a collection of the look-ups is: its items, their parts, and what they are filtered by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pledgegraph.graph.frame import Nesting

# How many parts of a kind an item is shown with, unless something else is said.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: a pattern around ``?item`` in which ``$value`` stands for the wanted term.

    ``kinds`` are the segments of ``/id/{kind}/...`` that it takes by slug, ``scheme`` the
    vocabulary that it takes concepts of; where there is neither it takes text. ``table`` names
    the one that answers for the pattern, where the store would have to go through a whole class.
    """

    pattern: str
    kinds: tuple[str, ...] = ()
    scheme: str | None = None
    table: str | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """A plural noun of the look-ups.

    ``kinds`` are the segments of ``/id/{kind}/...`` in which its items lie, ``details`` the file
    of the query that fetches an item with its parts, ``listed`` the one for lists of items. Where
    an item can have any number of parts, ``{parts}-parts.rq`` finds those that are shown of it,
    and ``bounds`` says how many by key. Sources that are data sets have ``parts`` of their own.
    """

    name: str
    label: str
    kinds: tuple[str, ...]
    classes: tuple[str, ...]
    details: str
    nesting: Nesting
    filters: Mapping[str, Filter] = field(default_factory=dict)
    listed: str | None = None
    listed_nesting: Nesting = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)  # of items of a class, "" for all
    listed_parts: str | None = None
    bounds: Mapping[str, int] = field(default_factory=dict)

    def bound(self, key: str) -> int:
        """Return how many parts of a kind an item is shown with."""
        return self.bounds.get(key, SHOWN)
