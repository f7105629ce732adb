"""The bills at hand: as many of each kind as others counted, and the questions that they answer."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from pledgegraph.graph.build import build
from pledgegraph.graph.engine import EmbeddedEngine
from pledgegraph.graph.importers.billstatus.importer import Billstatus
from pledgegraph.graph.importers.congress_bills.importer import CongressBills
from pledgegraph.graph.importers.congress_bills.measure import NUMBERS
from pledgegraph.graph.importing import Home, Importer, Ledger
from pledgegraph.graph.importing.readers.packed import opened
from pledgegraph.graph.importing.run import import_files
from pledgegraph.graph.question import questions

ANSWERS = Path(__file__).parent / "answers"
FACES = {
    "hr": ("hr3782-119", "hr7124-119"),
    "s": ("s1691-119", "s3779-119"),
}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def real(material: Path) -> Path:
    return material / "data" / "real"


@pytest.fixture(scope="module")
def expected(real: Path) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = json.loads((real / "EXPECTED.json").read_text("utf-8"))
    return found


def account(importer: Importer, paths: list[Path], home: Path) -> tuple[Counter[str], Counter[Any]]:
    """Count what is read of some files, and what is skipped by rule; nobody is known."""
    reads: Counter[str] = Counter()
    skipped: Counter[Any] = Counter()
    for data_set in importer.data_sets(paths, Home(home)):
        ledger = Ledger(io.StringIO())
        for _ in importer.read(data_set, ledger):
            pass
        reads += ledger.reads
        skipped += ledger.skipped
    return reads, skipped


@pytest.mark.whole_pack
def test_the_119th_congress_has_as_many_of_each_as_expected(
    real: Path, tmp_path: Path, expected: dict[str, dict[str, int]]
) -> None:
    folder = real / "bills" / "congress-119"
    paths = [folder / f"{name}.jsonl.xz" for name in NUMBERS]
    reads, skipped = account(CongressBills(), paths, tmp_path)
    assert expected["congress119"] == {
        "bills": reads["bill"],
        "sponsors": reads["sponsor"],
        "cosponsorships": reads["cosponsorship"],
        "withdrawn_cosponsorships": reads["withdrawal"],
        "actions": reads["action"],
        "titles": reads["title"],
        "became_law": reads["law"],
    }
    assert skipped["bill", "reserved-number"] == 11
    assert skipped["action", "listed-again"] == 13850


def test_the_samples_of_billstatus_have_as_many_of_each_as_expected(
    real: Path, tmp_path: Path, expected: dict[str, dict[str, int]]
) -> None:
    path = real / "bills" / "billstatus-samples.tar.xz"
    reads, skipped = account(Billstatus(), [path], tmp_path)
    assert expected["billstatus"] == {
        "files": reads["bill"],
        "cosponsors": reads["cosponsorship"],
        "actions": reads["action"],
        "distinct_bills": reads["bill"] - skipped["bill", "older-copy"],
    }


def lines(path: Path, wanted: tuple[str, ...]) -> Iterator[bytes]:
    """Iterate over the lines of some bills."""
    marks = [f'"bill_id": "{name}"'.encode() for name in wanted]
    marks += [mark.replace(b": ", b":") for mark in marks]
    with opened(path, Ledger(io.StringIO())) as file:
        yield from (line for line in file if any(mark in line[:200] for mark in marks))


def members(bills: list[dict[str, Any]]) -> dict[str, Any]:
    """Describe who stands behind some bills, as in the chamber of the bill since January 2025."""
    chambers = {"House": "us-house", "Senate": "us-senate"}
    entry = {"entry": "members.csv 1"}
    people: dict[str, dict[str, Any]] = {}
    seats: dict[str, dict[str, Any]] = {}
    for bill in bills:
        about = bill["bill"]["bill"]
        signed = [*about["sponsors"], *bill.get("cosponsors", {}).get("cosponsors", [])]
        for one in signed:
            name, chamber = one["bioguideId"], chambers[about["originChamber"]]
            seat = f"seat-{name}"
            seats[name] = {"id": seat, "label": seat, "chamber": chamber, "number": name, **entry}
            days = {"from": "2025-01-03", "until": "2027-01-03"}
            people[name] = {
                "id": f"bioguide-{name}",
                "label": f"{one['firstName']} {one['lastName']}",
                "bioguide": name,
                "terms": [{"seat": seat, "chamber": chamber, **days}],
                **entry,
            }
    source = {"id": "members", "kind": "data-set", "title": "Members", "language": "en"}
    source |= {"version": "1", "read-on": "2026-06-01"}
    bodies = [
        {"id": "us-congress", "type": "legislature", "label": "United States Congress", **entry},
        {"id": "us-house", "type": "chamber", "label": "United States House of Representatives"},
        {"id": "us-senate", "type": "chamber", "label": "United States Senate"},
    ]
    place = {"id": "us", "label": "United States", "level": "national", **entry}
    return {
        "source": source,
        "jurisdictions": [place],
        "organizations": [{**body, **entry} for body in bodies],
        "seats": list(seats.values()),
        "people": list(people.values()),
    }


@pytest.fixture(scope="module")
def engine(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    folder = tmp_path_factory.mktemp("faces")
    paths, bills = [], []
    for type_, wanted in FACES.items():
        found = list(lines(real / "bills" / "congress-119" / f"{type_}.jsonl.xz", wanted))
        assert len(found) == len(wanted)
        bills.extend(json.loads(line) for line in found)
        paths.append(folder / f"{type_}.jsonl")
        paths[-1].write_bytes(b"".join(found))
    records = folder / "records"
    records.mkdir()
    text = yaml.safe_dump(members(bills), allow_unicode=True)
    (records / "members.yaml").write_text(text, encoding="utf-8")
    build(records, folder / "home")
    import_files(folder / "home", CongressBills(), paths)
    engine = EmbeddedEngine(folder / "home")
    yield engine
    engine.close()


@pytest.mark.parametrize("name", ["15-who-sponsored-a-bill", "16-pending-bills"])
def test_the_bills_answer_a_question(engine: EmbeddedEngine, name: str) -> None:
    answer = engine.query(questions()[name].text, {"solutions": "text/csv"})  # type: ignore[arg-type]
    expected = (ANSWERS / f"{name}.csv").read_text("utf-8")
    found = answer.body.decode()
    assert list(csv.reader(found.splitlines())) == list(csv.reader(expected.splitlines()))
