"""Name jurisdictions, chambers, seats and parties of the United States alike in every importer.

Each function returns ``Part``s in the order in which they may be written: first what the thing
refers to, last the thing itself, so ``house_seat("MA", 5)[-1].reference`` is
``seat/us-house-ma-5``. A part is written once for each data set, with the importer's own place:

    for part in house_seat("MA", 5):
        if ledger.first(part.reference):
            sheet.setdefault(part.section, []).append({**part.form, "entry": place})

``nation()``
    ``us``, United States.
``state("MA")``
    ``us-ma``, Massachusetts.
``district("MA", 5)``
    ``us-ma-cd-5``, Massachusetts, congressional district 5.
``congress()``, ``senate()``, ``house()``
    ``us-congress``, ``us-senate``, ``us-house``.
``senate_seat("MA", 2)``
    ``us-senate-ma-class-2``, US Senate, Massachusetts, class 2.
``house_seat("MA", 5)``, ``house_seat("AK", 0)``, ``house_seat("VA", None)``
    ``us-house-ma-5``; ``us-house-ak-at-large``, without a number; ``us-house-va``, of a district
    that is not known.
``legislature("MA")``
    ``us-ma-legislature``, Massachusetts General Court.
``chamber("MA", "upper")``, ``chamber("CA", "lower")``, ``chamber("DC", "legislature")``
    ``us-ma-senate``, ``us-ca-assembly``, ``us-dc-council``.
``parties("Democrat")``
    ``us-democratic-party``, Democratic Party (United States).

``parties`` returns one part for each party that a label names (``Democratic/Working Families``
names two), and none where the label says that there is no party (``Independent``,
``Nonpartisan``, ``Unknown``): the term then keeps the source's word (key ``party-label``).
The tables are in ``united_states_names.py``. A state that is not there raises ``KeyError``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pledgegraph.graph.importers.united_states_names import (
    LEGISLATURES,
    LOWER_CHAMBERS,
    NO_PARTY,
    PARTY_NAMES,
    SINGLE_CHAMBERS,
    STATES,
    TERRITORIES,
    UPPER_CHAMBERS,
)

KINDS = {
    "jurisdictions": "jurisdiction",
    "organizations": "organization",
    "seats": "seat",
}


@dataclass(frozen=True)
class Part:
    """A record form without its place, and the section of a record file that it stands in."""

    section: str
    form: Mapping[str, Any]

    @property
    def reference(self) -> str:
        """Return how other forms refer to it: ``kind/slug``."""
        return f"{KINDS[self.section]}/{self.form['id']}"


Parts = tuple[Part, ...]


def nation() -> Parts:
    """Return the United States."""
    return (
        Part(
            "jurisdictions",
            {
                "id": "us",
                "label": "United States",
                "level": "national",
                "ocd-division": "ocd-division/country:us",
            },
        ),
    )


def state(code: str) -> Parts:
    """Return the state, district or territory of a postal code; raise ``KeyError`` for none."""
    code = code.lower()
    form = {
        "id": f"us-{code}",
        "label": STATES[code],
        "level": "state",
        "within": "jurisdiction/us",
        "ocd-division": _division(code),
    }
    return (*nation(), Part("jurisdictions", form))


def district(code: str, number: int) -> Parts:
    """Return a numbered congressional district; raise ``KeyError`` for an unknown state."""
    code = code.lower()
    form = {
        "id": f"us-{code}-cd-{number}",
        "label": f"{STATES[code]}, congressional district {number}",
        "level": "district",
        "within": f"jurisdiction/us-{code}",
        "ocd-division": f"{_division(code)}/cd:{number}",
    }
    return (*state(code), Part("jurisdictions", form))


def congress() -> Parts:
    """Return the United States Congress, after the United States."""
    form = {
        "id": "us-congress",
        "type": "legislature",
        "label": "United States Congress",
        "also-called": "Congress",
        "jurisdiction": "jurisdiction/us",
    }
    return (*nation(), Part("organizations", form))


def senate() -> Parts:
    """Return the Senate of the United States, after Congress."""
    return (*congress(), _federal_chamber("us-senate", "United States Senate"))


def house() -> Parts:
    """Return the House of Representatives of the United States, after Congress."""
    return (*congress(), _federal_chamber("us-house", "United States House of Representatives"))


def senate_seat(code: str, number: int) -> Parts:
    """Return the seat of a class (1 to 3) that a state has in the Senate."""
    code = code.lower()
    form = {
        "id": f"us-senate-{code}-class-{number}",
        "label": f"US Senate, {STATES[code]}, class {number}",
        "chamber": "organization/us-senate",
        "represents": f"jurisdiction/us-{code}",
        "number": str(number),
    }
    return (*senate(), *state(code)[1:], Part("seats", form))


def house_seat(code: str, number: int | None) -> Parts:
    """Return a seat in the House: of a district, at large (0), or of a district not known (None).

    A seat at large has no number, since several members may hold one of a state at a time.
    """
    code = code.lower()
    form: dict[str, Any] = {
        "id": f"us-house-{code}",
        "label": f"US House, {STATES[code]}",
        "chamber": "organization/us-house",
        "represents": f"jurisdiction/us-{code}",
    }
    if not number:
        if number == 0:
            form |= {"id": f"{form['id']}-at-large", "label": f"{form['label']}, at large"}
        return (*house(), *state(code)[1:], Part("seats", form))
    form |= {
        "id": f"{form['id']}-{number}",
        "label": f"{form['label']}, district {number}",
        "represents": f"jurisdiction/us-{code}-cd-{number}",
        "number": str(number),
    }
    return (*house(), *district(code, number)[1:], Part("seats", form))


def legislature(code: str) -> Parts:
    """Return the legislature of a state, after the state."""
    code = code.lower()
    form = {
        "id": f"us-{code}-legislature",
        "type": "legislature",
        "label": LEGISLATURES.get(code, f"{STATES[code]} Legislature"),
        "jurisdiction": f"jurisdiction/us-{code}",
    }
    return (*state(code), Part("organizations", form))


def chamber(code: str, which: str) -> Parts:
    """Return a state's chamber: ``upper``, ``lower``, or ``legislature`` where it has only one."""
    code = code.lower()
    if which == "legislature":
        slug, label = SINGLE_CHAMBERS[code]
    elif which == "upper":
        slug, label = "senate", UPPER_CHAMBERS.get(code, f"{STATES[code]} Senate")
    else:
        slug, label = LOWER_CHAMBERS.get(
            code, ("house", f"{STATES[code]} House of Representatives")
        )
    form = {
        "id": f"us-{code}-{slug}",
        "type": "chamber",
        "label": label,
        "part-of": f"organization/us-{code}-legislature",
        "jurisdiction": f"jurisdiction/us-{code}",
    }
    return (*legislature(code), Part("organizations", form))


def parties(label: str) -> Parts:
    """Return the parties that a label names, in its order; none for one that says there is none."""
    return tuple(_party(name.strip()) for name in label.split("/") if not is_no_party(name))


def is_no_party(label: str) -> bool:
    """Say whether a label names no party: an independent, or one of whom it is not known."""
    return label.strip().lower() in NO_PARTY


def _party(name: str) -> Part:
    name = PARTY_NAMES.get(name.lower(), name)
    words = "".join(sign if sign.isalnum() else " " for sign in name.lower()).split()
    form = {
        "id": f"us-{'-'.join(words)}-party",
        "type": "political-party",
        "label": f"{name} Party (United States)",
    }
    return Part("organizations", form)


def _federal_chamber(slug: str, label: str) -> Part:
    form = {
        "id": slug,
        "type": "chamber",
        "label": label,
        "part-of": "organization/us-congress",
        "jurisdiction": "jurisdiction/us",
    }
    return Part("organizations", form)


def _division(code: str) -> str:
    kind = "district" if code == "dc" else "territory" if code in TERRITORIES else "state"
    return f"ocd-division/country:us/{kind}:{code}"
