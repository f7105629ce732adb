"""An empty store in memory, for trying SPARQL and for the test suites: nothing is validated.

It lives in a process of its own. Each request is run by a fork of that process, which shares the
memory until it writes: a fork that takes too long or too much is killed, and nothing has changed;
one that has changed something takes the place of the process that it was forked from. So an
update is stopped at its deadline, which the store itself cannot do, and it is done wholly or not.
"""

from pledgegraph.graph.scratch.store import ScratchStore, Text

__all__ = ["ScratchStore", "Text"]
