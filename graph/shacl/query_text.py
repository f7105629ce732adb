"""SPARQL text of a shapes graph: read into tokens, checked and rewritten (sections 5.2.1, 5.3.1).

Prefixed names become IRIs and variables get names of their own, so that a text can stand inside
a larger query.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pledgegraph.graph.shacl.names import ShapesError

_TOKEN = re.compile(
    r"""
      (?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<text> \"{3} (?: [^\\] | \\. )*? \"{3} | '{3} (?: [^\\] | \\. )*? '{3}
              | " (?: [^"\\\n\r] | \\. )* "     | ' (?: [^'\\\n\r] | \\. )* ' )
    | (?P<space> \s+ | \#[^\n\r]* )
    | (?P<variable> [?$]\w+ )
    | (?P<blank> _:[\w.-]*[\w-] )
    | (?P<language> @[A-Za-z][A-Za-z0-9-]* )
    | (?P<name> (?: [^\W\d_] (?: [\w.-]*[\w-] )? )? : (?: (?: [\w:.-] | %.. | \\. )* (?: [\w:-] | %.. | \\. ) )? )
    | (?P<word> [^\W\d]\w* )
    | (?P<other> \^\^ | && | \|\| | [!<>]= | . )
    """,  # noqa: E501
    re.VERBOSE | re.DOTALL,
)
_FORBIDDEN = {"MINUS", "VALUES", "SERVICE"}
OPTIONAL_ONES = frozenset({"currentShape", "shapesGraph"})


@dataclass(frozen=True)
class Token:
    """A terminal of the text."""

    kind: str
    text: str
    gap: str = " "

    @property
    def word(self) -> str:
        """Return a keyword in capitals, or a sign."""
        return self.text.upper() if self.kind in ("word", "other") else ""

    @property
    def variable(self) -> str:
        """Return the name of a variable."""
        return self.text[1:] if self.kind == "variable" else ""


def tokens(text: str, prefixes: Mapping[str, str]) -> list[Token]:
    """Return the terminals of a query, its own PREFIX declarations applied and left out."""
    found, gap = list[Token](), ""
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "space":
            gap = " "
        else:
            found.append(Token(str(match.lastgroup), match[0], gap))
            gap = ""
    known, result, at = dict(prefixes), list[Token](), 0
    while at < len(found):
        token = found[at]
        if token.word == "PREFIX" and at + 2 < len(found):
            known[found[at + 1].text[:-1]] = found[at + 2].text[1:-1]
            at += 3
            continue
        result.append(_expanded(token, known))
        at += 1
    return result


def _expanded(token: Token, prefixes: Mapping[str, str]) -> Token:
    if token.kind != "name":
        return token
    prefix, _, local = token.text.partition(":")
    if prefix not in prefixes:
        raise ShapesError(f"the prefix {prefix}: is not declared by sh:prefixes")
    local = re.sub(r"\\(.)", r"\1", local)
    return Token("iri", f"<{prefixes[prefix]}{local}>", token.gap)


def check(found: list[Token], bound: frozenset[str]) -> None:
    """Refuse what a text with pre-bound variables may not say (section 5.2.1)."""
    for before, token in zip([Token("", ""), *found], found, strict=False):
        if token.word in _FORBIDDEN:
            raise ShapesError(f"{token.word} may not be used where variables are pre-bound")
        if before.word == "AS" and token.variable in bound:
            raise ShapesError(f"{token.text} is pre-bound and may not be assigned")
    wanted = bound - OPTIONAL_ONES
    for at, token in enumerate(found):
        if token.word == "SELECT" and "{" in (t.word for t in found[:at]):
            shown = {t.variable for t in _until_brace(found[at:])}
            if not wanted <= shown:
                raise ShapesError("a subquery must return every pre-bound variable")


def _until_brace(found: list[Token]) -> Iterable[Token]:
    for token in found:
        if token.word == "{":
            return
        yield token


def written(found: Iterable[Token], names: Callable[[str], str]) -> str:
    """Write terminals as text again, each variable under the name or value that it is given."""
    return "".join(
        token.gap + (names(token.variable) if token.variable else token.text) for token in found
    )
