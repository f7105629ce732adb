"""The terminals of SPARQL text: enough to find a keyword outside strings, IRIs and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

UPDATE_KEYWORDS = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
)

# SPARQL 1.1 Query 19.8: IRIREF, the four string forms, comments, variables, language tags, words.
_TERMINAL = re.compile(
    r"""
      <[^<>"{}|^`\\\x00-\x20]*>
    | \"{3} (?: [^\\] | \\. )*? \"{3} | '{3} (?: [^\\] | \\. )*? '{3}
    | " (?: [^"\\\n\r] | \\. )* "     | ' (?: [^'\\\n\r] | \\. )* '
    | \#[^\n\r]*
    | [?$]\w+ | @[A-Za-z-]+ | :[\w.:%-]*
    | (?P<word> [^\W\d][\w.-]*(?=:) | [^\W\d][\w-]* )
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A bare word of the query (a keyword, or the prefix of a name) and its place."""

    text: str
    offset: int
    is_prefix: bool

    @property
    def keyword(self) -> str:
        """The word as a keyword, which may be written in either case."""
        return self.text.upper()


def words(text: str) -> Iterator[Word]:
    """Go through the bare words of a query, skipping strings, IRIs, comments and variables."""
    for match in _TERMINAL.finditer(text):
        word = match["word"]
        if word is not None:
            yield Word(word, match.start(), text[match.end() : match.end() + 1] == ":")


def position(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset, both counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def find_service(text: str) -> int | None:
    """Return the offset of the keyword SERVICE.

    ``SERVICE:name`` counts as the keyword: a parser may read it so. ``PREFIX service:`` is not
    told apart from it, therefore that prefix can't be used.
    """
    return next((word.offset for word in words(text) if word.keyword == "SERVICE"), None)


def is_update(text: str) -> bool:
    """Tell whether the first word after the prologue begins an update."""
    for word in words(text):
        if not word.is_prefix and word.keyword not in {"PREFIX", "BASE"}:
            return word.keyword in UPDATE_KEYWORDS
    return False


def undeclared_prefix(text: str) -> Word | None:
    """Return the first prefix that is used and nowhere declared."""
    declared, used, before = {"_"}, [], ""
    for word in words(text):
        if word.is_prefix and before == "PREFIX":
            declared.add(word.text)
        elif word.is_prefix:
            used.append(word)
        before = word.keyword
    return next((word for word in used if word.text not in declared), None)
