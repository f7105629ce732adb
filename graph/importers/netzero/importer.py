"""Import the Net Zero Tracker: which companies have climate goals, and which have none.

The tracker (zerotracker.net, CC BY 4.0) codes countries, regions, cities and companies by fixed
questions. Companies are imported; the others are skipped by rule and counted.

What the tracker says is its reading, and kept apart from what a company promised:

* A goal is a pledge with one commitment for the final goal and one for the interim one. The
  year is ``target-year``, never ``until``: no snapshot says that a promise ends with its year.
* A goal that by the tracker is only proposed or in discussion is no promise: it is skipped by rule,
  and stands in the findings alone.
* Each coded answer is a *finding* of the tracker: its ladder from a proposal to a goal reached,
  whether there is a plan, which scopes are covered. "No target" is such a finding and makes no
  pledge; "Not Specified" is another, that the tracker looked and could not tell; a cell left
  blank is not reported and gives none.
* ``status_date`` dates the rung of the ladder. Only for "Declaration / pledge" is that the
  announcement. For any other rung the pledge was public at the latest in that year. Without a
  year, or with one that lies after the row was last changed, nobody dated the announcement: all
  that is known is that it was public when the row was last changed.
* The texts are the tracker's copies, mixed with remarks: ``reported-text``, with the place in
  the data set as evidence and no quotation.

Which field decides, checked on the snapshot of 2022-12-20:

* ``id_code`` names a company: it is unique. ``name`` is not (two Prudentials). ``isin_id`` is
  well formed but wrong: 36 of 1,507 are given to two different companies (Engie has that of
  JXTG), so it is not imported at all.
* ``end_target`` decides whether there is a goal. A row with "No target" and a year contradicts
  itself and its goal is quarantined; a status without a goal is skipped.
* ``country`` is where the tracker places the company, not whose law it is under.

Company sizes, industries and emissions are not imported: they are not what is asked here, and
units are missing. End days do not occur. A newer snapshot takes the place of the older one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pledgegraph.graph.importers.netzero.answers import findings
from pledgegraph.graph.importers.netzero.goals import COLUMNS, company, pledge
from pledgegraph.graph.importers.table_heads import table_of
from pledgegraph.graph.importing import DataSet, Home, Ledger, Place, Sheet
from pledgegraph.graph.importing.data_set import CC_BY
from pledgegraph.graph.importing.readers.tables import Row, rows

TRACKER = "organization/net-zero-tracker"
NOT_COMPANIES = {"Country": "country", "Region": "region", "City": "city"}


class NetZero:
    """The snapshot of the Net Zero Tracker as a table."""

    name = "netzero"

    def data_sets(self, paths: Sequence[Path], home: Home) -> Iterator[DataSet]:
        """Iterate over the snapshots; raises ``DataSetError`` for another table."""
        for path in paths:
            table_of(path, {"a snapshot of the Net Zero Tracker": COLUMNS})
            day = re.search(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", path.name)
            yield DataSet(
                slug="net-zero-tracker",
                title="Net Zero Tracker: targets of companies",
                path=path,
                published=day[0] if day else None,
                license=CC_BY,
                attribution="Net Zero Tracker, zerotracker.net",
            )

    def read(self, data_set: DataSet, ledger: Ledger) -> Iterator[Sheet]:
        """Iterate over the rows: a company with its goals and findings in each sheet."""
        for row in rows(data_set.path, ledger, "row", COLUMNS):
            place = Place(data_set.path.name, row["id_code"], "", row.line)
            kind = row["actor_type"]
            if kind in NOT_COMPANIES:
                ledger.skip("row", place, f"not-a-company-but-a-{NOT_COMPANIES[kind]}", row["name"])
            elif kind != "Company":
                ledger.quarantine("row", place, "unknown-code", f"actor_type {kind}")
            elif not re.fullmatch(r"[A-Z]{3}-[0-9]+", row["id_code"]) or not row["name"]:
                ledger.quarantine("row", place, "no-id-or-name", row["id_code"] or row["name"])
            elif not ledger.first(row["id_code"]):
                ledger.quarantine("row", place, "id-twice", row["id_code"])
            else:
                yield _sheet(row, place, ledger)


def _sheet(row: Row, place: Place, ledger: Ledger) -> Sheet:
    made, jurisdictions = company(row, place, ledger)
    promised = pledge(row, place, ledger)
    tracker = {"id": "net-zero-tracker", "label": "Net Zero Tracker", "entry": place.entry}
    return {
        "jurisdictions": jurisdictions,
        "organizations": [tracker] if ledger.first(TRACKER) else [],
        "companies": [made],
        "pledges": [promised] if promised else [],
        "findings": list(findings(row, place, ledger, TRACKER, has_pledge=bool(promised))),
    }
