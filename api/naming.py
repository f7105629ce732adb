"""What records are called on pages, where they are shown, and days in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from pledgegraph.api.days import attested as attested
from pledgegraph.api.days import days as days
from pledgegraph.api.days import held as held
from pledgegraph.api.days import how_dated as how_dated
from pledgegraph.api.days import span as span
from pledgegraph.api.pages import href, words
from pledgegraph.graph.collections import Collection
from pledgegraph.graph.lookups import terms
from pledgegraph.graph.namespaces import ID, RDFS, concept, local_name
from pledgegraph.graph.ontology import ontology

Node = Mapping[str, Any]

# The collection in which things of a kind have their page.
COLLECTION_OF: Mapping[str, str] = {
    "pledge": "pledges",
    "bill": "bills",
    "company": "companies",
    "exemption": "exemptions",
    "organization": "organizations",
    "statement": "statements",
    "position": "positions",
    "source": "sources",
}
SPONSOR = (concept("sponsorship-kind", "sponsor"),)
# Identifiers that pages show, with what they are called.
IDENTIFIERS: tuple[tuple[str, str], ...] = (
    ("bioguide", "Bioguide"),
    ("cik", "Central Index Key"),
    ("lei", "Legal Entity Identifier"),
    ("ein", "Employer Identification Number"),
    ("fecId", "Federal Election Commission"),
    ("openStatesId", "Open States"),
    ("thomasId", "THOMAS"),
    ("lisId", "LIS"),
    ("govtrackId", "GovTrack"),
    ("openSecretsId", "OpenSecrets"),
    ("voteSmartId", "Vote Smart"),
    ("icpsrId", "ICPSR"),
    ("cspanId", "C-SPAN"),
    ("wikipediaTitle", "Wikipedia"),
    ("ballotpediaTitle", "Ballotpedia"),
    ("houseHistoryId", "House history"),
    ("wikidataQid", "Wikidata"),
)


# Where an identifier leads, for those that lead to a page by themselves.
_PAGES_OF: Mapping[str, str] = {
    "ballotpediaTitle": "https://ballotpedia.org/",
    "bioguide": "https://bioguide.congress.gov/search/bio/",
    "cik": "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK=",
    "govtrackId": "https://www.govtrack.us/congress/members/",
    "lei": "https://search.gleif.org/#/record/",
    "wikidataQid": "https://www.wikidata.org/wiki/",
    "wikipediaTitle": "https://en.wikipedia.org/wiki/",
}


def page_of(key: str, code: str) -> str | None:
    """Return the page to which an identifier leads, if there is one."""
    start = _PAGES_OF.get(key)
    return None if start is None else start + quote(code.replace(" ", "_"))


def address(node: Node) -> str | None:
    """Return where a page links for a thing: its own page, its document, or its address."""
    iri: str = node["id"]
    if not iri.startswith(ID):
        return href(iri)
    kind, _, slug = iri.removeprefix(ID).partition("/")
    if kind == "person" and "Legislator" in node.get("type", ()):
        return f"/legislators/{quote(slug)}"
    if kind in COLLECTION_OF:
        return f"/{COLLECTION_OF[kind]}/{quote(slug)}"
    return f"/doc/{kind}/{quote(slug)}"


def slug(node: Node) -> str:
    """Return the last part of a thing's name, by which filters take it."""
    return local_name(node["id"])


def today() -> str:
    """Return the day that it is."""
    return date.today().isoformat()


def money(node: Node) -> str:
    """Write a sum with its currency: ``240,000.00 USD``."""
    value = node["amount"]["value"] if isinstance(node["amount"], Mapping) else node["amount"]
    return f"{Decimal(str(value)):,} {node.get('currency', '')}".strip()


def latest_first(filings: list[Node]) -> list[Node]:
    """Sort filings by the day of receipt, the latest first; those without one come last."""
    return sorted(filings, key=lambda filing: str(filing.get("receivedOn", "")), reverse=True)


def stages() -> list[tuple[str, str]]:
    """Return the stages of bills, by name in their vocabulary and in words."""
    found = terms.concepts("legislative-stage")
    return [(stage.name, stage.label) for stage in found]


def counted(collection: Collection, total: int, start: int, shown: int) -> str:
    """Say how many items a list has and which of them a page shows."""
    name = collection.name
    one = f"{name[:-3]}y" if name.endswith("ies") else name[:-1]
    all_of_it = f"{total:,} {name if total != 1 else one}"
    return all_of_it if shown == total else f"{start + 1:,} to {start + shown:,} of {all_of_it}"


def kind_of(node: Node) -> str:
    """Return the class of a thing in words: ``release condition``."""
    names = [name for name in node.get("type", ()) if name != "Record"]
    return words(names[0]) if names else "record"


