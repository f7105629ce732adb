"""Turn FILTER NOT EXISTS into MINUS, so that a join within it is made once for all rows.

Oxigraph orders the join inside EXISTS without knowing what is bound outside, and may scan the
whole graph for each row. ``A FILTER NOT EXISTS { P }`` is ``A MINUS { A P }`` where A binds all
of its variables: both take out the solutions of A for which A and P have a solution together.
"""

from __future__ import annotations

from pledgegraph.graph.shacl.query_text import Token

_CANNOT = {"OPTIONAL", "SELECT", "GRAPH"}


def decorrelated(found: list[Token]) -> list[Token]:
    """Rewrite each group that binds all its variables and filters by what does not exist."""
    result, at = list[Token](), 0
    while at < len(found):
        if found[at].word == "{":
            end = closing(found, at)
            result += [found[at], *_group(found[at + 1 : end]), found[end]]
            at = end + 1
        else:
            result.append(found[at])
            at += 1
    return result


def closing(found: list[Token], start: int) -> int:
    """Return the place of the brace that closes another."""
    depth = 0
    for at in range(start, len(found)):
        depth += {"{": 1, "}": -1}.get(found[at].word, 0)
        if depth == 0:
            return at
    return len(found) - 1


def _group(inside: list[Token]) -> list[Token]:
    """Rewrite what stands between two braces."""
    kept, taken = _parted(inside)
    if not taken or not _CANNOT.isdisjoint(token.word for token in kept):
        return decorrelated(inside)
    result = decorrelated(kept)
    for pattern in taken:
        joined = [*kept, Token("other", "."), *pattern]
        result += [_MINUS, _OPEN, *_group(joined), _CLOSE]
    return result


_MINUS = Token("word", "MINUS")
_OPEN, _CLOSE = Token("other", "{"), Token("other", "}")


def _parted(inside: list[Token]) -> tuple[list[Token], list[list[Token]]]:
    """Part a group into what it binds and the joins that must not exist."""
    kept, taken, at = list[Token](), list[list[Token]](), 0
    while at < len(inside):
        if [t.word for t in inside[at : at + 4]] == ["FILTER", "NOT", "EXISTS", "{"]:
            end = closing(inside, at + 3)
            pattern = inside[at + 4 : end]
            if _joins(pattern):
                taken.append(pattern)
            else:
                kept += inside[at : end + 1]
            at = end + 1
        elif inside[at].word == "{":
            end = closing(inside, at)
            kept += inside[at : end + 1]
            at = end + 1
        else:
            kept.append(inside[at])
            at += 1
    while kept and kept[-1].word == ".":
        kept.pop()
    return kept, taken


def _joins(pattern: list[Token]) -> bool:
    """Tell whether a pattern has two triples or more that do not stand in a filter."""
    at, words = 0, list[str]()
    while at < len(pattern):
        if pattern[at].word == "FILTER" and "{" in [token.word for token in pattern[at : at + 4]]:
            while pattern[at].word != "{":
                at += 1
            at = closing(pattern, at)
        elif pattern[at].word == "FILTER":
            at = _closing_parenthesis(pattern, at)
        else:
            words.append(pattern[at].word)
        at += 1
    while words and words[-1] in (".", ";"):
        words.pop()
    return not {".", ";", "/", "{"}.isdisjoint(words)


def _closing_parenthesis(pattern: list[Token], start: int) -> int:
    depth = 0
    for at in range(start, len(pattern)):
        depth += {"(": 1, ")": -1}.get(pattern[at].word, 0)
        if depth == 0 and pattern[at].word == ")":
            return at
    return len(pattern) - 1
