"""Put the graphs that a request names into the text of its update, as USING clauses.

SPARQL 1.1 Protocol 2.2.3: ``using-graph-uri`` and ``using-named-graph-uri`` are the dataset of
every operation with a WHERE clause, and an update that says WITH or USING itself is refused then.
The store takes no dataset beside an update, so that it is written into it.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from pledgegraph.graph import errors
from pledgegraph.graph.scratch.tokens import outermost, place


def with_dataset(text: str, default: Sequence[str], named: Sequence[str]) -> str:
    """Return an update whose operations match these graphs instead of the whole store."""
    clauses = [f"USING {_iri(iri)}" for iri in default]
    clauses += [f"USING NAMED {_iri(iri)}" for iri in named]
    using = " ".join(clauses)
    found = list(outermost(text))
    written, done = [], 0
    for before, token, after in zip([None, *found], found, [*found[1:], None], strict=False):
        if token.text in ("USING", "WITH"):
            reason = f"the request names the graphs, so that the update may not say {token.text}"
            raise errors.UnsupportedQueryError(reason, *place(text, token.start))
        if token.text == "WHERE":
            written.append(text[done : token.start])
            if before is not None and before.text == "DELETE" and after is not None:
                # DELETE WHERE takes no USING: its pattern is what to delete and what to match
                written.append(f"{text[after.start : after.end]} ")
            written.append(f"{using} ")
            done = token.start
    return "".join((*written, text[done:]))


def _iri(iri: str) -> str:
    try:
        return str(ox.NamedNode(iri))
    except ValueError as error:
        raise errors.UnsupportedQueryError(f"'{iri[:200]}' can't name a graph: {error}") from error
