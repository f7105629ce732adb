"""One data set on its way: read, expanded, counted, sorted; kept until it is asked for again."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pledgegraph.graph.importing.catalogue import catalogued
from pledgegraph.graph.importing.data_set import DataSet, Importer
from pledgegraph.graph.importing.ledger import Ledger
from pledgegraph.graph.importing.records_file import write_records
from pledgegraph.graph.importing.sheets import Expansion
from pledgegraph.graph.importing.sorting import SortedText
from pledgegraph.graph.namespaces import GRAPH
from pledgegraph.graph.release import digest

SHEETS_AT_ONCE = 200  # between two looks at how far it is
_CODE = ("pledgegraph.graph.importing", "pledgegraph.graph.importers", "pledgegraph.graph.records")

Progress = Callable[[float], object]


@dataclass(frozen=True)
class Converted:
    """A data set as the text of its source graph, with the account of how it was made."""

    data_set: DataSet
    text: Path
    account: dict[str, Any]
    is_kept: bool = field(default=False, compare=False)

    @property
    def graph(self) -> str:
        """Return the IRI of its source graph."""
        return f"{GRAPH}{self.data_set.slug}"


class Conversion:
    """Converts data sets into a folder of a home, ``imports``.

    What was converted before from the same file by the same code is taken as it is.
    """

    def __init__(self, importer: Importer, folder: Path, version: str | None = None) -> None:
        self._importer = importer
        self._folder = folder
        self._version = version
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob("sorting-*"):  # by an import that was killed
            shutil.rmtree(left)

    def convert(
        self, data_set: DataSet, progress: Progress, refused: Mapping[str, str] | None = None
    ) -> Converted:
        """Return the data set as text; ``refused`` maps IRIs of nodes to the rule of a shape."""
        text, account = self._path(data_set, ".nq"), self._path(data_set, ".json")
        before = json.loads(account.read_bytes()) if account.is_file() else {}
        found = digest(data_set.path)
        key = self._key(data_set, found, refused or {})
        if text.is_file() and before.get("key") == key:
            return Converted(data_set, text, before, is_kept=True)
        read_on = before.get("readOn") if before.get("sha256") == found else None
        source = self._source(data_set, found, read_on or date.today().isoformat())
        listing = self._path(data_set, ".set-aside.jsonl")
        with listing.open("w", encoding="utf-8") as lines:
            ledger = Ledger(lines)
            triples = self._write(data_set, source, ledger, text, progress, refused or {})
        ledger.check()
        made = {
            "source": data_set.slug,
            "importer": self._importer.name,
            "file": data_set.path.name,
            "sha256": found,
            "readOn": source["read-on"],
            "key": key,
            "triples": triples,
            "records": ledger.summary(),
        }
        account.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
        return Converted(data_set, text, made)

    def write_records(self, data_set: DataSet, path: Path, without: Collection[str] = ()) -> None:
        """Write the data set as a record file, without some sections and what is set aside.

        What that is, ``SLUG.records.jsonl`` lists: the list of an import stays as it is.
        """
        source = self._source(data_set, digest(data_set.path), date.today().isoformat())
        with self._path(data_set, ".records.jsonl").open("w", encoding="utf-8") as lines:
            ledger = Ledger(lines)
            expansion = Expansion(source, ledger, {})
            sheets = self._importer.read(data_set, ledger)
            sound = (expansion.sound(sheet) for sheet in sheets)
            write_records(path, source, sound, without)
        ledger.check()

    def _write(
        self,
        data_set: DataSet,
        source: Mapping[str, str],
        ledger: Ledger,
        text: Path,
        progress: Progress,
        refused: Mapping[str, str],
    ) -> int:
        expansion = Expansion(source, ledger, refused)
        collected = SortedText(f"{GRAPH}{data_set.slug}", self._folder)
        for former in (text, self._path(data_set, ".json")):  # an account is of the text beside it
            former.unlink(missing_ok=True)
        with closing(collected):
            collected.add(expansion.source())
            for number, sheet in enumerate(self._importer.read(data_set, ledger)):
                collected.add(expansion.triples(sheet))
                if number % SHEETS_AT_ONCE == 0:
                    progress(ledger.done)
            progress(1.0)
            made = text.with_suffix(".part")
            triples = collected.save(made)
            made.rename(text)
        return triples

    def _source(self, data_set: DataSet, found: str, read_on: str) -> dict[str, str]:
        known = catalogued(found)
        given = {
            "id": data_set.slug,
            "kind": "data-set",
            "title": data_set.title,
            "language": data_set.language,
            "published": data_set.published,
            "url": known.get("url") or data_set.url,
            "version": self._version or known.get("version") or data_set.version or found[:12],
            "license": data_set.license,
            "attribution": data_set.attribution,
            "read-on": read_on,
            "digest": found,
        }
        return {key: value for key, value in given.items() if value}

    def _key(self, data_set: DataSet, found: str, refused: Mapping[str, str]) -> str:
        described = [str(self._version), found, data_set.slug, data_set.title, data_set.depends_on]
        described += [str(data_set.url), str(data_set.published), str(data_set.attribution)]
        parts = [code_digest(), *described, json.dumps(dict(refused), sort_keys=True)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def _path(self, data_set: DataSet, ending: str) -> Path:
        return self._folder / f"{data_set.slug}{ending}"


@cache
def code_digest() -> str:
    """Return a digest of the code by which data sets are converted."""
    found = hashlib.sha256()
    for package in _CODE:
        folder = Path(str(files(package)))
        for path in _code_in(folder):
            found.update(path.read_bytes())
    return found.hexdigest()


def _code_in(folder: Path) -> Iterator[Path]:
    return iter(
        sorted(p for p in folder.rglob("*") if p.suffix in (".py", ".yaml") and p.is_file())
    )
