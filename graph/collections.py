"""The collections of the look-ups: what is in each, by what it is filtered, what is nested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pledgegraph.graph.frame import Nesting


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: a pattern around ``?item`` in which ``$value`` stands for the wanted term.

    ``kinds`` are the segments of ``/id/{kind}/...`` that it takes by slug, ``scheme`` the
    vocabulary that it takes concepts of; where there is neither it takes text. ``table`` names
    the one that answers for the pattern, where the store would have to go through a whole class.
    """

    pattern: str
    kinds: tuple[str, ...] = ()
    scheme: str | None = None
    table: str | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """A plural noun of the look-ups.

    ``kinds`` are the segments of ``/id/{kind}/...`` in which its items lie, ``details`` the file
    of the query that fetches an item with its parts, ``listed`` the one for lists of items.
    """

    name: str
    label: str
    kinds: tuple[str, ...]
    classes: tuple[str, ...]
    details: str
    nesting: Nesting
    filters: Mapping[str, Filter] = field(default_factory=dict)
    listed: str | None = None
    listed_nesting: Nesting = field(default_factory=dict)


AGENTS = ("company", "organization", "person")
ORGANIZATIONS = ("company", "organization")
_SPEAKER: Nesting = {"speakerRole": {"heldSeat": {}}}
_STATEMENT: Nesting = {
    **_SPEAKER,
    "statedPositions": {},
    "statedDemands": {},
    "statedClaims": {},
    "statedEvents": {},
}
_COURSE: Nesting = {"phases": {}, "possiblePhases": {}}
_COMMITMENT: Nesting = {
    **_COURSE,
    "exemptions": {},
    "hasReleaseCondition": {"hasCriterion": {}},
}
_ORGANIZATION: Nesting = {
    "pledges": {"hasCommitment": _COURSE},
    "products": {},
    "members": {},
    "affiliates": {},
    "statementsMade": _SPEAKER,
    "statementsFor": _SPEAKER,
    "positionsHeld": {},
    "claimsAbout": {},
    "demandsReceived": {},
    "exemptionsFor": {},
}

_BY_SOURCE = Filter("?item pg:hasEvidence/pg:inSource $value .", kinds=("source",))

PLEDGES = Collection(
    "pledges",
    "Pledges",
    ("pledge",),
    ("pg:Pledge",),
    "pledges",
    {
        "hasCommitment": _COMMITMENT,
        "versions": {},
        "events": {},
        "statements": _STATEMENT,
        "positions": {"statedIn": _SPEAKER},
    },
    {
        "source": Filter(
            "?item (pg:hasCommitment | pg:hasCommitment/^pg:exemptionFrom"
            " | pg:hasCommitment/pg:hasReleaseCondition | ^pg:versionOf | ^pg:concerns)? ?record ."
            "\n  ?record (^pg:assertionAbout)?/pg:hasEvidence/pg:inSource $value .",
            kinds=("source",),
        ),
        "pledgor": Filter("?item pg:pledgor $value .", kinds=ORGANIZATIONS),
        "kind": Filter("?item pg:pledgeKind $value .", scheme="pledge-kind"),
    },
)
COMPANIES = Collection(
    "companies",
    "Companies",
    ("company",),
    ("pg:Company",),
    "organizations",
    _ORGANIZATION,
    {
        "source": _BY_SOURCE,
        "pledge": Filter("$value pg:pledgor ?item .", kinds=("pledge",)),
    },
    listed="items",
    listed_nesting={"pledges": {}},
)
EXEMPTIONS = Collection(
    "exemptions",
    "Exemptions",
    ("exemption",),
    ("pg:Exemption",),
    "exemptions",
    {"exemptionFrom": {"ofPledge": {}}},
    {
        "source": _BY_SOURCE,
        "pledge": Filter("$value pg:hasCommitment/^pg:exemptionFrom ?item .", kinds=("pledge",)),
        "company": Filter(
            "?item pg:exemptionFrom/^pg:hasCommitment/pg:pledgor $value .", kinds=ORGANIZATIONS
        ),
        "beneficiary": Filter("?item pg:beneficiary $value .", kinds=AGENTS),
    },
)
LEGISLATORS = Collection(
    "legislators",
    "Legislators",
    ("person",),
    ("pg:Legislator",),
    "legislators",
    {
        "terms": {"heldSeat": {}, "inMandate": {}},
        "memberships": {},
        "statementsMade": _SPEAKER,
        "positionsHeld": {},
        "demandsMade": {},
    },
    {
        "source": _BY_SOURCE,
        "heldOfficeOn": Filter("?term a pg:Term ; org:member ?item .\n  $value", table="terms"),
    },
)
ORGANIZATIONS_LISTED = Collection(
    "organizations",
    "Organizations",
    ("organization", "company"),
    (
        "org:Organization",
        "pg:AdvocacyGroup",
        "pg:Chamber",
        "pg:Company",
        "pg:GovernmentBody",
        "pg:Legislature",
        "pg:PoliticalCommittee",
        "pg:PoliticalParty",
    ),
    "organizations",
    _ORGANIZATION,
    {"source": _BY_SOURCE},
    listed="items",
    listed_nesting={"pledges": {}},
)
STATEMENTS = Collection(
    "statements",
    "Statements",
    ("statement",),
    ("pg:Statement",),
    "statements",
    _STATEMENT,
    {
        "source": _BY_SOURCE,
        "speaker": Filter("?item pg:speaker $value .", kinds=AGENTS),
        "pledge": Filter("?item pg:about $value .", kinds=("pledge",)),
        "company": Filter(
            "{ ?item pg:speaker $value } UNION { ?item pg:onBehalfOf $value }", kinds=ORGANIZATIONS
        ),
    },
)
POSITIONS = Collection(
    "positions",
    "Positions",
    ("position",),
    ("pg:Position",),
    "positions",
    {"statedIn": _SPEAKER},
    {
        "source": _BY_SOURCE,
        "holder": Filter("?item pg:holder $value .", kinds=AGENTS),
        "pledge": Filter("?item pg:target $value .", kinds=("pledge",)),
        "stance": Filter("?item pg:stance $value .", scheme="stance"),
    },
)
SOURCES = Collection(
    "sources",
    "Sources",
    ("source",),
    ("pg:SourceDocument", "pg:DataSet"),
    "sources",
    {"passages": {}, "evidence": {"supports": {}}},
    {
        "kind": Filter("?item pg:sourceKind $value .", scheme="source-kind"),
        "pledge": Filter(
            "$value (pg:hasCommitment | pg:hasCommitment/^pg:exemptionFrom"
            " | pg:hasCommitment/pg:hasReleaseCondition | ^pg:versionOf | ^pg:concerns)? ?record ."
            "\n  ?record (^pg:assertionAbout)?/pg:hasEvidence/pg:inSource ?item .",
            kinds=("pledge",),
        ),
    },
    listed="items",
)
COLLECTIONS: Mapping[str, Collection] = {
    found.name: found
    for found in (
        PLEDGES,
        COMPANIES,
        EXEMPTIONS,
        LEGISLATORS,
        ORGANIZATIONS_LISTED,
        STATEMENTS,
        POSITIONS,
        SOURCES,
    )
}
