"""The record format as a table: which forms there are, which keys each takes, what they mean.

The expansion, the error messages and ``docs/records.md`` (by a test) all follow this table.
A key writes one property of the ontology; its kind says how the author's text is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ANY_CONCEPT = ("topic", "object", "purpose", "action", "recipient-category")
ORGANIZATION = ("organization", "company")
AGENT = ("person", *ORGANIZATION)


@dataclass(frozen=True)
class Key:
    """One key of a form.

    ``kind`` is one of ``text`` (in the language of the source), ``string``, ``iri``, ``integer``,
    ``decimal``, ``day``, ``when``, ``duration``, ``concept`` (of the schemes in ``of``),
    ``reference`` (to the kinds in ``of``, or a concept where schemes are given too), ``form``
    (``of`` names it) and ``special`` (read by the form's own rule). ``parent`` marks a nested
    form whose ``property`` points from the part to the whole instead of the other way round.
    """

    property: str | None
    kind: str
    of: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    required: bool = False
    parent: bool = False


@dataclass(frozen=True)
class Form:
    """A kind of record: its class, the ``{type}`` of its IRIs, its keys."""

    type: tuple[str, ...]
    kind: str
    keys: Mapping[str, Key]
    types: Mapping[str, tuple[str, ...]] | None = None


def _text(name: str, *, required: bool = False) -> Key:
    return Key(name, "text", required=required)


def _string(name: str, *, required: bool = False) -> Key:
    return Key(name, "string", required=required)


def _concept(name: str, *schemes: str, required: bool = False) -> Key:
    return Key(name, "concept", schemes=schemes, required=required)


def _reference(
    name: str, *kinds: str, schemes: tuple[str, ...] = (), required: bool = False
) -> Key:
    return Key(name, "reference", of=kinds, schemes=schemes, required=required)


def _part(name: str | None, form: str, *, parent: bool = False, required: bool = False) -> Key:
    return Key(name, "form", of=(form,), parent=parent, required=required)


COMMON: Mapping[str, Key] = {
    "id": Key(None, "special"),
    "slug": _string("slug"),
    "label": _text("prefLabel"),
    "also-called": _text("altLabel"),
    "quote": Key(None, "special"),
    "entry": Key(None, "special"),
    "note": _text("editorialNote"),
}

_VALIDITY: Mapping[str, Key] = {
    "from": Key("validFrom", "day"),
    "until": Key("validUntil", "day"),
}

_AXES: Mapping[str, Key] = {
    "action": _concept("action", "action"),
    "object": _concept("object", "object", "topic"),
    "product": _reference("product", "product"),
    "recipient": _reference("recipient", *AGENT),
    "recipient-category": _concept("recipientCategory", "recipient-category"),
    "territory": _reference("territory", "jurisdiction"),
    "purpose": _concept("purpose", "purpose"),
}

_RULE: Mapping[str, Key] = {
    **_AXES,
    **_VALIDITY,
    "modality": _concept("modality", "modality", required=True),
    "horizon": _concept("horizon", "horizon"),
    "exemptions": _part("exemptionFrom", "exemption", parent=True),
}

_ORGANIZATION_KEYS: Mapping[str, Key] = {
    "type": Key(None, "special"),
    "affiliate-of": _reference("affiliateOf", *ORGANIZATION),
    "part-of": _reference("subOrganizationOf", *ORGANIZATION),
    "jurisdiction": _reference("inJurisdiction", "jurisdiction"),
    "cik": _string("cik"),
    "lei": _string("lei"),
    "ein": _string("ein"),
    "fec": _string("fecId"),
    "open-states": _string("openStatesId"),
    "wikidata": _string("wikidataQid"),
}

ORGANIZATION_TYPES: Mapping[str, tuple[str, ...]] = {
    "advocacy-group": ("AdvocacyGroup",),
    "government-body": ("GovernmentBody",),
    "political-party": ("PoliticalParty",),
    "political-committee": ("PoliticalCommittee",),
    "legislature": ("Legislature",),
    "chamber": ("Chamber",),
}

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

FORMS: Mapping[str, Form] = {
    "source": Form(
        ("SourceDocument",),
        "source",
        {
            "kind": _concept("sourceKind", "source-kind", required=True),
            "title": _text("name", required=True),
            "publisher": _reference("publisher", *ORGANIZATION),
            "published": Key(None, "when"),
            "language": Key("inLanguage", "string", required=True),
            "url": Key("url", "iri"),
            "read-at": Key("readAt", "iri"),
            "read-on": Key("readOn", "day"),
            "digest": _string("sourceDigest"),
            "version": _string("versionIdentifier"),
            "license": Key("license", "iri"),
            "passages": Key(None, "special"),
        },
    ),
    "jurisdiction": Form(
        ("Jurisdiction",),
        "jurisdiction",
        {
            "level": _concept("jurisdictionLevel", "jurisdiction-level"),
            "within": _reference("withinJurisdiction", "jurisdiction"),
            "ocd-division": _string("ocdDivisionId"),
        },
    ),
    "organization": Form(
        ("Organization",), "organization", _ORGANIZATION_KEYS, types=ORGANIZATION_TYPES
    ),
    "company": Form(("Company",), "company", _ORGANIZATION_KEYS),
    "product": Form(("Product",), "product", {"brand": _reference("brand", *ORGANIZATION)}),
    "seat": Form(
        ("Seat",),
        "seat",
        {
            "chamber": _reference("postIn", "organization", required=True),
            "represents": _reference("represents", "jurisdiction"),
            "number": _string("seatNumber"),
        },
    ),
    "person": Form(
        ("Person",),
        "person",
        {
            "roles": _part("member", "role", parent=True),
            "terms": _part("member", "term", parent=True),
            "bioguide": _string("bioguide"),
            "wikidata": _string("wikidataQid"),
            "open-states": _string("openStatesId"),
        },
    ),
    "role": Form(
        ("Membership", "Record"),
        "membership",
        {
            **_VALIDITY,
            "of": _reference("organization", *ORGANIZATION, required=True),
            "title": _text("roleTitle"),
        },
    ),
    "term": Form(
        ("Term",),
        "term",
        {
            **_VALIDITY,
            "seat": _reference("heldSeat", "seat", required=True),
            "chamber": _reference("organization", "organization", required=True),
            "party": _reference("termParty", "organization"),
            "mandate": _reference("inMandate", "mandate"),
        },
    ),
    "pledge": Form(
        ("Pledge",),
        "pledge",
        {
            "pledgor": _reference("pledgor", *ORGANIZATION, required=True),
            "kind": _concept("pledgeKind", "pledge-kind", required=True),
            "announced": Key(None, "when", required=True),
            "wording": Key(None, "special"),
            "follows": _reference("followsLeadOf", "pledge"),
            "supersedes": _reference("supersedes", "pledge"),
            "commitments": _part("hasCommitment", "commitment", required=True),
        },
    ),
    "commitment": Form(
        ("Commitment",),
        "commitment",
        {
            **_RULE,
            "duration": Key("statedDuration", "duration"),
            "until-condition": _part("hasReleaseCondition", "condition"),
            "target": Key("targetValue", "decimal"),
            "unit": _string("targetUnit"),
        },
    ),
    "exemption": Form(
        ("Exemption",),
        "exemption",
        {
            **_AXES,
            **_VALIDITY,
            "modality": _concept("modality", "modality"),
            "beneficiaries": _reference("beneficiary", *AGENT),
            "beneficiary-category": _concept("beneficiaryCategory", "recipient-category"),
            "list": _concept("listScope", "list-scope"),
        },
    ),
    "condition": Form(
        ("ReleaseCondition",),
        "condition",
        {
            "text": _text("conditionText", required=True),
            "candidates": _reference("candidateBill", "bill"),
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
            **_VALIDITY,
            "of": _reference("versionOf", "pledge", required=True),
            "wording": Key(None, "special", required=True),
        },
    ),
    "event": Form(
        (),
        "event",
        {
            "kind": Key(None, "special", required=True),
            "pledge": _reference("concerns", "pledge", required=True),
            "date": Key(None, "when", required=True),
            "new-end": Key("newValidUntil", "day"),
            "successor": _reference("successor", "pledge"),
            "condition": _reference("meetsCondition", "condition"),
            "law": _reference("metBy", "law"),
        },
        types=EVENT_TYPES,
    ),
    "statement": Form(
        ("Statement",),
        "statement",
        {
            "speaker": _reference("speaker", *AGENT, required=True),
            "as": Key("speakerRole", "special"),
            "for": _reference("onBehalfOf", *ORGANIZATION),
            "to": _reference("audience", *AGENT),
            "date": Key(None, "when", required=True),
            "medium": _concept("medium", "medium"),
            "does": _concept("illocution", "illocution", required=True),
            "says": Key(None, "special"),
            "paraphrase": _text("paraphrase"),
            "about": _reference("about", schemes=ANY_CONCEPT),
            "positions": _part("statedIn", "position", parent=True),
            "demands": _part("statedIn", "demand", parent=True),
            "claims": _part("statedIn", "claim", parent=True),
        },
    ),
    "position": Form(
        ("Position",),
        "position",
        {
            **_VALIDITY,
            "holder": _reference("holder", *AGENT),
            "stance": _concept("stance", "stance", required=True),
            "on": _reference("target", schemes=ANY_CONCEPT, required=True),
        },
    ),
    "demand": Form(
        ("Demand",),
        "demand",
        {
            **_RULE,
            "by": _reference("demandedBy", *AGENT),
            "of": _reference("addressee", *AGENT, required=True),
        },
    ),
    "claim": Form(
        ("Claim",),
        "claim",
        {
            "by": _reference("claimant", *AGENT),
            "verdict": _concept("verdict", "verdict"),
            "about": _reference("about", schemes=ANY_CONCEPT),
            "record": _reference("claims"),
            "lobbying": _part("claims", "lobbying"),
            "event": _part("claims", "event"),
        },
    ),
    "lobbying": Form(
        ("LobbyingActivity",),
        "lobbying",
        {
            **_VALIDITY,
            "client": _reference("client", *ORGANIZATION, required=True),
            "lobbyist": _reference("lobbyist", *AGENT),
            "for": _reference("lobbiesFor", "bill", schemes=ANY_CONCEPT),
            "against": _reference("lobbiesAgainst", "bill", schemes=ANY_CONCEPT),
            "on": _reference("lobbiesOn", "bill", schemes=ANY_CONCEPT),
            "jurisdiction": _reference("inJurisdiction", "jurisdiction"),
        },
    ),
    "assertion": Form(
        ("Assertion",),
        "assertion",
        {
            "about": _reference("assertionAbout", required=True),
            "property": Key("assertedProperty", "special", required=True),
            "value": Key("assertedValue", "special"),
            "rank": _concept("rank", "rank", required=True),
            "reason": _text("rankReason", required=True),
        },
    ),
    "retraction": Form(
        ("Retraction",),
        "retraction",
        {
            "record": _reference("retracts", required=True),
            "replaced-by": _reference("replacedBy"),
            "reason": _text("reason", required=True),
        },
    ),
    "bill": Form(
        ("Bill",),
        "bill",
        {
            "jurisdiction": _reference("inJurisdiction", "jurisdiction", required=True),
            "session": _string("session", required=True),
            "number": _string("billNumber", required=True),
            "chamber": _reference("inChamber", "organization"),
            "effect": _concept("legalEffect", "legal-effect"),
            "law": _reference("enactedAs", "law"),
        },
    ),
    "law": Form(
        ("Law",),
        "law",
        {
            **_VALIDITY,
            "jurisdiction": _reference("inJurisdiction", "jurisdiction", required=True),
            "effect": _concept("legalEffect", "legal-effect"),
        },
    ),
    "order": Form(
        ("Order",),
        "order",
        {
            **_VALIDITY,
            "issued-by": _reference("issuedBy", *ORGANIZATION, required=True),
            "binds": _reference("bindsParty", *AGENT, required=True),
            "provisions": _part("provisionOf", "provision", parent=True),
        },
    ),
    "provision": Form(
        ("Provision",),
        "provision",
        {
            **_RULE,
            "in": _reference("provisionOf", "bill", "law", "order"),
            "effect": _concept("legalEffect", "legal-effect"),
        },
    ),
    "no-plans-statement": Form(
        ("NoPlansStatement",),
        "no-plans-statement",
        {
            "by": _reference("declaredBy", *ORGANIZATION, required=True),
            "action": _concept("action", "action", required=True),
            "object": _concept("object", "object", "topic"),
            "product": _reference("product", "product"),
        },
    ),
    "also": Form((), "", {"record": Key("also", "reference", required=True)}),
}

SECTIONS: Mapping[str, str] = {
    "jurisdictions": "jurisdiction",
    "organizations": "organization",
    "companies": "company",
    "products": "product",
    "seats": "seat",
    "people": "person",
    "pledges": "pledge",
    "versions": "version",
    "events": "event",
    "statements": "statement",
    "no-plans-statements": "no-plans-statement",
    "orders": "order",
    "bills": "bill",
    "laws": "law",
    "provisions": "provision",
    "lobbying": "lobbying",
    "assertions": "assertion",
    "retractions": "retraction",
    "also": "also",
}
