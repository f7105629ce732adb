"""The table of former members of Congress: one row for each, with the latest term only.

The table gives no days, so a term that no slice dates has none. Districts 0 (at large) and -1 (not
known) are places of a state without a number. Parties are mapped only where the label means one
party: ``Republican`` is the party of 1854 for those born after 1800 and the one of Jefferson
before (who was born by 1800 could sit in the Congress of 1825, its last); where no birthday is
given nothing is mapped. All other labels stay as the source's word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pledgegraph.graph.importers import united_states as us
from pledgegraph.graph.importers.congress.identifiers import Identifier, identifiers
from pledgegraph.graph.importers.congress.names import Names, names
from pledgegraph.graph.importing import Ledger
from pledgegraph.graph.importing.readers.tables import Row, rows

_SCHEMES = {
    "thomas_id": "thomas",
    "opensecrets_id": "opensecrets",
    "lis_id": "lis",
    "fec_ids": "fec",
    "cspan_id": "cspan",
    "govtrack_id": "govtrack",
    "votesmart_id": "votesmart",
    "ballotpedia_id": "ballotpedia",
    "icpsr_id": "icpsr",
    "wikipedia_id": "wikipedia",
}
_NAMES = {
    "first": "first_name",
    "middle": "middle_name",
    "last": "last_name",
    "suffix": "suffix",
    "nickname": "nickname",
    "official_full": "full_name",
}
COLUMNS = (
    *("bioguide_id", "birthday", "type", "state", "district", "senate_class", "party"),
    *_SCHEMES,
    *_NAMES.values(),
)
_PARTIES = {
    *("Democrat", "Whig", "Federalist", "Libertarian", "Farmer-Labor", "Socialist"),
    *("Free Soil", "American Labor"),
}
FIRST_BIRTH_YEAR_OF_REPUBLICANS = 1801


@dataclass(frozen=True)
class FormerMember:
    """A row of the table."""

    bioguide: str
    names: Names
    identifiers: tuple[Identifier, ...]
    kind: str
    state: str
    place: str
    party: str
    birth_year: int | None
    line: int

    @property
    def is_of_a_party(self) -> bool:
        """Tell whether the label of the party means one party of which there is a record."""
        if self.party == "Republican":
            return (self.birth_year or 0) >= FIRST_BIRTH_YEAR_OF_REPUBLICANS
        return self.party in _PARTIES

    @property
    def parties(self) -> us.Parts:
        """Return the party, or nothing."""
        return us.parties(self.party) if self.is_of_a_party else ()


def former_members(path: Path, ledger: Ledger) -> Iterator[FormerMember]:
    """Iterate over the rows, counted as read ``legislators``; errors as ``rows`` raises them."""
    for row in rows(path, ledger, "legislators", COLUMNS):
        yield _member(row)


def _member(row: Row) -> FormerMember:
    given: Mapping[str, str] = row.values
    schemes: dict[str, object] = {
        name: given[column] for column, name in _SCHEMES.items() if given[column]
    }
    if "fec" in schemes:
        schemes["fec"] = [value for value in re.split(r"[,\s]+", given["fec_ids"]) if value]
    year = given["birthday"][:4]
    return FormerMember(
        bioguide=given["bioguide_id"],
        names=names({key: given[column] for key, column in _NAMES.items()}),
        identifiers=tuple(identifiers(schemes)),
        kind=given["type"],
        state=given["state"],
        place=given["senate_class" if given["type"] == "sen" else "district"],
        party=given["party"],
        birth_year=int(year) if year.isdecimal() else None,
        line=row.line,
    )
