"""RDFLib's SPARQLUpdateStore writes to `serve --plain`, and reads back what it wrote."""

import os
import secrets
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

from .cases import TERMS, TEXT

PLEDGEGRAPH = Path(sys.executable).with_name("pledgegraph")
SECRET = secrets.token_urlsafe(32)
EX = rdflib.Namespace("https://example.org/")
NAMED = EX["graph/ä"]


@pytest.fixture(scope="module")
def address(
    start: Callable[..., None],
    free_port: Callable[[], int],
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """The address of a plain server."""
    options = subprocess.run([PLEDGEGRAPH, "serve", "--help"], capture_output=True, text=True)
    if "--plain" not in options.stdout:
        pytest.skip("`serve` has no --plain, the only address that takes updates")
    port, home = free_port(), tmp_path_factory.mktemp("plain")
    command = [PLEDGEGRAPH, "serve", "--plain", "--port", str(port), "--home", home]
    env = {**os.environ, "PLEDGEGRAPH_WRITE_TOKEN": SECRET}
    start(command, f"http://127.0.0.1:{port}/healthz", env=env)
    return f"http://127.0.0.1:{port}"


def store(address: str, secret: str = SECRET, method: str = "GET") -> SPARQLUpdateStore:
    headers = {"Authorization": f"Bearer {secret}"}
    return SPARQLUpdateStore(
        f"{address}/sparql", f"{address}/update", method=method, headers=headers
    )


@pytest.fixture(params=["GET", "POST", "POST_FORM"])
def writer(address: str, request: pytest.FixtureRequest) -> SPARQLUpdateStore:
    """A store over an empty plain server."""
    found = store(address, method=request.param)
    found.update("DROP ALL")
    return found


def test_what_is_added_is_read_back_and_removed(writer: SPARQLUpdateStore) -> None:
    graph = rdflib.Graph(writer, identifier=NAMED)
    terms = [rdflib.util.from_n3(str(term)) for term in TERMS.values()]
    for term in terms:
        graph.add((EX.thing, EX.says, term))
    assert set(graph.objects(EX.thing, EX.says)) == set(terms)
    assert rdflib.Literal(TEXT) in terms
    assert len(graph) == len(terms)
    graph.remove((EX.thing, EX.says, rdflib.Literal(TEXT)))
    assert set(graph.objects(EX.thing, EX.says)) == set(terms) - {rdflib.Literal(TEXT)}
    assert len(rdflib.Graph(writer)) == 0  # the default graph


def test_many_triples_are_added_at_once_and_deleted_by_a_pattern(writer: SPARQLUpdateStore) -> None:
    graph = rdflib.Graph(writer, identifier=NAMED)
    graph += [(EX[f"thing{n}"], EX.number, rdflib.Literal(n)) for n in range(500)]
    assert len(graph) == 500
    graph.update(
        "DELETE { ?s ?p ?n } INSERT { ?s ?p ?more } WHERE { ?s ?p ?n FILTER(?n < 10) "
        "BIND(?n + 1000 AS ?more) }"
    )
    numbers = sorted(int(n) for n in graph.objects(predicate=EX.number))
    assert numbers == [*range(10, 500), *range(1000, 1010)]


def test_a_dataset_keeps_its_graphs_apart(writer: SPARQLUpdateStore) -> None:
    for name in ("one", "two"):
        rdflib.Graph(writer, identifier=EX[name]).add((EX.thing, EX["in"], EX[name]))
    assert set(writer.contexts()) == {EX.one, EX.two}
    writer.remove_graph(rdflib.Graph(writer, identifier=EX.one))
    assert set(writer.contexts()) == {EX.two}


def test_a_transaction_is_sent_when_it_is_committed(
    address: str, writer: SPARQLUpdateStore
) -> None:
    writer.autocommit = False
    graph = rdflib.Graph(writer, identifier=NAMED)
    graph.add((EX.thing, EX.says, EX.yes))
    other = rdflib.Graph(store(address), identifier=NAMED)
    assert len(other) == 0
    writer.commit()
    assert len(other) == 1
    graph.add((EX.thing, EX.says, EX.no))
    writer.rollback()
    assert len(other) == 1


@pytest.mark.parametrize("secret", ["", secrets.token_urlsafe(32)], ids=["none", "another"])
def test_nobody_writes_without_the_token(secret: str, address: str) -> None:
    with pytest.raises(HTTPError, match="401"):
        store(address, secret).update("DROP ALL")
