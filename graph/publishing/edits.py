"""What a writer asks for: new content for whole source graphs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from pledgegraph.graph import errors
from pledgegraph.graph.publishing import texts
from pledgegraph.graph.publishing.candidate import Candidate
from pledgegraph.graph.publishing.texts import Difference
from pledgegraph.graph.source_graphs import slug_of

# Without these no text of N-Quads has a blank node or a triple term.
_NAMELESS = (b"_:", b"<<(")


@dataclass(frozen=True)
class GraphEdit:
    """What is to become of one source graph.

    ``triples`` is its whole new content, literals as written, and is read once; none removes the
    graph. With ``merge`` they are added to what is there (Graph Store POST). ``look`` is called
    with the digest of what is there, or none, while nobody else can write; it may raise.
    """

    graph: str
    triples: Iterable[ox.Triple] | None
    merge: bool = False
    look: Callable[[str | None], None] | None = None

    @property
    def slug(self) -> str:
        """Return the last segment of its name; raises ``GraphNameError`` for any other name."""
        return slug_of(self.graph)


def apply(candidate: Candidate, edits: Iterable[GraphEdit]) -> list[Difference]:
    """Write the new texts of graphs that change; return how each differs from before.

    Raises ``GraphNameError``, ``BlankNodeError``, and ``UnknownGraphError`` for the removal of a
    graph that is not there.
    """
    found = (_apply(candidate, edit) for edit in edits)
    return [changed for changed in found if changed]


def _apply(candidate: Candidate, edit: GraphEdit) -> Difference | None:
    slug = edit.slug
    old = candidate.before.graph(edit.graph) if candidate.before else None
    before = old.read_bytes() if old else b""
    if edit.look is not None:
        edit.look(hashlib.sha256(before).hexdigest() if old else None)
    if edit.triples is None:
        if old is None:
            raise errors.UnknownGraphError(f"there is no graph {edit.graph} to remove")
        candidate.remove_text(slug)
        return Difference(edit.graph, old, None, 0, before.count(b"\n"))
    after = texts.graph_text(edit.graph, edit.triples)
    _check_names(edit.graph, after)
    if edit.merge and before:
        after = b"".join(sorted(texts.lines_of(before) | texts.lines_of(after)))
    if old and before == after:
        return None
    new = candidate.write_text(slug, after)
    return Difference(edit.graph, old, new, *_counts(before, after))


def _counts(before: bytes, after: bytes) -> tuple[int, int]:
    if not before:
        return after.count(b"\n"), 0
    old, new = texts.lines_of(before), texts.lines_of(after)
    return len(new - old), len(old - new)


def _check_names(graph: str, text: bytes) -> None:
    """Refuse terms that no source graph can hold; most often a glance shows that there are none."""
    if not any(mark in text for mark in _NAMELESS):
        return
    for triple in texts.triples_of([text]):
        terms = (triple.subject, triple.object)
        if any(isinstance(term, ox.BlankNode | ox.Triple) for term in terms):
            raise errors.BlankNodeError(
                f"{graph} has a blank node or a triple term at {triple.subject} "
                f"{triple.predicate}: give everything an IRI, so that it can be cited"
            )
