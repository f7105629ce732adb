"""A served release, what its store says to compare with, and the clients that ask it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from pledgegraph.graph.release import current

from . import programs
from .cases import Row, solutions
from .python_clients import Store, Wrapper

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


def _fetch(endpoint: str, method: str, direct: bool = False) -> programs.Node:
    return programs.Node(
        "fetch.mjs", {"endpoint": endpoint, "method": method, "directPost": direct}
    )


CLIENTS: dict[str, Callable[[str], Any]] = {
    **{f"SPARQLWrapper-{way}": lambda to, way=way: Wrapper(to, way) for way in WAYS},
    **{f"rdflib-{way}": lambda to, way=way: Store(to, way) for way in WAYS},
    "fetch-get": lambda to: _fetch(to, "GET"),
    "fetch-form": lambda to: _fetch(to, "POST"),
    "fetch-direct": lambda to: _fetch(to, "POST", direct=True),
    "comunica": lambda to: programs.Node("comunica.mjs", {"source": {"type": "sparql", "value": to}}),
    # given the address alone, it reads the service description to find out what is there
    "comunica-discovering": lambda to: programs.Node("comunica.mjs", {"source": to}),
    "jena-get": lambda to: programs.Jena(to),
    "jena-form": lambda to: programs.Jena(to, ("--post",)),
    **{f"curl-{way}": lambda to, way=way: programs.Curl(to, way) for way in WAYS},
}


@pytest.fixture(params=CLIENTS)
def client(request: pytest.FixtureRequest, endpoint: str) -> Any:
    """A client that reads rows, truth values and graphs."""
    return CLIENTS[request.param](endpoint)
