"""Read the features of people and organizations out of a release, one agent at a time.

Only what the graph asserts is read. Days of birth are not in the graph, so that offices, states
and days in office have to tell namesakes apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pyoxigraph as ox

from pledgegraph.graph.identity.candidates import Candidate, Office
from pledgegraph.graph.namespaces import FOAF, ID, NS, ORG, RDF_TYPE, SKOS, local_name

_DEFAULT = ox.DefaultGraph()
_TYPE = ox.NamedNode(RDF_TYPE)
_PERSON = ox.NamedNode(f"{FOAF}Person")
_LABEL, _ALSO = ox.NamedNode(f"{SKOS}prefLabel"), ox.NamedNode(f"{SKOS}altLabel")
_MEMBER, _OF = ox.NamedNode(f"{ORG}member"), ox.NamedNode(f"{ORG}organization")
_FORMER_NAME = "former"

# Identifiers by the property that gives them.
_SCHEMES = {
    "bioguide": "bioguide",
    "wikidataQid": "wikidata",
    "openStatesId": "open-states",
    "fecId": "fec",
    "thomasId": "thomas",
    "lisId": "lis",
    "govtrackId": "govtrack",
    "openSecretsId": "opensecrets",
    "voteSmartId": "votesmart",
    "icpsrId": "icpsr",
    "cspanId": "cspan",
    "mapLightId": "maplight",
    "houseHistoryId": "house-history",
    "googleEntityId": "google-entity",
    "cik": "cik",
    "lei": "lei",
    "ein": "ein",
    "isin": "isin",
    "tickerSymbol": "ticker",
}
_ORGANIZATIONS = {
    f"{NS}Company": "company",
    f"{NS}AdvocacyGroup": "nonprofit",
    f"{ORG}Organization": "",
}


class Extraction:
    """The agents that a store describes, as candidates."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def people(self) -> Iterator[Candidate]:
        """Iterate over the people."""
        for subject in self._instances(_PERSON):
            yield self.person(subject)

    def organizations(self) -> Iterator[Candidate]:
        """Iterate over companies, associations and other bodies outside legislatures."""
        for kind in _ORGANIZATIONS:
            for subject in self._instances(ox.NamedNode(kind)):
                yield self.organization(subject)

    def agent(self, iri: str) -> Candidate | None:
        """Return one agent, or none where the store describes none of that name."""
        subject = ox.NamedNode(iri)
        kinds = {value.value for value in self._values(subject, _TYPE)}
        if _PERSON.value in kinds:
            return self.person(subject)
        return self.organization(subject) if kinds else None

    def person(self, subject: ox.NamedNode) -> Candidate:
        """Return a person with names, identifiers and offices."""
        offices = [
            office
            for quad in self._store.quads_for_pattern(None, _MEMBER, subject, _DEFAULT)
            if isinstance(quad.subject, ox.NamedNode) and (office := self._office(quad.subject))
        ]
        names, former = self._names(subject)
        return Candidate(
            iri=subject.value,
            kind="person",
            names=names,
            former=former,
            identifiers=self._identifiers(subject),
            offices=tuple(sorted(offices, key=str)),
            is_private=not offices and not self._identifiers(subject),
        )

    def organization(self, subject: ox.NamedNode) -> Candidate:
        """Return an organization with names, identifiers and places."""
        kinds = {value.value for value in self._values(subject, _TYPE)}
        names, former = self._names(subject)
        places = (*self._texts(subject, "basedIn"), *self._texts(subject, "inJurisdiction"))
        return Candidate(
            iri=subject.value,
            kind="organization",
            names=names,
            former=former,
            identifiers=self._identifiers(subject),
            places=frozenset(local_name(place) for place in places),
            sector=next((_ORGANIZATIONS[kind] for kind in sorted(kinds & {*_ORGANIZATIONS})), ""),
        )

    def _office(self, term: ox.NamedNode) -> Office | None:
        """Return the office of a term or another membership; none of that of a party."""
        body = next(iter(self._values(term, _OF)), None)
        if body is None:
            return None
        chamber = local_name(body.value)
        seat = next(iter(self._texts(term, "heldSeat")), "")
        if not seat and not self._texts(term, "validFrom") and not self._texts(term, "validUntil"):
            return None
        if not seat:
            return None
        district = next(iter(self._texts_of(seat, "represents")), "")
        number = next(iter(self._texts_of(seat, "seatNumber")), "")
        state = "-".join(local_name(district).split("-")[:2]) if district else ""
        is_of_state = local_name(district) == state
        return Office(
            chamber=chamber,
            state=state,
            seat=number or ("" if is_of_state else local_name(district)),
            start=_day(self._texts(term, "validFrom")),
            until=_day(self._texts(term, "validUntil")),
        )

    def _names(self, subject: ox.NamedNode) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the names that an agent bears, the preferred one first, and those of before."""
        names = [value.value for value in self._values(subject, _LABEL)]
        names += sorted(value.value for value in self._values(subject, _ALSO))
        former: list[str] = []
        name_of = ox.NamedNode(f"{NS}nameOf")
        for quad in self._store.quads_for_pattern(None, name_of, subject, _DEFAULT):
            assert isinstance(quad.subject, ox.NamedNode)
            texts = self._texts(quad.subject, "nameText")
            kinds = {local_name(kind) for kind in self._texts(quad.subject, "nameKind")}
            (former if _FORMER_NAME in kinds else names).extend(texts)
        return tuple(dict.fromkeys(names)), tuple(dict.fromkeys(former))

    def _identifiers(self, subject: ox.NamedNode) -> frozenset[tuple[str, str]]:
        return frozenset(
            (scheme, value)
            for name, scheme in _SCHEMES.items()
            for value in self._texts(subject, name)
        )

    def _instances(self, kind: ox.NamedNode) -> Iterator[ox.NamedNode]:
        for quad in self._store.quads_for_pattern(None, _TYPE, kind, _DEFAULT):
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(ID):
                yield quad.subject

    def _texts(self, subject: ox.NamedNode, name: str) -> list[str]:
        return [value.value for value in self._values(subject, ox.NamedNode(f"{NS}{name}"))]

    def _texts_of(self, iri: str, name: str) -> list[str]:
        return self._texts(ox.NamedNode(iri), name)

    def _values(
        self, subject: ox.NamedNode, predicate: ox.NamedNode
    ) -> list[ox.NamedNode | ox.Literal]:
        found = self._store.quads_for_pattern(subject, predicate, None, _DEFAULT)
        return [q.object for q in found if isinstance(q.object, ox.NamedNode | ox.Literal)]


def _day(texts: list[str]) -> date | None:
    return date.fromisoformat(min(texts)[:10]) if texts else None
