"""Resolve the IRIs of FROM clauses, as the parser does, without parsing the query."""

from __future__ import annotations

import re

import pyoxigraph as ox

from pledgegraph.graph.guard.terminals import Terminal


class Prologue:
    """What BASE and PREFIX declare, for the few names that the guard must know."""

    def __init__(self) -> None:
        self._base: str | None = None
        self._namespaces = dict[str, str]()
        self._word = ""
        self._prefix: str | None = None

    def take(self, terminal: Terminal) -> bool:
        """Take in one more terminal; tell whether it still belongs to the prologue."""
        if terminal.keyword:
            self._word = terminal.keyword
            return self._word in {"BASE", "PREFIX", "VERSION"}
        if terminal.kind == "name" and self._word == "PREFIX":
            self._prefix = terminal.text[:-1]
        elif terminal.kind == "iri" and self._word == "PREFIX" and self._prefix is not None:
            self._namespaces[self._prefix] = terminal.text
        elif terminal.kind == "iri" and self._word == "BASE":
            self._base = self._resolve(terminal.text)
        return True

    def iri(self, terminal: Terminal) -> str | None:
        """Return the IRI that a terminal stands for, or None if the parser will refuse it."""
        if terminal.kind == "iri":
            return self._resolve(terminal.text)
        prefix, _, local = terminal.text.partition(":")
        namespace = self._namespaces.get(prefix)
        if namespace is None:
            return None
        start = self._resolve(namespace)
        return None if start is None else start + re.sub(r"\\(.)", r"\1", local)

    def _resolve(self, written: str) -> str | None:
        """Read an IRI as Turtle does, whose escapes and resolution are the same."""
        try:
            base = self._base
            (quad,) = ox.parse(
                f"{written} a {written} .", format=ox.RdfFormat.TURTLE, base_iri=base
            )
        except (SyntaxError, ValueError):
            return None
        assert isinstance(quad.subject, ox.NamedNode)
        return quad.subject.value
