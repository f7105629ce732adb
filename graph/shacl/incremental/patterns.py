"""The triple patterns of a query, in the groups in which they stand (SPARQL 1.1, section 5)."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyoxigraph as ox

from pledgegraph.graph.shacl.incremental.chains import Chain, PathReader, Step, UnreadableError
from pledgegraph.graph.shacl.query_text import Token

# A variable by its name, an IRI, or nothing for another constant.
End = str | ox.NamedNode | None


@dataclass(frozen=True)
class Pattern:
    """A triple pattern; its chain leads from subject to object."""

    subject: End
    chain: Chain
    object: End


@dataclass
class Group:
    """What stands between two braces."""

    patterns: list[Pattern] = field(default_factory=list)
    restrictions: dict[str, frozenset[ox.NamedNode]] = field(default_factory=dict)
    joined: list[Group] = field(default_factory=list)
    unions: list[Group] = field(default_factory=list)
    optional: list[Group] = field(default_factory=list)
    exists: list[Group] = field(default_factory=list)
    alone: list[Group] = field(default_factory=list)


def read_groups(found: list[Token]) -> Group:
    """Read the outermost group of a SELECT or ASK query."""
    start = next(at for at, token in enumerate(found) if token.word == "{")
    if any(token.word == "EXISTS" for token in found[:start]):
        raise UnreadableError("it selects by EXISTS")
    reader = _GroupReader(found, start)
    group = reader.group()
    if any(token.word == "{" for token in found[reader.at :]):
        raise UnreadableError("it groups or orders by a pattern")
    return group


class _GroupReader(PathReader):
    """Reads groups, and steps over what holds no patterns."""

    def group(self) -> Group:
        """Read from an opening to its closing brace."""
        self._expect("{")
        group = Group()
        if self.word() == "SELECT":
            group.alone.append(self._subquery())
            return group
        verbs: list[tuple[End, str | Chain, End]] = []
        while not self.take("}"):
            self._element_of(group, verbs)
        for subject, verb, value in verbs:
            if isinstance(verb, str):
                verb = (Step(group.restrictions.get(verb)),)
            group.patterns.append(Pattern(subject, verb, value))
        return group

    def _element_of(self, group: Group, verbs: list[tuple[End, str | Chain, End]]) -> None:
        if self.take("."):
            return
        if self.take("OPTIONAL"):
            group.optional.append(self.group())
        elif self.take("FILTER"):
            self._filter(group)
        elif self.take("BIND"):
            self._parenthesis(group)
        elif self.word() == "{":
            ways = [self.group()]
            while self.take("UNION"):
                ways.append(self.group())
            (group.joined if len(ways) == 1 else group.unions).extend(ways)
        elif self.take("GRAPH"):  # the data graph is the default graph
            self.end()
            self.group()
        elif self.word() in {"MINUS", "VALUES", "SERVICE", ""} and not self._is_term():
            raise UnreadableError(f"it has {self.word() or 'no end'}")
        else:
            self._triples(verbs)

    def _is_term(self) -> bool:
        return self.at < len(self.found) and self.found[self.at].kind != "word"

    def _expect(self, word: str) -> None:
        if not self.take(word):
            raise UnreadableError(f"{word} is missing")

    def _subquery(self) -> Group:
        while self.word() != "{":
            if self.at >= len(self.found) or self.word() == "EXISTS":
                raise UnreadableError("it selects by EXISTS")
            self.at += 1
        group = self.group()
        while not self.take("}"):  # GROUP BY, HAVING, ORDER BY, LIMIT
            if self.at >= len(self.found) or self.word() == "{":
                raise UnreadableError("it groups or orders by a pattern")
            self.at += 1
        return group

    def _filter(self, group: Group) -> None:
        self.take("NOT")
        if self.take("EXISTS"):
            group.exists.append(self.group())
            return
        is_call = self.word() != "("
        if is_call:  # a function by its name or IRI
            self.at += 1
        inside = self._parenthesis(group)
        if not is_call:
            group.restrictions.update(_restrictions(inside))

    def _parenthesis(self, group: Group) -> list[Token]:
        """Step over an expression, and read the groups that it asks to exist."""
        self._expect("(")
        inside, depth = list[Token](), 1
        while depth:
            if self.at >= len(self.found):
                raise UnreadableError("an expression that is not closed")
            if self.take("EXISTS"):
                group.exists.append(self.group())
                continue
            depth += {"(": 1, ")": -1}.get(self.word(), 0)
            inside.append(self.found[self.at])
            self.at += 1
        return inside[:-1]

    def _triples(self, verbs: list[tuple[End, str | Chain, End]]) -> None:
        subject = self.end()
        while True:
            if name := self.found[self.at].variable:
                self.at += 1
                verb: str | Chain = name
            else:
                verb = self.alternatives()
            verbs.append((subject, verb, self.end()))
            while self.take(","):
                verbs.append((subject, verb, self.end()))
            if not self.take(";"):
                return
            while self.take(";"):
                pass
            if self.word() in {".", "}"}:
                return

    def end(self) -> End:
        """Read the subject or object of a triple pattern."""
        if self.at >= len(self.found):
            raise UnreadableError("a triple that has no end")
        token = self.found[self.at]
        self.at += 1
        if token.variable:
            return token.variable
        if token.kind == "iri":
            return ox.NamedNode(token.text[1:-1])
        if token.kind == "blank":
            return token.text  # a variable that nothing returns
        if token.kind == "text":
            if self.take("^^") or self._is_language():
                self.at += 1
            return None
        if token.word in {"TRUE", "FALSE"}:
            return None
        if token.text.isdigit() or token.word in {"+", "-"}:
            self._number()
            return None
        raise UnreadableError("it has a blank node with properties, or a list")

    def _is_language(self) -> bool:
        return self.at < len(self.found) and self.found[self.at].kind == "language"

    def _number(self) -> None:
        """Step over the rest of a number: its digits stand side by side."""
        while self.at < len(self.found) and not self.found[self.at].gap:
            text = self.found[self.at].text
            after = self.found[self.at + 1] if self.at + 1 < len(self.found) else None
            is_point = text == "." and after and not after.gap and after.text.isdigit()
            if not (text.isdigit() or is_point or text.lower() == "e"):
                return
            self.at += 1


def _restrictions(inside: list[Token]) -> dict[str, frozenset[ox.NamedNode]]:
    """Return the variables that an expression holds to a list of IRIs: ``?p IN (ex:a, ex:b)``."""
    depth, conjuncts = 0, [list[Token]()]
    for token in inside:
        depth += {"(": 1, ")": -1}.get(token.word, 0)
        if depth == 0 and token.word == "||":
            return {}
        if depth == 0 and token.word == "&&":
            conjuncts.append([])
        else:
            conjuncts[-1].append(token)
    found = {}
    for part in conjuncts:
        is_in = [t.word for t in part[1:3]] == ["IN", "("]
        names = part[3:-1]
        if is_in and part[0].variable and all(t.kind == "iri" or t.word == "," for t in names):
            named = (ox.NamedNode(t.text[1:-1]) for t in names if t.kind == "iri")
            found[part[0].variable] = frozenset(named)
    return found
