"""Forms of what people say and claim, and of where sources differ."""

from __future__ import annotations

from collections.abc import Mapping

from pledgegraph.graph.records.keys import (
    AGENT,
    ANY_CONCEPT,
    ORGANIZATION,
    RULE,
    VALIDITY,
    Form,
    Key,
    concept,
    part,
    reference,
    text,
)

SPEECH: Mapping[str, Form] = {
    "statement": Form(
        ("Statement",),
        "statement",
        {
            "speaker": reference("speaker", *AGENT, required=True),
            "as": Key("speakerRole", "special"),
            "for": reference("onBehalfOf", *ORGANIZATION),
            "to": reference("audience", *AGENT),
            "date": Key(None, "when", required=True),
            "medium": concept("medium", "medium"),
            "does": concept("illocution", "illocution", required=True),
            "says": Key(None, "special", of=("list",)),
            "paraphrase": text("paraphrase"),
            "about": reference("about", schemes=ANY_CONCEPT),
            "reported-at": Key("reportedAt", "iri"),
            "positions": part("statedIn", "position", parent=True),
            "demands": part("statedIn", "demand", parent=True),
            "claims": part("statedIn", "claim", parent=True),
        },
    ),
    "position": Form(
        ("Position",),
        "position",
        {
            **VALIDITY,
            "holder": reference("holder", *AGENT),
            "stance": concept("stance", "stance", required=True),
            "on": reference("target", schemes=ANY_CONCEPT, required=True),
        },
    ),
    "demand": Form(
        ("Demand",),
        "demand",
        {
            **RULE,
            "by": reference("demandedBy", *AGENT),
            "of": reference("addressee", *AGENT, required=True),
        },
    ),
    "claim": Form(
        ("Claim",),
        "claim",
        {
            "by": reference("claimant", *AGENT),
            "verdict": concept("verdict", "verdict"),
            "about": reference("about", schemes=ANY_CONCEPT),
            "record": reference("claims"),
            "lobbying": part("claims", "lobbying"),
            "event": part("claims", "event"),
        },
    ),
    "assertion": Form(
        ("Assertion",),
        "assertion",
        {
            "about": reference("assertionAbout", required=True),
            "property": Key("assertedProperty", "special", required=True),
            "value": Key("assertedValue", "special"),
            "rank": concept("rank", "rank", required=True),
            "reason": text("rankReason", required=True),
        },
    ),
    "retraction": Form(
        ("Retraction",),
        "retraction",
        {
            "record": reference("retracts", required=True),
            "replaced-by": reference("replacedBy"),
            "reason": text("reason", required=True),
        },
    ),
    "also": Form((), "", {"record": Key("also", "reference", required=True)}),
}
