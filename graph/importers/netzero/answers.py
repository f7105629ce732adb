"""Turn the coded answers of a row of the Net Zero Tracker into findings."""

from __future__ import annotations

from collections.abc import Iterator

from pledgegraph.graph.importers.netzero.codes import (
    ANSWERS,
    CONDITIONS,
    LISTS,
    NO_TARGET,
    PROPOSED,
    REMARKS,
)
from pledgegraph.graph.importers.netzero.goals import slug_of
from pledgegraph.graph.importing import Counted, Ledger, Place
from pledgegraph.graph.importing.place import Value
from pledgegraph.graph.importing.readers.tables import Row

GOALS = ("end_target", "interim_target")
OF_THE_COMPANY = ("end_target", "race_to_zero_member")


def findings(
    row: Row, place: Place, ledger: Ledger, by: str, *, has_pledge: bool
) -> Iterator[Counted]:
    """Iterate over the findings of a row, one for each answer that is not blank."""
    for column, (aspect, codes) in ANSWERS.items():
        code = row.values.get(column, "")
        if not code:
            continue
        ledger.read("finding")
        where = place.at(f"{column}.answer" if column.endswith("_target") else column)
        if code not in codes:
            ledger.quarantine("finding", where, "unknown-code", f"{column} {code}")
        elif column == "end_target_status" and row["end_target"] == NO_TARGET:
            ledger.skip("finding", where, "status-without-a-target", code)
        else:
            form: dict[str, Value] = {"value": codes[code], "text": _remarks(row, column)}
            is_on_pledge = has_pledge and column not in OF_THE_COMPANY
            yield _finding(row, where, ledger, by, aspect, form, is_on_pledge)
    yield from _conditions(row, place, ledger, by, has_pledge)


def _conditions(
    row: Row, place: Place, ledger: Ledger, by: str, has_pledge: bool
) -> Iterator[Counted]:
    """Iterate over what the company demands of credits: one finding, if anything is reported."""
    names, other, most = (row.values.get(column, "") for column in CONDITIONS)
    texts = [*_texts("carbon_credit_conditions", names), *_texts("conditions_other", other)]
    if texts or most:
        ledger.read("finding")
        form: dict[str, Value] = {"text": texts, "number": most, "unit": "%" if most else None}
        where = place.at("carbon_credit_conditions")
        yield _finding(row, where, ledger, by, "offset-conditions", form, has_pledge)


def _finding(
    row: Row,
    place: Place,
    ledger: Ledger,
    by: str,
    aspect: str,
    answer: dict[str, Value],
    is_on_pledge: bool,
) -> Counted:
    slug = slug_of(row)
    form: dict[str, Value] = {
        "id": f"{slug}-{aspect}",
        "on": f"{'pledge' if is_on_pledge else 'company'}/{slug}",
        "by": by,
        "aspect": aspect,
        **answer,
        "entry": place.entry.removesuffix(".answer"),
    }
    return ledger.record("finding", place, form)


def _remarks(row: Row, column: str) -> list[str]:
    names = REMARKS.get(column, ())
    texts = [text for name in names for text in _texts(name, row.values.get(name, ""))]
    if row["end_target_status"] == PROPOSED and column in GOALS and row[column] != NO_TARGET:
        texts.insert(0, f"{row[column]} {row[f'{column}_year']}".strip())
    return texts


def _texts(column: str, cell: str) -> list[str]:
    parts = cell.split("|") if column in LISTS else [cell]
    return [part.strip() for part in parts if part.strip()]
