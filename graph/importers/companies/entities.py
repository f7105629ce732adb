"""Read names of legal entities with their LEI."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pledgegraph.graph.importers import countries
from pledgegraph.graph.importing import DataSet, Ledger, Place, Sheet
from pledgegraph.graph.importing.place import Value
from pledgegraph.graph.importing.readers.tables import rows

ENTITIES = ("lei", "name", "country")


def is_lei(text: str) -> bool:
    """Tell whether a text is an LEI with the right check sum (ISO 17442, ISO 7064 MOD 97-10)."""
    if not re.fullmatch(r"[A-Z0-9]{18}[0-9]{2}", text):
        return False
    return int("".join(str(int(character, 36)) for character in text)) % 97 == 1


def read_entities(data_set: DataSet, ledger: Ledger) -> Iterator[Sheet]:
    """Iterate over the entities, with the country of each where it is first met."""
    for row in rows(data_set.path, ledger, "row", ENTITIES):
        lei, name = row["lei"], row["name"]
        place = Place(data_set.path.name, lei or f"line-{row.line}", "", row.line)
        if not is_lei(lei):
            ledger.quarantine("row", place, "lei-check-sum", lei)
        elif not name:
            ledger.quarantine("row", place, "no-name", lei)
        elif not ledger.first(lei):
            ledger.quarantine("row", place, "lei-twice", lei)
        else:
            yield _sheet(lei, name, row["country"], place, ledger)


def _sheet(lei: str, name: str, code: str, place: Place, ledger: Ledger) -> Sheet:
    form: dict[str, Value] = {"id": f"lei-{lei}", "label": name, "lei": lei}
    try:
        country = countries.country(code)
    except KeyError:
        form["note"] = f"The data set places it in {code or 'no country'}."
        return {"companies": [ledger.record("row", place, form)]}
    form["based-in"] = countries.reference(country)
    return {
        "jurisdictions": countries.jurisdictions(country, ledger, place.at("country")),
        "companies": [ledger.record("row", place, form)],
    }
