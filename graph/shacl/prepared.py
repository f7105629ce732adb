"""A shapes graph that is read once and used for many validations."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from pledgegraph.graph.shacl.hierarchy import Hierarchy, Links
from pledgegraph.graph.shacl.incremental.index import Index
from pledgegraph.graph.shacl.incremental.targets import Targets
from pledgegraph.graph.shacl.plans import Plans
from pledgegraph.graph.shacl.shape import targeted_shapes
from pledgegraph.graph.shacl.source import as_source, shapes_graph

# So many class hierarchies are remembered: graphs that are validated in turn have few.
_REMEMBERED = 4


class Prepared(Plans):
    """What shapes come to for data with certain classes: targets, and conditions as text."""

    def __init__(self, shapes: Shapes, links: Links) -> None:
        super().__init__(shapes.source, links)
        self.targets = Targets(shapes.index.shapes.values(), Hierarchy(links).subclasses)


class Shapes:
    """A shapes graph, with what was worked out about its shapes so far."""

    def __init__(self, source: ox.Store | Path) -> None:
        self.source = as_source(source)
        self.graph = shapes_graph(self.source)
        self.targeted = targeted_shapes(self.graph)
        self._prepared: dict[Links, Prepared] = {}

    @cached_property
    def index(self) -> Index:
        """Return what the targeted shapes look at."""
        return Index([shape for shape in self.targeted if not shape.deactivated])

    def prepared(self, links: Links) -> Prepared:
        """Return what the shapes come to for data with these links between classes."""
        if links not in self._prepared:
            if len(self._prepared) >= _REMEMBERED:
                self._prepared.pop(next(iter(self._prepared)))
            self._prepared[links] = Prepared(self, links)
        return self._prepared[links]
