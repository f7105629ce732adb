"""Import the people and committees of Open States: legislators, governors, mayors.

One data set for each state (``data/ca/`` of https://github.com/openstates/people) as of one
time: ``openstates-ca``, and ``openstates-ca-2020-06-11`` from a folder that is named by a day.
What there is of one state is imported together, and the newest decides (``openstates.older``).

Which field decides, as found in the data of 2026:

* The *end day* of a role is its last day, but for terms that begin and end on one day
  (``openstates.holdings``). An end day like 2030-01-01 of a member of Congress stands for none.
* A *district* is that of ``roles``; nothing numbers seats. A seat is numbered only where the
  district has one holder at a time in this very data set.
* ``party`` is a list of entries for the person. A role has the party of the one entry that can
  hold in its time; where several can it has none: the memberships in the parties tell their
  days.
* A person's *id* is ``id``. In ``other_identifiers`` those of the scheme ``openstates`` are ids
  that the person had before two records were merged.
* The *folder* tells who is present (``legislature``), not the roles alone.
* ``chamber: legislature`` of a committee means both chambers; of a role, a council's only
  chamber.

What is set aside, and why, is in ``openstates.terms``, ``openstates.names`` and
``openstates.committees``; personal data that no question needs stay out (``openstates.people``).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pledgegraph.graph import errors
from pledgegraph.graph.importers.openstates import places, raw
from pledgegraph.graph.importers.openstates.committees import committee
from pledgegraph.graph.importers.openstates.holdings import Holdings
from pledgegraph.graph.importers.openstates.older import OlderWriter, known_now
from pledgegraph.graph.importers.openstates.people import Forms, Writer
from pledgegraph.graph.importers.openstates.terms import FEDERAL
from pledgegraph.graph.importers.united_states_names import STATES
from pledgegraph.graph.importing import DataSet, Home, Ledger, Place
from pledgegraph.graph.importing.data_set import CC0, Sheet
from pledgegraph.graph.importing.readers.packed import tar_members
from pledgegraph.graph.importing.readers.yaml_text import UnsoundYamlError, document
from pledgegraph.graph.release import digest, latest

_MEMBER = re.compile(r"data/([a-z]{2})/(?:([a-z]+)/[^/]+\.ya?ml|(municipalities\.yml))")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NEWEST = "9999"
_DOCUMENTATION = "schema.md"


@dataclass(frozen=True)
class _Archive:
    """An archive of one state, with the day of which it is where its folder tells."""

    path: Path
    state: str
    day: str | None
    newest: Path | None = None

    @property
    def slug(self) -> str:
        return f"openstates-{self.state}{'-' if self.day else ''}{self.day or ''}"


class OpenStates:
    """The importer of archives of Open States, one for each state."""

    name = "openstates"

    def data_sets(self, paths: Sequence[Path], home: Home) -> Iterator[DataSet]:
        """Iterate over the archives, the newest of each state first; documentation is left out."""
        found = [archive for path in paths if (archive := _archive(path))]
        for state in sorted({archive.state for archive in found}):
            archives = sorted(
                (one for one in found if one.state == state),
                key=lambda one: one.day or _NEWEST,
                reverse=True,
            )
            _check(archives, home)
            for archive in archives:
                newest = archives[0] if archive is not archives[0] else None
                yield _data_set(archive, newest)

    def read(self, data_set: DataSet, ledger: Ledger) -> Iterator[Sheet]:
        """Iterate over people, committees and lists of municipalities, each as a sheet."""
        archive = data_set.context
        assert isinstance(archive, _Archive)
        newest = _holdings(archive.newest, archive.state, None) if archive.newest else None
        holdings = _holdings(archive.path, archive.state, newest)
        writer = Writer(holdings, ledger)
        if newest:
            writer = OlderWriter(holdings, ledger, newest, archive.day)
        for name, data in tar_members(archive.path, ledger):
            member = _MEMBER.fullmatch(name)
            ledger.read("files")
            if not member or (member[2] and member[2] not in _FOLDERS):
                ledger.skip("files", Place(name, "-"), "not-people", name)
                continue
            sheet = _sheet(writer, newest, member, data)
            if sheet:
                yield sheet


_FOLDERS = (*raw.FOLDERS, *raw.COMMITTEE_FOLDERS)


def _sheet(writer: Writer, newest: Holdings | None, member: re.Match[str], data: bytes) -> Forms:
    """Return what a file says; one that can't be read is quarantined."""
    ledger, kind = writer.ledger, _kind(member)
    ledger.read(kind)
    file = member[0].split("/", 2)[2]
    try:
        content = document(data)
        if member[3]:
            return _list(writer, raw.places_of(content), file)
        if member[2] in raw.COMMITTEE_FOLDERS:
            found = raw.committee_of(content)
            if ledger.first(found.id):
                return committee(writer, found, Place(file, found.id))
            raise raw.UnsoundRecordError(f"has the id {found.id} of another file")
        person = raw.person_of(content)
        if ledger.first(person.id):
            return writer.person(known_now(person, newest), member[2], Place(file, person.id))
        raise raw.UnsoundRecordError(f"has the id {person.id} of another file")
    except (UnsoundYamlError, raw.UnsoundRecordError) as error:
        rule = "duplicate-id" if "of another file" in str(error) else "unsound-file"
        for one in (kind, "files"):
            ledger.quarantine(one, Place(file, "-"), rule, str(error))
        return {}


