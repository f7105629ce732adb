"""Look items up: one query finds them, one more fetches them with all their parts."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import pyoxigraph as ox

from pledgegraph.graph import set_aside
from pledgegraph.graph.collections import Collection
from pledgegraph.graph.engine import Engine, rows, triples
from pledgegraph.graph.facts import Facts
from pledgegraph.graph.frame import Node, frame
from pledgegraph.graph.namespaces import ID, NS, VOCAB, local_name, thing
from pledgegraph.graph.tables import HEADER

_PORTION = 500
_ITEMS = re.compile(r"VALUES \?item \{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Fetched:
    """Items with their parts, as triples and nested, and the query that gave them."""

    query: str
    triples: tuple[ox.Triple, ...]
    facts: Facts
    items: Mapping[str, Node]


def fetch(
    engine: Engine, collection: Collection, iris: Sequence[str], *, listed: bool = False
) -> Fetched:
    """Fetch items with their parts; one of which nothing is asserted is left out.

    In a list, items of large collections come without their parts or with a few of them.
    """
    is_short = listed and collection.listed is not None
    nesting = collection.listed_nesting if is_short else collection.nesting
    name = collection.listed if is_short and collection.listed else collection.details
    parts = collection.listed_parts if listed else _parts_of(engine, collection, iris)
    if parts is None or not iris:
        query = fetching_query(name, iris)
        found = tuple(triples(engine, query)) if iris else ()
    else:
        query = fetching_query(f"{parts}-parts", iris)
        wanted = [_text(row["part"]) for row in rows(engine, query)]
        found = _with_names(engine, name if is_short else "parts", wanted)
    facts = Facts.of(found)
    items = {iri: frame(facts, iri, nesting) for iri in iris if iri in facts.classes}
    aside = set_aside.fetch(engine, facts.unasserted())
    for item in items.values():
        set_aside.attach(item, aside)
    return Fetched(query, found, facts, items)


def _with_names(engine: Engine, name: str, iris: Sequence[str]) -> tuple[ox.Triple, ...]:
    """Fetch things, and then the names of what they refer to: of each but once."""
    found = _in_portions(engine, name, iris)
    values = {triple.object for triple in found} - {triple.subject for triple in found}
    things = sorted(
        value.value
        for value in values
        if isinstance(value, ox.NamedNode) and value.value.startswith((ID, VOCAB))
    )
    return (*found, *_in_portions(engine, "names", things))


def _in_portions(engine: Engine, name: str, iris: Sequence[str]) -> list[ox.Triple]:
    """Fetch things by queries that are none too long."""
    portions = (iris[at : at + _PORTION] for at in range(0, len(iris), _PORTION))
    return [t for portion in portions for t in triples(engine, fetching_query(name, portion))]


def _parts_of(engine: Engine, collection: Collection, iris: Sequence[str]) -> str | None:
    """Return the name of the query that finds the parts of an item, if it has so many."""
    if set(collection.parts) <= {""}:
        return collection.parts.get("")
    (iri,) = iris
    query = f"SELECT ?class {{ {ox.NamedNode(iri)} a ?class }}"
    classes = [local_name(_text(row["class"])) for row in rows(engine, query)]
    return next((collection.parts[name] for name in classes if name in collection.parts), None)


def fetching_query(name: str, iris: Iterable[str]) -> str:
    """Write the query that fetches items with their parts, from the file of its name."""
    values = " ".join(str(ox.NamedNode(iri)) for iri in iris)
    return _ITEMS.sub(lambda _: f"VALUES ?item {{ {values} }}", query_text(name))


@functools.cache
def query_text(name: str) -> str:
    """Read one of the queries that are shipped with the package."""
    return (files("pledgegraph.graph.lookups") / f"{name}.rq").read_text(encoding="utf-8")


def resolve(
    engine: Engine, text: str, kinds: Sequence[str], classes: Sequence[str] = ()
) -> str | None:
    """Return the IRI of the thing that an IRI, a slug or a readable alias names, if there is one.

    ``kinds`` are the segments in which it may lie; the classes, where given, one of its own.
    """
    try:
        names = [text] if text.startswith(ID) else [thing(kind, text) for kind in kinds]
        values = " ".join(str(ox.NamedNode(name)) for name in names)
    except ValueError:
        return None
    # The classes come last: where they come first, the store goes through all of a class.
    wanted = f"\n  VALUES ?class {{ {' '.join(classes)} }}" if classes else ""
    query = (
        f"{HEADER}SELECT DISTINCT ?thing WHERE {{\n"
        f"  {{ VALUES ?thing {{ {values} }} ?thing a ?class }}\n"
        f"  UNION {{ ?thing pg:slug {ox.Literal(text)} ; a ?class }}{wanted}\n}}"
    )
    found = sorted(_text(row["thing"]) for row in rows(engine, query))
    allowed = tuple(f"{ID}{kind}/" for kind in kinds)
    return next((iri for iri in (*names, *found) if iri in found and iri.startswith(allowed)), None)


def concept_term(scheme: str, text: str, concepts: Iterable[str]) -> str | None:
    """Return the IRI of a concept of a scheme that is named by its IRI or its last part."""
    prefix = f"{NS.removesuffix('ns#')}vocab/{scheme}/"
    iri = text if text.startswith(prefix) else prefix + text
    return iri if iri in concepts else None


def _text(term: object) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value
