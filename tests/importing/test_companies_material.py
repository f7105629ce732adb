"""The real lists, read whole: what is read is what was counted, and each difference has a rule."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from pledgegraph.graph.build import build
from pledgegraph.graph.engine import EmbeddedEngine
from pledgegraph.graph.importers import IMPORTERS
from pledgegraph.graph.importing import Home
from pledgegraph.graph.importing.converting import Conversion
from pledgegraph.graph.importing.run import import_files

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = Path(__file__).with_name("net-zero-with-a-plan.csv")
REAL = ("data", "real")
# Of each file: its importer, and of each kind how many are read and what is set aside, by rule.
LARGE = (
    "companies/sec-company-tickers.csv.xz",
    "companies/nsi-brands.jsonl.xz",
    "advocacy/irs-eo-dc.csv.xz",
    "advocacy/irs-eo-de.csv.xz",
    "pledges/net-zero-tracker-2022-12-20.csv.xz",
)
FILES: Mapping[str, tuple[str, Mapping[str, tuple[int, Mapping[str, int]]]]] = {
    "companies/sec-company-tickers.csv.xz": ("companies", {"row": (9341, {})}),
    "companies/sp500-constituents.csv": ("companies", {"row": (503, {})}),
    "companies/sp500-constituents-2020-06-11.csv": ("companies", {"row": (505, {})}),
    "companies/gleif-lei-names.csv.xz": ("companies", {"row": (2621, {"lei-check-sum": 2})}),
    "companies/nsi-brands.jsonl.xz": (
        "companies",
        {"brand": (16634, {"template-for-other-entries": 4})},
    ),
    "advocacy/irs-eo-dc.csv.xz": ("nonprofits", {"row": (13787, {})}),
    "advocacy/irs-eo-de.csv.xz": ("nonprofits", {"row": (7483, {})}),
    "pledges/net-zero-tracker-2022-12-20.csv.xz": (
        "netzero",
        {
            "row": (
                3677,
                {
                    "not-a-company-but-a-city": 1086,
                    "not-a-company-but-a-country": 181,
                    "not-a-company-but-a-region": 628,
                },
            ),
            "target": (
                1624,
                {
                    "no-target-with-a-year": 6,
                    "odd-base-year": 5,
                    "proposed-not-promised": 38,
                    "share-over-a-hundred": 1,
                },
            ),
            "finding": (19974, {"status-without-a-target": 48}),
        },
    ),
    "pledges/pride-hrc-pledge-vs-donations-2022.csv": (
        "statements",
        {"row": (126, {"total": 1}), "finding": (625, {})},
    ),
    "statements/battleforthenet-politicians.json": ("statements", {"position": (533, {})}),
    "statements/whitehouse-pledges-and-policing.tar.xz": (
        "statements",
        {
            "document": (
                155,
                {"names-no-pledge": 40, "order-or-proclamation": 22, "transcript": 17},
            )
        },
    ),
}

pytestmark = pytest.mark.slow


def account(name: str, path: Path, folder: Path) -> dict[str, dict[str, object]]:
    (data_set,) = IMPORTERS[name].data_sets([path], Home(folder / "home"))
    conversion = Conversion(IMPORTERS[name], folder / "imports")
    records: dict[str, dict[str, object]] = conversion.convert(
        data_set, lambda _done: None
    ).account["records"]
    return records


def aside(counts: dict[str, object]) -> dict[str, int]:
    found: dict[str, int] = {}
    for end in ("quarantined", "skipped"):
        rules = counts[end]
        assert isinstance(rules, dict)
        found |= rules
    return found


def sized(file: str) -> object:
    """Return a case; the large files belong to the whole pack."""
    marks = [pytest.mark.whole_pack] if file in LARGE else []
    return pytest.param(file, marks=marks)


@pytest.mark.parametrize("file", [sized(file) for file in FILES])
def test_every_record_is_accounted_for(file: str, material: Path, tmp_path: Path) -> None:
    importer, kinds = FILES[file]
    found = account(importer, material.joinpath(*REAL, file), tmp_path)
    assert set(found) == set(kinds)
    for kind, (read, rules) in kinds.items():
        assert found[kind]["read"] == read
        assert aside(found[kind]) == rules
        assert found[kind]["written"] == read - sum(rules.values())


def test_as_many_rows_are_read_as_were_counted_by_others(material: Path) -> None:
    expected = json.loads(material.joinpath(*REAL, "EXPECTED.json").read_bytes())["csv_rows"]
    ours = {file: kinds["row"][0] for file, (_, kinds) in FILES.items() if "row" in kinds}
    assert ours == {file: rows for file, rows in expected.items() if file in ours}


@pytest.mark.whole_pack
def test_who_pledges_net_zero_by_2030_with_a_plan(material: Path, tmp_path: Path) -> None:
    build(ROOT / "data", tmp_path)
    path = material.joinpath(*REAL, "pledges", "net-zero-tracker-2022-12-20.csv.xz")
    import_files(tmp_path, IMPORTERS["netzero"], [path])
    assert answer("18-net-zero-with-a-plan", tmp_path) == EXPECTED.read_text("utf-8").splitlines()


def answer(question: str, home: Path) -> Sequence[str]:
    engine = EmbeddedEngine(home)
    text = (ROOT / "graph" / "questions" / f"{question}.rq").read_text("utf-8")
    try:
        return engine.query(text, {"solutions": "text/csv"}).body.decode().splitlines()  # type: ignore[arg-type]
    finally:
        engine.close()
