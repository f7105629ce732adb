"""Forms of lobbying, gifts of money, the papers that disclose them, and what was searched."""

from __future__ import annotations

from collections.abc import Mapping

from pledgegraph.graph.records.keys import (
    AGENT,
    ANY_CONCEPT,
    ORGANIZATION,
    VALIDITY,
    Form,
    Key,
    concept,
    part,
    reference,
    string,
    text,
)

_SUM: Mapping[str, Key] = {"amount": Key("amount", "decimal"), "currency": string("currency")}

INFLUENCE: Mapping[str, Form] = {
    "filing": Form(
        ("Filing",),
        "filing",
        {
            **VALIDITY,
            **_SUM,
            "kind": concept("filingKind", "filing-kind", required=True),
            "marks": concept("filingMark", "filing-mark"),
            "registrant": reference("registrant", *AGENT, required=True),
            "client": reference("client", *ORGANIZATION),
            "lobbyists": reference("lobbyist", *AGENT),
            "former-offices": text("formerOffice"),
            "contacted": reference("contactedBody", *ORGANIZATION),
            "received": Key("receivedOn", "day"),
            "amount-kind": concept("amountKind", "amount-kind"),
            "lobbying": part("disclosedIn", "lobbying", parent=True),
            "contributions": part("disclosedIn", "contribution", parent=True),
        },
    ),
    "lobbying": Form(
        ("LobbyingActivity",),
        "lobbying",
        {
            **VALIDITY,
            **_SUM,
            "client": reference("client", *ORGANIZATION, required=True),
            "lobbyist": reference("lobbyist", *AGENT),
            "for": reference("lobbiesFor", "bill", schemes=ANY_CONCEPT),
            "against": reference("lobbiesAgainst", "bill", schemes=ANY_CONCEPT),
            "on": reference("lobbiesOn", "bill", schemes=ANY_CONCEPT),
            "issue": concept("lobbiesOn", "lobbying-issue"),
            "text": text("subjectText"),
            "jurisdiction": reference("inJurisdiction", "jurisdiction"),
        },
    ),
    "contribution": Form(
        ("Contribution",),
        "contribution",
        {
            **_SUM,
            "kind": concept("contributionKind", "contribution-kind"),
            "donor": reference("donor", *AGENT),
            "donor-name": text("donorName"),
            "donee": reference("donee", *AGENT),
            "donee-name": text("doneeName"),
            "honoree-name": text("honoreeName"),
            "date": Key(None, "when"),
        },
    ),
    "coverage": Form(
        ("CoverageRecord",),
        "coverage",
        {
            **VALIDITY,
            "topic": concept("searchedTopic", "topic", "object", "filing-kind"),
            "territory": reference("searchedTerritory", "jurisdiction"),
            "agent": reference("searchedAgent", *AGENT),
        },
    ),
}
