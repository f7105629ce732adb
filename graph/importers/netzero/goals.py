"""Turn a row of the Net Zero Tracker into a company and its pledge."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pledgegraph.graph.importers import countries
from pledgegraph.graph.importers.netzero.codes import (
    NO_TARGET,
    OBJECTS,
    PROPOSED,
    TARGET_TYPES,
)
from pledgegraph.graph.importing import Counted, Ledger, Place
from pledgegraph.graph.importing.place import Value
from pledgegraph.graph.importing.readers.tables import Row

FIRST_BASE_YEAR = 1980  # no company counted its emissions earlier
COLUMNS = (
    *("last_updated", "id_code", "name", "country", "actor_type", "source_url", "status_date"),
    *("end_target", "end_target_year", "end_target_status", "end_target_text"),
    *("interim_target", "interim_target_year", "interim_target_text"),
    *("gasses_coverage", "scope_1", "scope_2", "scope_3", "has_plan"),
)
SCOPES = ("scope-1", "scope-2", "scope-3")


def slug_of(row: Row) -> str:
    """Return the slug of a company: of the tracker's own number, since names occur twice."""
    return f"nzt-{row['id_code'].lower()}"


def company(row: Row, place: Place, ledger: Ledger) -> tuple[Counted, list[Mapping[str, Value]]]:
    """Return the form of the company, and those of its country."""
    form: dict[str, Value] = {"id": slug_of(row), "label": row["name"]}
    try:
        country = countries.country(row["country"])
    except KeyError:
        form["note"] = f"The data set places it in {row['country'] or 'no country'}."
        return ledger.record("row", place, form), []
    form["based-in"] = countries.reference(country)
    made = countries.jurisdictions(country, ledger, place.at("country"))
    return ledger.record("row", place, form), made


def pledge(row: Row, place: Place, ledger: Ledger) -> Mapping[str, Value] | None:
    """Return the form of the pledge, or none where no sound goal is coded."""
    found = (goal(row, which, place, ledger) for which in ("end_target", "interim_target"))
    commitments = [form for form in found if form]
    if not commitments:
        return None
    announced, note = announcement(row)
    form: dict[str, Value] = {
        "id": slug_of(row),
        "label": f"{row['name']}: {_summary(row)}",
        "pledgor": f"company/{slug_of(row)}",
        "kind": "target",
        "announced": announced,
        "note": note,
        "commitments": commitments,
        "entry": place.entry,
    }
    address = row["source_url"].partition("\n")[0].strip()
    if is_address(address):
        form["reported-at"] = address
    return form


def announcement(row: Row) -> tuple[str, str | None]:
    """Return when the pledge was made public, as a date of a record, and a remark on it."""
    changed, year = row["last_updated"][:10], row["status_date"]
    if not re.fullmatch(r"[0-9]{4}", year):
        return f"../{changed} (inferred)", None
    if year > changed[:4]:
        note = f"The data set dates the status {year}, after the row was last changed: not used."
        return f"../{changed} (inferred)", note
    if row["end_target_status"] == "Declaration / pledge":
        return year, None
    return f"../{year} (inferred)", None


def goal(row: Row, which: str, place: Place, ledger: Ledger) -> Counted | None:
    """Return the commitment of a column, ``end_target`` or ``interim_target``.

    Where there is none, nothing is counted; what contradicts itself is quarantined, and what is
    only talked of is no promise and skipped.
    """
    code, year = row[which], row[f"{which}_year"]
    if code in ("", NO_TARGET) and not year:
        return None
    ledger.read("target")
    where = place.at(which)
    wrong = contradiction(row, which)
    if wrong:
        ledger.quarantine("target", where, *wrong)
        return None
    if row["end_target_status"] == PROPOSED:
        ledger.skip("target", where, "proposed-not-promised", f"{code} {year}".strip())
        return None
    scopes = [scope for scope in SCOPES if row[scope.replace("-", "_")] == "Yes"]
    form: dict[str, Value] = {
        "modality": "perform",
        "action": "reduce",
        "object": OBJECTS.get(row["gasses_coverage"]),
        "horizon": "target-date" if year else "not-stated",
        "target-type": TARGET_TYPES.get(code),
        "target-year": year,
        "emission-scope": scopes if which == "end_target" else [],
        "reported-text": row[f"{which}_text"],
        **_measure(row, which),
    }
    return ledger.record("target", where, form)


def contradiction(row: Row, which: str) -> tuple[str, str] | None:
    """Return the rule that a goal breaks by itself, and how; none for a sound one."""
    code, year = row[which], row[f"{which}_year"]
    if code == NO_TARGET:
        return "no-target-with-a-year", f"{code}, {year}"
    if code and code not in TARGET_TYPES:
        return "unknown-code", code
    if year and not re.fullmatch(r"20[0-9]{2}", year):
        return "odd-year", f"{which}_year {year}"
    share = row.values.get(f"{which}_percentage_reduction", "")
    if share and not (re.fullmatch(r"[0-9]+(\.[0-9]+)?", share) and float(share) <= 100):
        return "share-over-a-hundred", f"{which}_percentage_reduction {share}"
    base = row.values.get(f"{which}_baseline_year", "")
    if base and not FIRST_BASE_YEAR <= _number(base) <= int(row["last_updated"][:4]):
        return "odd-base-year", f"{which}_baseline_year {base}"
    return None


def _measure(row: Row, which: str) -> dict[str, Value]:
    """Return the number, and what is counted where the sort of goal does not say it."""
    cells = {name: row.values.get(f"{which}_{name}", "") for name in _MEASURES}
    words = [cells["other"]]
    if cells["intensity_unit"]:
        words.append(f"per unit: {cells['intensity_unit']}")
    if cells["baseline_emissions"] and cells["target_emissions"]:
        span = f"from {cells['baseline_emissions']} to {cells['target_emissions']}"
        words.append(f"emissions {span}, in a unit that the data set does not give")
    share = cells["percentage_reduction"]
    return {
        "measure": [text for text in words if text],
        "target": share,
        "unit": "%" if share else None,
        "base-year": cells["baseline_year"],
    }


_MEASURES = (
    *("other", "intensity_unit", "baseline_emissions", "target_emissions"),
    *("percentage_reduction", "baseline_year"),
)


def _summary(row: Row) -> str:
    """Say in a few words what is promised: the final goal, or else the interim one."""
    which = "end_target" if row["end_target"] in TARGET_TYPES else "interim_target"
    kind, year = TARGET_TYPES.get(row[which], "goal"), row[f"{which}_year"]
    words = _NAMES.get(kind, kind.replace("-", " "))
    return f"{words} by {year}" if year else words


_NAMES = {
    "other": "another climate goal",
    "goal": "an interim climate goal",
    "one-and-a-half-degrees": "in line with 1.5 degrees",
    "emissions-reduction": "fewer emissions",
    "emissions-intensity": "fewer emissions for each unit",
    "absolute-emissions": "fewer emissions",
    "science-based": "a science-based goal",
}


def is_address(text: str) -> bool:
    """Tell whether a text is a web address that can be written as one."""
    return bool(re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", text))


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else -1
