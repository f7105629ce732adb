"""The data sets that can be imported, by the name that the command takes."""

from collections.abc import Mapping

from pledgegraph.graph.importers.lobbying import Lobbying
from pledgegraph.graph.importing import Importer

IMPORTERS: Mapping[str, Importer] = {"lobbying": Lobbying()}
