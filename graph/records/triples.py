"""Write a node as triples, by the JSON-LD context: what ``@type`` coerces is coerced here too."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import pyoxigraph as ox

from pledgegraph.graph.namespaces import RDF_TYPE
from pledgegraph.graph.ontology import context
from pledgegraph.graph.records.nodes import NodeDraft, Value
from pledgegraph.graph.records.references import Register

_TYPE = ox.NamedNode(RDF_TYPE)


def triples_of(node: NodeDraft, register: Register) -> Iterator[ox.Triple]:
    """Iterate over what a node says, its references looked up; problems are noted there.

    A value that is no RDF, such as an address with a space, is noted as ``bad-iri``.
    """
    try:
        subject = _iri(register.subject_of(node))
    except ValueError as error:
        register.problems.add(node.origin, "bad-iri", f"{error}: mend the address.")
        return
    for kind in node.types:
        yield ox.Triple(subject, _TYPE, _property(kind)[0])
    for key, values in node.values.items():
        if key == "also":
            continue
        name, datatype = _property(key)
        for value in values:
            found = register.value_of(key, value)
            if found is None:
                continue
            try:
                yield ox.Triple(subject, name, _term(found, datatype))
            except ValueError:
                origin = node.origins.get(key, node.origin)
                message = f"'{found}' is no address: escape what an address may not hold."
                register.problems.add(origin, "bad-iri", message)


@functools.cache
def _property(key: str) -> tuple[ox.NamedNode, str | None]:
    """Return the term of a key, and the datatype of its plain values: ``@id`` for addresses."""
    definition = context()[key]
    if isinstance(definition, dict):
        return ox.NamedNode(definition["@id"]), definition.get("@type")
    return ox.NamedNode(str(definition)), None


def _term(value: Value, datatype: str | None) -> ox.NamedNode | ox.Literal:
    if isinstance(value, str):
        if datatype == "@id":
            return _iri(value)
        return ox.Literal(value, datatype=_iri(datatype)) if datatype else ox.Literal(value)
    assert isinstance(value, dict)  # references were looked up
    if "id" in value:
        return _iri(value["id"])
    if "language" in value:
        return ox.Literal(value["value"], language=value["language"])
    kind = value.get("type")
    return ox.Literal(value["value"], datatype=_iri(kind) if kind else None)


@functools.lru_cache(maxsize=1 << 14)
def _iri(text: str) -> ox.NamedNode:
    return ox.NamedNode(text)
