"""Bills of Congress as JSON of the Congress.gov API, one bill a line, one file a type of bill.

``hr.jsonl.xz`` and its like become ``congress-bills-119-hr``; ``votes.jsonl.xz`` becomes
``congress-votes-119`` (``congress_bills.votes``). Full texts (``selected-fulltext.jsonl.xz``) are
read and skipped by rule: a version keeps the address of its text. ``congress_bills.forms`` says
which field decides. All days are those of the legislature; the day of a withdrawal is the first
on which the name is off.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from pledgegraph.graph.errors import DataSetError
from pledgegraph.graph.importers.congress_bills.forms import sheet_of
from pledgegraph.graph.importers.congress_bills.measure import (
    NUMBERS,
    Kin,
    Measure,
    Sponsor,
    Step,
    Text,
    Vote,
    day_of,
    minute_of,
    number_of,
    vote_of,
)
from pledgegraph.graph.importers.congress_bills.members import Members
from pledgegraph.graph.importers.congress_bills.votes import vote_sheets
from pledgegraph.graph.importing import DataSet, Home, Ledger, Place, Sheet
from pledgegraph.graph.importing.data_set import PUBLIC_DOMAIN
from pledgegraph.graph.importing.readers.json_lines import json_lines
from pledgegraph.graph.importing.readers.packed import opened

Json = Mapping[str, Any]

_FILE = re.compile(r"([a-z-]+)\.jsonl(?:\.xz|\.gz|\.bz2)?")
_CONGRESS = re.compile(rb'"bill_id": ?"[a-z]+[0-9]+-([0-9]+)"')
_ASKED = re.compile(rb'"_accessed": ?"([0-9]{4}-[0-9]{2}-[0-9]{2})T')
_URL = "https://api.congress.gov/"
_OTHERS = {"votes": ("votes", "Roll calls"), "selected-fulltext": ("texts", "Full texts of bills")}


class CongressBills:
    """The importer ``congress-bills``."""

    name = "congress-bills"

    def data_sets(self, paths: Sequence[Path], home: Home) -> Iterator[DataSet]:
        """Iterate over files of bills and of votes; raises ``DataSetError`` for others."""
        members = Members(home)
        depends_on = home.digest_of("congress-legislators") + home.digest_of("congress-committee")
        for path in paths:
            found = _FILE.fullmatch(path.name)
            type_ = found[1] if found else ""
            if type_ not in NUMBERS and type_ not in _OTHERS:
                wanted = ", ".join(f"{name}.jsonl.xz" for name in (*NUMBERS, *_OTHERS))
                raise DataSetError(f"{path} is no file of bills: their names are {wanted}")
            congress, published = _beginning(path)
            kind, what = _OTHERS.get(type_, ("bills", f"Bills ({NUMBERS.get(type_)})"))
            tail = f"-{type_}" if type_ in NUMBERS else ""
            yield DataSet(
                f"congress-{kind}-{congress}{tail}",
                f"{what} of Congress {congress} (Congress.gov)",
                path,
                published=published,
                url=_URL,
                license=PUBLIC_DOMAIN,
                depends_on=depends_on,
                context=members,
            )

    def read(self, data_set: DataSet, ledger: Ledger) -> Iterator[Sheet]:
        """Iterate over bills, or over roll calls."""
        if data_set.slug.startswith("congress-votes"):
            yield from vote_sheets(data_set.path, ledger)
            return
        if data_set.slug.startswith("congress-texts"):
            _skip_texts(data_set.path, ledger)
            return
        assert isinstance(data_set.context, Members)
        for line in json_lines(data_set.path, ledger, "bill"):
            record = str(line.value.get("bill_id", f"line-{line.number}"))
            try:
                measure = measure_of(line.value, data_set.path.name, line.number)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                place = Place(data_set.path.name, record, "", line.number)
                ledger.quarantine("bill", place, "bad-bill", f"{type(error).__name__}: {error}")
                continue
            sheet = sheet_of(measure, ledger, data_set.context)
            if sheet:
                yield sheet


def _skip_texts(path: Path, ledger: Ledger) -> None:
    for line in json_lines(path, ledger, "full-text"):
        record = str(line.value.get("bill_id", f"line-{line.number}"))
        place = Place(path.name, record, "fullTexts", line.number)
        ledger.skip("full-text", place, "full-text", "the address of the text is kept")


def _beginning(path: Path) -> tuple[str, str | None]:
    """Return the Congress that the first record is of, and when the API was asked for it."""
    with opened(path, Ledger(io.StringIO())) as file:
        line = file.readline(1 << 22)
    congress, asked = _CONGRESS.search(line), _ASKED.search(line)
    if not congress:
        raise DataSetError(f"{path} has no bill of a Congress at its beginning")
    return congress[1].decode(), f"../{asked[1].decode()}" if asked else None


def measure_of(value: Json, file: str, line: int) -> Measure:
    """Read a line; raises ``ValueError``, ``KeyError`` or ``TypeError`` for what is no bill."""
    bill = value["bill"]["bill"]
    introduced = day_of(bill["introducedDate"])
    return Measure(
        file=file,
        record=str(value["bill_id"]),
        line=line,
        number=number_of(bill["congress"], bill["type"], bill["number"]),
        title=_text(bill["title"]),
        introduced=introduced,
        sponsors=tuple(
            Sponsor(_text(one["bioguideId"]), introduced, "", f"sponsors[{index}]")
            for index, one in enumerate(_list(bill.get("sponsors")))
        ),
        cosponsors=tuple(_cosponsors(value)),
        steps=tuple(_steps(value)),
        titles=tuple(
            (_text(one["titleType"]), _text(one["title"])) for one in _section(value, "titles")
        ),
        texts=tuple(_texts(value)),
        committees=tuple(_committees(value)),
        policy_area=_text((bill.get("policyArea") or {}).get("name")),
        subjects=tuple(_subjects(value)),
        kin=tuple(_kin(value)),
        laws=tuple((_text(one["type"]), _text(one["number"])) for one in _section(value, "laws")),
        amendments=sum(len(_list(one.get("amendment"))) for one in _section(value, "amendments")),
    )


def _cosponsors(value: Json) -> Iterator[Sponsor]:
    for index, one in enumerate(_section(value, "cosponsors")):
        withdrawn = one.get("sponsorshipWithdrawnDate")
        yield Sponsor(
            _text(one["bioguideId"]),
            day_of(one["sponsorshipDate"]),
            day_of(withdrawn) if withdrawn else "",
            f"cosponsors[{index}]",
        )


def _steps(value: Json) -> Iterator[Step]:
    for index, one in enumerate(_section(value, "actions")):
        code = _text(one.get("actionCode"))
        yield Step(
            day=day_of(one["actionDate"]),
            time=minute_of(_text(one.get("actionTime"))),
            text=_text(one.get("text")),
            codes=(code,) if code else (),
            committees=tuple(_text(c["systemCode"]) for c in _list(one.get("committees"))),
            votes=tuple(_vote(vote) for vote in _list(one.get("recordedVotes"))),
            field=f"actions[{index}]",
        )


def _vote(vote: Json) -> Vote:
    parts = (vote["chamber"], vote["sessionNumber"], vote["rollNumber"])
    return vote_of(*(str(part) for part in parts))


def _texts(value: Json) -> Iterator[Text]:
    for index, one in enumerate(_list((value.get("text") or {}).get("textVersions"))):
        date = one.get("date")
        urls = [_text(form.get("url")) for form in _list(one.get("formats"))]
        yield Text(
            _text(one.get("type")),
            day_of(date) if date else "",
            urls[0] if urls else "",
            f"textVersions[{index}]",
        )


def _committees(value: Json) -> Iterator[str]:
    for one in _section(value, "committees"):
        yield _text(one["systemCode"])
        for below in _list(one.get("subcommittees")):
            yield _text(below["systemCode"])


def _subjects(value: Json) -> Iterator[str]:
    for one in _section(value, "subjects"):
        for subject in _list(one.get("legislativeSubjects") or None):
            yield _text(subject["name"])


def _kin(value: Json) -> Iterator[Kin]:
    listed = _list((value.get("relatedbills") or {}).get("relatedBills"))
    for index, one in enumerate(listed):
        yield Kin(
            number_of(one["congress"], one["type"], one["number"]),
            _text(one.get("title")),
            tuple(_text(kind["type"]) for kind in _list(one.get("relationshipDetails"))),
            f"relatedBills[{index}]",
        )


def _section(value: Json, name: str) -> list[Json]:
    """Return the list that a section of the same name holds."""
    return _list((value.get(name) or {}).get(name))


def _list(value: object) -> list[Json]:
    """Return a list, what stands in its place, or its ``item``; nothing is an empty one."""
    if isinstance(value, Mapping) and "item" in value:
        value = value["item"]
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [cast(Json, value)]


def _text(value: object) -> str:
    """Return a text with single spaces; raises ``ValueError`` for what is none."""
    if value is None:
        return ""
    if not isinstance(value, str | int):
        raise ValueError(f"{type(value).__name__} where a text should be")
    return " ".join(str(value).split())
