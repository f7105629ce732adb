"""Forms of pledges, what they commit to and exempt, and what happened to them."""

from __future__ import annotations

from collections.abc import Mapping

from pledgegraph.graph.records.keys import (
    AGENT,
    AXES,
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

EVENT_TYPES: Mapping[str, tuple[str, ...]] = {
    "clarification": ("Clarification",),
    "extension": ("Extension",),
    "curtailment": ("Curtailment",),
    "supersession": ("Supersession",),
    "withdrawal": ("Withdrawal",),
    "reinstatement": ("Reinstatement",),
    "condition-met": ("ConditionMet",),
    "fulfilment": ("Fulfilment",),
    "breach-allegation": ("BreachAllegation",),
}

PLEDGES: Mapping[str, Form] = {
    "pledge": Form(
        ("Pledge",),
        "pledge",
        {
            "pledgor": reference("pledgor", *ORGANIZATION, required=True),
            "kind": concept("pledgeKind", "pledge-kind", required=True),
            "announced": Key(None, "when", required=True),
            "wording": Key(None, "special"),
            "follows": reference("followsLeadOf", "pledge"),
            "supersedes": reference("supersedes", "pledge"),
            "commitments": part("hasCommitment", "commitment", required=True),
            "reported-at": Key("reportedAt", "iri"),
        },
    ),
    "commitment": Form(
        ("Commitment",),
        "commitment",
        {
            **RULE,
            "duration": Key("statedDuration", "duration"),
            "until-condition": part("hasReleaseCondition", "condition"),
            "target": Key("targetValue", "decimal"),
            "unit": string("targetUnit"),
            "target-type": concept("targetType", "target-type"),
            "target-year": Key("targetYear", "integer"),
            "base-year": Key("baseYear", "integer"),
            "emission-scope": concept("emissionScope", "emission-scope"),
            "measure": text("targetMeasure"),
            "reported-text": text("reportedText"),
        },
    ),
    "exemption": Form(
        ("Exemption",),
        "exemption",
        {
            **AXES,
            **VALIDITY,
            "modality": concept("modality", "modality"),
            "of": reference("exemptionFrom", "commitment", "provision"),
            "beneficiaries": reference("beneficiary", *AGENT),
            "beneficiary-category": concept("beneficiaryCategory", "recipient-category"),
            "list": concept("listScope", "list-scope"),
        },
    ),
    "condition": Form(
        ("ReleaseCondition",),
        "condition",
        {
            "text": text("conditionText", required=True),
            "candidates": reference("candidateBill", "bill"),
            "subject": Key(None, "special"),
            "jurisdiction": Key(None, "special"),
            "level": Key(None, "special"),
            "instrument": Key(None, "special"),
            "stage": Key(None, "special"),
            "effect": Key(None, "special"),
        },
    ),
    "version": Form(
        ("PledgeVersion",),
        "version",
        {
            **VALIDITY,
            "of": reference("versionOf", "pledge", required=True),
            "wording": Key(None, "special", required=True),
        },
    ),
    "event": Form(
        (),
        "event",
        {
            "kind": Key(None, "special", required=True),
            "pledge": reference("concerns", "pledge", required=True),
            "date": Key(None, "when", required=True),
            "new-end": Key("newValidUntil", "day"),
            "successor": reference("successor", "pledge"),
            "condition": reference("meetsCondition", "condition"),
            "law": reference("metBy", "law"),
        },
        types=EVENT_TYPES,
    ),
}
