"""Write a bill of Congress as record forms, and account for each part of it.

What decides, where a source says one thing twice:

* The course of a bill is what its steps say. ``latestAction`` is not read: it names a step before
  the last on 2,850 of the 14,702 bills of the 119th Congress.
* The title is the one of type ``Display Title``; the field ``title`` is older on 11 bills.
* A member's party, state, district and name beside a sponsorship are not read: the term is that
  which the home knows for the day, in the chamber of the bill. Where the home knows the member but
  no term of that day, the sponsorship names the person. It is quarantined where the home does not
  know the member (``unknown-member``) or knows a term in the other chamber (``other-chamber``).
* ``isOriginalCosponsor`` is not read: it is true just if the two days are equal.
* A sponsorship ends on the day of withdrawal, from which the name no longer stands: half-open.
* A number reserved for the Speaker or a leader (``Reserved for the Speaker.``) is no bill.
* A step is listed anew for each committee and each code; it is written once, with all of them.
* A text dated before the bill was brought in is quarantined (``before-introduction``).

Each part rests on one entry for the bill and the list that it stands in (``cosponsors``,
``actions``): within the list the member, or the day and words, find it in every version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pledgegraph.graph.importers.congress_bills.measure import Kin, Measure, Number, Sponsor, Step
from pledgegraph.graph.importers.congress_bills.members import Members
from pledgegraph.graph.importers.congress_bills.stages import listed_once, stages
from pledgegraph.graph.importers.congress_bills.texts import texts
from pledgegraph.graph.importers.united_states import house, senate
from pledgegraph.graph.importing import Ledger, Place, Sheet
from pledgegraph.graph.records.nodes import digest

Form = dict[str, Any]

_RESERVED = "Reserved for the "
_BIOGUIDE = re.compile(r"[A-Z][0-9]{6}")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_RELATIONS: Mapping[str, str] = {
    "Identical bill": "identical",
    "Procedurally related": "procedurally-related",
    "Procedurally-related": "procedurally-related",
}
_LAWS: Mapping[str, str] = {"Public Law": "us-pl", "Private Law": "us-pvtl"}


def counted(measure: Measure, ledger: Ledger) -> None:
    """Count the parts of a bill as read."""
    for kind, count in _parts(measure).items():
        ledger.read(kind, count)


def skip(measure: Measure, ledger: Ledger, rule: str, detail: str) -> None:
    """Leave a bill out by a rule, with all its parts."""
    place = place_of(measure, "")
    for kind, count in {"bill": 1, **_parts(measure)}.items():
        if count:
            ledger.skip(kind, place, rule, detail, count)


def _parts(measure: Measure) -> dict[str, int]:
    return {
        "sponsor": len(measure.sponsors),
        "cosponsorship": len(measure.cosponsors),
        "withdrawal": sum(1 for one in measure.cosponsors if one.withdrawn),
        "action": len(measure.steps),
        "title": len(measure.titles),
        "version": len(measure.texts),
        "committee": len(measure.committees),
        "related-bill": len(measure.kin),
        "law": len(measure.laws),
        "roll-call": sum(len(step.votes) for step in measure.steps),
        "amendment": measure.amendments,
    }


def place_of(measure: Measure, field: str) -> Place:
    """Return a field of the record of a bill."""
    return Place(measure.file, measure.record, field, measure.line)


def sheet_of(measure: Measure, ledger: Ledger, members: Members) -> Sheet | None:
    """Return the forms of a bill, or none if it is left out; its parts are counted here."""
    counted(measure, ledger)
    if measure.title.startswith(_RESERVED) and not measure.steps:
        skip(measure, ledger, "reserved-number", measure.title)
        return None
    if measure.amendments:
        place = place_of(measure, "amendments")
        ledger.skip("amendment", place, "amendments", "not imported", measure.amendments)
    entry = place_of(measure, "bill").entry
    sheet: dict[str, list[Form]] = {}
    for part in (*house(), *senate()):
        if ledger.first(part.reference):
            sheet.setdefault(part.section, []).append({**part.form, "entry": entry})
    sheet["laws"] = list(_laws(measure, ledger))
    sheet["bills"] = [
        *_other_bills(measure, ledger),
        _bill(measure, ledger, members, sheet["laws"]),
    ]
    sheet["roll-calls"] = list(_roll_calls(measure, ledger))
    return sheet


def identified(number: Number) -> Form:
    """Return the form of a bill with no more than what names it, the same in every source."""
    return {
        "id": number.slug,
        "jurisdiction": "jurisdiction/us",
        "session": number.congress,
        "number": number.printed,
        "chamber": f"organization/{number.chamber}",
    }


def _bill(measure: Measure, ledger: Ledger, members: Members, laws: list[Form]) -> Form:
    names = _titles(measure, ledger)
    form = identified(measure.number) | {
        "label": names[0] if names else measure.number.printed,
        "also-called": names[1:],
        "policy-area": measure.policy_area,
        "subjects": list(measure.subjects),
        "referred-to": list(_committees(measure, ledger, members)),
        "law": [f"law/{law['id']}" for law in laws],
        "sponsorships": list(_sponsorships(measure, ledger, members)),
        "actions": list(_actions(measure, ledger, members)),
        "texts": list(texts(measure, ledger)),
        **_kin(measure),
    }
    also = {
        "title": len(names),
        "related-bill": len(measure.kin),
        "committee": len(form["referred-to"]),
    }
    return ledger.record("bill", place_of(measure, "bill"), form, also)


def _titles(measure: Measure, ledger: Ledger) -> list[str]:
    """Return the display title and the other titles; the same words are one title."""
    shown = [title for kind, title in measure.titles if kind == "Display Title"]
    listed = [*shown, *(title for _, title in measure.titles)]
    names = list(dict.fromkeys(title for title in listed if title))
    place = place_of(measure, "titles")
    twice = len(measure.titles) - len(names)
    if twice:
        ledger.skip("title", place, "same-words", "", twice)
    for name in names:
        if not _fits(name):
            ledger.quarantine("title", place, "control-character", repr(name))
    return [name for name in names if _fits(name)]


def _fits(name: str) -> bool:
    """Tell whether a title is text: one of the 119th Congress has a quotation mark of Windows."""
    return not _CONTROL.search(name)


def _committees(measure: Measure, ledger: Ledger, members: Members) -> Iterator[str]:
    found = dict.fromkeys(measure.committees)
    twice = len(measure.committees) - len(found)
    place = place_of(measure, "committees")
    if twice:
        ledger.skip("committee", place, "listed-again", "", twice)
    for code in found:
        slug = members.committee(code)
        if slug:
            yield f"organization/{slug}"
        else:
            ledger.quarantine("committee", place, "unknown-committee", code)


def _sponsorships(measure: Measure, ledger: Ledger, members: Members) -> Iterator[Form]:
    chamber, bill = measure.number.chamber, measure.number.slug
    times: dict[str, int] = {}
    kinds = [("sponsor", one) for one in measure.sponsors]
    kinds += [("cosponsor", one) for one in sorted(measure.cosponsors, key=lambda one: one.day)]
    for kind, one in kinds:
        raw = "sponsor" if kind == "sponsor" else "cosponsorship"
        also = {"withdrawal": 1} if one.withdrawn and raw == "cosponsorship" else {}
        place = place_of(measure, one.field)
        try:
            who = _who(one, chamber, members)
        except ValueError as error:
            for name in (raw, *also):
                ledger.quarantine(name, place, str(error.args[0]), str(error.args[1]))
            continue
        times[one.bioguide] = times.get(one.bioguide, 0) + 1
        again = f"-{one.day}" if times[one.bioguide] > 1 else ""
        form = {
            "id": f"{bill}-{one.bioguide}{again}",
            "entry": place_of(measure, "bill" if kind == "sponsor" else "cosponsors").entry,
            "kind": kind,
            "from": one.day,
            "until": one.withdrawn,
            **who,
        }
        yield ledger.record(raw, place, form, also)


def _who(one: Sponsor, chamber: str, members: Members) -> Form:
    """Return the term of a sponsor, or the person; raise ``ValueError`` with rule and detail."""
    if not _BIOGUIDE.fullmatch(one.bioguide):
        raise ValueError("bad-identifier", f"'{one.bioguide}' is no Bioguide id")
    if one.withdrawn and one.withdrawn < one.day:
        raise ValueError("withdrawn-before", f"{one.withdrawn} before {one.day}")
    if not members.known(one.bioguide):
        raise ValueError("unknown-member", one.bioguide)
    try:
        term = members.term(one.bioguide, one.day, chamber)
    except ValueError as error:
        raise ValueError("other-chamber", str(error)) from error
    return {"term": f"term/{term}"} if term else {"sponsor": f"person/bioguide-{one.bioguide}"}


def _actions(measure: Measure, ledger: Ledger, members: Members) -> Iterator[Form]:
    steps = listed_once(measure.steps)
    twice = len(measure.steps) - len(steps)
    if twice:
        ledger.skip("action", place_of(measure, "actions"), "listed-again", "", twice)
    entry = place_of(measure, "actions").entry
    for step, stage in stages(measure.number.type, steps):
        form = _action(measure.number, step, members) | {"stage": stage, "entry": entry}
        yield ledger.record("action", place_of(measure, step.field), form)


def _action(number: Number, step: Step, members: Members) -> Form:
    committees = (members.committee(code) for code in step.committees)
    words = digest(step.time, step.text or " ".join(step.codes))
    return {
        "id": f"{number.slug}-{step.day}-{words}",
        "label": step.text,
        "date": step.day,
        "code": list(step.codes),
        "committee": [f"organization/{slug}" for slug in committees if slug],
        "roll-call": [f"roll-call/{vote.slug(number.congress)}" for vote in step.votes],
    }


def _roll_calls(measure: Measure, ledger: Ledger) -> Iterator[Form]:
    """Iterate over the roll calls that steps mention: what names them, and their day.

    The day is that of the step: the time of the vote is in another zone, and may be the next day.
    """
    number = measure.number
    for step in measure.steps:
        for vote in step.votes:
            slug, place = vote.slug(number.congress), place_of(measure, step.field)
            if not ledger.first(f"{number.slug} {slug}"):
                ledger.skip("roll-call", place, "listed-again", slug)
                continue
            form = {
                "id": slug,
                "entry": place_of(measure, "actions").entry,
                "on": f"bill/{number.slug}",
                "chamber": f"organization/us-{vote.chamber}",
                "session": number.congress,
                "number": f"{vote.session}-{vote.number}",
                "date": step.day,
            }
            yield ledger.record("roll-call", place.at(f"{step.field}.{slug}"), form)


def _laws(measure: Measure, ledger: Ledger) -> Iterator[Form]:
    for index, (kind, number) in enumerate(measure.laws):
        place = place_of(measure, f"laws[{index}]")
        if kind not in _LAWS or not re.fullmatch(r"[0-9]+-[0-9]+", number) or index:
            ledger.quarantine("law", place, "no-such-law", f"{kind} {number}")
            continue
        form = {
            "id": f"{_LAWS[kind]}-{number}",
            "label": f"{kind} {number}",
            "number": number,
            "jurisdiction": "jurisdiction/us",
        }
        yield ledger.record("law", place, form)


def _kin(measure: Measure) -> Form:
    found: dict[str, list[str]] = {}
    for kin in measure.kin:
        for kind in kin.kinds:
            key = _RELATIONS.get(kind, "related")
            found.setdefault(key, []).append(f"bill/{kin.number.slug}")
    return dict(found)


def _other_bills(measure: Measure, ledger: Ledger) -> Iterator[Form]:
    """Iterate over the related bills by what names them: they may be in no file at hand."""
    entry = place_of(measure, "relatedBills").entry
    for kin in measure.kin:
        if ledger.first(f"bill/{kin.number.slug}"):
            yield _named(kin) | {"entry": entry}


def _named(kin: Kin) -> Form:
    return identified(kin.number) | ({"also-called": kin.title} if _fits(kin.title) else {})
