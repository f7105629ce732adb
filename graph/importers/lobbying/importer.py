"""Import lobbying disclosures of the United States Senate: LD-1, LD-2 and LD-203 filings.

A file is a zip archive of UTF-16 XML, ``2003_1_2_2.xml`` or ``2020_3_7_10_LD203.xml``: year and
quarter *in which the filings were received*, then month and part. The filings of the first
quarter of 2003 report on the second half of 2002 for the most part. One file is one source
graph, and says in a coverage record which quarter of receipts it covers: what was received in a
quarter for which there is none is not researched.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from lxml import etree

from pledgegraph.graph import errors
from pledgegraph.graph.importers.lobbying.agents import Agents, Form, Names
from pledgegraph.graph.importers.lobbying.filings import read_filing
from pledgegraph.graph.importers.lobbying.gifts import read_gifts
from pledgegraph.graph.importers.united_states import nation
from pledgegraph.graph.importing import DataSet, Home, Ledger, Place, Sheet
from pledgegraph.graph.importing.data_set import PUBLIC_DOMAIN
from pledgegraph.graph.importing.readers.packed import damage_named, zip_members
from pledgegraph.graph.importing.readers.xml_elements import elements

_MEMBER = re.compile(r"([0-9]{4})_([1-4])_[0-9]{1,2}_[0-9]{1,3}(_LD203)?\.xml")
_LOBBYING = ("registration", "activity-report", "other-document")
_EVE = timedelta(days=1)  # some filings of the evening before are in a quarter's file


@dataclass(frozen=True)
class Quarter:
    """A quarter of receipts, and which of the forms were received."""

    year: int
    number: int
    are_gifts: bool

    @property
    def slug(self) -> str:
        """Return the name of the source graph."""
        kind = "lobbying-contributions" if self.are_gifts else "lobbying"
        return f"{kind}-{self.year}-q{self.number}"

    @property
    def days(self) -> tuple[date, date]:
        """Return its first day and the day after its last one."""
        next_year, month = divmod(self.year * 12 + self.number * 3, 12)
        return date(self.year, self.number * 3 - 2, 1), date(next_year, month + 1, 1)


@dataclass(frozen=True)
class Reading:
    """What is known before a file is read: its quarter, and the labels of those it names."""

    quarter: Quarter
    names: Names


class Lobbying:
    """Reads filings one at a time; see the module for what decides."""

    name = "lobbying"

    def data_sets(self, paths: Sequence[Path], home: Home) -> Iterator[DataSet]:
        """Iterate over the files, each a quarter; ``DataSetError`` for what is no such archive."""
        names = Names(home)
        for path in paths:
            quarter, made = _quarter_of(path)
            forms = "Contributions of lobbyists (LD-203)" if quarter.are_gifts else "Lobbying"
            yield DataSet(
                quarter.slug,
                f"{forms}, filings received by the Senate in Q{quarter.number} {quarter.year}",
                path,
                published=f"../{made}",
                license=PUBLIC_DOMAIN,
                context=Reading(quarter, names),
            )

    def read(self, data_set: DataSet, ledger: Ledger) -> Iterator[Sheet]:
        """Iterate over the filings, then say what the file covers."""
        reading = data_set.context
        assert isinstance(reading, Reading)
        received = 0
        for member, file in zip_members(data_set.path, ledger):
            for filing in elements(file, data_set.path / member, "Filing"):
                received += _is_within(filing, reading.quarter)
                yield _read(filing, member, reading, ledger)
        if not received:
            raise errors.DataSetError(
                f"{data_set.path} has no filing received in its quarter: is it named rightly?"
            )
        yield _coverage(data_set, reading, ledger)


def _quarter_of(path: Path) -> tuple[Quarter, date]:
    """Return the quarter that all members of an archive are named after, and when it was made."""
    if not zipfile.is_zipfile(path):
        raise errors.DataSetError(f"{path} is no zip archive of lobbying filings")
    with damage_named(path), zipfile.ZipFile(path) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    found = {match.groups() if match else None for match in map(_match, entries)}
    if len(found) != 1 or None in found:
        raise errors.DataSetError(
            f"{path} is no archive of one quarter: its files are named like 2003_1_2_2.xml"
        )
    ((year, number, gifts),) = (groups for groups in found if groups)
    made = max(date(*entry.date_time[:3]) for entry in entries)
    return Quarter(int(year), int(number), bool(gifts)), made


def _match(entry: zipfile.ZipInfo) -> re.Match[str] | None:
    return _MEMBER.fullmatch(Path(entry.filename).name)


def _is_within(filing: etree._Element, quarter: Quarter) -> bool:
    start, end = quarter.days
    return (start - _EVE).isoformat() <= filing.get("Received", "")[:10] < end.isoformat()


def _read(filing: etree._Element, member: str, reading: Reading, ledger: Ledger) -> Sheet:
    line = filing.sourceline if isinstance(filing.sourceline, int) else 0
    place = Place(member, filing.get("ID", "").strip() or "no-id", line=line)
    read = read_gifts if reading.quarter.are_gifts else read_filing
    return read(filing, place, reading.names, ledger)


def _coverage(data_set: DataSet, reading: Reading, ledger: Ledger) -> Sheet:
    """Say which quarter of receipts the file covers."""
    place = Place(data_set.path.name, "PublicFilings")
    agents = Agents(reading.names, ledger, place)
    start, end = reading.quarter.days
    form: Form = {
        "id": data_set.slug,
        "entry": place.entry,
        "label": data_set.title,
        "topic": ["contribution-report"] if reading.quarter.are_gifts else list(_LOBBYING),
        "territory": agents.parts(nation()),
        "from": start.isoformat(),
        "until": end.isoformat(),
    }
    return {**agents.forms, "coverage": [form]}
