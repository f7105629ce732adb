"""Forms of bills and their course, laws, orders, and statements that promise nothing."""

from __future__ import annotations

from collections.abc import Mapping

from pledgegraph.graph.records.keys import (
    AGENT,
    IDENTIFIED,
    ORGANIZATION,
    RULE,
    VALIDITY,
    Form,
    Key,
    concept,
    part,
    reference,
    string,
    text,
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
            "policy-area": string("policyArea"),
            "subjects": string("subjectTerm"),
            "referred-to": reference("referredTo", "organization"),
            "identical": reference("identicalBill", "bill"),
            "related": reference("relatedBill", "bill"),
            "procedurally-related": reference("procedurallyRelatedBill", "bill"),
            "sponsorships": part("sponsoredBill", "sponsorship", parent=True),
            "actions": part("actionOn", "legislative-action", parent=True),
            "texts": part("versionOf", "bill-version", parent=True),
        },
    ),
    "sponsorship": Form(
        ("Sponsorship",),
        "sponsorship",
        {
            **VALIDITY,
            "kind": concept("sponsorshipKind", "sponsorship-kind", required=True),
            "term": reference("sponsorTerm", "term"),
            "sponsor": reference("sponsoredBy", "person"),
        },
    ),
    "legislative-action": Form(
        ("LegislativeAction",),
        "legislative-action",
        {
            "date": Key(None, "when", required=True),
            "stage": concept("reachesStage", "legislative-stage"),
            "code": string("actionCode"),
            "committee": reference("actionCommittee", "organization"),
            "roll-call": reference("takenByVote", "roll-call"),
        },
    ),
    "bill-version": Form(
        ("BillVersion",),
        "bill-version",
        {
            "date": Key(None, "when"),
            "code": string("versionCode"),
            "url": Key("url", "iri"),
        },
    ),
    "roll-call": Form(
        ("RollCall",),
        "roll-call",
        {
            "on": reference("voteOn", "bill", required=True),
            "chamber": reference("inChamber", "organization", required=True),
            "session": string("session", required=True),
            "number": string("rollCallNumber", required=True),
            "date": Key(None, "when", required=True),
            "question": text("voteQuestion"),
            "result": text("voteResult"),
            "yeas": Key("yeas", "integer"),
            "nays": Key("nays", "integer"),
            "present": Key("presentVotes", "integer"),
            "not-voting": Key("notVoting", "integer"),
        },
    ),
    "law": Form(
        ("Law",),
        "law",
        {
            **IDENTIFIED,
            **VALIDITY,
            "jurisdiction": reference("inJurisdiction", "jurisdiction", required=True),
            "number": string("lawNumber"),
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
