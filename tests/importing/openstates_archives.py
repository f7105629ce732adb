"""Archives of small states for tests, and what the importer makes of them."""

import io
import tarfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pledgegraph.graph.importers.openstates.importer import OpenStates
from pledgegraph.graph.importing import DataSet, Home, Ledger, Sheet

FOLDER = Path(__file__).parent / "openstates"
Forms = dict[str, dict[str, Mapping[str, Any]]]


@dataclass(frozen=True)
class Told:
    """What a data set says, by section and id, and what was set aside."""

    data_set: DataSet
    forms: Forms
    counts: Mapping[str, Mapping[str, int]]
    aside: Counter[tuple[str, str, str]]


def identifier(number: int) -> str:
    """Return the UUID that a person or committee of the small states has by its number."""
    return f"00000000-0000-4000-8000-{number:012d}"


def pack(path: Path, name: str, inside: str = "data", names: Sequence[str] = ()) -> Path:
    """Pack one of the folders here into an archive, or empty files of some names."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w:xz") as archive:
        for file in sorted(FOLDER.joinpath(name, "data").rglob("*.yml")):
            member = file.relative_to(FOLDER / name / "data")
            archive.add(file, f"{inside}/{member}")
        for one in names:
            archive.addfile(tarfile.TarInfo(one), io.BytesIO())
    return path


def told(paths: Sequence[Path], home: Path) -> list[Told]:
    """Read archives as the command would, without publishing."""
    importer = OpenStates()
    found = []
    for data_set in importer.data_sets(paths, Home(home)):
        ledger = Ledger(io.StringIO())
        forms = forms_of(importer.read(data_set, ledger))
        found.append(_told(data_set, forms, ledger))
    return found


def forms_of(sheets: Iterable[Sheet]) -> Forms:
    """Return the forms of all sheets by section and id; those without one are numbered."""
    found: Forms = {}
    for sheet in sheets:
        for section, forms in sheet.items():
            by_id = found.setdefault(section, {})
            for form in forms:
                by_id[str(form.get("id", len(by_id)))] = form
    return found


def _told(data_set: DataSet, forms: Forms, ledger: Ledger) -> Told:
    aside: Counter[tuple[str, str, str]] = Counter()
    ends = {"quarantined": ledger.quarantined, "skipped": ledger.skipped}
    for end, counts in ends.items():
        for (kind, rule), count in counts.items():
            aside[end, kind, rule] += count
    totals = Counter[str]()
    for (_, kind, _), count in aside.items():
        totals[kind] += count
    counts = {kind: {"read": read, "aside": totals[kind]} for kind, read in ledger.reads.items()}
    return Told(data_set, forms, counts, aside)
