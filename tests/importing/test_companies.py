"""Lists of companies: whose security it is, under what symbol, and which name is shown first."""

import lzma
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest

from pledgegraph.graph import errors
from pledgegraph.graph.importers.companies.entities import is_lei
from pledgegraph.graph.importers.companies.importer import Companies
from pledgegraph.graph.importing import Home
from pledgegraph.graph.importing.converting import Conversion, Converted
from pledgegraph.graph.importing.run import import_files
from pledgegraph.graph.namespaces import GRAPH, ID, SKOS
from pledgegraph.graph.release import current

SECURITIES = """cik,ticker,exchange,name
0001652044,GOOGL,Nasdaq,Alphabet Inc.
0001652044,GOOG,Nasdaq,Alphabet Inc.
0001097864,ON,Nasdaq,ON SEMICONDUCTOR CORP
0001067983,BRK-B,,BERKSHIRE HATHAWAY INC
"""
NOW = """Symbol,Security,GICS Sector,GICS Sub-Industry,Headquarters Location,Date added,CIK,Founded
GOOGL,Alphabet Inc. (Class A),Media,Media,"Mountain View, California",2014-04-03,1652044,1998
MMM,3M,Industrials,Conglomerates,"Saint Paul, Minnesota",1957-03-04,66740,1902
"""
THEN = "Symbol,Name,Sector\nMMM,3M Company,Industrials\n"
ENTITIES = """lei,name,country,via
029200268F8M5YI5I629,Zenith Bank,NG,tracker
353800508WNU39U8NX03,TDK Corporation,JP,tracker
06BTX5UWZD0GQ5N5Y745,Westinghouse Air Brake Technologies,US,tracker
"""
BRANDS = r"""{"_path":"b/totem.json","templateSource":"brands/fuel","templateTags":{}}
{"displayName":"Tesco","id":"tesco-03770a","tags":{"brand":"Tesco","brand:wikidata":"Q487494"}}
{"displayName":"Tesco Café","id":"tescocafe-1","tags":{"brand":"Tesco","brand:wikidata":"Q487494"}}
{"displayName":"中国银行","id":"boc-1","tags":{"brand":"中国银行","brand":"BOC"}}
{"displayName":"Hitachi ATM","id":"hitachi-1","tags":{"brand":"Hitachi"}}
"""
FILES = {
    "tickers.csv": SECURITIES,
    "constituents.csv": NOW,
    "constituents-2020-06-11.csv": THEN,
    "names.csv": ENTITIES,
    "brands.jsonl": BRANDS,
}


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    return [tmp_path / name for name in FILES]


def convert(paths: Sequence[Path], folder: Path) -> dict[str, Converted]:
    importer = Companies()
    conversion = Conversion(importer, folder / "imports")
    found = importer.data_sets(paths, Home(folder / "home"))
    return {one.slug: conversion.convert(one, lambda _done: None) for one in found}


@pytest.fixture
def lists(paths: list[Path], tmp_path: Path) -> dict[str, Converted]:
    return convert(paths, tmp_path)


