"""Identifiers and other names of the people of Open States."""

from __future__ import annotations

import re

from pledgegraph.graph.importers.congress.identifiers import SCHEMES
from pledgegraph.graph.importers.openstates.raw import Person
from pledgegraph.graph.importing import Ledger, Place

TITLES = ("ballotpedia", "wikipedia")  # in Arkansas as in an address: Aaron_Pilkington
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


def identifiers(
    ledger: Ledger, person: Person, place: Place, also: dict[str, int]
) -> dict[str, list[str]]:
    """Return the identifiers that have a key, and count them in ``also``.

    Those of other schemes are skipped; what has not the form of its scheme is quarantined, and a
    second one where a person has one.
    """
    found: dict[str, list[str]] = {}
    for index, (name, given) in enumerate(person.identifiers):
        ledger.read("identifiers")
        where = place.at(f"other_identifiers[{index}]")
        scheme = SCHEMES.get(name)
        value = given.replace("_", " ") if name in TITLES else given
        if scheme is None:
            ledger.skip("identifiers", where, "scheme-not-used", name)
        elif not scheme.form.fullmatch(value):
            ledger.quarantine("identifiers", where, "misformed", f"{name} {given}")
        elif scheme.key in found and not scheme.is_many:
            ledger.quarantine("identifiers", where, "second-value", f"{name} {given}")
        else:
            found.setdefault(scheme.key, []).append(value)
            also["identifiers"] = also.get("identifiers", 0) + 1
    return found


def other_names(ledger: Ledger, person: Person, place: Place, also: dict[str, int]) -> list[str]:
    """Return the names other than the label, and count them in ``also``.

    What was read in a wrong encoding (``LÃ³pez``) is quarantined.
    """
    found: list[str] = []
    for index, name in enumerate(person.other_names):
        ledger.read("other_names")
        where = place.at(f"other_names[{index}]")
        if _CONTROL.search(name) or is_twice_encoded(name):
            ledger.quarantine("other_names", where, "wrong-encoding", ascii(name))
        elif name == person.name:
            ledger.skip("other_names", where, "repeated", name)
        else:
            found.append(name)
    if found:
        also["other_names"] = len(found)
    return found


def is_twice_encoded(text: str) -> bool:
    """Tell whether a text was read in the wrong encoding once and is another one, read rightly."""
    try:
        return text.encode("cp1252").decode("utf-8") != text
    except UnicodeError:
        return False
