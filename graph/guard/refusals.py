"""Make the errors that the guard raises, each with its place, rule and remedy."""

from __future__ import annotations

from typing import TypeVar

from pledgegraph.graph import errors

Error = TypeVar("Error", bound=errors.QueryError)


def position(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset, both counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def refusal(
    kind: type[Error], rule: str, reason: str, remedy: str, place: tuple[int, int] | None = None
) -> Error:
    """Make an error of a kind that says which rule is broken, and what to do."""
    line, column = place or (None, None)
    return kind(reason, line, column, rule=rule, remedy=remedy)


def refused_text(
    rule: str, reason: str, remedy: str, text: str, offset: int
) -> errors.QuerySyntaxError:
    """Make the error for text that can't be read at a place."""
    return refusal(errors.QuerySyntaxError, rule, reason, remedy, position(text, offset))


def explain(character: str, offset: int) -> tuple[str, str]:
    """Say why no terminal begins with a character, and what to do."""
    if character in "'\"":
        reason = "this string has no end, or has an escape that SPARQL does not know"
        return reason, "close it; inside strings write a backslash twice"
    if character == "\ufeff" and offset == 0:
        return "the query begins with a byte order mark", "send UTF-8 without it"
    if character == "\0":
        return "there is a NUL character", "send the query as UTF-8, not as UTF-16"
    if character == "\\":
        reason = "escapes are read in strings, in IRIs and after a prefix only"
        return reason, "write the character itself"
    reason = f"the character U+{ord(character):04X} can't stand here"
    return reason, "remove it, or put it into a string"
