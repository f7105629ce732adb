"""The group patterns of a query: where focus nodes are bound, and where they must be (5.2.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pledgegraph.graph.shacl.query_text import Token

_KEYWORDS = {"EXISTS", "OPTIONAL", "GRAPH"}


@dataclass
class Group:
    """What stands between two braces."""

    start: int
    kind: str
    in_exists: bool
    end: int = 0
    binds: bool = False
    mentions: bool = False
    has_subquery: bool = False
    groups: list[Group] = field(default_factory=list)

    def is_bound(self) -> bool:
        """Tell whether every solution of the group has a focus node."""
        plain = [group for group in self.groups if group.kind == "plain"]
        return self.binds or bool(plain and all(group.is_bound() for group in plain))

    def naming(self) -> Iterator[Group]:
        """Iterate over this group and the inner ones that name the focus node."""
        if self.mentions and not self.in_exists and not self.has_subquery:
            yield self
        for group in self.groups:
            yield from group.naming()

    def unbound(self) -> Iterator[Group]:
        """Iterate over the inner groups that name the focus node and do not bind it."""
        for group in self.groups:
            if group.in_exists:
                continue
            if group.mentions and not group.is_bound() and not group.has_subquery:
                yield group
            yield from group.unbound()


def outer_group(found: list[Token]) -> Group:
    """Read the groups of a query and return the outermost."""
    root = Group(-1, "root", False)
    stack, depth = [root], [0]
    for at, token in enumerate(found):
        group = stack[-1]
        if token.word == "{":
            kind = _kind(found, at)
            inner = Group(at, kind, group.in_exists or kind == "EXISTS")
            group.groups.append(inner)
            stack.append(inner)
            depth.append(0)
        elif token.word == "}" and len(stack) > 1:
            stack.pop().end = at
            depth.pop()
        elif token.word in ("(", ")"):
            depth[-1] += 1 if token.word == "(" else -1
        elif token.word == "SELECT":
            group.has_subquery = True
        elif token.variable == "this":
            group.binds = group.binds or depth[-1] == 0
            for outer in stack:
                outer.mentions = True
    return root.groups[0]


def _kind(found: list[Token], at: int) -> str:
    before = found[at - 1].word if at else ""
    if before in _KEYWORDS:
        return before
    return "GRAPH" if at > 1 and found[at - 2].word == "GRAPH" else "plain"
