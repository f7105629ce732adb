"""Real stores on loopback, each with its own temporary folder."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

ASSERTED = "https://w3id.org/pledgegraph/graph/asserted"

Row = tuple[str | None, ...]


@dataclass(frozen=True)
class Answer:
    """The variables and rows of a SELECT, as the text of each term; None where unbound."""

    variables: list[str]
    rows: list[Row]


def read_answer(response: httpx.Response) -> Answer:
    assert response.is_success, f"{response.status_code}: {response.text}"
    document = response.json()
    variables = document["head"]["vars"]
    rows = [
        tuple(binding[name]["value"] if name in binding else None for name in variables)
        for binding in document["results"]["bindings"]
    ]
    return Answer(variables, rows)


@dataclass(frozen=True)
class Oxigraph:
    """An Oxigraph server; its default graph is stored, like ours."""

    url: str

    def load(self, quads: Path) -> None:
        answer = httpx.post(
            f"{self.url}/store",
            content=quads.read_bytes(),
            headers={"Content-Type": "application/n-quads"},
            timeout=60,
        )
        assert answer.is_success, answer.text

    def select(self, query: str, named: Sequence[str] = ()) -> Answer:
        """Ask; its named graphs are those it holds, so none need to be named."""
        form = {"query": query}
        accept = {"Accept": "application/sparql-results+json"}
        return read_answer(httpx.post(f"{self.url}/query", data=form, headers=accept, timeout=60))


@dataclass(frozen=True)
class Virtuoso:
    """A Virtuoso server; it has no default graph of its own, so each query names one."""

    url: str
    sql_address: str

    def load(self, dump: Path, graph: str = ASSERTED) -> None:
        """Load by the bulk loader, as its users do; quads without a graph go to the one given."""
        self.execute(f"ld_dir('{dump.parent}', '{dump.name}', '{graph}')")
        self.execute("rdf_loader_run()")
        failed = "SELECT 'failed: ' || ll_error FROM DB.DBA.load_list WHERE ll_error IS NOT NULL"
        assert "failed: " not in self.execute(failed)

    def execute(self, statement: str) -> str:
        command = ["isql-vt", self.sql_address, "dba", "dba", "ERRORS=STDOUT", f"EXEC={statement};"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        assert "*** Error" not in done.stdout, done.stdout
        return done.stdout

    def select(self, query: str, named: Sequence[str] = (), graph: str = ASSERTED) -> Answer:
        """Ask; without the named graphs, GRAPH ?g would range over every graph it has."""
        form = {"query": query, "default-graph-uri": graph, "named-graph-uri": list(named)}
        accept = {"Accept": "application/sparql-results+json"}
        return read_answer(httpx.post(f"{self.url}/sparql", data=form, headers=accept, timeout=60))


@pytest.fixture(scope="session")
def oxigraph(
    start: Callable[..., None],
    free_port: Callable[[], int],
    tmp_path_factory: pytest.TempPathFactory,
) -> Oxigraph:
    """An empty Oxigraph server, the binary of the PyPI package."""
    address = f"127.0.0.1:{free_port()}"
    program = Path(sys.executable).with_name("oxigraph")
    folder = tmp_path_factory.mktemp("oxigraph")
    start(
        [program, "serve", "--location", folder / "store", "--bind", address],
        f"http://{address}/query?query=ASK%7B%7D",
    )
    return Oxigraph(f"http://{address}")


VIRTUOSO_INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = {sql_address}
DirsAllowed = {dumps}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = {http_address}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 100000
"""


@pytest.fixture(scope="session")
def dumps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that dumps are written to; the only one that Virtuoso may read."""
    return tmp_path_factory.mktemp("dumps")


@pytest.fixture(scope="session")
def virtuoso(
    start: Callable[..., None],
    free_port: Callable[[], int],
    tmp_path_factory: pytest.TempPathFactory,
    dumps: Path,
) -> Virtuoso:
    """An empty Virtuoso server."""
    if not shutil.which("virtuoso-t"):
        pytest.skip("install virtuoso-t and isql-vt (Debian: virtuoso-opensource-7-bin)")
    folder = tmp_path_factory.mktemp("virtuoso")
    sql_address = f"127.0.0.1:{free_port()}"
    http_address = f"127.0.0.1:{free_port()}"
    ini = folder / "virtuoso.ini"
    ini.write_text(
        VIRTUOSO_INI.format(
            folder=folder, dumps=dumps, sql_address=sql_address, http_address=http_address
        )
    )
    start(
        ["virtuoso-t", "+foreground", "+configfile", ini],
        f"http://{http_address}/sparql?query=ASK%7B%7D",
        cwd=folder,
    )
    return Virtuoso(f"http://{http_address}", sql_address)
