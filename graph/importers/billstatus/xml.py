"""The layouts of BILLSTATUS XML: none stated (2015), 1.0.0 (2017), 3.0.0 (2022), read as one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from pledgegraph.graph.importers.congress_bills.measure import (
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

# What each layout calls the same, the newest first.
_NUMBER = ("number", "billNumber")
_TYPE = ("type", "billType")
_COMMITTEES = ("committees/item", "committees/billCommittees/item")
_SUBJECTS = (
    "subjects/legislativeSubjects/item",
    "subjects/billSubjects/legislativeSubjects/item",
    "subjects/billSubjects/otherSubjects/item",
)
_POLICY = (
    "policyArea/name",
    "subjects/billSubjects/policyArea/name",
    "subjects/billSubjects/primarySubject/name",
    "primarySubject/name",
)
_ACTION_COMMITTEES = ("committees/item", "committee")


def name_of(bill: etree._Element) -> str:
    """Return by what a bill is told from others, sound or not."""
    return " ".join((_first(bill, _TYPE), _first(bill, _NUMBER), _text(bill, "congress")))


def measure_of(bill: etree._Element, file: str) -> Measure:
    """Read a bill; raises ``ValueError`` for what is none."""
    number = number_of(_text(bill, "congress"), _first(bill, _TYPE), _first(bill, _NUMBER))
    introduced = day_of(_text(bill, "introducedDate"))
    return Measure(
        file=file,
        record=f"{number.type}{number.number}-{number.congress}",
        line=0,
        number=number,
        title=_text(bill, "title"),
        introduced=introduced,
        sponsors=tuple(
            Sponsor(_text(one, "bioguideId"), introduced, "", f"sponsors[{index}]")
            for index, one in enumerate(bill.iterfind("sponsors/item"))
        ),
        cosponsors=tuple(_cosponsors(bill)),
        steps=tuple(_voted(bill, list(_steps(bill)))),
        titles=tuple(
            (_text(one, "titleType"), _text(one, "title")) for one in bill.iterfind("titles/item")
        ),
        texts=tuple(_texts(bill)),
        committees=tuple(_committees(bill)),
        policy_area=_first(bill, _POLICY),
        subjects=tuple(_text(one, "name") for one in _all(bill, _SUBJECTS)),
        kin=tuple(_kin(bill)),
        laws=tuple(
            (_text(one, "type"), _text(one, "number")) for one in bill.iterfind("laws/item")
        ),
        amendments=len(bill.findall("amendments/amendment")),
    )


def _cosponsors(bill: etree._Element) -> Iterator[Sponsor]:
    for index, one in enumerate(bill.iterfind("cosponsors/item")):
        withdrawn = _text(one, "sponsorshipWithdrawnDate")
        yield Sponsor(
            _text(one, "bioguideId"),
            day_of(_text(one, "sponsorshipDate")),
            day_of(withdrawn) if withdrawn else "",
            f"cosponsors[{index}]",
        )


def _steps(bill: etree._Element) -> Iterator[Step]:
    for index, one in enumerate(bill.iterfind("actions/item")):
        code = _text(one, "actionCode")
        yield Step(
            day=day_of(_text(one, "actionDate")),
            time=minute_of(_text(one, "actionTime")),
            text=_text(one, "text"),
            codes=(code,) if code else (),
            committees=tuple(
                code for c in _all(one, _ACTION_COMMITTEES) if (code := _text(c, "systemCode"))
            ),
            votes=tuple(_vote(vote) for vote in one.iterfind("recordedVotes/recordedVote")),
            field=f"actions[{index}]",
        )


def _voted(bill: etree._Element, steps: list[Step]) -> Iterator[Step]:
    """Give the steps the roll calls that older layouts list beside them.

    The text of the step names its roll call; the time of the vote would be in another zone.
    """
    beside = [_vote(vote) for vote in bill.iterfind("recordedVotes/recordedVote")]
    for step in steps:
        named = (vote for vote in beside if _names(step.text, vote))
        yield replace(step, votes=tuple(dict.fromkeys((*step.votes, *named))))


def _names(text: str, vote: Vote) -> bool:
    words = "Roll no. " if vote.chamber == "house" else "Record Vote Number: "
    return bool(re.search(rf"{re.escape(words)}{vote.number}\b", text))


def _vote(vote: etree._Element) -> Vote:
    names = ("chamber", "sessionNumber", "rollNumber")
    return vote_of(*(_text(vote, name) for name in names))


def _texts(bill: etree._Element) -> Iterator[Text]:
    for index, one in enumerate(bill.iterfind("textVersions/item")):
        date = _text(one, "date")
        yield Text(
            _text(one, "type"),
            day_of(date) if date else "",
            _text(one, "formats/item/url"),
            f"textVersions[{index}]",
        )


def _committees(bill: etree._Element) -> Iterator[str]:
    for one in _all(bill, _COMMITTEES):
        yield _text(one, "systemCode")
        for below in one.iterfind("subcommittees/item"):
            yield _text(below, "systemCode")


def _kin(bill: etree._Element) -> Iterator[Kin]:
    for index, one in enumerate(bill.iterfind("relatedBills/item")):
        yield Kin(
            number_of(_text(one, "congress"), _text(one, "type"), _text(one, "number")),
            _text(one, "title") or _text(one, "latestTitle"),
            tuple(_text(kind, "type") for kind in one.iterfind("relationshipDetails/item")),
            f"relatedBills[{index}]",
        )


def _all(element: etree._Element, paths: tuple[str, ...]) -> list[etree._Element]:
    """Return the elements of the first path that has any."""
    return next((found for path in paths if (found := element.findall(path))), [])


def _first(element: etree._Element, paths: tuple[str, ...]) -> str:
    return next((text for path in paths if (text := _text(element, path))), "")


def _text(element: etree._Element, path: str) -> str:
    return " ".join((element.findtext(path) or "").split())
