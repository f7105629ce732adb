"""What a home knows already, for an importer to look up: single things, never all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from pledgegraph.graph.namespaces import DERIVED_GRAPH, GRAPH, ID, NS, ORG, SKOS, thing
from pledgegraph.graph.release import latest

_MEMBER = ox.NamedNode(f"{ORG}member")
_CHAMBER = ox.NamedNode(f"{ORG}organization")
_SEAT = ox.NamedNode(f"{NS}heldSeat")
_START, _END = ox.NamedNode(f"{NS}validFrom"), ox.NamedNode(f"{NS}validUntil")
_NAME = ox.NamedNode(f"{SKOS}prefLabel")
_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class HeldTerm:
    """A term, by slugs; its days are ISO texts, half-open, absent where unknown."""

    slug: str
    chamber: str
    seat: str
    start: str | None
    end: str | None

    def covers(self, day: str) -> bool:
        """Tell whether the seat was held on a day; of a term without days nobody knows."""
        if self.start is None and self.end is None:
            return False
        return not (self.start and day < self.start) and not (self.end and day >= self.end)


class Home:
    """The newest release of a home, as an importer sees it; empty where there is none."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def digest_of(self, prefix: str) -> str:
        """Return the digests of the source graphs whose slugs begin so: what depends on them."""
        release = latest(self.path)
        graphs = release.manifest["graphs"] if release else {}
        return " ".join(
            graph["sha256"] for slug, graph in graphs.items() if slug.startswith(prefix)
        )

    def terms(self, person: str) -> list[HeldTerm]:
        """Return the terms of a person, ``bioguide-M000133``, by their first day."""
        terms = [
            self._term(quad.subject)
            for quad in self._store.quads_for_pattern(
                None, _MEMBER, ox.NamedNode(thing("person", person)), _DEFAULT
            )
            if isinstance(quad.subject, ox.NamedNode) and self._value(quad.subject, _SEAT)
        ]
        return sorted(terms, key=lambda term: (term.start or "", term.slug))

    def knows(self, kind: str, slug: str) -> bool:
        """Tell whether the release describes a thing."""
        node = ox.NamedNode(thing(kind, slug))
        return any(True for _ in self._store.quads_for_pattern(node, None, None, _DEFAULT))

    def named_by_others(self, identifier: str, slugs: Sequence[str]) -> frozenset[str]:
        """Return the values of an identifier whose things have a name by another source.

        ``slugs`` are the sources that do not count: those that are about to be replaced.
        """
        own = {f"{GRAPH}{slug}" for slug in slugs}
        found = self._store.quads_for_pattern(
            None, ox.NamedNode(f"{NS}{identifier}"), None, _DEFAULT
        )
        return frozenset(
            quad.object.value
            for quad in found
            if isinstance(quad.object, ox.Literal)
            and isinstance(quad.subject, ox.NamedNode)
            and not self._namers(quad.subject) <= own
        )

    def _namers(self, thing: ox.NamedNode) -> set[str]:
        """Return the IRIs of the graphs that give a thing its first name."""
        quads = self._store.quads_for_pattern(thing, _NAME, None, None)
        names = (quad.graph_name for quad in quads)
        return {name.value for name in names if isinstance(name, ox.NamedNode)} - {DERIVED_GRAPH}

    def label(self, kind: str, slug: str) -> str | None:
        """Return the label of a thing, none where the release does not describe it."""
        return self._value(ox.NamedNode(thing(kind, slug)), _NAME)

    @cached_property
    def _store(self) -> ox.Store:
        release = latest(self.path)
        return ox.Store.read_only(str(release.store_path)) if release else ox.Store()

    def _term(self, node: ox.NamedNode) -> HeldTerm:
        start, end = self._value(node, _START), self._value(node, _END)
        chamber, seat = (_slug(self._value(node, name)) for name in (_CHAMBER, _SEAT))
        return HeldTerm(_slug(node.value), chamber, seat, start, end)

    def _value(self, node: ox.NamedNode, predicate: ox.NamedNode) -> str | None:
        found = self._store.quads_for_pattern(node, predicate, None, _DEFAULT)
        values = (quad.object for quad in found)
        return next((v.value for v in values if isinstance(v, ox.NamedNode | ox.Literal)), None)


def _slug(iri: str | None) -> str:
    return (iri or "").removeprefix(ID).partition("/")[2]
