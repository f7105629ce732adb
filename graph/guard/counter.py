"""Count what a query has of each thing that is limited, while its terminals go by."""

from __future__ import annotations

from collections.abc import Iterator

from pledgegraph.graph.errors import QueryBudgetError
from pledgegraph.graph.guard.keywords import OPERAND_WORDS
from pledgegraph.graph.guard.limits import COUNTED, REMEDIES, Limits
from pledgegraph.graph.guard.refusals import position, refusal
from pledgegraph.graph.guard.terminals import Frame, Lexer, Terminal

_SIGNS_IN_FRONT = frozenset({"!", "-", "+", "^"})
_PATH_SIGNS = frozenset({"/", "|", "^", "!", "*", "+", "?"})
_EXPRESSION_SIGNS = frozenset(
    {"||", "&&", "=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "!"}
)
# A triple needs so many more terms after each of these.
_NEEDED_AFTER = {".": 3, ";": 2, ",": 1}
_NEEDED_IN = {"[": 2, "{|": 2}
_COUNTED_WORDS = {
    "UNION": "union_branches",
    "OPTIONAL": "optionals",
    "FILTER": "clauses",
    "BIND": "clauses",
    "MINUS": "clauses",
    "GRAPH": "clauses",
    "VALUES": "clauses",
    "SELECT": "clauses",
    "LATERAL": "clauses",
    "EXISTS": "clauses",
    "FROM": "clauses",
    "IN": "expression_operators",
}
_TRIPLES = frozenset({"{", "[", "{|"})


class Counter:
    """Goes through a query's terminals and refuses what is beyond a limit where it is reached."""

    def __init__(self, text: str, limits: Limits) -> None:
        self._text = text
        self._limits = limits.as_header()
        self._lexer = Lexer(text)
        self._before = Terminal("", "", 0)
        self._data_follows = False
        self._in_front = 0
        self.counts = dict.fromkeys(self._limits, 0)

    def __iter__(self) -> Iterator[Terminal]:
        """Count each terminal before it is given on."""
        frames = self._lexer.frames
        top = frames[-1]
        for terminal in self._lexer:
            if terminal.kind == "sign":
                self._sign(terminal, top, frames)
                top = frames[-1]
            elif terminal.keyword and terminal.keyword not in OPERAND_WORDS:
                self._word(terminal, top)
                self._in_front = 0
            else:
                self._in_front = 0
                if top.opener:
                    self._term(top, terminal)
            self._before = terminal
            yield terminal

    def add(self, name: str, offset: int, more: int = 1) -> None:
        """Count some more of a thing, at a place."""
        count = self.counts[name] = self.counts[name] + more
        if count > self._limits[name]:
            raise self._beyond(name, offset)

    def _beyond(self, name: str, offset: int) -> QueryBudgetError:
        reason = f"more than {self._limits[name]} {COUNTED[name]}"
        place = position(self._text, offset)
        return refusal(QueryBudgetError, rule_of(name), reason, REMEDIES[name], place)

    def _word(self, terminal: Terminal, top: Frame) -> None:
        keyword = terminal.keyword
        self._end_triple(top, 3, terminal.offset)
        self._data_follows = keyword == "VALUES"
        counted = _COUNTED_WORDS.get(keyword)
        if counted is not None:
            self.add(counted, terminal.offset)

    def _term(self, top: Frame, terminal: Terminal) -> None:
        """Count a term as part of a triple, as two triples of a list, or as a row of data."""
        if top.role == "data":
            if self._before.text != "^^" and terminal.kind != "language":
                self.add("values_rows", terminal.offset)
        elif top.role == "list":
            if self._before.text != "^^" and terminal.kind != "language":
                self.add("triple_patterns", terminal.offset, 2)
        elif top.opener in _TRIPLES:
            top.pending += 1

    def _end_triple(self, top: Frame, needed: int, offset: int) -> None:
        if top.opener in _TRIPLES and top.role != "data":
            if top.pending >= top.needed:
                self.add("triple_patterns", offset)
            top.pending, top.needed = 0, needed

    def _sign(self, terminal: Terminal, top: Frame, frames: list[Frame]) -> None:
        """Count a sign; ``top`` is the bracket that was open before it."""
        sign = terminal.text
        self._in_front = self._in_front + 1 if sign in _SIGNS_IN_FRONT else 0
        now = frames[-1]
        if now is not top:
            self._bracket(terminal, top, now, frames)
        elif sign in _NEEDED_AFTER:
            self._end_triple(top, _NEEDED_AFTER[sign], terminal.offset)
        elif top.in_expression:
            is_all = sign == "*" and self._before.text.upper() in {"(", "DISTINCT"}
            if sign in _EXPRESSION_SIGNS and not is_all:
                self.add("expression_operators", terminal.offset)
        elif sign in _PATH_SIGNS and top.opener:
            self.add("path_operators", terminal.offset)
        elif sign == "~":
            self.add("triple_patterns", terminal.offset)
        self._set_depth(len(frames) - 1 + self._in_front, terminal.offset)

    def _set_depth(self, depth: int, offset: int) -> None:
        if depth > self.counts["depth"]:
            self.add("depth", offset, depth - self.counts["depth"])

    def _bracket(self, terminal: Terminal, top: Frame, now: Frame, frames: list[Frame]) -> None:
        offset = terminal.offset
        if len(frames) > 1 and now.opener == terminal.text and not now.role:
            self._opened(top, now, offset)
            return
        self._end_triple(top, 3, offset)
        if top.opener == "{":
            now.pending, now.needed = 0, 3
        elif top.role != "row" and now.opener:
            self._term(now, terminal)

    def _opened(self, top: Frame, now: Frame, offset: int) -> None:
        """Settle what a bracket is that was just opened."""
        now.role = "expression" if now.in_expression else "pattern"
        now.needed = _NEEDED_IN.get(now.opener, 3)
        if now.opener == "{":
            self._end_triple(top, 3, offset)
            now.role = "data" if self._data_follows else "pattern"
            self._data_follows = False
            if now.role == "pattern":
                self.add("clauses", offset)
        elif now.opener == "(" and not now.in_expression:
            now.role = self._role_of_parenthesis(top)
            if now.role == "row" and top.role == "data":
                self.add("values_rows", offset)
        elif now.opener == "<<":
            self.add("triple_patterns", offset)
        if now.in_expression and top.is_head:  # (... AS ?x), HAVING, a function in ORDER BY
            self.add("clauses", offset)

    def _role_of_parenthesis(self, top: Frame) -> str:
        if top.role == "data" or self._data_follows:
            return "row"
        at_verb = top.needed - top.pending == 2 and top.opener in _TRIPLES
        if at_verb or top.role == "path" or self._before.text in _PATH_SIGNS:
            return "path"
        return "triple" if top.opener == "<<" else "list"


def rule_of(name: str) -> str:
    """Return the name of the rule that a limit is: ``triple-patterns``."""
    return name.replace("_", "-")
