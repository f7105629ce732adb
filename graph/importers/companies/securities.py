"""Read the lists of securities: of the Securities and Exchange Commission, and of the S&P 500."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pledgegraph.graph.importers.companies.named import Named
from pledgegraph.graph.importing import DataSet, Ledger, Place, Sheet
from pledgegraph.graph.importing.place import Value
from pledgegraph.graph.importing.readers.tables import rows

SECURITIES = ("cik", "ticker", "exchange", "name")
INDEX_NOW = ("Symbol", "Security", "GICS Sector", "Headquarters Location", "Date added", "CIK")
INDEX_THEN = ("Symbol", "Name", "Sector")
MARKETS: Mapping[str, str] = {"Nasdaq": "nasdaq", "NYSE": "nyse", "OTC": "otc", "CBOE": "cboe"}


def read_securities(data_set: DataSet, ledger: Ledger) -> Iterator[Sheet]:
    """Iterate over the securities of the Commission: a listing, and its company once."""
    for row in rows(data_set.path, ledger, "row", SECURITIES):
        cik, symbol, market = row["cik"], row["ticker"], row["exchange"]
        place = Place(data_set.path.name, symbol or f"line-{row.line}", "", row.line)
        wrong = _wrong(cik, symbol, row["name"], ledger)
        if market and market not in MARKETS:
            wrong = ("unknown-code", f"exchange {market}")
        if wrong:
            ledger.quarantine("row", place, *wrong)
            continue
        form: dict[str, Value] = {
            "id": f"sec-{symbol}",
            "of": f"company/cik-{cik}",
            "symbol": symbol,
            "market": MARKETS.get(market),
        }
        yield {
            "companies": _company(data_set, ledger, cik, row["name"], place),
            "listings": [ledger.record("row", place, form)],
        }


def read_index_now(data_set: DataSet, ledger: Ledger) -> Iterator[Sheet]:
    """Iterate over the members of the index as they are now, with the day they came in."""
    for row in rows(data_set.path, ledger, "row", INDEX_NOW):
        cik, symbol, day = row["CIK"].zfill(10), row["Symbol"], row["Date added"]
        place = Place(data_set.path.name, symbol or f"line-{row.line}", "", row.line)
        wrong = _wrong(cik, symbol, row["Security"], ledger)
        if wrong:
            ledger.quarantine("row", place, *wrong)
            continue
        listing = _member(data_set, f"cik-{cik}", symbol, row["GICS Sector"])
        company = _company(data_set, ledger, cik, row["Security"], place)
        for form in company:
            form["locality"] = row["Headquarters Location"]
        yield {
            "companies": company,
            "listings": [ledger.record("row", place, {**listing, "from": day})],
        }


def read_index_then(data_set: DataSet, ledger: Ledger) -> Iterator[Sheet]:
    """Iterate over the members of the index on a day, of which the list has no identifiers."""
    day = data_set.slug.removeprefix("sp-500-")
    for row in rows(data_set.path, ledger, "row", INDEX_THEN):
        symbol, name = row["Symbol"], row["Name"]
        place = Place(data_set.path.name, symbol or f"line-{row.line}", "", row.line)
        wrong = _wrong("0" * 10, symbol, name, ledger)
        if wrong:
            ledger.quarantine("row", place, *wrong)
            continue
        slug = f"{data_set.slug}-{symbol}"
        listing = _member(data_set, slug, symbol, row["Sector"])
        listing["attested"] = None if day == "undated" else day
        yield {
            "companies": [{"id": slug, "label": name, "entry": place.entry}],
            "listings": [ledger.record("row", place, listing)],
        }


def _wrong(cik: str, symbol: str, name: str, ledger: Ledger) -> tuple[str, str] | None:
    """Return the rule that a row breaks, and how."""
    if not re.fullmatch(r"[0-9]{10}", cik) or not name:
        return "no-cik-or-name", cik or name
    if not re.fullmatch(r"[A-Z0-9]+([.-][A-Z0-9]+)*", symbol):
        return "odd-symbol", symbol
    return None if ledger.first(f"symbol {symbol}") else ("symbol-twice", symbol)


def _member(data_set: DataSet, company: str, symbol: str, sector: str) -> dict[str, Value]:
    return {
        "id": f"{data_set.slug}-{symbol}",
        "of": f"company/{company}",
        "symbol": symbol,
        "market": "sp-500",
        "sector": sector,
    }


def _company(
    data_set: DataSet, ledger: Ledger, cik: str, name: str, place: Place
) -> list[dict[str, Value]]:
    """Return the form of the company where its first security stands."""
    assert isinstance(data_set.context, Named)
    if not ledger.first(f"company {cik}"):
        return []
    return [{**data_set.context.company(cik, name), "entry": place.entry}]
