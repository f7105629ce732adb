"""The data sets that can be imported, by the name that the command takes."""

from collections.abc import Mapping

from pledgegraph.graph.importers.billstatus import Billstatus
from pledgegraph.graph.importers.congress import Congress
from pledgegraph.graph.importers.congress_bills import CongressBills
from pledgegraph.graph.importing import Importer

IMPORTERS: Mapping[str, Importer] = {
    one.name: one for one in (Congress(), CongressBills(), Billstatus())
}
