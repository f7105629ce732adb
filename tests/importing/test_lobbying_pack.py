"""The lobbying disclosures at their real size: each record, and what companies filed on."""

import csv
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pledgegraph.graph.budget import Budget
from pledgegraph.graph.build import build
from pledgegraph.graph.engine import EmbeddedEngine
from pledgegraph.graph.importers.lobbying.importer import Lobbying
from pledgegraph.graph.importing import Home
from pledgegraph.graph.importing.converting import Conversion
from pledgegraph.graph.importing.run import Imported, import_files

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
QUESTION = "17-lobbying-by-quarter"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def imported(material: Path, home: Path) -> Imported:
    build(ROOT / "data", home)
    return import_files(home, Lobbying(), packs(material, "*_[1-4].zip"))


@pytest.fixture(scope="module")
def engine(imported: Imported, home: Path) -> Iterator[EmbeddedEngine]:
    engine = EmbeddedEngine(home, Budget(workers=1, quick=1, wait=60, deadline=300))
    yield engine
    engine.close()


def packs(material: Path, pattern: str) -> list[Path]:
    return sorted((material / "data" / "real" / "lobbying").glob(pattern))


def expected(material: Path, name: str) -> dict[str, int]:
    text = (material / "data" / "real" / "EXPECTED.json").read_text("utf-8")
    counts: dict[str, int] = json.loads(text)[name]
    return counts


def totals(accounts: list[dict[str, dict[str, int]]], key: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for account in accounts:
        for kind, counts in account.items():
            found[kind] += counts[key]
    return found


@pytest.mark.whole_pack
def test_filings_count_as_expected_and_few_contradict_themselves(
    imported: Imported, material: Path
) -> None:
    accounts = [one.account["records"] for one in imported.converted]
    read, written = totals(accounts, "read"), totals(accounts, "written")
    wanted = expected(material, "lda_ld2")
    assert {kind: read[kind] for kind in wanted} == wanted
    # 159 report on a time after their receipt, one names two periods; three lobbyists are firms
    lost = {"Filing": 160, "Registrant": 160, "Client": 160, "Lobbyist": 408, "Issue": 174}
    assert {kind: wanted[kind] - written[kind] for kind in wanted} == lost


def test_a_quarter_has_as_many_of_each_as_its_text(material: Path, tmp_path: Path) -> None:
    (path,) = packs(material, "2018_4_LD203.zip")
    with zipfile.ZipFile(path) as archive:
        text = "".join(archive.read(name).decode("utf-16") for name in archive.namelist())
    (data_set,) = Lobbying().data_sets([path], Home(tmp_path))
    found = Conversion(Lobbying(), tmp_path / "imports").convert(data_set, lambda _: None)
    records = found.account["records"]
    for kind in ("Filing", "Registrant", "Lobbyist", "Contribution"):
        assert records[kind]["read"] == len(re.findall(rf"<{kind} [^>]*=", text)), kind
        assert records[kind]["written"] > 0


@pytest.mark.whole_pack
def test_contributions_count_as_expected_and_few_lie_in_the_future(
    material: Path, tmp_path: Path
) -> None:
    data_sets = Lobbying().data_sets(packs(material, "*_LD203.zip"), Home(tmp_path))
    conversion = Conversion(Lobbying(), tmp_path / "imports")
    accounts = [conversion.convert(one, lambda _: None).account["records"] for one in data_sets]
    read, written = totals(accounts, "read"), totals(accounts, "written")
    wanted = expected(material, "lda_ld203")
    assert {kind: read[kind] for kind in wanted} == wanted
    # 26 are dated after their receipt, four say that nothing was given
    lost = {"Filing": 0, "Registrant": 0, "Lobbyist": 0, "Contribution": 30}
    assert {kind: wanted[kind] - written[kind] for kind in wanted} == lost


@pytest.mark.whole_pack
def test_the_companies_of_the_article_filed_in_the_quarters_held(engine: EmbeddedEngine) -> None:
    question = (ROOT / "graph" / "questions" / f"{QUESTION}.rq").read_text("utf-8")
    answer = engine.query(question, {"solutions": "text/csv"})  # type: ignore[arg-type]
    checked = ROOT / "tests" / "questions" / "imported" / f"{QUESTION}.csv"
    rows = list(csv.reader(answer.body.decode().splitlines()))
    assert rows == list(csv.reader(checked.read_text("utf-8").splitlines()))
