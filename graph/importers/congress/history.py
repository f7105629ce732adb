"""What all files of an import know together, and which of them decides.

The newest slice that holds a person decides on names, single identifiers and terms; the file of
former members decides for those whom the newest slice holds no longer. What an older slice gives
otherwise is kept as what it gave: a name attested on its day, an assertion that is deprecated.

An end that lies after the day of a slice is one that was due. Where a later slice has a successor
in a numbered seat before that end, the member had left: the first day of the successor is taken
as the end, marked as inferred.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pledgegraph.graph.importers.congress.committees import Body, bodies
from pledgegraph.graph.importers.congress.former import FormerMember, former_members
from pledgegraph.graph.importers.congress.identifiers import Identifier, identifiers, slug_of
from pledgegraph.graph.importers.congress.names import Names, names
from pledgegraph.graph.importers.congress.raw import (
    Raw,
    UnsoundRecordError,
    bioguide_of,
    day_of,
    entries,
    mapping,
    read_slice,
)
from pledgegraph.graph.importers.congress.terms import Piece, pieces
from pledgegraph.graph.importing import Ledger


@dataclass
class Known:
    """What is known of a person: by the newest file that gives each."""

    names: Names = field(default_factory=lambda: Names("", ()))
    identifiers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    day: str = ""  # of the newest slice that holds the person
    namer: str = ""  # slug of the data set that decides on names


@dataclass(frozen=True)
class End:
    """The day on which a term no longer holds; ``is_inferred`` where a successor shows it."""

    day: str
    is_inferred: bool = False


class History:
    """Reads every file once, when it is first asked."""

    def __init__(self, slices: Sequence[Path], former: Path | None) -> None:
        self.slices = sorted(slices, key=lambda path: day_of(path) or "")
        self.former = former

    def person(self, bioguide: str) -> Known | None:
        """Return what is known of a person."""
        return self._people.get(bioguide)

    def body(self, code: str) -> Body | None:
        """Return a committee or subcommittee as the newest slice that holds it has it."""
        return self._bodies.get(code)

    def starts(self, bioguide: str, piece: Piece) -> set[str]:
        """Return the days on which other terms of the person or in the seat begin."""
        own = {one.start for one in self._people[bioguide].pieces if one.start != piece.start}
        return own | {day for day, who in self._starts[piece.seat_slug] if who != bioguide}

    def end(self, bioguide: str, piece: Piece) -> End:
        """Return the end of a term as the newest slice has it."""
        until = piece.until(self.starts(bioguide, piece))
        seen = self._people[bioguide].day
        if piece.is_numbered and until > seen:
            later = [
                day
                for day, who in self._starts[piece.seat_slug]
                if who != bioguide and piece.start < day < until and self._people[who].day > seen
            ]
            if later:
                return End(min(later), is_inferred=True)
        return End(until)

    def is_shared(self, identifier: Identifier, value: str) -> bool:
        """Tell whether two people have the same identifier."""
        return len(self._owners[identifier.scheme.key, value]) > 1

    def slug(self, bioguide: str) -> str:
        """Return a readable name in addresses, made from the title of the article on a person.

        Empty where there is none, or two people would have the same.
        """
        slug = _slug(self._people[bioguide])
        return slug if len(self._slugs[slug]) == 1 else ""

    @cached_property
    def _people(self) -> dict[str, Known]:
        people: dict[str, Known] = {}
        newest = day_of(self.slices[-1]) if self.slices else None
        for day, legislators, _ in self._read:
            for raw in legislators:
                try:
                    known = people.setdefault(bioguide_of(raw), Known())
                except UnsoundRecordError:
                    continue  # set aside where its slice is read
                _learn(known, raw, day)
        for member in self._former_members:
            known = people.setdefault(member.bioguide, Known())
            if known.day != newest or not newest:
                _learn_former(known, member)
        return people

    @cached_property
    def _read(self) -> list[tuple[str, Sequence[Raw], Sequence[Raw]]]:
        found = []
        for path in self.slices:
            one = read_slice(path, _unheard())
            found.append((day_of(path) or "", one.legislators, one.committees))
        return found

    @cached_property
    def _former_members(self) -> Iterable[FormerMember]:
        return tuple(former_members(self.former, _unheard())) if self.former else ()

    @cached_property
    def _bodies(self) -> dict[str, Body]:
        return {
            body.code: body
            for _, _, committees in self._read
            for raw in committees
            for body in bodies(raw)
        }

    @cached_property
    def _starts(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for bioguide, known in self._people.items():
            for piece in known.pieces:
                found[piece.seat_slug].append((piece.start, bioguide))
        return found

    @cached_property
    def _owners(self) -> dict[tuple[str, str], set[str]]:
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for bioguide, known in self._people.items():
            for key, values in known.identifiers.items():
                for value in values:
                    found[key, value].add(bioguide)
        return found

    @cached_property
    def _slugs(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for bioguide, known in self._people.items():
            found[_slug(known)].add(bioguide)
        return found


def _learn(known: Known, raw: Raw, day: str) -> None:
    known.names, known.day, known.namer = names(mapping(raw, "name")), day, day
    _learn_identifiers(known, identifiers(mapping(raw, "id")))
    known.pieces = []
    for index, term in enumerate(entries(raw, "terms")):
        try:
            known.pieces += pieces(term, index)
        except UnsoundRecordError:
            continue  # set aside where its slice is read


def _learn_former(known: Known, member: FormerMember) -> None:
    known.names, known.namer = member.names, ""
    _learn_identifiers(known, member.identifiers)


def _learn_identifiers(known: Known, found: Iterable[Identifier]) -> None:
    for identifier in found:
        try:
            scheme = identifier.scheme
        except KeyError:
            continue
        if identifier.values:
            before = known.identifiers.get(scheme.key, ()) if scheme.is_many else ()
            known.identifiers[scheme.key] = tuple(dict.fromkeys((*before, *identifier.values)))


def _slug(known: Known) -> str:
    return slug_of(known.identifiers.get("wikipedia", ("",))[0]) if known.day else ""


def _unheard() -> Ledger:
    """Return a ledger of which nobody asks anything: the files are counted where they are read."""
    return Ledger(io.StringIO())
