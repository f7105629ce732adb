"""Forms of bills, laws, orders, and statements that promise nothing."""

from __future__ import annotations

from collections.abc import Mapping

from pledgegraph.graph.records.keys import (
    AGENT,
    IDENTIFIED,
    ORGANIZATION,
    RULE,
    VALIDITY,
    Form,
    concept,
    part,
    reference,
    string,
)

LAW: Mapping[str, Form] = {
    "bill": Form(
        ("Bill",),
        "bill",
        {
            **IDENTIFIED,
            "jurisdiction": reference("inJurisdiction", "jurisdiction", required=True),
            "session": string("session", required=True),
            "number": string("billNumber", required=True),
            "chamber": reference("inChamber", "organization"),
            "effect": concept("legalEffect", "legal-effect"),
            "law": reference("enactedAs", "law"),
        },
    ),
    "law": Form(
        ("Law",),
        "law",
        {
            **IDENTIFIED,
            **VALIDITY,
            "jurisdiction": reference("inJurisdiction", "jurisdiction", required=True),
            "effect": concept("legalEffect", "legal-effect"),
        },
    ),
    "order": Form(
        ("Order",),
        "order",
        {
            **VALIDITY,
            "issued-by": reference("issuedBy", *ORGANIZATION, required=True),
            "binds": reference("bindsParty", *AGENT, required=True),
            "provisions": part("provisionOf", "provision", parent=True),
        },
    ),
    "provision": Form(
        ("Provision",),
        "provision",
        {
            **RULE,
            "in": reference("provisionOf", "bill", "law", "order"),
            "effect": concept("legalEffect", "legal-effect"),
        },
    ),
    "no-plans-statement": Form(
        ("NoPlansStatement",),
        "no-plans-statement",
        {
            "by": reference("declaredBy", *ORGANIZATION, required=True),
            "action": concept("action", "action", required=True),
            "object": concept("object", "object", "topic"),
        },
    ),
}
