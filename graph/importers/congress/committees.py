"""Committees and subcommittees of Congress, and who sits in them.

The code of a committee is its identity, also where a later Congress gives it to a subcommittee of
another name. A membership is one person in one committee on one side, with one rank and title:
where slices agree in all of these, each attests the same membership on its day; another rank is
another membership. The file tells a first day (``start_date``) only for some; no last day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pledgegraph.graph.importers import united_states as us
from pledgegraph.graph.importers.congress.raw import Raw, entries, text
from pledgegraph.graph.importing.place import Value

CODE = re.compile(r"[HJS][A-Z]{3}([0-9A-Z]{2})?")
_SIDES = ("majority", "minority")


@dataclass(frozen=True)
class Body:
    """A committee, or a subcommittee: ``parent`` is the code of its committee then."""

    code: str
    label: str
    kind: str
    parent: str
    position: str

    @property
    def slug(self) -> str:
        """Return the last part of its address."""
        return slug_of(self.code)

    @property
    def wider(self) -> us.Parts:
        """Return the chamber that a committee is part of, or Congress for a joint one."""
        if self.parent:
            return ()
        return {"house": us.house, "senate": us.senate}.get(self.kind, us.congress)()

    def form(self) -> dict[str, Value]:
        """Return its record form, without a label."""
        return {
            "id": self.slug,
            "type": "committee",
            "part-of": f"organization/{slug_of(self.parent)}"
            if self.parent
            else self.wider[-1].reference,
            "jurisdiction": "jurisdiction/us",
            "thomas": self.code,
        }


def slug_of(code: str) -> str:
    """Return the last part of the address of a committee."""
    return f"us-committee-{code}"


def bodies(raw: Raw) -> Iterator[Body]:
    """Iterate over a committee and its subcommittees, whether their codes are sound or not."""
    code, kind, name = text(raw, "thomas_id"), text(raw, "type"), text(raw, "name")
    yield Body(code, name, kind, "", "name")
    for number, part in enumerate(entries(raw, "subcommittees")):
        label = _label(text(part, "name"), name)
        position = f"subcommittees[{number}].name"
        yield Body(code + text(part, "thomas_id"), label, kind, code, position)


def _label(name: str, parent: str) -> str:
    """Name a subcommittee in full; the file leaves out ``Subcommittee on``."""
    if re.search("subcommittee|task force", name, re.IGNORECASE):
        return f"{parent}, {name}"
    link = "" if name.lower().startswith("for ") else "on "
    return f"{parent}, Subcommittee {link}{name[0].lower() + name[1:] if not link else name}"


def membership(bioguide: str, code: str, raw: Raw, day: str | None) -> dict[str, Value]:
    """Return the record form of a seat in a committee, attested on the day of a slice."""
    person, committee = f"bioguide-{bioguide}", slug_of(code)
    side, rank, title = text(raw, "party"), text(raw, "rank"), text(raw, "title")
    start = text(raw, "start_date")
    words = "-".join(re.findall(r"[a-z0-9]+", title.lower()))
    name = [person, committee, side, rank, words, start]
    return {
        "id": "-".join(part for part in name if part),
        "member": f"person/{person}",
        "of": f"organization/{committee}",
        "side": side if side in _SIDES else None,
        "rank": rank,
        "title": title,
        "from": start,
        "attested": day,
    }


def described(raw: Mapping[str, Raw]) -> str:
    """Tell who sits in a committee, for a message."""
    return f"{text(raw, 'name')} ({text(raw, 'bioguide') or 'without an id'})"
