"""The stage that a step in the course of a bill reaches, by the legislature's own codes.

What decides is the code of the step, or, as the Senate's own steps have none, how its text
begins; never the field ``type``, which in GPO's older files says ``Prayer`` for a hearing.

=====================================================  ==========================================
code or text                                           stage
=====================================================  ==========================================
1000 1010 1025 10000 10010 10025 Intro-H Intro-S       introduced
H11100, H11100-A; ``referred to the Committee``        in committee, until a chamber has passed it
H12410 H12420; ``Placed on Senate ... Calendar``       on calendar, until a chamber has passed it
8000 (House), 17000 (Senate): passed, agreed to        passed a chamber; passed, if it is a simple
                                                       resolution, or the other chamber's turn and
                                                       without amendment
19500 20500: a chamber agrees to the other's           passed, unless with another amendment
amendment
21000 23000: a conference report is agreed to          passed, when both chambers have
28000 E20000: presented to the President               passed
36000 41000 E30000 E40000, if the text says ``Signed`` enacted
or ``Became`` law (a veto has E30000 too)
9000 18000 33000 35000: not agreed to; a motion to     failed, but for a motion to suspend the
table agreed to (H36510); indefinitely postponed       rules: the bill may still be passed by rule
=====================================================  ==========================================

Any other step leaves the bill where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from pledgegraph.graph.importers.congress_bills.measure import Step

T = TypeVar("T")

_INTRODUCED = {"1000", "1010", "1025", "10000", "10010", "10025", "Intro-H", "Intro-S"}
_REFERRED = {"H11100", "H11100-A"}
_PLACED = {"H12410", "H12420"}
_PASSED = {"8000": "house", "17000": "senate"}
_SETTLED = {"19500", "20500"}
_CONFERENCE = {"21000": "house", "23000": "senate"}
_PRESENTED = {"28000", "E20000"}
_SIGNED = {"36000", "41000", "E30000", "E40000"}
_REFUSED = {"9000", "18000", "33000", "35000"}
_TABLED = "H36510"

_REFERRAL = re.compile(r"\breferred (?:jointly )?to the (?:[A-Z]\w+ )*Committees?\b", re.IGNORECASE)
_CALENDAR = re.compile(r"\bPlaced on Senate (?:Legislative|Executive) Calendar\b")
_AMENDED = re.compile(r"\bamend(?:ed|ment|ments)\b")
_AGREED_WITH_ANOTHER = re.compile(r"\bwith (?:an? )?amendments?\b|\bdisagree|\binsist|\bFailed\b")


class Course:
    """Follows one bill from step to step, oldest first."""

    def __init__(self, type_: str) -> None:
        self._needs_one = type_ in ("hres", "sres")
        self._passed: set[str] = set()
        self._conference: set[str] = set()

    def stage_of(self, step: Step) -> str | None:
        """Return the stage that a step reaches, or none."""
        reached = [self._by_code(code, step.text) for code in step.codes or ("",)]
        return next((stage for stage in reached if stage), None)

    def _by_code(self, code: str, text: str) -> str | None:
        if code in _PASSED:
            return self._pass(_PASSED[code], text)
        if code in _SETTLED:
            return None if _AGREED_WITH_ANOTHER.search(text) else "passed"
        if code in _CONFERENCE:
            self._conference.add(_CONFERENCE[code])
            return "passed" if len(self._conference) == 2 else None
        if code in _PRESENTED:
            return "passed"
        if code in _SIGNED:
            return "enacted" if text.startswith(("Signed", "Became")) else None
        if code in _REFUSED:
            return None if "suspend the rules" in text else "failed"
        if code == _TABLED:
            return "failed" if "to table" in text and " Agreed to " in text else None
        if text.startswith("Indefinitely postponed"):
            return "failed"
        return None if self._passed else _before_passage(code, text)

    def _pass(self, chamber: str, text: str) -> str | None:
        is_other = bool(self._passed - {chamber})
        self._passed.add(chamber)
        if self._needs_one:
            return "passed"
        if not is_other:
            return "passed-chamber"
        changed = _AMENDED.search(text.replace("without amendment", ""))
        return None if changed else "passed"


def _before_passage(code: str, text: str) -> str | None:
    if code in _INTRODUCED:
        return "introduced"
    if code in _REFERRED or (not code and _REFERRAL.search(text)):
        return "in-committee"
    if code in _PLACED or (not code and _CALENDAR.search(text)):
        return "on-calendar"
    return None


def stages(type_: str, steps: Iterable[Step]) -> Iterator[tuple[Step, str | None]]:
    """Iterate over the steps of a bill, oldest first, each with the stage that it reaches.

    Sources list the newest first; of one day the order is theirs.
    """
    course = Course(type_)
    oldest_first = tuple(steps)[::-1]
    for step in sorted(oldest_first, key=lambda step: step.day):
        yield step, course.stage_of(step)


def listed_once(steps: Iterable[Step]) -> list[Step]:
    """Return each step once: a source lists it anew under each code and for each committee.

    It is the same by its day, time and words.
    """
    found: dict[tuple[str, str, str], Step] = {}
    for step in steps:
        key = (step.day, step.time, step.text)
        known = found.get(key)
        found[key] = step if known is None else _joined(known, step)
    return list(found.values())


def _joined(one: Step, other: Step) -> Step:
    return replace(
        one,
        codes=_all(one.codes, other.codes),
        committees=_all(one.committees, other.committees),
        votes=_all(one.votes, other.votes),
    )


def _all(one: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*one, *other)))
