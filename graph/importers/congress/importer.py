"""Import the members of the United States Congress (``unitedstates/congress-legislators``).

All files that are to be known together are given together: slices (``*-YYYY-MM-DD.tar.xz``), the
table of former members and the table of committee members. Each is a source graph. Which file
decides where they differ is told in ``congress.history``, what the last day of a term means in
``congress.terms``, what a party label means in ``congress.former``.

Not read: addresses, accounts in social media, families, birthdays, religions, offices in a chamber,
how a member was elected, committees of the past. Presidents and vice presidents are skipped by
rule: they hold no seat.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pledgegraph.graph import errors
from pledgegraph.graph.importers.congress.former import former_members
from pledgegraph.graph.importers.congress.former_sheets import former_sheet
from pledgegraph.graph.importers.congress.history import History
from pledgegraph.graph.importers.congress.members import (
    MembershipReader,
    committee_sheet,
    table_sheets,
)
from pledgegraph.graph.importers.congress.people import LegislatorReader
from pledgegraph.graph.importers.congress.raw import (
    EXECUTIVES,
    MEMBERSHIPS,
    day_of,
    is_slice,
    read_slice,
)
from pledgegraph.graph.importing import DataSet, Home, Ledger, Place, Sheet
from pledgegraph.graph.importing.data_set import CC0
from pledgegraph.graph.release import digest

TITLE = "Members of the United States Congress (unitedstates/congress-legislators)"
URL = "https://github.com/unitedstates/congress-legislators"


@dataclass(frozen=True)
class Context:
    """What reading one file needs: what all of them know, and the day of a slice."""

    history: History
    day: str


class Congress:
    """The importer; see the module."""

    name = "congress"

    def data_sets(self, paths: Sequence[Path], home: Home) -> Iterator[DataSet]:
        """Iterate over the files, slices from the oldest on; ``DataSetError`` for another."""
        slices = sorted((path for path in paths if is_slice(path)), key=_slice_day)
        tables = [path for path in paths if not is_slice(path)]
        former = [path for path in tables if "historical" in path.name]
        members = [path for path in tables if "committee-membership" in path.name]
        days = [_slice_day(path) for path in slices]
        strange = [path for path in tables if path not in (*former, *members)]
        if strange or len(former) > 1 or len(members) > 1 or len(set(days)) < len(days):
            named = strange or former[1:] or members[1:] or slices
            raise errors.DataSetError(
                f"{named[0]} is no slice of the data set and none of its two tables, or is given "
                "twice: name slices as *-YYYY-MM-DD.tar.xz, a day once, and the tables as published"
            )
        history = History(slices, former[0] if former else None)
        together = " ".join(digest(path) for path in (*slices, *former))
        for path, day in zip(slices, days, strict=True):
            slug, published = f"congress-legislators-{day}", f"../{day}"
            yield _data_set(slug, TITLE, path, published, together, Context(history, day))
        for path in former:
            title = f"{TITLE}: former members"
            slug = "congress-legislators-historical"
            yield _data_set(slug, title, path, None, together, Context(history, ""))
        for path in members:
            title = f"{TITLE}: members of committees"
            slug = "congress-committee-membership"
            yield _data_set(slug, title, path, None, together, Context(history, ""))

    def read(self, data_set: DataSet, ledger: Ledger) -> Iterator[Sheet]:
        """Iterate over legislators, then committees, then the lists of their members."""
        context = data_set.context
        assert isinstance(context, Context)
        if is_slice(data_set.path):
            yield from _slice_sheets(data_set.path, context, ledger)
        elif "historical" in data_set.path.name:
            for member in former_members(data_set.path, ledger):
                yield former_sheet(member, data_set.path.name, context.history, ledger)
        else:
            yield from table_sheets(data_set.path, context.history, ledger)


def _data_set(
    slug: str, title: str, path: Path, published: str | None, together: str, context: Context
) -> DataSet:
    return DataSet(
        slug=slug,
        title=title,
        path=path,
        published=published,
        url=URL,
        license=CC0,
        depends_on=together,
        context=context,
    )


def _slice_day(path: Path) -> str:
    day = day_of(path)
    if not day:
        raise errors.DataSetError(f"{path} names no day: call it slice-YYYY-MM-DD.tar.xz")
    return day


def _slice_sheets(path: Path, context: Context, ledger: Ledger) -> Iterator[Sheet]:
    found = read_slice(path, ledger)
    people = LegislatorReader(context.day, context.history, ledger)
    for number, raw in enumerate(found.legislators):
        sheet = people.sheet(raw, number)
        if sheet:
            yield sheet
    for raw in found.committees:
        yield committee_sheet(raw, context.day, context.history, ledger)
    for code, members in found.memberships.items():
        seats = MembershipReader(context.day, context.history, ledger)
        yield seats.sheet(MEMBERSHIPS, code, members if isinstance(members, list) else [])
    if found.executives:
        ledger.read("executives", len(found.executives))
        detail = "presidents and vice presidents hold no seat"
        place = Place(EXECUTIVES, "all")
        count = len(found.executives)
        ledger.skip("executives", place, "not-in-a-legislature", detail, count)
