"""The printed texts of a bill of Congress, by the printer's codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pledgegraph.graph.importers.congress_bills.measure import Measure, Text
from pledgegraph.graph.importing import Ledger, Place

NAMES: Mapping[str, str] = {
    "as": "Amendment Ordered to be Printed Senate",
    "ats": "Agreed to Senate",
    "cps": "Considered and Passed Senate",
    "eah": "Engrossed Amendment House",
    "eas": "Engrossed Amendment Senate",
    "eh": "Engrossed in House",
    "enr": "Enrolled Bill",
    "es": "Engrossed in Senate",
    "ih": "Introduced in House",
    "is": "Introduced in Senate",
    "lth": "Laid on Table in House",
    "pcs": "Placed on Calendar Senate",
    "rcs": "Reference Change Senate",
    "rds": "Received in Senate",
    "rfh": "Referred in House",
    "rfs": "Referred in Senate",
    "rh": "Reported in House",
    "rhuc": "Returned to the House by Unanimous Consent",
    "ris": "Referral Instructions Senate",
    "rs": "Reported in Senate",
}
_CODES = {name: code for code, name in NAMES.items()} | {"Reported to Senate": "rs"}
_IN_URL = re.compile(r"/BILLS-[0-9]+[a-z]+[0-9]+([a-z]+[0-9]*)\.[a-z]+$")


def code_of(text: Text) -> str | None:
    """Return the printer's code of a text, or none.

    The name of the printed file decides; the field ``type`` has the name of the version on some
    bills and its code on others, and ``Referred in Senate`` for a text returned to the House.
    """
    found = _IN_URL.search(text.url)
    if found:
        return found[1]
    code = text.name.lower()
    return code if code in NAMES else _CODES.get(text.name)


def texts(measure: Measure, ledger: Ledger) -> Iterator[Mapping[str, Any]]:
    """Iterate over the forms of a bill's texts; each ends in the ledger."""
    codes: set[str] = set()
    entry = Place(measure.file, measure.record, "textVersions").entry
    for text in measure.texts:
        place = Place(measure.file, measure.record, text.field, measure.line)
        code = code_of(text)
        if not (text.name or text.url):
            ledger.skip("version", place, "empty", "names no text")
        elif text.name == "Public Law":
            ledger.skip("version", place, "text-of-law", text.url)
        elif code is None:
            ledger.quarantine("version", place, "unknown-version", text.name)
        elif code in codes:
            ledger.skip("version", place, "listed-again", code)
        elif text.day and text.day < measure.introduced:
            detail = f"{code} of {text.day}, brought in on {measure.introduced}"
            ledger.quarantine("version", place, "before-introduction", detail)
        else:
            codes.add(code)
            base = code.rstrip("0123456789")
            form = {
                "id": f"{measure.number.slug}-{code}",
                "entry": entry,
                "label": NAMES.get(base, text.name),
                "date": text.day,
                "code": code,
                "url": text.url,
            }
            yield ledger.record("version", place, form)
