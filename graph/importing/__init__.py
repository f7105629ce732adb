"""Importing data sets: raw records in, the record forms of ``docs/records.md`` out, then a release.

An importer (``graph/importers``) reads a file and yields sheets of forms; what is here opens
files, counts, expands, sets aside what can't be, sorts, and publishes.
docs/decisions/importers.md says why.
"""

from pledgegraph.graph.importing.data_set import DataSet, Importer, Sheet
from pledgegraph.graph.importing.home import Home
from pledgegraph.graph.importing.ledger import Ledger
from pledgegraph.graph.importing.place import Counted, Place

__all__ = ["Counted", "DataSet", "Home", "Importer", "Ledger", "Place", "Sheet"]
