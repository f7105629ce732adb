"""Refuse a query before it is parsed: what it may not do, and what it has too much of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from pledgegraph.graph.errors import (
    QueryBudgetError,
    UnheldGraphError,
    UnsupportedQueryError,
    UpdateRefusedError,
)
from pledgegraph.graph.guard.counter import Counter
from pledgegraph.graph.guard.keywords import QUERY_FORMS, UPDATE_KEYWORDS
from pledgegraph.graph.guard.limits import COUNTED, REMEDIES, Limits
from pledgegraph.graph.guard.prologue import Prologue
from pledgegraph.graph.guard.refusals import position, refusal, refused_text
from pledgegraph.graph.guard.terminals import Lexer, Terminal

Holds = Callable[[str], bool]

_SURROGATE = re.compile(r"[\ud800-\udfff]|\\(?:u|U0000)[dD][89a-fA-F][0-9a-fA-F]{2}")
_ODD = re.compile(r"[^\x20-\x5b\x5d-\x7e\n\r\t]")
_FROM_NAME = re.compile(r"(?<![?$])from\s*(?:named\s*)?(?:[<#]|[\w.-]*:)")
_DEEPENING = ("(", "[", "{", "<<", "!", "-", "+", "^")


def check(
    text: str,
    limits: Limits,
    holds: Holds,
    graphs: Iterable[str] | None = None,
    *,
    thorough: bool = False,
) -> None:
    """Refuse a query that must not reach the parser.

    ``graphs`` are those that the request names, which then replace the query's own FROM clauses.
    What the parser would refuse by itself, an update too, is refused here for certain only if
    ``thorough``: its message is the better one.
    """
    _check_bytes(text, limits)
    _check_graphs(graphs or (), holds)
    if not thorough and _is_harmless(text, limits):
        return
    suspect = _SURROGATE.search(text)
    prologue, in_prologue, from_follows, form = Prologue(), True, False, ""
    for terminal in Counter(text, limits):
        kind = terminal.kind
        if in_prologue:
            in_prologue = prologue.take(terminal)
            form = "" if in_prologue else _form(terminal, text)
        keyword = terminal.keyword
        if keyword:
            if "SERVICE" in keyword:
                raise _service(text, terminal.offset)
            from_follows = keyword == "FROM" or (from_follows and keyword == "NAMED")
        elif from_follows:
            from_follows = False
            if graphs is None and form:
                iri = prologue.iri(terminal)
                if iri is not None and not holds(iri):
                    raise _unheld(iri, position(text, terminal.offset))
        if suspect and kind == "string":
            _check_characters(text, terminal)


def _is_harmless(text: str, limits: Limits) -> bool:
    """Tell at a glance that a short query has nothing in it that must be kept from the parser.

    It has nowhere the letters of SERVICE, nor FROM before a name, no escape and no odd character,
    and is too short to have too much of anything. Reading such a look-up would cost 20 times more.
    """
    if len(text) > limits.length_without_counting():
        return False
    lowered = text.lower()
    if "service" in lowered or ("from" in lowered and _FROM_NAME.search(lowered)):
        return False
    return sum(map(text.count, _DEEPENING)) <= limits.depth and _ODD.search(text) is None


def _check_bytes(text: str, limits: Limits) -> None:
    if len(text) > limits.bytes or len(text.encode("utf-8", "replace")) > limits.bytes:
        reason = f"more than {limits.bytes} {COUNTED['bytes']}"
        raise refusal(QueryBudgetError, "bytes", reason, REMEDIES["bytes"])


def _check_graphs(graphs: Iterable[str], holds: Holds) -> None:
    for iri in graphs:
        if not holds(iri):
            raise _unheld(iri, None)


def _form(terminal: Terminal, text: str) -> str:
    """Return the form of a query by the first word after its prologue; refuse an update."""
    word = terminal.keyword
    if word in UPDATE_KEYWORDS:
        reason = "this is an update; only queries are answered here"
        place = position(text, terminal.offset)
        remedy = "begin with SELECT, ASK, CONSTRUCT or DESCRIBE"
        raise refusal(UpdateRefusedError, "update", reason, remedy, place)
    return word if word in QUERY_FORMS else ""


def _service(text: str, offset: int) -> UnsupportedQueryError:
    reason = "SERVICE is refused: nothing here reaches other hosts or files"
    remedy = "fetch what it names yourself, and send that"
    place = position(text, offset)
    return refusal(UnsupportedQueryError, "service", reason, remedy, place)


def _unheld(iri: str, place: tuple[int, int] | None) -> UnheldGraphError:
    reason = f"there is no graph <{iri}> here, and none is fetched"
    remedy = "leave it out, or name one of the graphs listed at /graphs"
    return refusal(UnheldGraphError, "graph", reason, remedy, place)


def _check_characters(text: str, terminal: Terminal) -> None:
    found = _SURROGATE.search(terminal.text.replace("\\\\", "  "))
    if found is not None:
        reason, remedy = "half of a surrogate pair is no character", "write \\U and eight digits"
        raise refused_text("character", reason, remedy, text, terminal.offset + found.start())


def undeclared_prefix(text: str) -> Terminal | None:
    """Return the first prefixed name whose prefix is nowhere declared, of text that can be read."""
    lexer = Lexer(text)
    for terminal in lexer:
        if terminal.kind == "name" and terminal.text.partition(":")[0] not in lexer.prefixes:
            return terminal
    return None
