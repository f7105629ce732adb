"""The list of unsure pairs, for a person to decide: a table that is edited and read back.

Columns: ``decision`` (``proposed`` as written; a person puts ``accepted`` or ``rejected``), who
``decided-by`` and ``decided-on``, ``remark``, then both agents, what they are called, and why the
comparison was not sure.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from pledgegraph.graph import errors
from pledgegraph.graph.identity.findings import Decision, Verdict
from pledgegraph.graph.identity.identifications import Identification
from pledgegraph.graph.namespaces import ID

COLUMNS = (
    "decision",
    "decided-by",
    "decided-on",
    "remark",
    "left",
    "left-name",
    "right",
    "right-name",
    "probability",
    "reasons",
)
_DECISIONS: dict[str, Decision] = {"accepted": "accepted", "rejected": "rejected"}


def write_review(path: Path, proposed: Iterable[Verdict], names: Mapping[str, str]) -> None:
    """Write the pairs that are left to a person, the likeliest first."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for one in proposed:
            reasons = " | ".join((*one.reasons[-1:], *one.reasons[:-1]))
            sides = [
                text
                for iri in (one.left, one.right)
                for text in (iri.removeprefix(ID), names.get(iri, ""))
            ]
            writer.writerow(["proposed", "", "", "", *sides, f"{one.score:.4f}", reasons])


def read_review(path: Path, today: date) -> Iterator[Identification]:
    """Iterate over what a person decided in a list; what is still proposed is passed over.

    Raises ``ReviewError`` with the line of a decision that is none, or that nobody signed.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        missing = {"decision", "decided-by", "left", "right"} - {*(reader.fieldnames or ())}
        if missing:
            raise errors.ReviewError(f"{path}:1: lacks the column {', '.join(sorted(missing))}")
        for row in reader:
            if row["decision"] != "proposed":
                yield _decided(row, f"{path}:{reader.line_num}", today)


def _decided(row: Mapping[str, str | None], place: str, today: date) -> Identification:
    decision = _DECISIONS.get(row["decision"] or "")
    if decision is None:
        message = f"'{row['decision']}' is none of accepted, rejected and proposed"
        raise errors.ReviewError(f"{place}: {message}")
    who = (row["decided-by"] or "").strip()
    if not who:
        raise errors.ReviewError(f"{place}: lacks 'decided-by': say who {decision} this")
    try:
        day = date.fromisoformat(row.get("decided-on") or today.isoformat())
    except ValueError as error:
        raise errors.ReviewError(f"{place}: 'decided-on' is no day: {error}") from error
    remark = (row.get("remark") or "").strip() or f"{decision} by {who}"
    left, right = (f"{ID}{(row[side] or '').removeprefix(ID)}" for side in ("left", "right"))
    return Identification(left, right, decision, "curator", (remark,), who, day)
