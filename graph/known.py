"""What a release knows of single things, found by look-ups of points and never by reading it all.

Source graphs that a write replaces do not count: what only they say will be gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import pyoxigraph as ox

from pledgegraph.graph.namespaces import DERIVED_GRAPH, GRAPH, ID, NS, ORG, RDF_TYPE, thing
from pledgegraph.graph.records.forms import FORMS
from pledgegraph.graph.records.known import NOTHING, Held, Known
from pledgegraph.graph.release import Release

KINDS = tuple(sorted({form.kind for form in FORMS.values() if form.kind}))
MAXIMUM_NAMES = 20_000
_TYPE = ox.NamedNode(RDF_TYPE)
_SLUG = ox.NamedNode(f"{NS}slug")
_MEMBER = ox.NamedNode(f"{ORG}member")
_ORGANIZATION = ox.NamedNode(f"{ORG}organization")
_START, _END = ox.NamedNode(f"{NS}validFrom"), ox.NamedNode(f"{NS}validUntil")


def known_to(release: Release | None, replaced: Iterable[str]) -> Known:
    """Return what a release knows beside the source graphs, by slug, that are to be replaced."""
    if release is None:
        return NOTHING
    graphs = {f"{GRAPH}{slug}" for slug in replaced}
    return KnownToRelease(ox.Store.read_only(str(release.store_path)), frozenset(graphs))


class KnownToRelease:
    """Answers from the store of a release."""

    place = "any record file or of the graph"

    def __init__(self, store: ox.Store, replaced: frozenset[str]) -> None:
        self._store = store
        self._passed_over = replaced | {DERIVED_GRAPH}

    def named(self, slug: str, kinds: Iterable[str]) -> set[str]:
        """Return what is named by a slug or alias, of some kinds or, if none is given, of any."""
        wanted = tuple(kinds) or KINDS
        found = {iri for kind in wanted if self._holds(iri := thing(kind, slug))}
        prefixes = tuple(f"{ID}{kind}/" for kind in wanted)
        aliases = {subject.value for subject in self._subjects(_SLUG, ox.Literal(slug))}
        return found | {iri for iri in aliases if iri.startswith(prefixes)}

    def held(self, member: str, organization: str) -> list[Held]:
        """Return the roles and terms of somebody in an organization."""
        body = ox.NamedNode(organization)
        return [
            Held(role.value, self._text(role, _START), self._text(role, _END))
            for role in sorted(set(self._subjects(_MEMBER, ox.NamedNode(member))), key=str)
            if any(self._quads(role, _ORGANIZATION, body))
        ]

    def slugs(self, kinds: Iterable[str]) -> Iterable[str]:
        """Return slugs of some kinds, as many as can be looked through in a moment."""
        wanted = set(kinds)
        forms = [form for form in FORMS.values() if not wanted or form.kind in wanted]
        for form in forms:
            classes = [
                *form.type,
                *(name for types in (form.types or {}).values() for name in types),
            ]
            for name in classes:
                subjects = self._subjects(_TYPE, ox.NamedNode(f"{NS}{name}"))
                for subject in islice(subjects, MAXIMUM_NAMES):
                    yield subject.value.rsplit("/", 1)[-1]

    def _holds(self, iri: str) -> bool:
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            return False  # no IRI, and so the name of nothing
        return any(True for _ in self._quads(node, _TYPE, None))

    def _subjects(
        self, predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal
    ) -> Iterator[ox.NamedNode]:
        for quad in self._quads(None, predicate, value):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject

    def _text(self, node: ox.NamedNode, predicate: ox.NamedNode) -> str | None:
        values = (quad.object for quad in self._quads(node, predicate, None))
        return next((value.value for value in values if isinstance(value, ox.Literal)), None)

    def _quads(
        self,
        subject: ox.NamedNode | None,
        predicate: ox.NamedNode,
        value: ox.NamedNode | ox.Literal | None,
    ) -> Iterator[ox.Quad]:
        """Iterate over what the source graphs say that will still be there."""
        for quad in self._store.quads_for_pattern(subject, predicate, value, None):
            name = quad.graph_name
            if isinstance(name, ox.NamedNode) and name.value not in self._passed_over:
                yield quad
