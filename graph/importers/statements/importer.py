"""Import what actors said or were recorded to stand for, as far as its form allows.

``battle-for-the-net-positions`` (ISC, Fight for the Future): which members of Congress were for
the resolution of 2018 that would have undone the repeal of the net neutrality rules, by
Bioguide identifier. ``yesOnCRA`` decides. True is support. False says only that the list has no
yes of the member: neither opposition nor silence follows, so the stance is *not stated*. The
list names no bill and no day, and gives none. A member whom no source describes is refused by
the gate: import the data set of Congress first.

``white-house-pledge-documents`` (public domain): documents of the White House about pledges and
commitments. Their front matter has form: the title, day and address of each become a statement
of the White House. The text has none, so that who pledged what in it is left to curators.
Skipped by rule: documents that name no pledge or commitment in the title, orders and
proclamations, and transcripts, whose speakers stand in the text. ``date`` decides; it must be
the day of ``published_time`` and of the file's name.

``pride-pledges-and-gifts`` (CC0, Data for Progress, by TidyTuesday): companies, whether they
sponsored Pride and signed the statement of the Human Rights Campaign, and what they gave to
politicians. All of it is what that survey counted: findings, not pledges of known content and
not single gifts. The last row is a total.

None of these has days on which anything ends.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from pledgegraph.graph.importers.statements.gifts import COLUMNS, read_gifts
from pledgegraph.graph.importers.statements.positions import read_positions
from pledgegraph.graph.importers.statements.white_house import read_documents
from pledgegraph.graph.importers.table_heads import table_of
from pledgegraph.graph.importing import DataSet, Home, Ledger, Sheet
from pledgegraph.graph.importing.data_set import CC0, PUBLIC_DOMAIN

READ: Mapping[str, Callable[[DataSet, Ledger], Iterator[Sheet]]] = {
    "battle-for-the-net-positions": read_positions,
    "white-house-pledge-documents": read_documents,
    "pride-pledges-and-gifts": read_gifts,
}


class Statements:
    """Recorded positions, documents of the White House, and a survey of gifts."""

    name = "statements"

    def data_sets(self, paths: Sequence[Path], home: Home) -> Iterator[DataSet]:
        """Iterate over the data sets; raises ``DataSetError`` for a file that is none of them."""
        for path in paths:
            slug = _slug(path)
            members = home.digest_of("congress") if slug == "battle-for-the-net-positions" else ""
            depends_on = hashlib.sha256(members.encode()).hexdigest()
            yield DataSet(slug=slug, path=path, depends_on=depends_on, **_DESCRIBED[slug])

    def read(self, data_set: DataSet, ledger: Ledger) -> Iterator[Sheet]:
        """Iterate over the positions, documents or companies."""
        return READ[data_set.slug](data_set, ledger)


def _slug(path: Path) -> str:
    """Tell by its ending, or its columns, which data set a file is."""
    if path.suffix == ".json":
        return "battle-for-the-net-positions"
    if re.search(r"\.tar(\.[gx]z)?$", path.name):
        return "white-house-pledge-documents"
    table_of(path, {"the survey of pledges and gifts": COLUMNS})
    return "pride-pledges-and-gifts"


_DESCRIBED: Mapping[str, Mapping[str, str]] = {
    "battle-for-the-net-positions": {
        "title": "Positions of members of Congress on the net neutrality resolution of 2018",
        "license": "https://opensource.org/license/isc-license-txt",
        "attribution": "Copyright 2017 Fight for the Future",
    },
    "white-house-pledge-documents": {
        "title": "Documents of the White House on pledges and commitments",
        "license": PUBLIC_DOMAIN,
    },
    "pride-pledges-and-gifts": {
        "title": "Companies that sponsor Pride, and their gifts to politicians",
        "license": CC0,
        "attribution": "Data for Progress",
    },
}
