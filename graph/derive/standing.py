"""How firmly each record stands: alleged, disputed, reported or confirmed.

* *alleged*: no source says it in its own voice, somebody only claims it;
* *disputed*: reported or alleged, and a claim denies it;
* *confirmed*: the actor's own document, or a public record, says it;
* *reported*: any other record that a source states in its own voice.

A denial of a confirmed record stands beside it; nothing is ever decided to be refuted.
"""

from __future__ import annotations

import pyoxigraph as ox

from pledgegraph.graph.derive.rows import select

_VOICES = """
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
SELECT ?record ?voice ?kind ?publisher WHERE {
  GRAPH ?g { ?record pg:hasEvidence ?evidence . ?evidence pg:voice ?voice ; pg:inSource ?source }
  OPTIONAL { GRAPH ?g2 { ?source pg:sourceKind ?kind } }
  OPTIONAL { GRAPH ?g3 { ?source <http://purl.org/dc/terms/publisher> ?publisher } }
}"""

_ACTOR_PROPERTIES = (
    "pledgor speaker onBehalfOf holder claimant demandedBy client declaredBy issuedBy donor"
)

_PARTS = """
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
SELECT ?part ?whole WHERE { GRAPH ?g {
  { ?whole pg:hasCommitment|pg:hasReleaseCondition|pg:hasCriterion ?part }
  UNION { ?part pg:exemptionFrom|pg:versionOf|pg:concerns ?whole }
} }"""

_DENIED = """
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
PREFIX verdict: <https://w3id.org/pledgegraph/vocab/verdict/>
SELECT ?record WHERE { GRAPH ?g { ?claim pg:claims ?record ; pg:verdict verdict:denies } }"""


def standings(candidate: ox.Store) -> dict[str, str]:
    """Return the epistemic status of each record with evidence, by IRI, as a concept's name."""
    actors = _actors(candidate)
    own: set[str] = set()
    firm: set[str] = set()
    records: set[str] = set()
    for row in select(candidate, _VOICES):
        record = row["record"]
        records.add(record)
        if row["voice"].endswith("/source"):
            own.add(record)
            if row["kind"].endswith("/public-record") or row["publisher"] in actors.get(record, ()):
                firm.add(record)
    denied = {row["record"] for row in select(candidate, _DENIED)}
    return {record: _standing(record, own, firm, denied) for record in records}


def _standing(record: str, own: set[str], firm: set[str], denied: set[str]) -> str:
    if record in firm:
        return "confirmed"
    if record in denied:
        return "disputed"
    return "reported" if record in own else "alleged"


def parts(candidate: ox.Store) -> dict[str, set[str]]:
    """Return the wholes of each part: a commitment's pledge, an exemption's commitment, ..."""
    found: dict[str, set[str]] = {}
    for row in select(candidate, _PARTS):
        found.setdefault(row["part"], set()).add(row["whole"])
    return found


def _actors(candidate: ox.Store) -> dict[str, set[str]]:
    """Return who acts in each record; a part's actors are those of its whole."""
    properties = " ".join(f"pg:{name}" for name in _ACTOR_PROPERTIES.split())
    query = f"""PREFIX pg: <https://w3id.org/pledgegraph/ns#>
    SELECT ?record ?actor WHERE {{
      VALUES ?p {{ {properties} }}
      GRAPH ?g {{ ?record ?p ?actor }}
    }}"""
    actors: dict[str, set[str]] = {}
    for row in select(candidate, query):
        actors.setdefault(row["record"], set()).add(row["actor"])
    wholes = parts(candidate)

    def lookup(record: str, seen: frozenset[str]) -> set[str]:
        found = set(actors.get(record, ()))
        for whole in wholes.get(record, set()) - seen:
            found |= lookup(whole, seen | {record})
        return found

    return {record: lookup(record, frozenset()) for record in {*actors, *wholes}}
