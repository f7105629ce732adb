"""The data sets that can be imported, by the name that the command takes."""

from collections.abc import Mapping

from pledgegraph.graph.importers.billstatus import Billstatus
from pledgegraph.graph.importers.companies import Companies
from pledgegraph.graph.importers.congress import Congress
from pledgegraph.graph.importers.congress_bills import CongressBills
from pledgegraph.graph.importers.lobbying import Lobbying
from pledgegraph.graph.importers.netzero import NetZero
from pledgegraph.graph.importers.nonprofits import NonProfits
from pledgegraph.graph.importers.openstates import OpenStates
from pledgegraph.graph.importers.statements import Statements
from pledgegraph.graph.importing import Importer

# In the order in which one refers to another.
_ALL: tuple[Importer, ...] = (
    Congress(),
    OpenStates(),
    CongressBills(),
    Billstatus(),
    Companies(),
    NetZero(),
    NonProfits(),
    Statements(),
    Lobbying(),
)
IMPORTERS: Mapping[str, Importer] = {one.name: one for one in _ALL}
