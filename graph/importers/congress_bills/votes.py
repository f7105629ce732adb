"""Roll calls on bills of Congress: question, result and counts, one line for each bill.

The counts are the totals that the clerk printed; they equal what the members' answers add up to
in all 620 roll calls of the 119th Congress at hand, and where they do not, the roll call is
quarantined (``counts-differ``). The day is that of the action: the time of the vote itself is in
another zone, and on the next day for votes late in the evening.

Who voted how is skipped by rule (``member-votes``): 204,018 answers would be as many records as the
sponsorships, and no question asks for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pledgegraph.graph.importers.congress_bills.forms import identified
from pledgegraph.graph.importers.congress_bills.measure import (
    Number,
    Vote,
    day_of,
    number_of,
    vote_of,
)
from pledgegraph.graph.importers.united_states import house, senate
from pledgegraph.graph.importing import Ledger, Place, Sheet
from pledgegraph.graph.importing.readers.json_lines import json_lines

Json = Mapping[str, Any]

_COUNTS = ("yeas", "nays", "present", "not-voting")
_HOUSE = ("yea-total", "nay-total", "present-total", "not-voting-total")
_SENATE = ("yeas", "nays", "present", "absent")
_ANSWERS = (("Yea", "Aye"), ("Nay", "No"), ("Present",), ("Not Voting",))


def vote_sheets(path: Path, ledger: Ledger) -> Iterator[Sheet]:
    """Iterate over the bills with recorded votes; a broken roll call is quarantined alone."""
    for line in json_lines(path, ledger, "bill-with-votes"):
        place = Place(path.name, str(line.value.get("bill_id", "")) or "-", "", line.number)
        try:
            kind, _, congress = place.record.partition("-")
            letters = kind.rstrip("0123456789")
            number = number_of(congress, letters, kind.removeprefix(letters))
            listed = list(line.value["votes"]["votes"])
        except (ValueError, KeyError, TypeError) as error:
            ledger.quarantine("bill-with-votes", place, "bad-bill", str(error))
            continue
        sheet: dict[str, list[Mapping[str, Any]]] = {}
        entry = place.at("votes").entry
        for part in (*house(), *senate()):
            if ledger.first(part.reference):
                sheet.setdefault(part.section, []).append({**part.form, "entry": entry})
        sheet["bills"] = [ledger.record("bill-with-votes", place.at("votes"), identified(number))]
        sheet["roll-calls"] = list(_roll_calls(listed, number, place, ledger))
        yield sheet


def _roll_calls(
    listed: list[Json], number: Number, place: Place, ledger: Ledger
) -> Iterator[Mapping[str, Any]]:
    ledger.read("roll-call", len(listed))
    for index, one in enumerate(listed):
        at = place.at(f"votes[{index}]")
        try:
            form, answers = _form(one, number)
            vote, counts = form.pop("vote"), [int(form[key]) for key in _COUNTS if key in form]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            ledger.quarantine("roll-call", at, "bad-roll-call", f"{type(error).__name__}: {error}")
            continue
        ledger.read("member-vote", sum(answers.values()))
        ledger.skip("member-vote", at, "member-votes", vote, sum(answers.values()))
        added = [sum(answers[word] for word in words) for words in _ANSWERS]
        if answers and counts != added:
            ledger.quarantine("roll-call", at, "counts-differ", f"{counts} and {added}")
            continue
        yield ledger.record("roll-call", at, {**form, "entry": place.at("votes").entry})


def _form(one: Json, number: Number) -> tuple[dict[str, Any], Counter[str]]:
    named = one["recordedVote"]
    vote = vote_of(str(named["chamber"]), str(named["sessionNumber"]), str(named["rollNumber"]))
    told = one["detail"][f"{vote.chamber}RollCallVote"]
    if vote.chamber == "house":
        totals = told["totals"]["totals-by-vote"]
        counts = dict(zip(_COUNTS, (str(int(totals[key])) for key in _HOUSE), strict=True))
    else:
        totals = one["sourcePayload"]["count"]
        counts = dict(zip(_COUNTS, (str(int(totals[key] or 0)) for key in _SENATE), strict=True))
    form = _named(vote, number) | counts
    form |= {"date": day_of(one["action"]["actionDate"]), "vote": vote.slug(number.congress)}
    form |= {"question": told["voteQuestion"], "result": told["result"]}
    answers = one["members"][f"{vote.chamber}RollCallVoteMemberVotes"]["results"]
    return form, Counter(str(answer["voteCast"]) for answer in answers)


def _named(vote: Vote, number: Number) -> dict[str, Any]:
    return {
        "id": vote.slug(number.congress),
        "on": f"bill/{number.slug}",
        "chamber": f"organization/us-{vote.chamber}",
        "session": number.congress,
        "number": f"{vote.session}-{vote.number}",
    }
