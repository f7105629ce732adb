"""Forms of what surveys found, and of securities that markets and indexes list."""

from __future__ import annotations

from collections.abc import Mapping

from pledgegraph.graph.records.keys import (
    ORGANIZATION,
    VALIDITY,
    Form,
    Key,
    concept,
    reference,
    string,
    text,
)

SURVEYS: Mapping[str, Form] = {
    "finding": Form(
        ("Finding",),
        "finding",
        {
            "on": reference("findingOn", "pledge", *ORGANIZATION, required=True),
            "by": reference("foundBy", *ORGANIZATION, required=True),
            "aspect": concept("findingAspect", "finding-aspect", required=True),
            "value": concept("findingValue", "finding-value", "target-status"),
            "number": Key("findingNumber", "decimal"),
            "unit": string("findingUnit"),
            "text": text("findingText"),
            "attested": Key("attestedOn", "day"),
        },
    ),
    "listing": Form(
        ("Listing",),
        "listing",
        {
            **VALIDITY,
            "of": reference("listedCompany", *ORGANIZATION, required=True),
            "symbol": string("symbol", required=True),
            "market": concept("market", "market"),
            "sector": string("sector"),
            "attested": Key("attestedOn", "day"),
        },
    ),
}
