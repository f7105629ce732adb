"""Bills of Congress as GPO's BILLSTATUS XML, in an archive or one file alone, in three layouts.

The layouts are read as one (``billstatus.xml``), and give the same addresses as the JSON of the
API does (``congress_bills``). Of several copies of a bill in one archive the one with the latest
``updateDate`` is imported, of equal ones the last; the others are skipped as ``older-copy``.
``congress_bills.forms`` says which field decides. Beside that, ``type`` of an action is not read:
in the older layouts it says ``Prayer`` for a hearing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lxml import etree

from pledgegraph.graph.errors import DataSetError
from pledgegraph.graph.importers.billstatus.xml import measure_of, name_of
from pledgegraph.graph.importers.congress_bills.forms import counted, sheet_of, skip
from pledgegraph.graph.importers.congress_bills.members import Members
from pledgegraph.graph.importing import DataSet, Home, Ledger, Place, Sheet
from pledgegraph.graph.importing.data_set import PUBLIC_DOMAIN
from pledgegraph.graph.importing.readers.packed import opened, tar_members
from pledgegraph.graph.importing.readers.xml_elements import elements

_MAXIMUM_BYTES = 16 << 20  # of one file; the largest of the samples has 4 million


@dataclass(frozen=True)
class _Context:
    members: Members
    latest: dict[str, tuple[str, int]]  # by bill: when it was updated last, and in which file


class Billstatus:
    """The importer ``billstatus``."""

    name = "billstatus"

    def data_sets(self, paths: Sequence[Path], home: Home) -> Iterator[DataSet]:
        """Iterate over the archives or files; raises ``DataSetError`` for one without any bill."""
        depends_on = home.digest_of("congress-legislators") + home.digest_of("congress-committee")
        for path in paths:
            latest = _latest(path)
            if not latest:
                raise DataSetError(f"{path} holds no BILLSTATUS file")
            stem = re.sub(r"[^a-z0-9]+", "-", path.name.split(".")[0].lower()).strip("-")
            yield DataSet(
                stem if stem.startswith("billstatus") else f"billstatus-{stem}",
                f"Bill status, {path.name.split('.')[0]} (GPO)",
                path,
                url="https://www.govinfo.gov/bulkdata/BILLSTATUS",
                license=PUBLIC_DOMAIN,
                depends_on=depends_on,
                context=_Context(Members(home), latest),
            )

    def read(self, data_set: DataSet, ledger: Ledger) -> Iterator[Sheet]:
        """Iterate over the bills; a file that is no bill is quarantined alone."""
        context = data_set.context
        assert isinstance(context, _Context)
        for number, (name, data) in enumerate(_files(data_set.path, ledger)):
            ledger.read("bill")
            try:
                element = _bill(data, Path(name))
                measure = measure_of(element, name)
            except (ValueError, DataSetError) as error:
                place = Place(name, PurePosixPath(name).stem)
                ledger.quarantine("bill", place, "bad-bill", str(error))
                continue
            if context.latest[name_of(element)][1] != number:
                counted(measure, ledger)
                skip(measure, ledger, "older-copy", "another file has it as updated later")
                continue
            sheet = sheet_of(measure, ledger, context.members)
            if sheet:
                yield sheet


def _latest(path: Path) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for number, (name, data) in enumerate(_files(path, Ledger(io.StringIO()))):
        try:
            element = _bill(data, Path(name))
        except (ValueError, DataSetError):
            continue  # quarantined when it is read
        updated = element.findtext("updateDate") or ""
        key = name_of(element)
        found[key] = max(found.get(key, ("", -1)), (updated, number))
    return found


def _files(path: Path, ledger: Ledger) -> Iterator[tuple[str, bytes]]:
    """Iterate over the XML files of an archive; a single file is one."""
    if ".tar" in path.suffixes or path.suffix == ".tgz":
        yield from ((name, data) for name, data in tar_members(path, ledger) if _is_xml(name))
        return
    with opened(path, ledger) as file:
        data = file.read(_MAXIMUM_BYTES + 1)
    if len(data) > _MAXIMUM_BYTES:
        raise DataSetError(f"{path} is larger than the {_MAXIMUM_BYTES} bytes of a bill")
    yield path.name, data


def _is_xml(name: str) -> bool:
    return "BILLSTATUS" in name and name.endswith(".xml")


def _bill(data: bytes, name: Path) -> etree._Element:
    for element in elements(io.BytesIO(data), name, "bill"):
        parent = element.getparent()
        if parent is not None and parent.tag == "billStatus":
            return element
    raise ValueError("has no bill")
