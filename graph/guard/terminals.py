"""The terminals of SPARQL 1.1 (Query, 19.8), read as the parser behind this guard reads them.

Three things make that more than a list of patterns, because Oxigraph's parser has no lexer of its
own: keywords need no space around them (``trueSERVICE``, ``FILTER:f(1)``), ``<`` begins an IRI or
compares, whichever the grammar has room for, and a local name has at most one inner run of dots.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pledgegraph.graph.errors import QuerySyntaxError
from pledgegraph.graph.guard.keywords import (
    GLUED,
    KEYWORD,
    KEYWORDS,
    LEADING_KEYWORD,
    NAME_FOLLOWS,
    OPERAND_WORDS,
)
from pledgegraph.graph.guard.refusals import explain, refused_text

MAXIMUM_PREFIX = 100
MAXIMUM_UNCLOSED = 8

# Each class as in 19.8; Oxigraph leaves the planes above U+FFFF out, so that they are refused.
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
)
_VARIABLE = f"_0-9\u00b7\u0300-\u036f\u203f-\u2040{_BASE}"
_CHARACTER = rf"\-{_VARIABLE}"
_ESCAPE = r"""\\(?:[tbnrf"'\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})"""
_LOCAL_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[:{_CHARACTER}]|{_LOCAL_ESCAPE})"

_SPACE = r"(?:[ \t\r\n]++|\#[^\r\n]*+)*+"
_NAME = rf"""
    | (?P<name> (?P<prefix>[{_BASE}][{_CHARACTER}]*+(?:\.++[{_CHARACTER}]++)*+)?
                (?P<colon>:(?:(?:[:0-9_{_BASE}]|{_LOCAL_ESCAPE}){_LOCAL}*+(?:\.++{_LOCAL}++)?+)?+)
              | (?P<run>[{_BASE}][{_CHARACTER}]*+(?:\.++[{_CHARACTER}]++)*+) )"""
_OTHERS = rf"""
    | (?P<variable> [?$][0-9_{_BASE}][{_VARIABLE}]*+ )
    | (?P<iri> <(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*+> )
    | (?P<string> '''(?:'{{0,2}}(?:[^'\\]|{_ESCAPE}))*+''' | '(?:[^'\\\n\r]|{_ESCAPE})*+'
                | \"""(?:"{{0,2}}(?:[^"\\]|{_ESCAPE}))*+\""" | "(?:[^"\\\n\r]|{_ESCAPE})*+" )
    | (?P<number> (?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)[eE][+-]?[0-9]++ | [0-9]*+\.[0-9]++ | [0-9]++ )
    | (?P<blank> _:[0-9_{_BASE}][{_CHARACTER}]*+(?:\.++[{_CHARACTER}]++)*+ )
    | (?P<language> @[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?+ )
    | (?P<sign> \^\^ | && | \|\| | \|\}} | \{{\| | [!<>]= | << | >> | [-(){{}}\[\].,;=!<>|+*/^?~] )
"""
_WORD = rf"(?P<word> {KEYWORD} | [A-Za-z][A-Za-z_]*+ )"
_TERMINAL = re.compile(rf"{_SPACE}(?: (?P<end>\Z) {_NAME}{_OTHERS})", re.VERBOSE)
# Where no name can be, keywords stand side by side.
_PIECE = re.compile(f"{_WORD}{_OTHERS}", re.VERBOSE)
_SKIP = re.compile(_SPACE, re.VERBOSE)

_OPENERS = frozenset({"(", "{", "[", "<<", "{|"})
_CLOSERS = {")": "(", "}": "{", "]": "[", "|}": "{|"}
_CLOSING = frozenset({*_CLOSERS, ">>"})


class Terminal(NamedTuple):
    """A terminal, its kind and place. A ``name`` is prefixed, a ``word`` has its ``keyword``."""

    kind: str
    text: str
    offset: int
    keyword: str = ""


class Frame:
    """A bracket that is open; ``<`` compares only in an expression.

    A head is what stands outside the braces of a pattern: SELECT, GROUP BY and the like. The rest
    is for who counts: what the bracket is, how many more terms make a triple, how many there are.
    """

    __slots__ = ("in_expression", "is_head", "needed", "opener", "pending", "role")

    def __init__(self, opener: str, *, in_expression: bool = False, is_head: bool = False) -> None:
        self.opener = opener
        self.in_expression = in_expression
        self.is_head = is_head
        self.role = ""
        self.needed = 3
        self.pending = 0


class Lexer:
    """Goes through the terminals of a text once; ``frames`` are the brackets open at the moment."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.frames = [Frame("", is_head=True)]
        self.prefixes = {"_"}  # of blank nodes; the others as they are declared
        self._after_operand = False
        self._before = self._before_that = Terminal("", "", 0)
        self._run_end = 0
        self._unclosed = 0

    def __iter__(self) -> Iterator[Terminal]:
        """Give each terminal, while the brackets stand as they do after it."""
        text, at, terminal_at = self.text, 0, _TERMINAL.match
        end = len(text)
        while at < end:
            if at < self._run_end:
                match = _PIECE.match(text, at, self._run_end)
            else:
                match = terminal_at(text, at)
            if match is None:
                raise self._unreadable(at)
            kind = str(match.lastgroup)
            at = match.start(kind)
            if kind == "name":
                terminal = self._name(match)
                if terminal is None:
                    continue
            elif kind == "end":
                return
            else:
                terminal = self._terminal(kind, match[kind], at)
            yield terminal
            self._before_that, self._before = self._before, terminal
            at += len(terminal.text)

    def _terminal(self, kind: str, text: str, at: int) -> Terminal:
        if text[0] == "<" and self._after_operand and self.frames[-1].in_expression:
            kind, text = "sign", "<=" if text[1:2] == "=" else "<"
        if kind == "sign":
            self._after_operand = False
            if text in _OPENERS:
                self._open(text)
            elif text in _CLOSING:
                self._close(text, at)
                self._after_operand = True
        elif kind == "word":
            return self._word(text, at)
        else:
            self._after_operand = True
            if text in {"''", '""'} and self.text.startswith(text[0], at + 2):
                self._count_unclosed(at)
        return Terminal(kind, text, at)

    def _word(self, text: str, at: int) -> Terminal:
        keyword = text.upper()
        self._after_operand = keyword in OPERAND_WORDS
        if keyword == "SELECT":
            self.frames[-1].is_head = True
        return Terminal("word", text, at, keyword)

    def _name(self, match: re.Match[str]) -> Terminal | None:
        """Return a prefixed name or a keyword; None if it is more than one and to be read again."""
        at, run = match.start("name"), match["run"]
        if run is not None:
            if run.upper() in KEYWORDS:
                return self._word(run, at)
            self._run_end = match.end()
            return None
        prefix = match["prefix"] or ""
        if len(prefix) > MAXIMUM_PREFIX:
            remedy = f"use prefixes of at most {MAXIMUM_PREFIX} characters"
            raise refused_text("prefix-length", "this prefix is too long", remedy, self.text, at)
        if self._is_declaration():
            self.prefixes.add(prefix)
        elif prefix not in self.prefixes:
            keywords = self._length_of_keywords(prefix)
            if keywords:
                self._run_end = at + keywords
                return None
        elif prefix and self._is_ambiguous(prefix, match.end()):
            reason = f"{prefix}: can be read as a keyword here"
            remedy = "declare another prefix for it, or end the triple before it by a dot"
            raise refused_text("ambiguous-prefix", reason, remedy, self.text, at)
        self._after_operand = True
        return Terminal("name", match["name"], at)

    def _is_declaration(self) -> bool:
        return self._before.keyword == "PREFIX"

    def _length_of_keywords(self, prefix: str) -> int:
        """Return how much of an undeclared prefix is keywords before a name that is declared."""
        if LEADING_KEYWORD.match(prefix) is None:
            return 0
        if prefix[:6].upper() == "PREFIX":
            return 6
        cuts = range(1, len(prefix) + 1)
        return next((cut for cut in cuts if prefix[cut:] in self.prefixes), 0)

    def _is_ambiguous(self, prefix: str, end: int) -> bool:
        """Tell whether a declared prefix may also be a keyword and another declared prefix."""
        if (self._before.keyword or self._before.text) in NAME_FOLLOWS or self.frames[
            -1
        ].in_expression:
            return False
        after = self._skip(end)
        following = self.text[after : after + 1]
        glued = GLUED.get("FROM" if len(self.frames) == 1 and following != "(" else following)
        return glued is not None and any(
            prefix[match.end() :] in self.prefixes for match in glued.finditer(prefix)
        )

    def _open(self, sign: str) -> None:
        top = self.frames[-1]
        in_expression = sign == "(" and (top.in_expression or self._opens_expression(top))
        self.frames.append(Frame(sign, in_expression=in_expression))

    def _opens_expression(self, top: Frame) -> bool:
        """Tell whether a parenthesis opens an expression, not a list, a path or a row."""
        before = self._before
        word = before.keyword
        if top.is_head:
            return word != "VALUES"
        if word:
            return word not in OPERAND_WORDS and word != "VALUES"
        is_function = before.kind in {"iri", "name"}
        return is_function and self._before_that.keyword == "FILTER"

    def _close(self, sign: str, at: int) -> None:
        opener = self.frames[-1].opener
        if sign == ">>":
            if opener == "<<":
                self.frames.pop()
        elif opener == _CLOSERS[sign]:
            self.frames.pop()
        else:
            remedy = "close brackets in the order in which they were opened"
            raise refused_text("bracket", f"{sign} closes nothing here", remedy, self.text, at)

    def _count_unclosed(self, at: int) -> None:
        """Let three quotes be an empty string and a quote, but not often: each cost the rest."""
        self._unclosed += 1
        if self._unclosed > MAXIMUM_UNCLOSED:
            raise self._unreadable(at)

    def _skip(self, at: int) -> int:
        """Return where the space and comments at a place end."""
        skipped = _SKIP.match(self.text, at)
        assert skipped is not None
        return skipped.end()

    def _unreadable(self, at: int) -> QuerySyntaxError:
        at = self._skip(at)
        reason, remedy = explain(self.text[at], at)
        return refused_text("character", reason, remedy, self.text, at)
