"""Put the graphs that a request names into the text of its update, as USING clauses.

SPARQL 1.1 Protocol 2.2.3: ``using-graph-uri`` and ``using-named-graph-uri`` are the dataset of
every operation with a WHERE clause, and an update that says WITH or USING itself is refused then.
The store takes no dataset beside an update, so that it is written into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pyoxigraph as ox

from pledgegraph.graph import errors
from pledgegraph.graph.terminals import position

# SPARQL 1.1 Query 19.8, as far as it takes to find words and braces outside everything else.
_TERMINAL = re.compile(
    r"""
      <[^<>"{}|^`\\\x00-\x20]*>
    | \"{3} (?: [^\\] | \\. )*? \"{3} | '{3} (?: [^\\] | \\. )*? '{3}
    | " (?: [^"\\\n\r] | \\. )* "     | ' (?: [^'\\\n\r] | \\. )* '
    | \#[^\n\r]*
    | [?$]\w+ | @[A-Za-z-]+ | (?: [^\W\d] [\w.-]* )? : (?: [\w.:%-] | \\. )*
    | (?P<word> [^\W\d][\w-]* )
    | (?P<brace> [{}] )
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A keyword or a brace outside all others, with its place."""

    text: str
    start: int
    end: int


def with_dataset(text: str, default: Sequence[str], named: Sequence[str]) -> str:
    """Return an update whose operations match these graphs instead of the whole store."""
    clauses = [f"USING {_iri(iri)}" for iri in default]
    clauses += [f"USING NAMED {_iri(iri)}" for iri in named]
    using = " ".join(clauses)
    tokens = list(_outermost(text))
    written, done = [], 0
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        if token.text in ("USING", "WITH"):
            reason = f"the request names the graphs, so that the update may not say {token.text}"
            raise errors.UnsupportedQueryError(reason, *position(text, token.start))
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


def _outermost(text: str) -> Iterator[Token]:
    """Go through the words outside braces; what braces hold is one token."""
    depth, opened = 0, 0
    for match in _TERMINAL.finditer(text):
        if match["brace"] == "{":
            opened = opened if depth else match.start()
            depth += 1
        elif match["brace"] == "}":
            depth -= 1
            if not depth:
                yield Token("{}", opened, match.end())
        elif match["word"] and not depth:
            yield Token(match["word"].upper(), match.start(), match.end())
