"""Identifiers and other names of the people of Open States."""

from __future__ import annotations

import re

from pledgegraph.graph.importers.openstates_raw import Person
from pledgegraph.graph.importing import Ledger, Place

# Schemes with a key of their own, and what an identifier of each looks like.
IDENTIFIERS = {
    "ballotpedia": ("ballotpedia", re.compile(".+")),
    "bioguide": ("bioguide", re.compile("[A-Z][0-9]{6}")),
    "cspan": ("cspan", re.compile("[1-9][0-9]*")),
    "fec": ("fec", re.compile("[HPS][0-9A-Z]{8}")),
    "google_entity_id": ("google-entity", re.compile("kg:/[mg]/.+")),
    "govtrack": ("govtrack", re.compile("[1-9][0-9]{5}")),
    "house_history": ("house-history", re.compile("[1-9][0-9]*")),
    "icpsr": ("icpsr", re.compile("[1-9][0-9]*")),
    "lis": ("lis", re.compile("S[0-9]{3}")),
    "maplight": ("maplight", re.compile("[1-9][0-9]*")),
    "opensecrets": ("opensecrets", re.compile("N[0-9]{8}")),
    "pictorial": ("pictorial", re.compile("[1-9][0-9]*")),
    "thomas": ("thomas", re.compile("[0-9]{5}")),
    "votesmart": ("votesmart", re.compile("[1-9][0-9]*")),
    "wikidata": ("wikidata", re.compile("Q[1-9][0-9]*")),
    "wikipedia": ("wikipedia", re.compile(".+")),
}
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


def identifiers(
    ledger: Ledger, person: Person, place: Place, also: dict[str, int]
) -> dict[str, list[str]]:
    """Return the identifiers that have a key, and count them in ``also``.

    Those of other schemes are skipped; what has not the form of its scheme is quarantined.
    """
    found: dict[str, list[str]] = {}
    for index, (scheme, identifier) in enumerate(person.identifiers):
        ledger.read("identifiers")
        where = place.at(f"other_identifiers[{index}]")
        if scheme not in IDENTIFIERS:
            ledger.skip("identifiers", where, "scheme-not-used", scheme)
            continue
        key, form = IDENTIFIERS[scheme]
        if form.fullmatch(identifier):
            found.setdefault(key, []).append(identifier)
            also["identifiers"] = also.get("identifiers", 0) + 1
        else:
            ledger.quarantine("identifiers", where, "misformed", f"{scheme} {identifier}")
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