def _kind(member: re.Match[str]) -> str:
    if member[3]:
        return "list_files"
    return "committees" if member[2] in raw.COMMITTEE_FOLDERS else member[2]


def _list(writer: Writer, listed: list[tuple[str, str]], file: str) -> Forms:
    """Return the municipalities of a list, each once."""
    ledger = writer.ledger
    forms: Forms = {}
    also = {"files": 1, "list_files": 1}
    for index, (jurisdiction, _) in enumerate(listed):
        ledger.read("places")
        place = Place(file, jurisdiction, f"[{index}]")
        if not ledger.first(jurisdiction):
            ledger.skip("places", place, "repeated", jurisdiction)
            continue
        try:
            parts = places.municipality(jurisdiction, writer.holdings.places.get(jurisdiction))
        except places.UnknownPlaceError as error:
            ledger.quarantine("places", place, "unknown-place", str(error))
            continue
        writer.write(forms, parts[:-1], place)
        made = ledger.record("places", place, parts[-1].form, also)
        forms.setdefault("jurisdictions", []).append(made)
        also = {}
    if also:
        raise raw.UnsoundRecordError("lists nothing")
    return forms


def _holdings(path: Path, state: str, newest: Holdings | None) -> Holdings:
    """Read who holds what; files that can't be read are told of when they are written."""
    found = Holdings(state)
    seen: set[str] = set()
    for name, data in tar_members(path, Ledger(io.StringIO())):
        member = _MEMBER.fullmatch(name)
        if not member or member[2] in raw.COMMITTEE_FOLDERS:
            continue
        try:
            content = document(data)
            if member[3]:
                for jurisdiction, place in raw.places_of(content):
                    found.places.setdefault(jurisdiction, place)
            elif member[2] in raw.FOLDERS:
                person = raw.person_of(content)
                if person.id not in seen:
                    found.add(known_now(person, newest), member[2])
                seen.add(person.id)
        except (UnsoundYamlError, raw.UnsoundRecordError):
            continue
    found.settle()
    return found


def _archive(path: Path) -> _Archive | None:
    """Tell of which state and day an archive is; none for the documentation of the data set."""
    day = _DAY.search(f"{path.parent.name} {path.name}")
    names = []
    for name, _ in tar_members(path, Ledger(io.StringIO())):
        member = _MEMBER.fullmatch(name)
        if member and (member[1] == FEDERAL or member[1] in STATES):
            return _Archive(path, member[1], day[0] if day else None)
        names.append(name)
    if _DOCUMENTATION in names:
        return None
    raise errors.DataSetError(f"{path} has no data/STATE/ as the archives of Open States have")


def _check(archives: Sequence[_Archive], home: Home) -> None:
    """Refuse an archive alone where the home has others of the state: they hang together."""
    slugs = [archive.slug for archive in archives]
    if len(set(slugs)) < len(slugs):
        raise errors.DataSetError(f"{slugs[0]} is given twice: give each archive once")
    state = archives[0].state
    release = latest(home.path)
    others = release.manifest["graphs"] if release else ()
    missing = [
        one for one in others if one not in slugs and one.split("-")[:2] == ["openstates", state]
    ]
    if missing:
        raise errors.DataSetError(
            f"the home has {', '.join(missing)} as well: import all archives of {state} together"
        )


def _data_set(archive: _Archive, newest: _Archive | None) -> DataSet:
    place = "the United States Congress" if archive.state == FEDERAL else STATES[archive.state]
    return DataSet(
        slug=archive.slug,
        title=f"People and committees of {place} (Open States)",
        path=archive.path,
        published=f"../{archive.day}" if archive.day else None,
        url="https://github.com/openstates/people",
        license=CC0,
        depends_on=digest(newest.path) if newest else "",
        context=_Archive(archive.path, archive.state, archive.day, newest.path if newest else None),
    )
