"""What a writer asks for: new content for whole source graphs."""

from __future__ import annotations

import filecmp
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

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


@dataclass(frozen=True)
class TextEdit:
    """New content for a source graph that is too large for memory: a file of canonical N-Quads."""

    graph: str
    text: Path

    @property
    def slug(self) -> str:
        """Return the last segment of its name; raises ``GraphNameError`` for any other name."""
        return slug_of(self.graph)


def apply(candidate: Candidate, edits: Iterable[GraphEdit | TextEdit]) -> list[Difference]:
    """Write the new texts of graphs that change; return how each differs from before.

    Raises ``GraphNameError``, ``BlankNodeError``, and ``UnknownGraphError`` for the removal of a
    graph that is not there.
    """
    found = (_apply(candidate, edit) for edit in edits)
    return [changed for changed in found if changed]


def _apply(candidate: Candidate, edit: GraphEdit | TextEdit) -> Difference | None:
    slug = edit.slug
    old = candidate.before.graph(edit.graph) if candidate.before else None
    if isinstance(edit, TextEdit):
        if old and filecmp.cmp(old, edit.text, shallow=False):
            return None
        return _difference(edit.graph, old, candidate.take_text(slug, edit.text))
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
    return _difference(edit.graph, old, candidate.write_text(slug, after))


def _difference(graph: str, old: Path | None, new: Path) -> Difference:
    counts = Counter(is_new for _, is_new in texts.differing(old, new))
    return Difference(graph, old, new, counts[True], counts[False])


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
