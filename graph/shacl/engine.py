"""Validation: the public functions (section 3.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path as FilePath

import pyoxigraph as ox

from pledgegraph.graph.shacl.context import Context
from pledgegraph.graph.shacl.few import FewRun
from pledgegraph.graph.shacl.hierarchy import subclass_links
from pledgegraph.graph.shacl.incremental.affected import Change, find_affected
from pledgegraph.graph.shacl.incremental.extract import extract, find_reads
from pledgegraph.graph.shacl.incremental.surroundings import Surroundings
from pledgegraph.graph.shacl.names import Node, Term
from pledgegraph.graph.shacl.prepared import Prepared, Shapes
from pledgegraph.graph.shacl.report import Affected, Report, Result, order
from pledgegraph.graph.shacl.run import Run
from pledgegraph.graph.shacl.shape import Shape
from pledgegraph.graph.shacl.source import Source, Triples, as_source

Data = ox.Store | FilePath
GivenShapes = Shapes | ox.Store | FilePath


def validate(data: Data | Triples, shapes: GivenShapes, change: Change | None = None) -> Report:
    """Validate the default graph of the data against the shapes in that of the shapes graph.

    With a change, which the data already has, only what it can matter to is validated: the results
    from before that ``Report.affected`` does not cover, and these, are those of a full validation.
    The data can then be anything in which triples are looked up; it is copied in memory where
    everything must be validated.
    """
    ready = _shapes(shapes)
    # One file for both is one graph: its blank nodes are the same.
    source = ready.source if data is shapes or data == shapes else as_source(data)
    if change is not None:
        return _after(source, ready, change)
    context = Context(source, ready.source)
    run = Run(context)
    results = [result for shape in ready.targeted for result in run.results(shape)]
    context.close()
    return Report(tuple(sorted(results, key=order)), context.fallbacks, ready.graph)


def affected(data: Data | Triples, shapes: GivenShapes, change: Change) -> Affected:
    """Return the focus nodes whose verdict may be another than before the change."""
    graph, ready = as_source(data).triples, _shapes(shapes)
    prepared = ready.prepared(subclass_links(graph))
    around = Surroundings(graph, change.removed)
    return find_affected(ready.index, prepared.targets, around, change)


def reads(
    data: Data | Triples, shapes: GivenShapes, nodes_by_shape: Mapping[Node, Iterable[Term]]
) -> set[Node]:
    """Return the nodes whose triples the verdict on some focus nodes can rest on."""
    around = Surroundings(as_source(data).triples)
    return set(find_reads(_shapes(shapes).index, around, _by_node(nodes_by_shape)))


def decisions(shapes: GivenShapes) -> Mapping[Node, str]:
    """Say for each targeted shape how it is decided what a change can matter to."""
    return _shapes(shapes).index.decisions


def _shapes(shapes: GivenShapes) -> Shapes:
    return shapes if isinstance(shapes, Shapes) else Shapes(shapes)


def _after(source: Source, shapes: Shapes, change: Change) -> Report:
    links = subclass_links(source.triples)
    prepared = shapes.prepared(links)
    around = Surroundings(source.triples, change.removed)
    found = find_affected(shapes.index, prepared.targets, around, change)
    seen = _by_node(found.focus)
    focus = {
        node: prepared.targets.of(node, around, frozenset(among), before=False)
        for node, among in seen.items()
    }
    read = find_reads(shapes.index, around, seen)
    if not found.whole:
        source = Source(extract(around, read, links), written=source.written)
    context = Context(source, shapes.source, prepared.context)
    results = list(_results(context, shapes, prepared, found.whole, focus, around))
    report = Report(tuple(sorted(results, key=order)), context.fallbacks, shapes.graph)
    return replace(report, affected=found, read=frozenset(read))


def _results(
    context: Context,
    shapes: Shapes,
    prepared: Prepared,
    whole: Iterable[Node],
    focus: Mapping[Term, Iterable[Node]],
    around: Surroundings,
) -> Iterator[Result]:
    run = Run(context)
    for node in sorted(whole, key=str):
        yield from run.results(shapes.index.shapes[node])
    by_shape: dict[Shape, list[Term]] = {}
    for focus_node in sorted(focus, key=str):
        for shape in focus[focus_node]:
            by_shape.setdefault(shapes.index.shapes[shape], []).append(focus_node)
    yield from FewRun(context, prepared, around).results(by_shape)


def _by_node(nodes_by_shape: Mapping[Node, Iterable[Term]]) -> dict[Term, set[Node]]:
    """Turn a mapping from shapes to focus nodes around."""
    found: dict[Term, set[Node]] = {}
    for shape, nodes in nodes_by_shape.items():
        for node in nodes:
            found.setdefault(node, set()).add(shape)
    return found
