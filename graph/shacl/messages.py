"""The messages of results: those of the shape, or a plain sentence (sections 2.1.5, 5.3.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox

from pledgegraph.graph.shacl.names import SH, Node, Term

_PLACE = re.compile(r"\{[?$](\w+)\}")


def default_message(component: Node) -> ox.Literal:
    """Return a sentence for a shape that has no message."""
    name = component.value.removeprefix(SH).removesuffix("ConstraintComponent")
    return ox.Literal(f"Violates {name[:1].lower()}{name[1:]}.", language="en")


def filled(message: ox.Literal, bindings: Mapping[str, Term]) -> ox.Literal:
    """Put values into the places of a message: ``{?value}`` or ``{$value}``."""
    text = _PLACE.sub(lambda place: _shown(bindings.get(place[1]), place[0]), message.value)
    return ox.Literal(text, language=message.language) if message.language else ox.Literal(text)


def _shown(term: Term | None, place: str) -> str:
    if term is None:
        return place
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