def values(done: Converted, thing: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for quad in ox.parse(path=done.text, format=ox.RdfFormat.N_QUADS):
        if quad.subject == ox.NamedNode(f"{ID}{thing}"):
            name = quad.predicate.value.replace("#", "/").rsplit("/", 1)[-1]
            value = quad.object.value.removeprefix(ID).rsplit("/vocab/", 1)[-1]
            found.setdefault(name, set()).add(value)
    return found


def test_each_share_class_is_a_listing_of_one_company(lists: dict[str, Converted]) -> None:
    for symbol in ("GOOGL", "GOOG"):
        listing = values(lists["sec-securities"], f"listing/sec-{symbol}")
        assert listing["listedCompany"] == {"company/cik-0001652044"}
        assert listing["market"] == {"market/nasdaq"}
    assert lists["sec-securities"].account["records"]["row"]["written"] == 4


def test_a_symbol_is_text_and_a_market_that_is_not_given_is_left_out(
    lists: dict[str, Converted],
) -> None:
    assert values(lists["sec-securities"], "listing/sec-ON")["symbol"] == {"ON"}
    assert "market" not in values(lists["sec-securities"], "listing/sec-BRK-B")


def test_a_symbol_is_no_property_of_the_company(lists: dict[str, Converted]) -> None:
    company = values(lists["sec-securities"], "company/cik-0001652044")
    assert set(company) == {"type", "prefLabel", "cik", "hasEvidence"}


def test_a_cik_without_its_zeros_is_the_same_company(lists: dict[str, Converted]) -> None:
    listing = values(lists["sp-500"], "listing/sp-500-GOOGL")
    assert listing["listedCompany"] == {"company/cik-0001652044"}
    assert listing["validFrom"] == {"2014-04-03"}


def test_the_first_list_names_a_company_and_the_next_has_another_name_for_it(
    lists: dict[str, Converted],
) -> None:
    company = values(lists["sp-500"], "company/cik-0001652044")
    assert company["altLabel"] == {"Alphabet Inc. (Class A)"}
    assert "prefLabel" not in company
    assert values(lists["sp-500"], "company/cik-0000066740")["prefLabel"] == {"3M"}


def test_a_list_of_a_day_attests_that_day_and_identifies_nobody(
    lists: dict[str, Converted],
) -> None:
    listing = values(lists["sp-500-2020-06-11"], "listing/sp-500-2020-06-11-MMM")
    assert listing["attestedOn"] == {"2020-06-11"}
    assert listing["listedCompany"] == {"company/sp-500-2020-06-11-MMM"}


@pytest.mark.parametrize(
    ("lei", "is_sound"),
    [
        ("029200268F8M5YI5I629", True),
        ("353800508WNU39U8NX03", False),
        ("029200268F8M5YI5I62", False),
        ("029200268f8m5yi5i629", False),
    ],
)
def test_an_lei_has_a_check_sum(lei: str, is_sound: bool) -> None:
    assert is_lei(lei) == is_sound


def test_an_lei_with_a_wrong_check_sum_is_quarantined(lists: dict[str, Converted]) -> None:
    assert lists["gleif-names"].account["records"]["row"] == {
        "read": 3,
        "written": 2,
        "quarantined": {"lei-check-sum": 1},
        "skipped": {},
    }
    company = values(lists["gleif-names"], "company/lei-029200268F8M5YI5I629")
    assert company["basedIn"] == {"jurisdiction/ng"}


def test_entries_of_one_qid_are_one_brand_with_one_first_name(lists: dict[str, Converted]) -> None:
    brand = values(lists["name-suggestion-index-brands"], "product/brand-Q487494")
    assert brand["prefLabel"] == {"Tesco"}
    assert brand["altLabel"] == {"Tesco Café"}
    assert len(brand["hasEvidence"]) == 2
    assert values(lists["name-suggestion-index-brands"], "product/nsi-hitachi-1")["prefLabel"]


def test_templates_are_skipped_and_a_key_twice_is_quarantined(lists: dict[str, Converted]) -> None:
    assert lists["name-suggestion-index-brands"].account["records"]["brand"] == {
        "read": 5,
        "written": 3,
        "quarantined": {"bad-json": 1},
        "skipped": {"template-for-other-entries": 1},
    }


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("1652044,GOOX,Nasdaq,Alphabet Inc.", "no-cik-or-name"),
        ("0001652044,GOOX,Nasdaq,", "no-cik-or-name"),
        ("0001652044,,Nasdaq,Alphabet Inc.", "odd-symbol"),
        ("0001652044,GOOG,Nasdaq,Alphabet Inc.", "symbol-twice"),
        ("0001652044,GOOX,Mars,Alphabet Inc.", "unknown-code"),
        ("0001652044,GOOX", "ragged-row"),
    ],
)
def test_a_bad_row_is_quarantined_alone(tmp_path: Path, line: str, rule: str) -> None:
    (tmp_path / "tickers.csv").write_text(f"{SECURITIES}{line}\n")
    counts = convert([tmp_path / "tickers.csv"], tmp_path)["sec-securities"].account["records"]
    assert counts["row"]["quarantined"] == {rule: 1}
    assert counts["row"]["written"] == 4


def test_a_list_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tickers.csv.xz"
    path.write_bytes(lzma.compress(SECURITIES.encode() * 50)[:-20])
    with pytest.raises(errors.DataSetError, match="damaged or cut short"):
        convert([path], tmp_path)


def test_an_unknown_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(errors.DataSetError, match=r"other\.csv has not the columns"):
        convert([tmp_path / "other.csv"], tmp_path)


def test_a_company_keeps_one_first_name_however_the_lists_are_imported(
    paths: list[Path], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    import_files(home, Companies(), [paths[1]])
    first = names(home)
    assert first == {"Alphabet Inc. (Class A)", "3M"}
    import_files(home, Companies(), [paths[0], paths[1]])
    assert len(names(home)) == 4
    again = import_files(home, Companies(), [paths[0], paths[1]])
    assert not again.is_new


def names(home: Path) -> set[str]:
    store = ox.Store.read_only(str(current(home).store_path))
    name = ox.NamedNode(f"{SKOS}prefLabel")
    graphs = (ox.NamedNode(f"{GRAPH}{slug}") for slug in ("sec-securities", "sp-500"))
    quads = [quad for graph in graphs for quad in store.quads_for_pattern(None, name, None, graph)]
    assert len({quad.subject for quad in quads}) == len(quads), "one first name for each"
    return {quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)}
