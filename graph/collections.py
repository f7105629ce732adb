"""The collections of the look-ups: what is in each, by what it is filtered, what is nested."""

from __future__ import annotations

from collections.abc import Mapping

from pledgegraph.graph.collection import Collection as Collection
from pledgegraph.graph.collection import Filter as Filter
from pledgegraph.graph.frame import Nesting

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
    "termsIn": {"heldSeat": {}},
    "subOrganizations": {},
    "affiliates": {},
    "names": {},
    "listings": {},
    "findings": {},
    "filingsFor": {},
    "filingsBy": {},
    "statementsMade": _SPEAKER,
    "statementsFor": _SPEAKER,
    "positionsHeld": {},
    "claimsAbout": {},
    "demandsReceived": {},
    "exemptionsFor": {},
}

_CALLED = "?item skos:prefLabel | skos:altLabel ?name FILTER(CONTAINS(LCASE(STR(?name)), $value))"
_AT_STAGE = """?last pg:actionOn ?item ; pg:reachesStage $value ; pg:dateLatest ?lastDay .
  OPTIONAL { $value pg:stageOrder ?lastRank }
  FILTER NOT EXISTS {
    ?next pg:actionOn ?item ; pg:reachesStage ?nextStage ; pg:dateLatest ?nextDay .
    OPTIONAL { ?nextStage pg:stageOrder ?nextRank }
    FILTER(?nextDay > ?lastDay ||
      ?nextDay = ?lastDay && COALESCE(?nextRank, 0) > COALESCE(?lastRank, 0))
  }"""
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
        "name": Filter(_CALLED, table="companies"),
    },
    parts={"": "organizations"},
    listed="listed",
    listed_nesting={"pledges": {}},
    listed_parts="organizations-listed",
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
        "names": {},
        "statementsMade": _SPEAKER,
        "positionsHeld": {},
        "demandsMade": {},
    },
    {
        "source": _BY_SOURCE,
        "heldOfficeOn": Filter("?term a pg:Term ; org:member ?item .\n  $value", table="terms"),
        "name": Filter(_CALLED, table="legislators"),
        "chamber": Filter(
            "?sat a pg:Term ; org:organization $value ; org:member ?item .", kinds=("organization",)
        ),
        "party": Filter("?held pg:termParty $value ; org:member ?item .", kinds=("organization",)),
    },
    parts={"": "legislators"},
    bounds={"terms": 200, "memberships": 200},
    listed="listed",
    listed_nesting={"terms": {"heldSeat": {}}},
    listed_parts="legislators-listed",
)
ORGANIZATIONS_LISTED = Collection(
    "organizations",
    "Organizations",
    ("organization", "company"),
    (
        "org:Organization",
        "pg:AdvocacyGroup",
        "pg:Chamber",
        "pg:Committee",
        "pg:Company",
        "pg:GovernmentBody",
        "pg:Legislature",
        "pg:PoliticalCommittee",
        "pg:PoliticalParty",
    ),
    "organizations",
    _ORGANIZATION,
    {"source": _BY_SOURCE, "name": Filter(_CALLED, table="organizations")},
    parts={"": "organizations"},
    listed="listed",
    listed_nesting={"pledges": {}},
    listed_parts="organizations-listed",
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
    parts={"DataSet": "data-sets"},
    listed="items",
)
BILLS = Collection(
    "bills",
    "Bills",
    ("bill",),
    ("pg:Bill",),
    "parts",
    {
        "sponsorships": {"sponsorTerm": {"heldSeat": {}}},
        "actions": {},
        "texts": {},
        "rollCalls": {},
        "positions": {},
    },
    {
        "source": _BY_SOURCE,
        "session": Filter("?item pg:session $value ."),
        "chamber": Filter("?item pg:inChamber $value .", kinds=("organization",)),
        "stage": Filter(_AT_STAGE, scheme="legislative-stage", table="stages"),
        "subject": Filter("?item pg:subjectTerm | pg:policyArea $value ."),
        "text": Filter(_CALLED, table="bill titles"),
        "sponsor": Filter(
            "?sponsorship pg:sponsoredBill ?item ;"
            " (pg:sponsoredBy | pg:sponsorTerm/org:member) $value .",
            kinds=("person",),
        ),
    },
    parts={"": "bills"},
    bounds={"sponsorships": 500, "actions": 500},
    listed="listed",
    listed_nesting={"sponsorships": {"sponsorTerm": {}}, "actions": {}},
    listed_parts="bills-listed",
)
COLLECTIONS: Mapping[str, Collection] = {
    found.name: found
    for found in (
        PLEDGES,
        BILLS,
        COMPANIES,
        EXEMPTIONS,
        LEGISLATORS,
        ORGANIZATIONS_LISTED,
        STATEMENTS,
        POSITIONS,
        SOURCES,
    )
}
