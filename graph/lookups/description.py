"""Describe any thing of the graph by its own triples and by what points at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from pledgegraph.graph.engine import Engine, rows, triples
from pledgegraph.graph.errors import RetractedThingError, UnknownThingError
from pledgegraph.graph.namespaces import FOAF, ID, NS, RDFS, SCHEMA, SKOS, local_name

MAXIMUM_INCOMING = 200
# From the most to the least preferred: what a thing is called.
LABELS = (
    f"{SKOS}prefLabel",
    f"{RDFS}label",
    f"{SCHEMA}name",
    f"{FOAF}name",
    f"{NS}nameText",
    f"{NS}roleTitle",
    f"{NS}billNumber",
    f"{NS}exactText",
    f"{NS}paraphrase",
)


@dataclass(frozen=True, slots=True)
class Description:
    """What the graph says about one thing.

    ``said_in`` names the source graphs that speak of it where this graph itself asserts nothing.
    ``has_more`` tells that more points at the thing than ``incoming`` holds.
    """

    iri: str
    outgoing: tuple[ox.Triple, ...]
    incoming: tuple[ox.Triple, ...]
    has_more: bool
    labels: dict[str, str]
    said_in: tuple[str, ...] = ()

    def label(self, iri: str) -> str:
        """Return what a thing is called: its label, or the last part of its IRI."""
        return self.labels.get(iri) or local_name(iri)

    def label_triples(self) -> Iterator[ox.Triple]:
        """Give the labels of what is mentioned, for readers of the data alone."""
        for iri, label in self.labels.items():
            if iri.startswith(ID):
                name, text = ox.NamedNode(iri), ox.Literal(label)
                yield ox.Triple(name, ox.NamedNode(f"{RDFS}label"), text)


def describe(engine: Engine, iri: str) -> Description:
    """Describe a thing, or raise ``UnknownThingError`` or ``RetractedThingError``."""
    node = ox.NamedNode(iri)
    _refuse_retracted(engine, node)
    outgoing = triples(engine, f"CONSTRUCT WHERE {{ {node} ?p ?o }}")
    said_in: tuple[str, ...] = ()
    if not outgoing:
        found = rows(engine, f"SELECT ?p ?o ?g {{ GRAPH ?g {{ {node} ?p ?o }} }}")
        outgoing = [ox.Triple(node, row["p"], row["o"]) for row in found]
        said_in = tuple(sorted({_iri(row["g"]) for row in found}))
    if not outgoing:
        raise UnknownThingError(f"nothing is said about {iri}")
    incoming = _incoming(engine, node, in_sources=bool(said_in))
    kept = incoming[:MAXIMUM_INCOMING]
    return Description(
        iri,
        tuple(sorted(set(outgoing), key=str)),
        tuple(kept),
        len(incoming) > MAXIMUM_INCOMING,
        labels_of(engine, _mentioned([*outgoing, *kept])),
        said_in,
    )


def resolve_alias(engine: Engine, kind: str, slug: str) -> str | None:
    """Return the IRI of the thing of a kind that has a readable alias, if there is one."""
    text = f"SELECT ?thing {{ ?thing {_term('slug')} {ox.Literal(slug)} }} ORDER BY ?thing"
    found = (_iri(row["thing"]) for row in rows(engine, text))
    return next((iri for iri in found if iri.startswith(f"{ID}{kind}/")), None)


def labels_of(engine: Engine, iris: Iterable[str]) -> dict[str, str]:
    """Return what things are called, in English where there is a choice."""
    wanted = set(iris)
    labels = _labels(engine, wanted, "{ ?thing ?p ?label }")
    return labels | _labels(engine, wanted - labels.keys(), "{ GRAPH ?g { ?thing ?p ?label } }")


def _labels(engine: Engine, iris: set[str], said: str) -> dict[str, str]:
    if not iris:
        return {}
    names = " ".join(str(ox.NamedNode(iri)) for iri in sorted(iris))
    among = ", ".join(f"<{iri}>" for iri in LABELS)
    text = (
        f"SELECT DISTINCT ?thing ?p ?label {{ VALUES ?thing {{ {names} }} {said}"
        f" FILTER(?p IN ({among})) }}"
    )
    found = [row for row in rows(engine, text) if isinstance(row["label"], ox.Literal)]
    found.sort(key=lambda row: (_rank(row["p"], row["label"]), row["label"].value))
    labels: dict[str, str] = {}
    for row in found:
        labels.setdefault(_iri(row["thing"]), row["label"].value)
    return labels


def _rank(name: ox.NamedNode, label: ox.Literal) -> tuple[int, bool]:
    language = (label.language or "").lower()
    return LABELS.index(name.value), language.partition("-")[0] != "en"


def _refuse_retracted(engine: Engine, node: ox.NamedNode) -> None:
    pattern = (
        f"?r {_term('retracts')} {node} . OPTIONAL {{ ?r {_term('reason')} ?reason }}"
        f" OPTIONAL {{ ?r {_term('replacedBy')} ?replacement }}"
    )
    text = f"SELECT ?reason ?replacement {{ {{ {pattern} }} UNION {{ GRAPH ?g {{ {pattern} }} }} }}"
    found = rows(engine, f"{text} ORDER BY ?reason ?replacement LIMIT 1")
    if found:
        reason, replacement = found[0].get("reason"), found[0].get("replacement")
        raise RetractedThingError(
            node.value,
            reason.value if isinstance(reason, ox.Literal) else "it was retracted",
            replacement.value if isinstance(replacement, ox.NamedNode) else None,
        )


def _incoming(engine: Engine, node: ox.NamedNode, *, in_sources: bool) -> list[ox.Triple]:
    pattern = f"?s ?p {node}"
    where = f"GRAPH ?g {{ {pattern} }}" if in_sources else pattern
    # Those that the store comes upon first: to sort all that points at a country takes seconds.
    text = f"SELECT DISTINCT ?s ?p {{ {where} }} LIMIT {MAXIMUM_INCOMING + 1}"
    found = [ox.Triple(row["s"], row["p"], node) for row in rows(engine, text)]
    return sorted(found, key=lambda triple: (str(triple.predicate), str(triple.subject)))


def _mentioned(found: Iterable[ox.Triple]) -> set[str]:
    terms = (term for triple in found for term in (triple.subject, triple.predicate, triple.object))
    return {term.value for term in terms if isinstance(term, ox.NamedNode)}


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{NS}{name}")


def _iri(term: object) -> str:
    assert isinstance(term, ox.NamedNode)
    return term.value
