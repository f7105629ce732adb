"""Forms of sources, places, organizations, people and the offices they hold."""

from __future__ import annotations

from collections.abc import Mapping

from pledgegraph.graph.records.keys import (
    IDENTIFIED,
    ORGANIZATION,
    VALIDITY,
    Form,
    Key,
    concept,
    integer,
    part,
    reference,
    string,
    text,
)

_ORGANIZATION_KEYS: Mapping[str, Key] = {
    **IDENTIFIED,
    "type": Key(None, "special"),
    "affiliate-of": reference("affiliateOf", *ORGANIZATION),
    "part-of": reference("subOrganizationOf", *ORGANIZATION),
    "jurisdiction": reference("inJurisdiction", "jurisdiction"),
    "cik": string("cik"),
    "lei": string("lei"),
    "ein": string("ein"),
    "fec": string("fecId"),
    "open-states": string("openStatesId"),
    "thomas": string("thomasId"),
    "wikidata": string("wikidataQid"),
    "names": part("nameOf", "name", parent=True),
}

ORGANIZATION_TYPES: Mapping[str, tuple[str, ...]] = {
    "advocacy-group": ("AdvocacyGroup",),
    "government-body": ("GovernmentBody",),
    "political-party": ("PoliticalParty",),
    "political-committee": ("PoliticalCommittee",),
    "legislature": ("Legislature",),
    "chamber": ("Chamber",),
    "committee": ("Committee",),
}

_ROLE_KEYS: Mapping[str, Key] = {
    **VALIDITY,
    "of": reference("organization", *ORGANIZATION, required=True),
    "title": text("roleTitle"),
    "rank": integer("roleRank"),
    "side": concept("committeeSide", "committee-side"),
    "attested": Key("attestedOn", "day"),
}

_PERSON_IDENTIFIERS: Mapping[str, Key] = {
    "bioguide": string("bioguide"),
    "wikidata": string("wikidataQid"),
    "open-states": string("openStatesId"),
    "fec": string("fecId"),
    "thomas": string("thomasId"),
    "lis": string("lisId"),
    "govtrack": string("govtrackId"),
    "opensecrets": string("openSecretsId"),
    "votesmart": string("voteSmartId"),
    "icpsr": string("icpsrId"),
    "cspan": string("cspanId"),
    "wikipedia": string("wikipediaTitle"),
    "ballotpedia": string("ballotpediaTitle"),
    "maplight": string("mapLightId"),
    "house-history": string("houseHistoryId"),
    "google-entity": string("googleEntityId"),
    "pictorial": string("pictorialId"),
    "washington-post": string("washingtonPostId"),
}

THINGS: Mapping[str, Form] = {
    "source": Form(
        ("SourceDocument",),
        "source",
        {
            "kind": concept("sourceKind", "source-kind", required=True),
            "title": text("name", required=True),
            "publisher": reference("publisher", *ORGANIZATION),
            "published": Key(None, "when"),
            "language": Key("inLanguage", "string", required=True),
            "url": Key("url", "iri"),
            "read-at": Key("readAt", "iri"),
            "read-on": Key("readOn", "day"),
            "digest": string("sourceDigest"),
            "version": string("versionIdentifier"),
            "license": Key("license", "iri"),
            "attribution": text("creditText"),
            "passages": Key(None, "special", of=("mappings",)),
        },
        is_record=False,
    ),
    "jurisdiction": Form(
        ("Jurisdiction",),
        "jurisdiction",
        {
            **IDENTIFIED,
            "level": concept("jurisdictionLevel", "jurisdiction-level"),
            "within": reference("withinJurisdiction", "jurisdiction"),
            "ocd-division": string("ocdDivisionId"),
        },
    ),
    "organization": Form(
        ("Organization",), "organization", _ORGANIZATION_KEYS, types=ORGANIZATION_TYPES
    ),
    "company": Form(("Company",), "company", _ORGANIZATION_KEYS),
    "product": Form(
        ("Product",), "product", {**IDENTIFIED, "brand": reference("brand", *ORGANIZATION)}
    ),
    "seat": Form(
        ("Seat",),
        "seat",
        {
            **IDENTIFIED,
            "chamber": reference("postIn", "organization", required=True),
            "represents": reference("represents", "jurisdiction"),
            "number": string("seatNumber"),
        },
    ),
    "person": Form(
        ("Person",),
        "person",
        {
            **IDENTIFIED,
            "roles": part("member", "role", parent=True),
            "terms": part("member", "term", parent=True),
            "names": part("nameOf", "name", parent=True),
            **_PERSON_IDENTIFIERS,
        },
    ),
    "name": Form(
        ("Name",),
        "name",
        {
            **VALIDITY,
            "text": text("nameText", required=True),
            "kind": concept("nameKind", "name-kind", required=True),
            "attested": Key("attestedOn", "day"),
        },
    ),
    "role": Form(("Membership", "Record"), "membership", _ROLE_KEYS),
    "membership": Form(
        ("Membership", "Record"),
        "membership",
        {**_ROLE_KEYS, "member": reference("member", "person", required=True)},
    ),
    "term": Form(
        ("Term",),
        "term",
        {
            **VALIDITY,
            "seat": reference("heldSeat", "seat", required=True),
            "chamber": reference("organization", "organization", required=True),
            "party": reference("termParty", "organization"),
            "party-label": string("partyLabel"),
            "caucus": reference("caucusParty", "organization"),
            "mandate": reference("inMandate", "mandate"),
            "end-basis": concept("endBasis", "date-basis"),
        },
    ),
}
