"""Read the survey of companies that sponsor Pride, of what they signed, and of what they gave."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pledgegraph.graph.importing import Counted, DataSet, Ledger, Place, Sheet
from pledgegraph.graph.importing.place import Value
from pledgegraph.graph.importing.readers.tables import Row, rows

COLUMNS = (
    "Company",
    "Pride?",
    "HRC Business Pledge",
    "Amount Contributed Across States",
    "# of Politicians Contributed to",
    "# of States Where Contributions Made",
)
SURVEYOR = "organization/data-for-progress"
TOTAL = "Grand Total"
NOT_GIVEN = ("", "NA")
_ANSWERS: Mapping[str, str] = {"TRUE": "yes", "FALSE": "no"}
_YES_OR_NO = {"Pride?": "pride-sponsor", "HRC Business Pledge": "hrc-business-pledge"}
_NUMBERS = {
    "Amount Contributed Across States": ("gifts-to-politicians", "USD"),
    "# of Politicians Contributed to": ("politicians-given-to", None),
    "# of States Where Contributions Made": ("states-given-in", None),
}


def read_gifts(data_set: DataSet, ledger: Ledger) -> Iterator[Sheet]:
    """Iterate over the companies: each with what the survey found of it."""
    for row in rows(data_set.path, ledger, "row", COLUMNS):
        name = row["Company"]
        place = Place(data_set.path.name, name or f"line-{row.line}", "", row.line)
        slug = slug_of(name)
        if name == TOTAL:
            ledger.skip("row", place, "total", name)
        elif not slug:
            ledger.quarantine("row", place, "no-name", name)
        elif not ledger.first(slug):
            ledger.quarantine("row", place, "name-twice", name)
        else:
            yield _sheet(row, slug, place, ledger)


def slug_of(name: str) -> str:
    """Return the slug of a company, of which the survey has the name only."""
    part = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return f"data-for-progress-{part}" if part else ""


def _sheet(row: Row, slug: str, place: Place, ledger: Ledger) -> Sheet:
    surveyor = {"id": "data-for-progress", "label": "Data for Progress", "entry": place.entry}
    company: dict[str, Value] = {"id": slug, "label": row["Company"]}
    return {
        "organizations": [surveyor] if ledger.first(SURVEYOR) else [],
        "companies": [ledger.record("row", place, company)],
        "findings": list(_findings(row, slug, place, ledger)),
    }


def _findings(row: Row, slug: str, place: Place, ledger: Ledger) -> Iterator[Counted]:
    for column, aspect in _YES_OR_NO.items():
        if row[column] not in NOT_GIVEN:
            ledger.read("finding")
            where = place.at(column)
            if row[column] in _ANSWERS:
                yield _finding(slug, aspect, {"value": _ANSWERS[row[column]]}, where, ledger)
            else:
                ledger.quarantine("finding", where, "unknown-code", row[column])
    for column, (aspect, unit) in _NUMBERS.items():
        if row[column] not in NOT_GIVEN:
            ledger.read("finding")
            answer: dict[str, Value] = {"number": row[column], "unit": unit}
            yield _finding(slug, aspect, answer, place.at(column), ledger)


def _finding(
    slug: str, aspect: str, answer: Mapping[str, Value], place: Place, ledger: Ledger
) -> Counted:
    form: dict[str, Value] = {
        "id": f"{slug}-{aspect}",
        "on": f"company/{slug}",
        "by": SURVEYOR,
        "aspect": aspect,
        **answer,
    }
    return ledger.record("finding", place, form)
