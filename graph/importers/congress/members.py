"""Committees, and the lists of who sits in them, as record forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pledgegraph.graph.importers import united_states as us
from pledgegraph.graph.importers.congress.committees import CODE, Body, bodies, membership
from pledgegraph.graph.importers.congress.history import History
from pledgegraph.graph.importers.congress.raw import (
    COMMITTEES,
    Raw,
    UnsoundRecordError,
    bioguide_of,
    text,
)
from pledgegraph.graph.importers.congress.sheets import SheetMaker
from pledgegraph.graph.importing import Ledger, Place, Sheet
from pledgegraph.graph.importing.place import Counted, Value
from pledgegraph.graph.importing.readers.tables import rows

COLUMNS = ("bioguide", "name", "committee_id", "party", "title", "rank")


def committee_sheet(raw: Raw, day: str, history: History, ledger: Ledger) -> Sheet:
    """Return the sheet of a committee with its subcommittees."""
    maker = SheetMaker(ledger)
    maker.share(us.congress(), Place(COMMITTEES, text(raw, "thomas_id") or "unnamed"))
    for body in bodies(raw):
        kind = "subcommittees" if body.parent else "committees"
        ledger.read(kind)
        place = Place(COMMITTEES, body.parent or body.code or "unnamed", body.position)
        if not CODE.fullmatch(body.code):
            ledger.quarantine(kind, place, "committee-code-form", f"'{body.code}' is no code")
            continue
        maker.share(body.wider, place)
        maker.add("organizations", ledger.record(kind, place, _form(body, day, history, place)))
    return maker.sheet


def _form(body: Body, day: str, history: History, place: Place) -> dict[str, Value]:
    newest = history.body(body.code) or body
    if newest.label == body.label:
        return {**body.form(), "label": body.label}
    name: dict[str, Value] = {"text": body.label, "kind": "former", "attested": day}
    return {**body.form(), "names": [{**name, "entry": place.entry}]}


class MembershipReader:
    """Makes the sheets of lists of members, attested on the day of their slice."""

    def __init__(self, day: str, history: History, ledger: Ledger) -> None:
        self._day, self._history, self._ledger = day, history, ledger

    def sheet(self, file: str, code: str, members: Sequence[Raw]) -> Sheet:
        """Return the sheet of one list."""
        self._ledger.read("membership_lists")
        self._ledger.read("memberships", len(members))
        maker = SheetMaker(self._ledger)
        rule, detail = "empty-list", "names nobody"
        first = True
        for number, raw in enumerate(members):
            place = Place(file, code, f"[{number}]")
            try:
                form = self.form(code, raw)
            except UnsoundRecordError as error:
                rule, detail = error.rule, str(error)
                self._ledger.quarantine("memberships", place, rule, detail)
                continue
            also = {"membership_lists": 1} if first else None
            maker.add("memberships", self._ledger.record("memberships", place, form, also))
            first = False
        if first:
            end = self._ledger.quarantine if members else self._ledger.skip
            end("membership_lists", Place(file, code), rule, detail)
        return maker.sheet

    def form(self, code: str, raw: Raw) -> dict[str, Value]:
        """Return a membership; ``UnsoundRecordError`` where no slice describes one of the two."""
        bioguide = bioguide_of(raw)
        history = self._history
        if history.slices and not history.body(code):
            raise UnsoundRecordError("committee-not-described", f"no slice describes {code}")
        if history.slices and not history.person(bioguide):
            detail = f"no slice describes {text(raw, 'name')} ({bioguide})"
            raise UnsoundRecordError("member-not-described", detail)
        return membership(bioguide, code, raw, self._day)


def table_sheets(path: Path, history: History, ledger: Ledger) -> Iterator[Sheet]:
    """Iterate over the rows of the table of members: each is a membership by itself."""
    reader = MembershipReader("", history, ledger)
    for row in rows(path, ledger, "memberships", COLUMNS):
        place = Place(path.name, f"{row['committee_id']}-{row['bioguide']}", "", row.line)
        try:
            form = reader.form(row["committee_id"], row.values)
        except UnsoundRecordError as error:
            ledger.quarantine("memberships", place, error.rule, str(error))
            continue
        made: Counted = ledger.record("memberships", place, form)
        yield {"memberships": [made]}
