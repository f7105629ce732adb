"""Find the agents of labelled pairs in the data pack, and count how common names are in it."""

from __future__ import annotations

import csv
import json
import lzma
import re
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import yaml

from benchmarks.identities import organizations, people
from pledgegraph.graph.identity.candidates import Candidate
from pledgegraph.graph.identity.frequencies import Frequencies

_STATES = "openstates-people"
_LOADER = type("Text", (yaml.CSafeLoader,), {"yaml_implicit_resolvers": {}})
_QUARTER = re.compile(r"(\d{4})_(\d)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


class Pack:
    """The data pack in a folder. What is asked for is read once, file by file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.agents: dict[str, Candidate] = {}

    def read(self, wanted: Mapping[str, str], contexts: Mapping[str, str]) -> None:
        """Read the agents that pairs name, by IRI and the place where each stands."""
        by_file: dict[str, dict[str, str]] = {}
        for iri, place in wanted.items():
            file, _, record = place.partition(" ")
            by_file.setdefault(file, {})[iri] = record
        for file, records in sorted(by_file.items()):
            for iri, found in self._of_file(self.folder / file, records, contexts):
                self.agents[iri] = found

    def _of_file(
        self, path: Path, records: Mapping[str, str], contexts: Mapping[str, str]
    ) -> Iterator[tuple[str, Candidate]]:
        folder = path.parent.name
        if folder == "lobbying":
            yield from _of_filings(path, records, contexts)
        elif folder == "congress" and path.name.endswith(".tar.xz"):
            members = {one["id"]["bioguide"]: one for one in _slice(path)}
            for iri, record in records.items():
                yield iri, people.member(_iri(iri), members[record.split()[-1]])
        elif folder == _STATES:
            with tarfile.open(path) as archive:
                for iri, record in records.items():
                    file = archive.extractfile(f"data/{path.name[:2]}/{record}")
                    assert file
                    yield iri, people.state_person(_iri(iri), yaml.load(file, _LOADER))  # noqa: S506
        else:
            yield from _of_table(path, records)

    def frequencies(self) -> Frequencies:
        """Count how common names are among all people and organizations of the pack."""
        found = Frequencies()
        for name in self._names_of_people():
            found.add(Candidate("", "person", (name,)))
        for candidate in self._organizations():
            found.add(candidate)
        return found

    def _names_of_people(self) -> Iterator[str]:
        """Iterate over names; those of Open States stand in the names of its files."""
        for row in table(self.folder / "congress" / "legislators-historical.csv.xz"):
            yield row["full_name"] or f"{row['first_name']} {row['last_name']}"
        for one in _slice(self.folder / "congress" / "current-2026-06-15.tar.xz"):
            yield f"{one['name']['first']} {one['name']['last']}"
        for path in sorted((self.folder / _STATES).glob("??.tar.xz")):
            with tarfile.open(path) as archive:
                for name in archive.getnames():
                    found = re.search(r"/([^/]+)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}", name)
                    if found and "/committees/" not in name:
                        yield found[1].replace("-", " ")

    def _organizations(self) -> Iterator[Candidate]:
        companies = self.folder / "companies"
        for row in table(companies / "sec-company-tickers.csv.xz"):
            yield organizations.security("", [row])
        for row in table(companies / "gleif-lei-names.csv.xz"):
            yield organizations.legal_entity("", row)
        for name in ("dc", "de"):
            for row in table(self.folder / "advocacy" / f"irs-eo-{name}.csv.xz"):
                yield organizations.association("", row)
        names = set()
        for path in sorted((self.folder / "lobbying").glob("*.zip")):
            for filing in _filings(path):
                client, registrant = filing.find("Client"), filing.find("Registrant")
                names |= {one.get("ClientName") for one in (client,) if one is not None}
                names |= {one.get("RegistrantName") for one in (registrant,) if one is not None}
        for name in sorted(filter(None, names)):
            yield Candidate("", "organization", (name,))


def table(path: Path) -> Iterator[dict[str, str]]:
    """Iterate over the rows of a table, packed or not."""
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _slice(path: Path) -> list[dict[str, object]]:
    with tarfile.open(path) as archive:
        file = archive.extractfile("legislators-current.yaml")
        assert file
        return yaml.load(file, _LOADER)  # noqa: S506


_TABLES = {
    "legislators-historical": ("bioguide_id", people.historical_member),
    "sp500-constituents": ("Symbol", organizations.constituent),
    "gleif-lei-names": ("lei", organizations.legal_entity),
    "net-zero-tracker": ("id_code", organizations.pledging_company),
    "irs-eo": ("EIN", organizations.association),
}


def _of_table(path: Path, records: Mapping[str, str]) -> Iterator[tuple[str, Candidate]]:
    by_record: dict[str, list[str]] = {}
    for iri, record in records.items():
        by_record.setdefault(record, []).append(iri)
    securities: dict[str, list[dict[str, str]]] = {}
    for line, row in enumerate(table(path), 2):
        if path.name.startswith("sec-"):
            securities.setdefault(row["cik"].zfill(10), []).append(row)
        elif path.name.startswith("pride-"):
            for iri in by_record.get(f"line-{line}", ()):
                yield iri, organizations.donor(_iri(iri), row["Company"])
        else:
            key, make = next(t for name, t in _TABLES.items() if path.name.startswith(name))
            for iri in by_record.get(row[key], ()):
                yield iri, make(_iri(iri), row)
    for cik, rows in securities.items():
        for iri in by_record.get(cik, ()):
            yield iri, organizations.security(_iri(iri), rows)


def _filings(path: Path) -> Iterator[ElementTree.Element]:
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            text = archive.read(name).decode("utf-16")
            yield from ElementTree.fromstring(re.sub(r"^<\?xml[^>]*\?>", "", text))  # noqa: S314


def _of_filings(
    path: Path, records: Mapping[str, str], contexts: Mapping[str, str]
) -> Iterator[tuple[str, Candidate]]:
    by_filing: dict[str, list[tuple[str, str]]] = {}
    for iri, record in records.items():
        filing, _, part = record.partition(" ")
        by_filing.setdefault(filing, []).append((iri, part))
    for filing in _filings(path):
        for iri, part in by_filing.get(filing.get("ID", ""), ()):
            yield iri, _of_filing(_iri(iri), part, filing, contexts[iri])


def _of_filing(iri: str, part: str, filing: ElementTree.Element, context: str) -> Candidate:
    if iri.startswith("contribution/"):
        number = int(re.sub(r"\D", "", part))
        gift = filing.findall("Contributions/Contribution")[number - 1]
        day = date.fromisoformat(gift.get("ContributionDate", "")[:10])
        return people.honoree(iri, gift.get("Honoree", ""), gift.get("Payee", ""), day)
    if "lda-registrant" in iri:
        registrant = filing.find("Registrant")
        assert registrant is not None
        return organizations.registrant(iri, registrant.get("RegistrantName", ""))
    if "lda-client" in iri:
        client = filing.find("Client")
        assert client is not None
        return organizations.client(iri, client.attrib)
    slug = iri.split("-", 2)[-1]
    day = date.fromisoformat(filing.get("Received", "")[:10])
    for one in filing.iter("Lobbyist"):
        name = one.get("LobbyistName", "")
        if _slug(name) == slug:
            listed = re.search(r"listed as (.*)$", context)
            position = one.get("OfficialPosition") or (listed[1] if listed else "")
            return people.lobbyist(iri, name, position, day)
    raise LookupError(f"{iri}: no such lobbyist in {filing.get('ID')}")


def _iri(name: str) -> str:
    """Return the IRI of an agent that is named by IRI and place."""
    return name.partition(" ")[0]


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "")).strip("-")


def pairs(path: Path) -> list[dict[str, str]]:
    """Return the labelled pairs."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def to_json(found: object) -> str:
    """Return what was measured as a line of JSON."""
    return json.dumps(found, ensure_ascii=False)
