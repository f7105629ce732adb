"""The record format as a table: which forms there are, and in which section each is written.

The expansion, the error messages and ``docs/records.md`` (by a test) all follow this table.
"""

from __future__ import annotations

from collections.abc import Mapping

from pledgegraph.graph.records.forms_influence import INFLUENCE
from pledgegraph.graph.records.forms_law import LAW
from pledgegraph.graph.records.forms_pledges import PLEDGES
from pledgegraph.graph.records.forms_speech import SPEECH
from pledgegraph.graph.records.forms_surveys import SURVEYS
from pledgegraph.graph.records.forms_things import THINGS
from pledgegraph.graph.records.keys import COMMON, Form, Key

__all__ = ["COMMON", "FORMS", "SECTIONS", "Form", "Key"]

FORMS: Mapping[str, Form] = {**THINGS, **PLEDGES, **SPEECH, **LAW, **SURVEYS, **INFLUENCE}

SECTIONS: Mapping[str, str] = {
    "jurisdictions": "jurisdiction",
    "organizations": "organization",
    "companies": "company",
    "products": "product",
    "seats": "seat",
    "people": "person",
    "memberships": "membership",
    "pledges": "pledge",
    "exemptions": "exemption",
    "versions": "version",
    "events": "event",
    "statements": "statement",
    "positions": "position",
    "no-plans-statements": "no-plans-statement",
    "orders": "order",
    "bills": "bill",
    "laws": "law",
    "roll-calls": "roll-call",
    "provisions": "provision",
    "filings": "filing",
    "lobbying": "lobbying",
    "findings": "finding",
    "listings": "listing",
    "contributions": "contribution",
    "coverage": "coverage",
    "assertions": "assertion",
    "retractions": "retraction",
    "also": "also",
}
