"""A sheet in the making: its forms by section, each thing that others share once."""

from __future__ import annotations

from collections.abc import Mapping

from pledgegraph.graph.importers.united_states import Parts
from pledgegraph.graph.importing import Ledger, Place
from pledgegraph.graph.importing.place import Value


class SheetMaker:
    """Collects the forms of one item of a data set."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.sheet: dict[str, list[Mapping[str, Value]]] = {}

    def add(self, section: str, form: Mapping[str, Value]) -> None:
        """Add a form."""
        self.sheet.setdefault(section, []).append(form)

    def share(self, parts: Parts, place: Place) -> None:
        """Add what a form refers to, unless this data set has described it before."""
        for part in parts:
            if self.ledger.first(part.reference):
                self.add(part.section, {**part.form, "entry": place.entry})

    def deprecate(self, term: str, name: str, value: str, reason: str, place: Place) -> None:
        """Add that this version gives another value of a property of a term."""
        form: dict[str, Value] = {"about": f"term/{term}", "property": name, "value": value}
        form |= {"rank": "deprecated", "reason": reason, "entry": place.entry}
        self.add("assertions", form)
