"""The data sets that can be imported, by the name that the command takes."""

from collections.abc import Mapping

from pledgegraph.graph.importers.billstatus.importer import Billstatus
from pledgegraph.graph.importers.companies.importer import Companies
from pledgegraph.graph.importers.congress.importer import Congress
from pledgegraph.graph.importers.congress_bills.importer import CongressBills
from pledgegraph.graph.importers.lobbying.importer import Lobbying
from pledgegraph.graph.importers.netzero.importer import NetZero
from pledgegraph.graph.importers.nonprofits import NonProfits
from pledgegraph.graph.importers.openstates.importer import OpenStates
from pledgegraph.graph.importers.statements.importer import Statements
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
