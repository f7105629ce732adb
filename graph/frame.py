"""Nest the triples of a look-up into JSON-LD: each item with its parts inside it.

The keys are those of the context that is generated from the ontology, with a few for walking a
property backwards (``exemptions`` is what has ``exemptionFrom`` this commitment).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any

import pyoxigraph as ox

from pledgegraph.graph import ontology
from pledgegraph.graph.facts import Facts
from pledgegraph.graph.namespaces import RDF, SCHEMA, XSD

Node = dict[str, Any]
Value = Node | str | int
# What to nest, by key: a part's own parts in turn. Whatever is not named is only referred to.
Nesting = Mapping[str, "Nesting"]

# Key -> property walked backwards, and the classes that count ("" stands for all).
BACKWARDS: Mapping[str, tuple[str, str]] = {
    "actions": ("actionOn", ""),
    "affiliates": ("affiliateOf", ""),
    "assertions": ("assertionAbout", ""),
    "filingsBy": ("registrant", "Filing"),
    "filingsFor": ("client", "Filing"),
    "findings": ("findingOn", ""),
    "listings": ("listedCompany", ""),
    "claimsAbout": ("about", "Claim"),
    "demandsMade": ("demandedBy", ""),
    "demandsReceived": ("addressee", "Demand"),
    "events": ("concerns", ""),
    "evidence": ("inSource", "Quotation DataSetEntry"),
    "exemptions": ("exemptionFrom", ""),
    "exemptionsFor": ("beneficiary", ""),
    "members": ("organization", "Membership"),
    "memberships": ("member", "Membership"),
    "ofPledge": ("hasCommitment", ""),
    "names": ("nameOf", ""),
    "passages": ("inSource", "Passage"),
    "phases": ("phaseOf", "Phase"),
    "pledges": ("pledgor", ""),
    "positions": ("target", ""),
    "positionsHeld": ("holder", ""),
    "possiblePhases": ("phaseOf", "PossiblePhase"),
    "products": ("brand", ""),
    "rollCalls": ("voteOn", ""),
    "sponsorships": ("sponsoredBill", ""),
    "statedClaims": ("statedIn", "Claim"),
    "statedDemands": ("statedIn", "Demand"),
    "statedEvents": (
        "statedIn",
        "Announcement Clarification Extension Curtailment Supersession Withdrawal Reinstatement"
        " ConditionMet Fulfilment BreachAllegation",
    ),
    "statedPositions": ("statedIn", "Position"),
    "statements": ("about", "Statement"),
    "statementsFor": ("onBehalfOf", ""),
    "statementsMade": ("speaker", ""),
    "subOrganizations": ("subOrganizationOf", ""),
    "supports": ("hasEvidence", ""),
    "terms": ("member", "Term"),
    "termsIn": ("organization", "Term"),
    "texts": ("versionOf", "BillVersion"),
    "versions": ("versionOf", "PledgeVersion"),
}

# Keys whose value is a list even where there is one.
LISTS = frozenset(
    {
        "about",
        "action",
        "actionCode",
        "actionCommittee",
        "addressee",
        "altLabel",
        "audience",
        "beneficiary",
        "beneficiaryCategory",
        "candidateBill",
        "claims",
        "dateBasis",
        "editorialNote",
        "emissionScope",
        "fecId",
        "filingMark",
        "followsLeadOf",
        "hasCommitment",
        "hasCriterion",
        "hasEvidence",
        "hasReleaseCondition",
        "identicalBill",
        "illocution",
        "lobbiesOn",
        "notStated",
        "object",
        "onBehalfOf",
        "procedurallyRelatedBill",
        "product",
        "purpose",
        "quotation",
        "recipient",
        "recipientCategory",
        "referredTo",
        "relatedBill",
        "restsOn",
        "subjectTerm",
        "supersedes",
        "takenByVote",
        "territory",
        "voteOn",
    }
)

# Keys of what is shown beside the data and is not said by this graph.
NOT_ASSERTED = (
    "alleged",
    "counts",
    "currentStage",
    "leftOut",
    "possiblyKnown",
    "possibly",
    "statusOn",
)

# What a mere reference says of the thing that it refers to.
_SHOWN = ("prefLabel", "name", "creditText", "roleTitle", "billNumber", "dateEdtf")
# Nested in every record: what it rests on, and what sources say of it where they differ.
_EVERYWHERE: Nesting = {"hasEvidence": {}, "assertions": {"hasEvidence": {}}}
# Except where records are shown below their evidence.
_BELOW_EVIDENCE = "supports"


@functools.cache
def context() -> dict[str, object]:
    """Return the JSON-LD context of the look-ups: the ontology's, and the keys made here.

    Texts in English are plain strings. Things that an answer holds without a property that leads
    to them (the items of a list) are included nodes of JSON-LD 1.1. What this graph does not assert
    has keys without a meaning, so that whoever reads an answer as data does not read it.
    """
    terms = dict(ontology.context())
    for term, key in _texts():
        terms[key] = {"@id": term, "@language": "en"}
    for key, (name, _) in BACKWARDS.items():
        definition = terms[name]
        assert isinstance(definition, dict)
        terms[key] = {"@reverse": definition["@id"]}
    return {**terms, **dict.fromkeys(NOT_ASSERTED), "items": "@included"}


@functools.cache
def _texts() -> tuple[tuple[str, str], ...]:
    """Return the properties whose values are texts in a language, with their keys."""
    ranges = ontology.ontology().quads_for_pattern(
        None, ox.NamedNode(f"{SCHEMA}rangeIncludes"), ox.NamedNode(f"{RDF}langString"), None
    )
    iris = (quad.subject.value for quad in ranges if isinstance(quad.subject, ox.NamedNode))
    return tuple(sorted((iri, ontology.term_key(iri)) for iri in iris))


def frame(facts: Facts, iri: str, nesting: Nesting, below: str = "") -> Node:
    """Return a thing with all its values, and with its parts nested as asked.

    ``below`` is the key under which it is nested in turn.
    """
    node = _name(facts, iri)
    wanted = dict(nesting) if below == _BELOW_EVIDENCE else {**_EVERYWHERE, **nesting}
    for key, values in sorted(facts.values.get(iri, {}).items()):
        if key in wanted:
            found = [frame(facts, value.value, wanted[key], key) for value in values]
            node[key] = _listed(key, [*in_order(found)])
        else:
            node[key] = _listed(key, [_value(facts, key, value) for value in values])
    for key in wanted:
        if key in LISTS and key not in _EVERYWHERE:
            node.setdefault(key, [])
        elif key in BACKWARDS:
            parts = [frame(facts, part, wanted[key], key) for part in _backwards(facts, iri, key)]
            if parts or key != "assertions":
                node[key] = in_order(parts)
    return node


def reference(facts: Facts, iri: str) -> Node:
    """Return a thing's name only: what it is and what it is called."""
    node = _name(facts, iri)
    values = facts.values.get(iri, {})
    return node | {
        key: _listed(key, [_value(facts, key, value) for value in values[key]])
        for key in _SHOWN
        if key in values
    }


