"""Import lists of companies: securities, index members, legal entities and brands.

``sec-securities``: company tickers of the Securities and Exchange Commission (public domain):
CIK, ticker, exchange, registered name. The CIK decides which company it is, ten digits with the
leading zeros. 190 securities have no exchange: their listing has no market.

``sp-500``, ``sp-500-2020-06-11``: members of the S&P 500 (PDDL), now and on a day. The newer
list has the CIK, without leading zeros, and the day on which the company came in, from which
the listing holds; the older has symbol and name only, so each of its companies has an IRI of
its own, and is linked by identity later. "Founded" is free text and not imported.

``gleif-names``: names of legal entities with their LEI (CC0), as passed on by Open Earth
Foundation. The LEI decides; one with a wrong check sum is quarantined.

``name-suggestion-index-brands`` (BSD 3-Clause): brands of shops and services with the QID that
Wikidata gives the brand. A brand is a product, not a company: one for each QID, or for each
entry without one. The names are in many languages (``mul``).

A ticker is never an identifier: a listing says that a market had it on the day of the list, and
days at which listings end are in none of these.

Names. A company has one name that is shown first, whichever lists it stands in: the source that
was there first gives it, the curated records before any import, then the list of the
Commission, then the index. All other names are also kept (docs/decisions/importers.md).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from pledgegraph.graph.importers.companies.brands import read_brands
from pledgegraph.graph.importers.companies.entities import ENTITIES, read_entities
from pledgegraph.graph.importers.companies.named import CIKS, Named, ciks_in
from pledgegraph.graph.importers.companies.securities import (
    INDEX_NOW,
    INDEX_THEN,
    SECURITIES,
    read_index_now,
    read_index_then,
    read_securities,
)
from pledgegraph.graph.importers.table_heads import table_of
from pledgegraph.graph.importing import DataSet, Home, Ledger, Sheet
from pledgegraph.graph.importing.data_set import CC0, PUBLIC_DOMAIN

TABLES: Mapping[str, Sequence[str]] = {
    "sec-securities": SECURITIES,
    "sp-500": INDEX_NOW,
    "sp-500-of-a-day": INDEX_THEN,
    "gleif-names": ENTITIES,
}
BRANDS = "name-suggestion-index-brands"
PDDL = "https://opendatacommons.org/licenses/pddl/1-0/"
BSD = "https://opensource.org/license/bsd-3-clause"
READ: Mapping[str, Callable[[DataSet, Ledger], Iterator[Sheet]]] = {
    "sec-securities": read_securities,
    "sp-500": read_index_now,
    "sp-500-of-a-day": read_index_then,
    "gleif-names": read_entities,
    BRANDS: read_brands,
}


class Companies:
    """The lists of companies, each known by its columns."""

    name = "companies"

    def data_sets(self, paths: Sequence[Path], home: Home) -> Iterator[DataSet]:
        """Iterate over the lists, those that name companies before others first.

        Raises ``DataSetError`` for a file that is none of them.
        """
        order = list(READ)
        kinds = sorted(((kind_of(path), path) for path in paths), key=lambda k: order.index(k[0]))
        own = [slug_of(kind, path) for kind, path in kinds]
        named = home.named_by_others("cik", own)
        for (kind, path), slug in zip(kinds, own, strict=True):
            ciks = frozenset(ciks_in(path, kind)) if kind in CIKS else frozenset()
            known = Named(kind, named & ciks)
            named |= ciks
            yield DataSet(
                slug=slug,
                path=path,
                depends_on=hashlib.sha256(" ".join(sorted(known.ciks)).encode()).hexdigest(),
                context=known,
                published=_day(path) and f"../{_day(path)}",
                **_DESCRIBED[kind],
            )

    def read(self, data_set: DataSet, ledger: Ledger) -> Iterator[Sheet]:
        """Iterate over the rows of a list: a company and its listing, or a brand, in each sheet."""
        assert isinstance(data_set.context, Named)
        return READ[data_set.context.kind](data_set, ledger)


def kind_of(path: Path) -> str:
    """Return which list a file is; raises ``DataSetError`` for none of them."""
    return BRANDS if ".jsonl" in path.suffixes else table_of(path, TABLES)


def slug_of(kind: str, path: Path) -> str:
    """Return the slug of a list: that of the index on a day has the day in it."""
    return f"sp-500-{_day(path) or 'undated'}" if kind == "sp-500-of-a-day" else kind


def _day(path: Path) -> str:
    found = re.search(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", path.name)
    return found[0] if found else ""


_DESCRIBED: Mapping[str, Mapping[str, str]] = {
    "sec-securities": {
        "title": "Company tickers of the US Securities and Exchange Commission",
        "license": PUBLIC_DOMAIN,
    },
    "sp-500": {"title": "S&P 500 companies", "license": PDDL},
    "sp-500-of-a-day": {"title": "S&P 500 companies on a day", "license": PDDL},
    "gleif-names": {"title": "Names and LEIs from the GLEIF golden copy", "license": CC0},
    BRANDS: {
        "title": "Brands of the name suggestion index",
        "license": BSD,
        "language": "mul",
        "attribution": "Copyright 2026, name-suggestion-index contributors",
    },
}
