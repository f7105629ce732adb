"""Look up what the records refer to, once all files are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from pledgegraph.graph.namespaces import ID, XSD, concept, local_name
from pledgegraph.graph.ontology import concepts, context
from pledgegraph.graph.records.known import NOTHING, Held, Known
from pledgegraph.graph.records.nodes import (
    JsonValue,
    NodeDraft,
    Reference,
    RoleReference,
    Value,
)
from pledgegraph.graph.records.problems import Problems, nearest
from pledgegraph.graph.records.values import day, decimal

ASSERTABLE = (
    "action",
    "object",
    "product",
    "recipient",
    "recipient-category",
    "territory",
    "purpose",
    "valid-from",
    "valid-until",
    "horizon",
    "list-scope",
    "target-value",
    "term-party",
)
_LITERALS: Mapping[str, Callable[[str], str]] = {f"{XSD}date": day, f"{XSD}decimal": decimal}


class Register:
    """Every named thing by kind and slug, with what is known beside; aliases count as slugs."""

    def __init__(
        self, nodes: Iterable[NodeDraft], problems: Problems, known: Known = NOTHING
    ) -> None:
        self.problems = problems
        self.known = known
        self.nodes: dict[str, NodeDraft] = {}
        self.by_slug: dict[str, dict[str, str]] = {}
        self.memberships: list[NodeDraft] = []
        for node in nodes:
            if not node.types:
                continue
            self.nodes.setdefault(node.iri, node)
            kind, slug = node.iri.removeprefix(ID).split("/", 1)
            aliases = [value for value in node.values.get("slug", []) if isinstance(value, str)]
            for name in (slug, *aliases):
                self._name(kind, name, node)
            if "member" in node.values:
                self.memberships.append(node)

    def _name(self, kind: str, slug: str, node: NodeDraft) -> None:
        known = self.by_slug.setdefault(slug, {})
        other = known.setdefault(kind, node.iri)
        if other != node.iri:
            for one in (node, self.nodes[other]):
                message = f"'{kind}/{slug}' names two things: choose another slug for one of them."
                self.problems.add(one.origins.get("slug", one.origin), "slug-taken", message)
        for iri in self.known.named(slug, (kind,)) - {node.iri}:
            message = f"'{kind}/{slug}' is {iri.removeprefix(ID)} already: choose another slug."
            self.problems.add(node.origins.get("slug", node.origin), "slug-taken", message)

    def find(self, reference: Reference) -> str | None:
        """Return the IRI that a reference means; on failure note the problem."""
        wanted, _, rest = reference.slug.partition("/")
        kinds, slug = ((wanted,), rest) if rest else (reference.kinds, reference.slug)
        named = self.by_slug.get(slug, {})
        found = [iri for kind, iri in named.items() if not kinds or kind in kinds]
        if kinds != ("concept",):
            found.extend(sorted(self.known.named(slug, kinds) - {*found}))
        for scheme in reference.schemes:
            iri = concept(scheme, reference.slug)
            if iri in concepts():
                found.append(iri)
        if len(found) == 1:
            return found[0]
        self._explain(reference, found)
        return None

    def _explain(self, reference: Reference, found: list[str]) -> None:
        slug = reference.slug
        if found:
            names = ", ".join(sorted(iri.removeprefix(ID) for iri in found))
            message = f"'{slug}' may be {names}: write kind/slug."
            self.problems.add(reference.origin, "ambiguous-reference", message)
            return
        if reference.kinds == ("concept",):
            known = [local_name(iri) for s in reference.schemes for iri in _members(s)]
            schemes = " or ".join(reference.schemes)
            message = (
                f"'{slug}' is no concept of {schemes}{nearest(slug, known)}: use one of theirs."
            )
            self.problems.add(reference.origin, "unknown-concept", message)
            return
        slugs = {
            name
            for name, kinds in self.by_slug.items()
            if not reference.kinds or set(kinds) & set(reference.kinds)
        }
        hint = nearest(slug, sorted(slugs.union(self.known.slugs(reference.kinds))))
        what = " or ".join(reference.kinds) or "record"
        message = f"'{slug}' is no {what} of {self.known.place}{hint}: add it, or mend it."
        self.problems.add(reference.origin, "dangling-reference", message)

    def subject_of(self, node: NodeDraft) -> str:
        """Return the IRI of a node; further evidence is about the record that it names."""
        also = node.first("also")
        return (self.find(also) if isinstance(also, Reference) else None) or node.iri

    def value_of(self, key: str, value: Value) -> str | JsonValue | None:
        """Return a value with what it refers to looked up; on failure note the problem."""
        if isinstance(value, RoleReference):
            role = self.role(value)
            return {"id": role} if role else None
        if not isinstance(value, Reference):
            return value
        kind = value.kinds[0] if value.kinds else ""
        if kind == "property":
            iri = _property(value, self.problems)
        elif kind.startswith("property:"):
            return _asserted(value, kind.removeprefix("property:"), self)
        else:
            iri = self.find(value)
        return {"id": iri} if iri else None

    def role(self, reference: RoleReference) -> str | None:
        """Return the membership or term that a speaker held in an organization on a day."""
        speaker = self.find(reference.speaker)
        organization = self.find(reference.organization)
        if not speaker or not organization:
            return None
        held = {
            role.iri
            for role in (
                *self._roles(speaker, organization),
                *self.known.held(speaker, organization),
            )
            if role.covers(reference.day)
        }
        if len(held) == 1:
            return held.pop()
        who, body = reference.speaker.slug, reference.organization.slug
        reason = "has no role or term" if not held else f"has {len(held)} roles"
        message = f"'{who}' {reason} in '{body}' on that day: add it, or leave 'as' out."
        self.problems.add(reference.organization.origin, "no-such-role", message)
        return None

    def _roles(self, member: str, organization: str) -> Iterator[Held]:
        for node in self.memberships:
            if (
                self.iri_of(node.first("member")) == member
                and self.iri_of(node.first("organization")) == organization
            ):
                start, end = node.first("validFrom"), node.first("validUntil")
                yield Held(
                    node.iri,
                    start if isinstance(start, str) else None,
                    end if isinstance(end, str) else None,
                )

    def iri_of(self, value: Value | None) -> str | None:
        """Return the IRI of a value without noting problems twice."""
        if isinstance(value, Reference):
            return Register.find(_Silent(self), value)
        return value.get("id") if isinstance(value, dict) else None


class _Silent(Register):
    """The same register, noting nothing."""

    def __init__(self, register: Register) -> None:
        self.__dict__ = {**register.__dict__, "problems": Problems()}


def _members(scheme: str) -> list[str]:
    return [iri for iri in concepts() if iri.startswith(concept(scheme, ""))]


def _property(reference: Reference, problems: Problems) -> str | None:
    if reference.slug in ASSERTABLE:
        definition = context()[_camel(reference.slug)]
        assert isinstance(definition, dict)  # each is a property with values of one kind
        return str(definition["@id"])
    hint = nearest(reference.slug, ASSERTABLE)
    message = (
        f"'{reference.slug}' is no property to assert{hint}: use one of {', '.join(ASSERTABLE)}."
    )
    problems.add(reference.origin, "unknown-property", message)
    return None


def _literal(reference: Reference, datatype: str, problems: Problems) -> JsonValue | None:
    """Read an asserted value as the datatype of its property wants it."""
    reader = _LITERALS.get(datatype)
    try:
        value = reader(reference.slug) if reader else reference.slug
    except ValueError as error:
        problems.add(reference.origin, "bad-value", f"{error}; leave it out for 'no value'.")
        return None
    return {"value": value, "type": datatype}


def _asserted(reference: Reference, name: str, register: Register) -> JsonValue | None:
    definition = context().get(_camel(name))
    datatype = definition.get("@type") if isinstance(definition, Mapping) else None
    if datatype == "@id":
        schemes = tuple(sorted({iri.split("/")[-2] for iri in concepts()}))
        scheme = next((s for s in (name, name.removesuffix("s")) if s in schemes), None)
        options = (scheme,) if scheme else schemes
        iri = register.find(Reference(reference.slug, (), options, reference.origin))
        return {"id": iri} if iri else None
    if datatype:
        return _literal(reference, str(datatype), register.problems)
    return {"value": reference.slug}


def _camel(name: str) -> str:
    first, *rest = name.split("-")
    return first + "".join(part.capitalize() for part in rest)
