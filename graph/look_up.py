"""Look items up: one query finds them, one more fetches them with all their parts."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from string import Template

import pyoxigraph as ox

from pledgegraph.graph import set_aside
from pledgegraph.graph.clocks import ALWAYS_KNOWN
from pledgegraph.graph.collections import Collection
from pledgegraph.graph.engine import Engine, rows, triples
from pledgegraph.graph.facts import Facts
from pledgegraph.graph.frame import Node, frame
from pledgegraph.graph.namespaces import ID, NS, thing

_HEADER = """\
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
PREFIX status: <https://w3id.org/pledgegraph/vocab/status/>
"""
_ITEMS = re.compile(r"VALUES \?item \{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Found:
    """A page of items: those that are known, those only possibly known, and if there are more."""

    query: str
    known: tuple[str, ...]
    possibly_known: tuple[str, ...]
    last: str | None


@dataclass(frozen=True, slots=True)
class Fetched:
    """Items with their parts, as triples and nested, and the query that gave them."""

    query: str
    triples: tuple[ox.Triple, ...]
    facts: Facts
    items: Mapping[str, Node]


def finding_query(
    collection: Collection,
    filters: Mapping[str, str],
    clock: str = ALWAYS_KNOWN,
    *,
    after: str | None = None,
    limit: int = 50,
) -> str:
    """Write the query that finds a page of items; ``filters`` holds SPARQL terms or patterns."""
    patterns = [
        Template(collection.filters[name].pattern).substitute(value=term)
        for name, term in filters.items()
    ]
    if after is not None:
        patterns.append(f"FILTER(STR(?item) > {ox.Literal(after)})")
    body = "\n  ".join([*patterns, clock])
    classes = " ".join(collection.classes)
    return (
        f"{_HEADER}SELECT ?item (MAX(?isKnown) AS ?known) WHERE {{\n"
        f"  VALUES ?class {{ {classes} }}\n  ?item a ?class .\n  {body}\n}}\n"
        f"GROUP BY ?item ORDER BY STR(?item) LIMIT {limit + 1}"
    )


def find(engine: Engine, query: str, limit: int) -> Found:
    """Run a finding query; ``last`` is the last item of the page where another page follows."""
    solutions = rows(engine, query)
    page = [(row["item"], row["known"]) for row in solutions[:limit] if "item" in row]
    known = tuple(_text(item) for item, is_known in page if _text(is_known) == "1")
    possibly = tuple(_text(item) for item, is_known in page if _text(is_known) != "1")
    last = _text(page[-1][0]) if len(solutions) > limit else None
    return Found(query, known, possibly, last)


def fetch(
    engine: Engine, collection: Collection, iris: Sequence[str], *, listed: bool = False
) -> Fetched:
    """Fetch items with their parts; one of which nothing is asserted is left out.

    In a list, items of large collections come without their parts.
    """
    is_short = listed and collection.listed is not None
    nesting = collection.listed_nesting if is_short else collection.nesting
    name = collection.listed if is_short and collection.listed else collection.details
    query = fetching_query(name, iris)
    found = tuple(triples(engine, query)) if iris else ()
    facts = Facts.of(found)
    items = {iri: frame(facts, iri, nesting) for iri in iris if iri in facts.classes}
    aside = set_aside.fetch(engine, facts.unasserted())
    for item in items.values():
        set_aside.attach(item, aside)
    return Fetched(query, found, facts, items)


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
    wanted = f"VALUES ?class {{ {' '.join(classes)} }} " if classes else ""
    query = (
        f"{_HEADER}SELECT DISTINCT ?thing WHERE {{ {wanted}?thing a ?class .\n"
        f"  {{ VALUES ?thing {{ {values} }} }} UNION {{ ?thing pg:slug {ox.Literal(text)} }}\n}}"
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
