"""Arrange the description of a thing for its page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

import pyoxigraph as ox

from pledgegraph.api import pages
from pledgegraph.graph.lookups.description import LABELS, Description
from pledgegraph.graph.namespaces import ID, RDF_TYPE

# What a reader sees at once from the text itself.
PLAIN_DATATYPES = frozenset({"xsd:string", "rdf:langString", "xsd:date", "xsd:integer"})


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a property: its text, where it leads, its language or datatype."""

    text: str
    href: str | None = None
    note: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Property:
    """One property with its values."""

    label: str
    href: str | None
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class ShownThing:
    """What the page of a thing shows."""

    iri: str
    path: str
    label: str
    kinds: tuple[Value, ...]
    properties: tuple[Property, ...]
    incoming: tuple[Property, ...]
    has_more: bool
    said_in: tuple[Value, ...]


def show(description: Description) -> ShownThing:
    """Arrange a description: kinds first, then properties by label, then what points here."""
    kinds = [t for t in description.outgoing if t.predicate.value == RDF_TYPE]
    title = description.label(description.iri)
    others = [t for t in description.outgoing if not _is_said_above(t, title)]
    return ShownThing(
        iri=description.iri,
        path=f"/doc/{description.iri.removeprefix(ID)}",
        label=title,
        kinds=tuple(_value(description, t.object) for t in kinds),
        properties=_properties(description, others),
        incoming=_properties(description, description.incoming, backwards=True),
        has_more=description.has_more,
        said_in=tuple(Value(pages.compact(g), pages.href(g)) for g in description.said_in),
    )


def _is_said_above(triple: ox.Triple, title: str) -> bool:
    """Tell whether the head of the page says it: what kind of thing it is, what it is called."""
    name = triple.object.value if isinstance(triple.object, ox.Literal) else None
    return triple.predicate.value == RDF_TYPE or (
        triple.predicate.value in LABELS and name == title
    )


def _properties(
    description: Description, found: Iterable[ox.Triple], *, backwards: bool = False
) -> tuple[Property, ...]:
    def key(triple: ox.Triple) -> tuple[int, str]:
        iri = triple.predicate.value
        return (LABELS.index(iri) if iri in LABELS else len(LABELS), description.label(iri))

    shown = []
    for _, group in groupby(sorted(found, key=key), key=key):
        same = list(group)
        ends = (t.subject if backwards else t.object for t in same)
        iri = same[0].predicate.value
        values = tuple(sorted((_value(description, end) for end in ends), key=lambda v: v.text))
        shown.append(Property(description.label(iri), pages.href(iri), values))
    return tuple(shown)


def _value(description: Description, term: object) -> Value:
    if isinstance(term, ox.NamedNode):
        return Value(_name(description, term.value), pages.href(term.value))
    if isinstance(term, ox.Literal):
        datatype = pages.compact(term.datatype.value)
        note = "" if datatype in PLAIN_DATATYPES else datatype
        return Value(term.value, None, note, term.language)
    return Value(str(term))


def _name(description: Description, iri: str) -> str:
    """Return what a thing is called; a record without a label is named by its kind and slug."""
    if iri in description.labels or pages.href(iri) is None:
        return description.label(iri)
    if not iri.startswith(ID):
        return pages.compact(iri)
    kind, _, slug = iri.removeprefix(ID).partition("/")
    return f"{kind}: {re.sub('-[0-9a-f]{8,}$', '', slug)}"
