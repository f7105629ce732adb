"""What records may refer to beside each other: things that the graph holds already."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Protocol, TypeAlias


@dataclass(frozen=True, slots=True)
class Held:
    """A role or term that somebody held in an organization, from a day until before another."""

    iri: str
    start: str | None
    end: str | None

    def covers(self, day: str | None) -> bool:
        """Tell whether it was held on a day; any role will do where no day is given."""
        if day is None:
            return True
        return not (self.start and day < self.start) and not (self.end and day >= self.end)


class Known(Protocol):
    """Answers about single things; ``place`` is where they are, in a message's words."""

    place: str

    def named(self, slug: str, kinds: Iterable[str]) -> set[str]:
        """Return what is named by a slug or alias, of some kinds or, if none is given, of any."""

    def held(self, member: str, organization: str) -> list[Held]:
        """Return the roles and terms of somebody in an organization."""

    def slugs(self, kinds: Iterable[str]) -> Iterable[str]:
        """Return slugs of some kinds, not necessarily all, to tell which one may be meant."""


class NothingKnown:
    """The answers of no graph."""

    place = "any record file"

    def named(self, slug: str, kinds: Iterable[str]) -> set[str]:
        """Return nothing."""
        return set()

    def held(self, member: str, organization: str) -> list[Held]:
        """Return nothing."""
        return []

    def slugs(self, kinds: Iterable[str]) -> Iterable[str]:
        """Return nothing."""
        return ()


NOTHING = NothingKnown()

# Asked, once the sources are named that are read, for what is known beside them.
KnownBeside: TypeAlias = Callable[[Collection[str]], Known]


def nothing_beside(_slugs: Collection[str]) -> Known:
    """Return the answers of no graph, whatever is read."""
    return NOTHING
