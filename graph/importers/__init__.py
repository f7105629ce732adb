"""The data sets that can be imported, by the name that the command takes."""

from collections.abc import Mapping

from pledgegraph.graph.importers.companies import Companies
from pledgegraph.graph.importers.netzero import NetZero
from pledgegraph.graph.importers.nonprofits import NonProfits
from pledgegraph.graph.importers.statements import Statements
from pledgegraph.graph.importing import Importer

IMPORTERS: Mapping[str, Importer] = {
    one.name: one for one in (Companies(), NetZero(), NonProfits(), Statements())
}
