"""What a writer asks for: new content for whole source graphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from pledgegraph.graph import errors
from pledgegraph.graph.namespaces import GRAPH
from pledgegraph.graph.publishing import texts
from pledgegraph.graph.publishing.candidate import Candidate
from pledgegraph.graph.publishing.texts import Difference
from pledgegraph.graph.source_graphs import slug_of


@dataclass(frozen=True)
class GraphEdit:
    """What is to become of one source graph.

    ``triples`` is its whole new content, literals as written; none removes the graph. With
    ``merge`` they are added to what is there (Graph Store POST).
    """

    graph: str
    triples: tuple[ox.Triple, ...] | None
    merge: bool = False

    @property
    def slug(self) -> str:
        """Return the last segment of its name."""
        return self.graph.removeprefix(GRAPH)


def refuse_unfit(edits: Sequence[GraphEdit]) -> None:
    """Refuse names that no source graph can have, and terms that no source graph can hold.

    Raises ``GraphNameError`` and ``BlankNodeError``.
    """
    for edit in edits:
        slug_of(edit.graph)
        for triple in edit.triples or ():
            if isinstance(triple.subject, ox.BlankNode) or isinstance(
                triple.object, ox.BlankNode | ox.Triple
            ):
                raise errors.BlankNodeError(
                    f"{edit.graph} has a blank node or a triple term at {triple.subject} "
                    f"{triple.predicate}: give everything an IRI, so that it can be cited"
                )


def apply(candidate: Candidate, edits: Iterable[GraphEdit]) -> list[Difference]:
    """Write the new texts of graphs that change; return how each differs from before.

    Raises ``UnknownGraphError`` for the removal of a graph that is not there.
    """
    found = []
    for edit in edits:
        before = candidate.text(edit.slug)
        if before is None and edit.triples is None:
            raise errors.UnknownGraphError(f"there is no graph {edit.graph} to remove")
        after = b"" if edit.triples is None else texts.graph_text(edit.graph, edit.triples)
        if edit.merge and before:
            after = b"".join(sorted(texts.lines_of(before) | texts.lines_of(after)))
        changed = texts.difference(edit.graph, before or b"", after)
        if edit.triples is None:
            candidate.remove_text(edit.slug)
        elif before is None or before != after:
            candidate.write_text(edit.slug, after)
        if changed.added or changed.removed or before is None or edit.triples is None:
            found.append(changed)
    return found