def title(node: object) -> str:
    """Return what a thing is called, made from what it says where it has no name of its own."""
    if not isinstance(node, Mapping):
        return "not recorded" if node is None else str(node)
    for key in ("prefLabel", "name", "wording", "conditionText", "billNumber"):
        if key in node:
            return _first(node[key])
    for name in node.get("type", ()):
        if name in _TITLES and (made := _TITLES[name](node)):
            return made
    if "value" in node:
        return str(node["value"])
    if "dateEdtf" in node:
        return f"{kind_of(node)}, {days(node['dateEdtf'])}"
    return local_name(node["id"]).replace("-", " ") if not node.get("type") else kind_of(node)


def property_label(iri: str) -> str:
    """Return what a property is called in the ontology."""
    label = ox.NamedNode(f"{RDFS}label")
    found = ontology().quads_for_pattern(ox.NamedNode(iri), label, None, None)
    names = [quad.object.value for quad in found if isinstance(quad.object, ox.Literal)]
    return min(names, default=local_name(iri))


def titles(nodes: object) -> str:
    """Return the names of several things in one line."""
    found = nodes if isinstance(nodes, list) else [nodes]
    return ", ".join(title(node) for node in found)


def course(commitment: Node, known_as_of: str | None = None) -> list[dict[str, Any]]:
    """Return the statuses a commitment goes through, as known by a day, spans of one joined."""
    by = known_as_of or "9999"
    joined: list[dict[str, Any]] = []
    for phase in sorted(commitment["phases"], key=lambda phase: phase.get("validFrom", "")):
        known = phase.get("knownFrom", "") <= by and by < phase.get("knownUntil", "99999")
        if not known or local_name(phase["status"]["id"]) == "not-yet-announced":
            continue
        start, end = phase.get("validFrom"), phase.get("validUntil")
        last = joined[-1] if joined else None
        if last and start and (last["status"], last["validUntil"]) == (phase["status"], start):
            last["validUntil"] = end
        else:
            joined.append({"status": phase["status"], "validFrom": start, "validUntil": end})
    return joined


def in_order_said(statement: Node) -> list[Any]:
    """Return the quoted words of a statement in the order of their source, where it is known."""
    places = {
        span["exactText"]: span.get("startOffset", 0)
        for span in statement.get("hasEvidence", ())
        if "exactText" in span
    }

    def place(words: object) -> int:
        text = _first(words)
        return min((at for part, at in places.items() if text.startswith(part)), default=0)

    return sorted(statement.get("quotation", ()), key=place)


def _first(value: object) -> str:
    values = value if isinstance(value, list) else [value]
    found = next((text for text in values if isinstance(text, str)), values[0])
    return str(found["value"]) if isinstance(found, Mapping) else str(found)


def _dated(node: Node) -> str:
    return f", {days(node['dateEdtf'])}" if "dateEdtf" in node else ""


def _statement(node: Node) -> str:
    if "speaker" not in node:
        return f"statement{_dated(node)}"
    return f"{titles(node['speaker'])}{_dated(node)}"


def _position(node: Node) -> str:
    if "holder" not in node or "stance" not in node:
        return ""
    return f"{titles(node['holder'])}: {titles(node['stance'])}"


def _demand(node: Node) -> str:
    if "demandedBy" not in node or "addressee" not in node:
        return ""
    return f"{titles(node['demandedBy'])} demands of {titles(node['addressee'])}: {rule(node)}"


def _exemption(node: Node) -> str:
    named = [*node.get("beneficiary", ()), *node.get("beneficiaryCategory", ())]
    return f"exemption for {titles(named)}" if named else ""


def _membership(node: Node) -> str:
    role = titles(node["roleTitle"]) if "roleTitle" in node else "member"
    organization = f", {titles(node['organization'])}" if "organization" in node else ""
    return f"{titles(node['member'])}, {role}{organization}" if "member" in node else role


def _term(node: Node) -> str:
    holder = f"{titles(node['member'])}, " if "member" in node else ""
    return f"{holder}{titles(node['heldSeat'])}" if "heldSeat" in node else ""


def _assertion(node: Node) -> str:
    if "assertedProperty" not in node:
        return ""
    value = titles(node["assertedValue"]) if "assertedValue" in node else "no value"
    return f"{local_name(node['assertedProperty']['id'])}: {value}"


def rule(node: Node) -> str:
    """Write what a rule asks for: ``refrain from: sell, facial recognition, police``."""
    modality = f"{titles(node['modality'])}: " if "modality" in node else ""
    modality = modality.replace("refrain:", "refrain from:")
    axes = [titles(node[key]) for key in ("action", "object", "recipientCategory") if key in node]
    return modality + ", ".join(axes) if axes else ""


_TITLES: Mapping[str, Callable[[Node], str]] = {
    "Statement": _statement,
    "Position": _position,
    "Demand": _demand,
    "Commitment": rule,
    "Provision": rule,
    "Exemption": _exemption,
    "Membership": _membership,
    "Term": _term,
    "Assertion": _assertion,
    "Quotation": lambda node: f"“{node['exactText']}”" if "exactText" in node else "",
}
