"""The evaluation, syntax and result format tests of SPARQL 1.1, run over HTTP on a plain server."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph as ox

from .manifests import MF, QT, RDFS, UT, Manifest, Term, file, local_name
from .served import PlainServer

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
MANIFESTS = (
    "manifest-sparql11-query.ttl",
    "manifest-sparql11-update.ttl",
    "manifest-sparql11-results.ttl",
    "manifest-sparql11-fed.ttl",
)
# What the files with expected results are written in; others hold a graph.
RESULTS = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".tsv": "text/tab-separated-values",
}
GRAPHS = "application/n-triples"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

Rows = ox.Dataset | bool


@dataclass(frozen=True)
class Test:
    """One test: its name with the folder it is in, and where it stands."""

    name: str
    kind: str
    manifest: Manifest
    entry: Term


def tests(folder: Path) -> Iterator[Test]:
    """Go through the tests that HTTP reaches: queries, updates, results and federated syntax."""
    for name in MANIFESTS:
        for manifest in Manifest(folder / name).included:
            if manifest.path.parent.name == "service":
                continue  # needs further endpoints to be asked, which SERVICE here never does
            for entry in manifest.entries:
                kind = manifest.kind(entry)
                yield Test(
                    f"{manifest.path.parent.name}/{local_name(entry)}", kind, manifest, entry
                )


def outcome(server: PlainServer, test: Test) -> str | None:
    """Run a test; say what is wrong, if anything is."""
    action = test.manifest.one(test.entry, f"{MF}action")
    assert action is not None
    server.empty()
    if "Syntax" in test.kind:
        return _syntax(server, test, file(action))
    if test.kind == "UpdateEvaluationTest":
        return _update(server, test, action)
    return _query(server, test, action)


def _syntax(server: PlainServer, test: Test, path: Path) -> str | None:
    is_update = path.suffix == ".ru"
    response = _send(server, path, UPDATE if is_update else QUERY, None)
    # a plain server says what is wrong with the syntax before it refuses what it does not do
    if test.kind.startswith("Positive"):
        is_taken = response.is_success or _problem(response) == "unsupported-query"
        return None if is_taken else _refusal(response)
    if response.is_success:
        return "accepted"
    return None if _problem(response) == "query-syntax" else _refusal(response)


def _send(server: PlainServer, path: Path, content_type: str, accept: str | None) -> httpx.Response:
    """Send the text in a file, with the address of the file as its base."""
    address = "/update" if content_type == UPDATE else "/sparql"
    server.is_empty = server.is_empty and content_type == QUERY
    base = f"BASE <{path.resolve().as_uri()}>\n".encode()
    headers = {"Content-Type": content_type, **({"Accept": accept} if accept else {})}
    return server.client.post(address, content=base + path.read_bytes(), headers=headers)


def _problem(response: httpx.Response) -> str:
    return str(response.json()["type"]).rpartition("/")[2]


def _refusal(response: httpx.Response) -> str:
    problem = response.json()
    return f"{response.status_code} {_problem(response)}: {problem['detail']}"


def _query(server: PlainServer, test: Test, action: Term) -> str | None:
    for data in test.manifest.all(action, f"{QT}data"):
        server.load(file(data), None)
    for data in test.manifest.all(action, f"{QT}graphData"):
        server.load(file(data), str(data.value))
    wanted = file(test.manifest.one(test.entry, f"{MF}result"))
    text = file(test.manifest.one(action, f"{QT}query"))
    if wanted.suffix == ".csv":
        response = _send(server, text, QUERY, "text/csv")
        return None if _cells(response.content) == _cells(wanted.read_bytes()) else "another CSV"
    accept = ", ".join((RESULTS.get(wanted.suffix, RESULTS[".srj"]), GRAPHS))
    response = _send(server, text, QUERY, accept)
    if not response.is_success:
        return _refusal(response)
    found = _rows(response.content, response.headers["content-type"].partition(";")[0])
    return None if found == _expected(wanted) else "another result"


def _cells(data: bytes) -> list[list[tuple[str, str]]]:
    """Return the rows of a CSV in any order, their cells by name: SELECT * gives them in none."""
    rows = csv.DictReader(io.StringIO(data.decode(), newline=""))
    return sorted(sorted((name, _anonymous(cell)) for name, cell in row.items()) for row in rows)


def _anonymous(cell: str) -> str:
    return "_:" if cell.startswith("_:") else cell


def _rows(data: bytes, media_type: str) -> Rows:
    """Return what a result holds, so that two that hold the same are equal."""
    form = ox.QueryResultsFormat.from_media_type(media_type)
    if form is None:
        return _by_value(ox.parse(data, format=ox.RdfFormat.from_media_type(media_type)))
    parsed = ox.parse_query_results(data, format=form)
    if isinstance(parsed, ox.QueryBoolean):
        return bool(parsed)
    assert isinstance(parsed, ox.QuerySolutions)
    names = [variable.value for variable in parsed.variables]
    return _bag([{n: t for n in names if (t := solution[n]) is not None} for solution in parsed])


def _bag(rows: list[dict[str, Term]]) -> ox.Dataset:
    """Return rows as a graph: each a node of its own, so that none is lost for being like another.

    Two are equal if they differ only in the names of blank nodes.
    """
    quads = []
    for row in rows:
        node = ox.BlankNode()
        quads.append(ox.Quad(node, ox.NamedNode("urn:x:is"), ox.NamedNode("urn:x:row")))
        quads += [ox.Quad(node, ox.NamedNode(f"urn:x:{name}"), row[name]) for name in row]
    return _by_value(quads)


def _by_value(quads: Iterable[ox.Quad]) -> ox.Dataset:
    """Return a dataset in which literals with the same value are written alike.

    The store keeps numbers, days and truth values as values (``1.50`` is ``1.5``), and the suite
    means values: what it expects is therefore written as the store would write it.
    """
    store = ox.Store()
    store.extend(quads)
    dataset = ox.Dataset(store)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def _expected(path: Path) -> Rows:
    if path.suffix in RESULTS:
        return _rows(path.read_bytes(), RESULTS[path.suffix])
    base = path.resolve().as_uri()
    quads = list(ox.parse(path=str(path), base_iri=base))
    if any(quad.object == ox.NamedNode(f"{RS}ResultSet") for quad in quads):
        return _result_set(quads)
    return _by_value(quads)


def _result_set(quads: list[ox.Quad]) -> Rows:
    """Read rows that are written as RDF."""

    def values(subject: Term, name: str) -> list[Term]:
        predicate = ox.NamedNode(f"{RS}{name}")
        return [q.object for q in quads if q.subject == subject and q.predicate == predicate]

    (root,) = [q.subject for q in quads if q.object == ox.NamedNode(f"{RS}ResultSet")]
    rows = []
    for solution in values(root, "solution"):
        pairs = values(solution, "binding")
        rows.append({str(values(p, "variable")[0].value): values(p, "value")[0] for p in pairs})
    return _bag(rows)


def _update(server: PlainServer, test: Test, action: Term) -> str | None:
    for graph, path in _graphs(test.manifest, action):
        server.load(path, graph)
    text = file(test.manifest.one(action, f"{UT}request"))
    response = _send(server, text, UPDATE, None)
    if not response.is_success:
        return _refusal(response)
    result = test.manifest.one(test.entry, f"{MF}result")
    assert result is not None
    wanted: dict[str | None, list[ox.Triple]] = {None: []}
    for graph, path in _graphs(test.manifest, result):
        quads = ox.parse(path=str(path), base_iri=path.resolve().as_uri())
        wanted.setdefault(graph, []).extend(quad.triple for quad in quads)
    found = _content(server)
    if found.keys() != wanted.keys():
        return f"graphs {sorted(map(str, found))} instead of {sorted(map(str, wanted))}"
    return None if _dataset(found) == _dataset(wanted) else "another content"


def _graphs(manifest: Manifest, node: Term) -> Iterator[tuple[str | None, Path]]:
    for data in manifest.all(node, f"{UT}data"):
        yield None, file(data)
    for data in manifest.all(node, f"{UT}graphData"):
        yield manifest.text(data, f"{RDFS}label"), file(manifest.one(data, f"{UT}graph"))


def _content(server: PlainServer) -> dict[str | None, list[ox.Triple]]:
    names = [item["id"] for item in server.client.get("/graphs").json()["items"]]
    found: dict[str | None, list[ox.Triple]] = {}
    for graph in (None, *names):
        asked = {"default": ""} if graph is None else {"graph": graph}
        response = server.client.get("/graphs", params=asked, headers={"Accept": GRAPHS})
        quads = ox.parse(response.raise_for_status().content, format=ox.RdfFormat.N_TRIPLES)
        found[graph] = [quad.triple for quad in quads]
    return found


def _dataset(graphs: dict[str | None, list[ox.Triple]]) -> ox.Dataset:
    return _by_value(
        ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(name) if name else None)
        for name, triples in graphs.items()
        for t in triples
    )
