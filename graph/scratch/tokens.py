"""The words and braces of an update that stand outside strings, IRIs, names and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

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
    """A word, in upper case, or a brace, and its place."""

    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Go through the words and braces."""
    for match in _TERMINAL.finditer(text):
        if match["word"] or match["brace"]:
            yield Token(match[0].upper(), match.start(), match.end())


def outermost(text: str) -> Iterator[Token]:
    """Go through the words outside braces; what braces hold is one token."""
    depth, opened = 0, 0
    for token in tokens(text):
        if token.text == "{":
            opened = opened if depth else token.start
            depth += 1
        elif token.text == "}":
            depth -= 1
            if not depth:
                yield Token("{}", opened, token.end)
        elif not depth:
            yield token


def place(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset, both counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
