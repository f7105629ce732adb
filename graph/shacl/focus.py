"""Focus nodes: those that a shape is applied to, as a pattern, not a list (section 2.1.3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pyoxigraph as ox

from pledgegraph.graph.shacl.context import Context
from pledgegraph.graph.shacl.names import Term
from pledgegraph.graph.shacl.paths import Path
from pledgegraph.graph.shacl.shape import Shape


@dataclass(frozen=True)
class Focus:
    """A set of nodes: a pattern that binds each of them, and a condition that holds for each.

    Where they are ``few``, every part of a query starts from them. ``classes`` are those of which
    all instances are meant, where nothing else is. Whatever has one of the properties in ``having``
    is among them.
    """

    bind: Callable[[str], str]
    test: Callable[[str], str]
    size: Callable[[], int | None] = lambda: None
    few: bool = False
    classes: tuple[Term, ...] = ()
    having: frozenset[Term] = frozenset()


def targets(context: Context, shape: Shape) -> Focus:
    """Return the nodes that the targets of a shape select."""
    parts = []
    classes = {c: None for kind in shape.target_classes for c in context.subclasses(kind)}
    if classes:
        parts.append(_instances(context, list(classes)))
    if nodes := shape.values("targetNode"):
        parts.append(given(context, nodes))
    having = frozenset(shape.values("targetSubjectsOf"))
    parts += [_subjects(context, str(p)) for p in shape.values("targetSubjectsOf")]
    parts += [_subjects(context, f"^{p}") for p in shape.values("targetObjectsOf")]
    if len(parts) == 1:
        return replace(parts[0], having=having)
    return Focus(
        lambda node: " UNION ".join(f"{{ {part.bind(node)} }}" for part in parts),
        lambda node: "(" + " || ".join(part.test(node) for part in parts) + ")",
        having=having,
    )


def given(context: Context, nodes: list[Term]) -> Focus:
    """Return the nodes that a list names."""
    written = [str(node) for node in nodes if not isinstance(node, ox.BlankNode)]
    blank = [node for node in nodes if isinstance(node, ox.BlankNode)]

    def bind(node: str) -> str:
        values = f"VALUES {node} {{ {' '.join(written)} }}"
        if not blank:
            return values
        inside = f"{everything(context).bind(node)} FILTER({context.one_of(blank, node)})"
        return f"{{ {values} }} UNION {{ {inside} }}"

    return Focus(bind, lambda node: context.one_of(nodes, node), lambda: len(nodes))


def everything(context: Context) -> Focus:
    """Return all nodes of the data graph."""

    def bind(node: str) -> str:
        p, other = context.fresh(), context.fresh()
        return (
            f"{{ SELECT DISTINCT {node} WHERE {{ "
            f"{{ {node} {p} {other} }} UNION {{ {other} {p} {node} }} }} }}"
        )

    return Focus(bind, lambda _: "true")


def value_nodes(context: Context, focus: Focus, path: Path) -> Focus:
    """Return the nodes that a path leads to from focus nodes."""

    def bind(node: str) -> str:
        start = context.fresh("start")
        return f"{{ SELECT DISTINCT {node} WHERE {{ {focus.bind(start)} {start} {path} {node} }} }}"

    def test(node: str) -> str:
        if not path.is_step:
            return context.one_of(context.terms(f"SELECT ?this {{ {bind('?this')} }}"), node)
        start = context.fresh("start")
        return f"EXISTS {{ {start} {path} {node} FILTER({focus.test(start)}) }}"

    return Focus(bind, test)


def distinct(focus: Focus, node: str) -> str:
    """Bind each focus node once, however many targets select it."""
    return f"{{ SELECT DISTINCT {node} WHERE {{ {focus.bind(node)} }} }}"


def _instances(context: Context, classes: list[Term]) -> Focus:
    def size() -> int | None:
        if any(isinstance(kind, ox.BlankNode) for kind in classes):
            return None
        return sum(context.count(f"?this a {kind}") for kind in classes)

    def bind(node: str) -> str:
        kind = context.fresh("class")
        if any(isinstance(c, ox.BlankNode) for c in classes):
            return f"{node} a {kind} FILTER({context.one_of(classes, kind)})"
        if len(used := [c for c in classes if context.count(f"?this a {c}")]) == 1:
            return f"{node} a {used[0]} ."
        return f"VALUES {kind} {{ {' '.join(map(str, used))} }} {node} a {kind} ."

    def test(node: str) -> str:
        if len(classes) == 1 and isinstance(classes[0], ox.NamedNode):
            return f"EXISTS {{ {node} a {classes[0]} }}"
        kind = context.fresh("class")
        return f"EXISTS {{ {node} a {kind} FILTER({context.one_of(classes, kind)}) }}"

    named = () if any(isinstance(kind, ox.BlankNode) for kind in classes) else tuple(classes)
    return Focus(bind, test, size, classes=named)


def _subjects(context: Context, path: str) -> Focus:
    def bind(node: str) -> str:
        return f"{node} {path} {context.fresh()} ."

    return Focus(bind, lambda node: f"EXISTS {{ {node} {path} {context.fresh()} }}")
