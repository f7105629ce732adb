"""Import files: convert each data set, publish all in one release, account for each record."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pledgegraph.graph import errors
from pledgegraph.graph.importing.converting import Conversion, Converted
from pledgegraph.graph.importing.data_set import DataSet, Importer
from pledgegraph.graph.importing.home import Home
from pledgegraph.graph.publishing import TextEdit, write
from pledgegraph.graph.publishing.candidate import locked
from pledgegraph.graph.publishing.writing import Tell, silent
from pledgegraph.graph.release import digest, latest

FOLDER = "imports"
ROUNDS = 5  # of taking out what the shapes refuse

# Called with a data set and how much of it is read, from 0 to 1.
Watch = Callable[[DataSet, float], object]


@dataclass(frozen=True)
class Imported:
    """What an import did: the account of each data set, and the release that holds them.

    ``is_new`` tells whether anything changed.
    """

    converted: tuple[Converted, ...]
    release: int | None
    is_new: bool

    def report(self) -> dict[str, Any]:
        """Return the account as JSON: per data set and kind what was read, written, set aside."""
        keys = ("source", "importer", "file", "sha256", "triples", "records")
        accounts = [{key: one.account[key] for key in keys} for one in self.converted]
        return {"release": self.release, "changed": self.is_new, "dataSets": accounts}


def import_files(
    home: Path,
    importer: Importer,
    paths: Sequence[Path],
    *,
    version: str | None = None,
    dry_run: bool = False,
    wait: float = 0.0,
    tell: Tell = silent,
    watch: Watch = lambda _data_set, _done: None,
) -> Imported:
    """Import files; nothing is published unless all of it passes the gate.

    A record that a shape refuses is set aside with the rule, and the rest is tried again. Raises
    ``DataSetError`` for a file that can't be imported, ``DataRefusedError`` for what no record of
    these files is to blame for, and what ``publishing.write`` raises.
    """
    with locked(home / FOLDER, wait):
        data_sets = _data_sets(home, importer, paths)
        conversion = Conversion(importer, home / FOLDER, version)
        memory = _Memory(home / FOLDER / f"refused-{importer.name}.json", data_sets)
        refused = memory.refused()
        for _ in range(ROUNDS):
            converted = tuple(
                conversion.convert(one, lambda done, one=one: watch(one, done), refused)  # type: ignore[misc]
                for one in data_sets
            )
            try:
                imported = _publish(home, converted, dry_run=dry_run, wait=wait, tell=tell)
                memory.keep(refused)
                return imported
            except errors.DataRefusedError as refusal:
                found = {one.focus: one.rule_name for one in refusal.report.violations}
                if not found.keys() - refused.keys():
                    raise
                refused |= found
                tell(f"setting aside what {len(found)} violations are about")
                last = refusal
        raise last


def write_record_files(
    home: Path,
    importer: Importer,
    paths: Sequence[Path],
    folder: Path,
    version: str | None = None,
    without: Collection[str] = (),
) -> Iterator[Path]:
    """Write each data set as a record file into a folder, and iterate over the files.

    The sections in ``without`` are left out.
    """
    conversion = Conversion(importer, home / FOLDER, version)
    for data_set in _data_sets(home, importer, paths):
        path = folder / f"{data_set.slug}.yaml"
        conversion.write_records(data_set, path, without)
        yield path


def _data_sets(home: Path, importer: Importer, paths: Sequence[Path]) -> list[DataSet]:
    for path in paths:
        if not path.is_file():
            raise errors.DataSetError(f"{path} is no file: name the files to import")
    found = list(importer.data_sets(paths, Home(home)))
    if not found:
        names = ", ".join(str(path) for path in paths)
        raise errors.DataSetError(f"nothing for '{importer.name}' in {names}")
    return found


def _publish(
    home: Path,
    converted: Sequence[Converted],
    *,
    dry_run: bool,
    wait: float,
    tell: Tell,
) -> Imported:
    edits = [TextEdit(one.graph, one.text) for one in converted]
    outcome = write(home, edits, origin="import", dry_run=dry_run, wait=wait, tell=tell)
    release = outcome.release or latest(home)
    return Imported(tuple(converted), release.number if release else None, outcome.published)


class _Memory:
    """What the shapes refused of the very same files when they were imported last."""

    def __init__(self, path: Path, data_sets: Sequence[DataSet]) -> None:
        self._path = path
        self._files = {one.slug: f"{digest(one.path)} {one.depends_on}" for one in data_sets}

    def refused(self) -> dict[str, str]:
        """Return the rules by the IRI of the node that each refused."""
        if not self._path.is_file():
            return {}
        kept: dict[str, dict[str, str]] = json.loads(self._path.read_bytes())
        return kept["refused"] if kept["files"] == self._files else {}

    def keep(self, refused: Mapping[str, str]) -> None:
        """Remember it."""
        content = {"files": self._files, "refused": dict(sorted(refused.items()))}
        self._path.write_text(json.dumps(content), encoding="utf-8")
