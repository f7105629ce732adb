"""What the expansion builds: JSON-LD nodes whose references are not looked up yet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from pledgegraph.graph.namespaces import local_name, thing
from pledgegraph.graph.records.problems import Origin
from pledgegraph.graph.records.reader import Mapping, Node, Scalar, Sequence


@dataclass(frozen=True)
class Reference:
    """A slug that some record file must define, or a concept of the schemes named."""

    slug: str
    kinds: tuple[str, ...]
    schemes: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True)
class RoleReference:
    """The role that a speaker had in an organization on a day: found when all files are read."""

    speaker: Reference
    organization: Reference
    day: str | None


JsonValue: TypeAlias = dict[str, str]
Value: TypeAlias = str | JsonValue | Reference | RoleReference


@dataclass
class NodeDraft:
    """One node: IRI, classes, and values by JSON-LD key, each with its place in the file."""

    iri: str
    types: tuple[str, ...]
    origin: Origin
    values: dict[str, list[Value]] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        """Return the last segment of the IRI."""
        return local_name(self.iri)

    def add(self, key: str, value: Value, origin: Origin | None = None) -> None:
        """Add a value once."""
        values = self.values.setdefault(key, [])
        if value not in values:
            values.append(value)
        self.origins.setdefault(key, origin or self.origin)

    def first(self, key: str) -> Value | None:
        """Return the first value of a key."""
        return next(iter(self.values.get(key, ())), None)


def text_of(node: Node | None) -> str:
    """Return the text of a scalar, or nothing."""
    return node.text if isinstance(node, Scalar) else ""


def scalars(node: Node | None) -> Iterator[str]:
    """Iterate over every text below a node, in order."""
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item)
    elif isinstance(node, Mapping):
        for key, value in node.entries.items():
            if key not in ("note", "positions", "demands", "claims"):
                yield key
                yield from scalars(value)


def digest(*parts: str, length: int = 8) -> str:
    """Shorten texts to a name: the first hexadecimal digits of their SHA-256."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:length]


def reference_slug(value: Value | None) -> str:
    """Return the readable part of a reference for use in a derived id."""
    return value.slug.rsplit("/", 1)[-1] if isinstance(value, Reference) else "unknown"


def node(kind: str, slug: str, types: tuple[str, ...], origin: Origin) -> NodeDraft:
    """Start a node named ``id/{kind}/{slug}``."""
    return NodeDraft(thing(kind, slug), types, origin)
