"""A served release, what its store says to compare with, and the clients that ask it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from pledgegraph.graph.release import current

from . import programs
from .cases import Row, solutions
from .python_clients import Store, Wrapper

Scripts = Callable[[str], programs.Script]
WAYS = ("get", "form", "direct")


@pytest.fixture(scope="session")
def endpoint(server: str) -> str:
    """The address that clients are given."""
    return f"{server}/sparql"


@pytest.fixture(scope="session")
def said(server: str, served_home: Path) -> Callable[[str], list[Row]]:
    """Answers a query in this process, from the store of the release that is served."""
    store = ox.Store.read_only(str(current(served_home).store_path))

    def ask(query: str) -> list[Row]:
        result = store.query(query)
        if isinstance(result, ox.QuerySolutions):
            return solutions(result)
        assert isinstance(result, ox.QueryTriples)
        return [{"s": t.subject, "p": t.predicate, "o": t.object} for t in result]  # type: ignore[dict-item]

    return ask


@pytest.fixture(scope="session")
def script() -> Iterator[Scripts]:
    """Gives the script of a name for Node.js, started when it is first needed."""
    started: dict[str, programs.Script] = {}

    def find(name: str) -> programs.Script:
        if name not in started:
            started[name] = programs.Script(name)
        return started[name]

    yield find
    for process in started.values():
        process.close()


PYTHON = {
    f"{kind.__name__.lower()}-{way}": (kind, way)
    for kind in (Wrapper, Store, programs.Curl)
    for way in WAYS
}
FETCH = {
    "fetch-get": {"method": "GET"},
    "fetch-form": {"method": "POST"},
    "fetch-direct": {"method": "POST", "directPost": True},
}
# Given the address alone, Comunica reads the service description to find out what is there.
COMUNICA = {
    "comunica": lambda to: {"type": "sparql", "value": to},
    "comunica-discovering": lambda to: to,
}


@pytest.fixture(params=[*PYTHON, *FETCH, *COMUNICA, "jena"])
def client(request: pytest.FixtureRequest, endpoint: str, script: Scripts) -> Any:
    """A client that reads rows, truth values and graphs."""
    name = request.param
    if name in FETCH:
        return programs.Node(script("fetch.mjs"), {"endpoint": endpoint, **FETCH[name]})
    if name in COMUNICA:
        return programs.Node(script("comunica.mjs"), {"source": COMUNICA[name](endpoint)})
    if name == "jena":
        return programs.Jena(endpoint)
    kind, way = PYTHON[name]
    return kind(endpoint, way)
