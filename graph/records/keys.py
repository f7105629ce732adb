"""What the tables of forms are made of: keys, forms, and the keys that several forms share.

A key writes one property of the ontology; its kind says how the author's text is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ANY_CONCEPT = ("topic", "object", "purpose", "action", "recipient-category")
ORGANIZATION = ("organization", "company")
AGENT = ("person", *ORGANIZATION)


@dataclass(frozen=True)
class Key:
    """One key of a form.

    ``kind`` is one of ``text`` (in the language of the source), ``string``, ``iri``, ``integer``,
    ``decimal``, ``day``, ``when``, ``duration``, ``concept`` (of the schemes in ``of``),
    ``reference`` (to the kinds in ``of``, or a concept where schemes are given too), ``form``
    (``of`` names it) and ``special``: one text, read by the form's own rule; several where ``of``
    says ``list``, mappings where it says ``mappings``. ``parent`` marks a nested form whose
    ``property`` points from the part to the whole instead of the other way round.
    """

    property: str | None
    kind: str
    of: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    required: bool = False
    parent: bool = False


@dataclass(frozen=True)
class Form:
    """A kind of record: its class, the ``{type}`` of its IRIs, its keys."""

    type: tuple[str, ...]
    kind: str
    keys: Mapping[str, Key]
    types: Mapping[str, tuple[str, ...]] | None = None
    is_record: bool = True

    @property
    def all_keys(self) -> Mapping[str, Key]:
        """Return its keys with those that every record takes; a source has its own only."""
        return {**COMMON, **self.keys} if self.is_record else {"id": COMMON["id"], **self.keys}


def text(name: str, *, required: bool = False) -> Key:
    """Make a key for a text in the language of the source."""
    return Key(name, "text", required=required)


def string(name: str, *, required: bool = False) -> Key:
    """Make a key for a text without language."""
    return Key(name, "string", required=required)


def integer(name: str) -> Key:
    """Make a key for a whole number."""
    return Key(name, "integer")


def concept(name: str, *schemes: str, required: bool = False) -> Key:
    """Make a key for a concept of one of the schemes."""
    return Key(name, "concept", schemes=schemes, required=required)


def reference(name: str, *kinds: str, schemes: tuple[str, ...] = (), required: bool = False) -> Key:
    """Make a key for a thing of one of the kinds, or a concept of the schemes."""
    return Key(name, "reference", of=kinds, schemes=schemes, required=required)


def part(name: str | None, form: str, *, parent: bool = False, required: bool = False) -> Key:
    """Make a key for nested forms."""
    return Key(name, "form", of=(form,), parent=parent, required=required)


COMMON: Mapping[str, Key] = {
    "id": Key(None, "special"),
    "label": text("prefLabel"),
    "also-called": text("altLabel"),
    "quote": Key(None, "special", of=("list",)),
    "entry": Key(None, "special", of=("list",)),
    "note": text("editorialNote"),
}

IDENTIFIED: Mapping[str, Key] = {"slug": string("slug")}

VALIDITY: Mapping[str, Key] = {
    "from": Key("validFrom", "day"),
    "until": Key("validUntil", "day"),
}

AXES: Mapping[str, Key] = {
    "action": concept("action", "action"),
    "object": concept("object", "object", "topic"),
    "product": reference("product", "product"),
    "recipient": reference("recipient", *AGENT),
    "recipient-category": concept("recipientCategory", "recipient-category"),
    "territory": reference("territory", "jurisdiction"),
    "purpose": concept("purpose", "purpose"),
}

RULE: Mapping[str, Key] = {
    **AXES,
    **VALIDITY,
    "modality": concept("modality", "modality", required=True),
    "horizon": concept("horizon", "horizon"),
    "exemptions": part("exemptionFrom", "exemption", parent=True),
}
