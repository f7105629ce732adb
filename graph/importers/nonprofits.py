"""Import the lists of exempt organizations of the Internal Revenue Service (public domain).

One file for each state of the Business Master File: EIN, name, town, NTEE code, the paragraph
of the tax law under which the organization is exempt. The EIN decides which organization it is:
nine digits with the leading zeros. Lists have no date inside, and no days at which anything
begins or ends.

What makes an advocacy group. The NTEE code says in which field an organization works, not what
it does there: a group for civil rights (R) may run a clinic. Only the common code 01,
"alliances and advocacy", in any field (R01, C01) makes an organization an advocacy group here;
all others, and those without a code, are organizations.

Codes in other forms than a letter with two or three characters are as the Service has them:
``A6E0`` is a sub-code of A6. ``SORT_NAME`` is a second name line and becomes another name.
Streets, and the persons in ``ICO`` in whose care letters go, are not imported: they are private
addresses at times. A ``SUBSECTION`` over 29 stands for other parts of the law and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pledgegraph.graph import errors
from pledgegraph.graph.importers import countries, united_states
from pledgegraph.graph.importers.table_heads import table_of
from pledgegraph.graph.importing import DataSet, Home, Ledger, Place, Sheet
from pledgegraph.graph.importing.data_set import PUBLIC_DOMAIN
from pledgegraph.graph.importing.place import Value
from pledgegraph.graph.importing.readers.tables import Row, rows

COLUMNS = ("EIN", "NAME", "CITY", "STATE", "SUBSECTION", "NTEE_CD", "SORT_NAME")
LAST_PARAGRAPH = 29  # of 501(c)


class NonProfits:
    """The lists of exempt organizations, one for each state."""

    name = "nonprofits"

    def data_sets(self, paths: Sequence[Path], home: Home) -> Iterator[DataSet]:
        """Iterate over the lists; raises ``DataSetError`` for another table or an unknown state."""
        for path in paths:
            table_of(path, {"a list of exempt organizations": COLUMNS})
            found = re.search(r"eo[-_]([a-z]{2,3}|[0-9])(?=[.])", path.name.lower())
            if not found:
                raise errors.DataSetError(f"{path} has no part in its name such as eo_dc: name it")
            yield DataSet(
                slug=f"irs-exempt-organizations-{found[1]}",
                title=f"Exempt organizations of the Internal Revenue Service, {found[1].upper()}",
                path=path,
                license=PUBLIC_DOMAIN,
            )

    def read(self, data_set: DataSet, ledger: Ledger) -> Iterator[Sheet]:
        """Iterate over the organizations."""
        for row in rows(data_set.path, ledger, "row", COLUMNS):
            place = Place(data_set.path.name, row["EIN"] or f"line-{row.line}", "", row.line)
            if not re.fullmatch(r"[0-9]{9}", row["EIN"]) or not row["NAME"]:
                ledger.quarantine("row", place, "no-ein-or-name", f"{row['EIN']} {row['NAME']}")
            elif not ledger.first(row["EIN"]):
                ledger.quarantine("row", place, "ein-twice", row["EIN"])
            else:
                yield _sheet(row, place, ledger)


def _sheet(row: Row, place: Place, ledger: Ledger) -> Sheet:
    ein = row["EIN"]
    form: dict[str, Value] = {
        "id": f"ein-{ein}",
        "label": row["NAME"],
        "also-called": row["SORT_NAME"],
        "ein": f"{ein[:2]}-{ein[2:]}",
        "type": "advocacy-group" if is_advocacy(row["NTEE_CD"]) else None,
        "ntee": row["NTEE_CD"],
        "tax-exemption": paragraph(row["SUBSECTION"]),
        "locality": row["CITY"],
    }
    try:
        state = tuple(part.form for part in united_states.state(row["STATE"]))
    except KeyError:
        return {"organizations": [ledger.record("row", place, form)]}
    form["based-in"] = countries.reference(state)
    return {
        "jurisdictions": countries.jurisdictions(state, ledger, place.at("STATE")),
        "organizations": [ledger.record("row", place, form)],
    }


def is_advocacy(ntee: str) -> bool:
    """Tell whether a code is the common code 01, alliances and advocacy, in some field."""
    return bool(re.fullmatch(r"[A-Z]01[0-9A-Z]?", ntee))


def paragraph(subsection: str) -> str | None:
    """Return the paragraph of section 501(c) that a code stands for, or none for other law."""
    if not re.fullmatch(r"[0-9]{2}", subsection) or not 1 <= int(subsection) <= LAST_PARAGRAPH:
        return None
    return f"501(c)({int(subsection)})"
