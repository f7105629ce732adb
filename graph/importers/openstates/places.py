"""Districts, seats, places and governments that the roles of Open States name.

Addresses follow the divisions of Open Civic Data: ``sldl`` is a district of a lower chamber,
``sldu`` of an upper one. The data set gives only the name of a district; its division is stated
where it follows from the name (numbers, letters, ``14th Essex``, ``Rockingham 30``,
``Windsor-3-2``), and left out where the register of divisions has names of its own (the Senate
of Massachusetts, Nevada's named districts before 2011, tribes in Maine).

``First Franklin`` (before 2021) and ``1st Franklin`` are one district: ordinals become numbers.

A seat in the House of Representatives of the United States is one of Open States' own
(``us-ma-cd-5``): the numbered one (``us-house-ma-5``) has one holder at a time, and until persons
are identified (``graph/identity``) the same member is two. For the Senate no class is known.
"""

from __future__ import annotations

import re
from functools import cache

from pledgegraph.graph.importers import united_states as us
from pledgegraph.graph.importers.openstates.raw import Role
from pledgegraph.graph.importers.united_states import Part, Parts
from pledgegraph.graph.importers.united_states_names import STATES

_ONES = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth"),
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40}
_CODE = re.compile("[0-9]{1,3}[A-Z]?|[A-Z]{1,2}")
_PLAIN_NAME = re.compile("([0-9]+(st|nd|rd|th) )?[A-Z][a-z]+([ -]([A-Z][a-z]+|[0-9]+))*")
_NAMED_DISTRICTS = ("ma", "nh", "vt")
_JURISDICTION = re.compile(
    "ocd-jurisdiction/country:us"
    "(?:/(?:state|district|territory):([a-z]{2}))?"
    "(?:/(place|county):([^/:]+))?/government"
)
_CODES = {name: code for code, name in STATES.items()}
_OFFICES = {"lt_governor": "lieutenant governor"}


class UnknownPlaceError(ValueError):
    """A jurisdiction or district that is not of a form that is known here."""


def seat(role: Role, *, number: bool) -> Parts:
    """Return the seat that a legislative role holds, after all that it refers to.

    ``number`` tells whether it has one holder at a time. Raises ``UnknownPlaceError``.
    """
    code, kind, _ = _parsed(role.jurisdiction)
    if kind or not role.district:
        raise UnknownPlaceError(f"has no chamber in {role.jurisdiction}")
    if code is None:
        return _federal_seat(role.kind, role.district)
    return _state_seat(code, role.kind, role.district, number)


def seat_slug(role: Role) -> str:
    """Return the slug of the seat; raises ``UnknownPlaceError`` as ``seat`` does."""
    return str(seat(role, number=False)[-1].form["id"])


def government(role: Role, name: str | None) -> Parts:
    """Return the government in which an executive office is held, of a place by its name."""
    code, kind, _ = _parsed(role.jurisdiction)
    if code is None:
        raise UnknownPlaceError(f"is an office '{role.kind}' in {role.jurisdiction}")
    parts = municipality(role.jurisdiction, name) if kind else us.state(code)
    jurisdiction = parts[-1].form
    form = {
        "id": f"{jurisdiction['id']}-government",
        "type": "government-body",
        "label": f"Government of {jurisdiction['label']}",
        "jurisdiction": f"jurisdiction/{jurisdiction['id']}",
    }
    return (*parts, Part("organizations", form))


def municipality(jurisdiction: str, name: str | None) -> Parts:
    """Return a place or county by its OCD jurisdiction; raises ``UnknownPlaceError``."""
    code, kind, place = _parsed(jurisdiction)
    if code is None or kind is None:
        raise UnknownPlaceError(f"is no municipality: {jurisdiction}")
    parts = us.state(code)
    division = parts[-1].form["ocd-division"]
    form = {
        "id": f"us-{code}-{kind}-{_slug(place)}",
        "label": f"{name or place.replace('_', ' ').title()}, {STATES[code]}",
        "level": "municipal" if kind == "place" else "county",
        "within": f"jurisdiction/us-{code}",
        "ocd-division": f"{division}/{kind}:{place}",
    }
    return (*parts, Part("jurisdictions", form))


def office(role: Role) -> str:
    """Return the title of an executive office in words."""
    return _OFFICES.get(role.kind, role.kind.replace("_", " "))


def chamber(code: str | None, which: str) -> Parts:
    """Return a chamber of a state, or of Congress without one; the whole for ``legislature``."""
    if code is None:
        whole = {"upper": us.senate, "lower": us.house}
        return whole.get(which, us.congress)()
    if which == "legislature" and code not in ("dc", "ne"):
        return us.legislature(code)
    return us.chamber(code, which)