def in_order(parts: Iterable[Node]) -> list[Node]:
    """Sort parts by day, then by place in their source, then by name."""

    def place(part: Node) -> tuple[str, int, str]:
        day = part.get("dateEarliest") or part.get("validFrom") or part.get("dateLatest") or ""
        return (day, part.get("startOffset", 0), part["id"])

    return sorted(parts, key=place)


def _name(facts: Facts, iri: str) -> Node:
    types = facts.types(iri)
    return {"id": iri} | ({"type": types} if types else {})


def _backwards(facts: Facts, iri: str, key: str) -> list[str]:
    name, classes = BACKWARDS[key]
    found = facts.subjects.get(iri, {}).get(name, [])
    if not classes:
        return found
    counted = set(classes.split())
    return [part for part in found if counted & set(facts.types(part))]


def _listed(key: str, values: list[Value]) -> Value | list[Value]:
    return values[0] if len(values) == 1 and key not in LISTS else values


def _value(facts: Facts, key: str, value: ox.NamedNode | ox.Literal) -> Value:
    """Write a value so that the context gives exactly this term back."""
    if isinstance(value, ox.NamedNode):
        return reference(facts, value.value)
    definition = context()[key]
    assert isinstance(definition, dict | str)
    rule = definition if isinstance(definition, dict) else {}
    if value.language is not None:
        is_default = value.language == rule.get("@language")
        return value.value if is_default else {"value": value.value, "language": value.language}
    datatype = value.datatype.value
    if datatype == f"{XSD}integer" and rule.get("@type") == datatype:
        return int(value.value)
    if datatype == rule.get("@type", f"{XSD}string") and "@language" not in rule:
        return value.value
    return {"value": value.value, "type": datatype}