def canonical(district: str) -> str:
    """Return a district's name with ordinals as numbers: ``Thirty-Fourth Middlesex``, 34th."""
    words = district.strip().split(" ")
    number = _ordinal(words[0].lower())
    return " ".join([f"{number}{_ending(number)}", *words[1:]]) if number else " ".join(words)


@cache
def _state_seat(code: str, kind: str, district: str, number: bool) -> Parts:
    try:
        house = us.chamber(code, kind)
    except KeyError:
        raise UnknownPlaceError(f"is of a chamber '{kind}' that {code} has not") from None
    name = canonical(district)
    place = f"district {name}" if _CODE.fullmatch(name) else name
    label = str(house[-1].form["label"])
    represented = _district(code, kind, name, label)
    is_at_large = represented == us.state(code)
    form = {
        "id": f"us-{code}-{_slug(name)}" if is_at_large else represented[-1].form["id"],
        "label": f"{label}, {place}",
        "chamber": house[-1].reference,
        "represents": represented[-1].reference,
    }
    if number:
        form["number"] = name
    return (*house, *represented, Part("seats", form))


def _district(code: str, kind: str, name: str, chamber_label: str) -> Parts:
    """Return the district of a chamber after its state; the state itself for one at large."""
    parts = us.state(code)
    if code == "dc":
        ward = re.fullmatch("Ward ([1-8])", name)
        if not ward:
            return parts
        slug, label, division = f"ward-{ward[1]}", f"Ward {ward[1]}", f"ward:{ward[1]}"
        label = f"{label}, {STATES[code]}"
    else:
        level = "sldu" if kind == "upper" else "sldl"
        is_code = _CODE.fullmatch(name)
        slug = f"{level}-{_slug(name)}"
        label = f"{f'District {name}' if is_code else f'{name} district'} of the {chamber_label}"
        has_known_form = (
            code in _NAMED_DISTRICTS and kind == "lower" and _PLAIN_NAME.fullmatch(name)
        )
        known = is_code or has_known_form
        division = f"{level}:{name.lower().replace(' ', '_')}" if known else ""
    form = {
        "id": f"us-{code}-{slug}",
        "label": label,
        "level": "district",
        "within": f"jurisdiction/us-{code}",
    }
    if division:
        form["ocd-division"] = f"{parts[-1].form['ocd-division']}/{division}"
    return (*parts, Part("jurisdictions", form))


@cache
def _federal_seat(kind: str, district: str) -> Parts:
    if kind == "upper" and district in _CODES:
        code = _CODES[district]
        form = {
            "id": f"us-senate-{code}",
            "label": f"US Senate, {district}",
            "chamber": "organization/us-senate",
            "represents": f"jurisdiction/us-{code}",
        }
        return (*us.senate(), *us.state(code)[1:], Part("seats", form))
    code, _, number = district.lower().partition("-")
    if kind != "lower" or code not in STATES:
        raise UnknownPlaceError(f"has the district '{district}' of Congress ({kind})")
    if number == "al":
        return us.house_seat(code, 0)
    if not number.isdecimal():
        raise UnknownPlaceError(f"has the district '{district}' of Congress")
    represented = us.district(code, int(number))
    form = {
        "id": f"us-{code}-cd-{int(number)}",
        "label": f"US House, {STATES[code]}, district {int(number)} (Open States)",
        "chamber": "organization/us-house",
        "represents": represented[-1].reference,
    }
    return (*us.house(), *represented[1:], Part("seats", form))


def _parsed(jurisdiction: str) -> tuple[str | None, str | None, str]:
    """Return the state of a jurisdiction (none for the nation), and its place, if any."""
    found = _JURISDICTION.fullmatch(jurisdiction)
    if not found or (found[1] and found[1] not in STATES):
        raise UnknownPlaceError(f"has the jurisdiction '{jurisdiction[:80]}'")
    return found[1], found[2], found[3] or ""


def _slug(name: str) -> str:
    return re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")


def _ordinal(word: str) -> int:
    tens, _, ones = word.partition("-")
    if tens in _TENS and ones in _ONES[:9]:
        return _TENS[tens] + _ONES.index(ones) + 1
    if f"{word.removesuffix('ieth')}y" in _TENS:
        return _TENS[f"{word.removesuffix('ieth')}y"]
    return _ONES.index(word) + 1 if word in _ONES else 0


def _ending(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
