"""What clients do that others do not: their own formats, graphs, patterns, federation, errors."""

import csv
import io
import json
from collections.abc import Callable

import pytest
import rdflib
from rdflib.namespace import RDF
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from . import programs
from .cases import (
    CONSTRUCT,
    NAMED_GRAPHS,
    PLEDGES,
    SERVICE,
    TEXT,
    Row,
    in_any_order,
    sentences,
)
from .python_clients import Wrapper, from_rdflib

Said = Callable[[str], list[Row]]
PG = rdflib.Namespace("https://w3id.org/pledgegraph/ns#")
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
UNICODE = f"SELECT ?x {{ VALUES ?x {{ {rdflib.Literal(TEXT).n3()} }} }}"
MISTAKE = "SELECT ?x\nWHERE { ?x a }"


def number(rows: list[Row]) -> int:
    return int(rows[0]["n"].value)


@pytest.fixture(scope="module")
def graph(said: Said) -> str:
    """The IRI of the named graph with the most triples."""
    rows = said(f"{NAMED_GRAPHS} ORDER BY DESC(?triples) LIMIT 1")
    return rows[0]["graph"].value


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_gets_rows_in_the_format_it_names(
    form: str, method: str, endpoint: str, said: Said
) -> None:
    wrapper = SPARQLWrapper(endpoint, returnFormat=form)
    wrapper.setMethod(method)
    wrapper.setQuery(PLEDGES)
    found = wrapper.queryAndConvert()
    expected = sorted(row["label"].value for row in said(PLEDGES))
    if form == JSON:
        labels = [row["label"]["value"] for row in found["results"]["bindings"]]
    elif form == XML:
        labels = [
            literal.firstChild.data
            for binding in found.getElementsByTagName("binding")
            if binding.getAttribute("name") == "label"
            for literal in binding.getElementsByTagName("literal")
        ]
    elif form == CSV:
        _, *labels = [row[1] for row in csv.reader(io.StringIO(found.decode()))]
    else:
        _, *labels = [line.split("\t")[1] for line in found.decode().splitlines()]
        labels = [str(rdflib.util.from_n3(label)) for label in labels]
    assert sorted(labels) == expected


# SPARQLWrapper makes kinds of graphs that RDFLib has deprecated, and so does RDFLib's own parser.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("form", [TURTLE, N3, RDFXML, XML, JSONLD])
def test_sparqlwrapper_gets_a_graph_in_the_format_it_names(
    form: str, method: str, endpoint: str, said: Said
) -> None:
    wrapper = SPARQLWrapper(endpoint, returnFormat=form)
    wrapper.setMethod(method)
    wrapper.setQuery(CONSTRUCT)
    found = wrapper.queryAndConvert()
    if isinstance(found, bytes):
        found = rdflib.Graph().parse(data=found, format="n3" if form == N3 else form)
    triples = {" ".join(str(from_rdflib(term)) for term in triple) for triple in found}
    assert triples == sentences(said(CONSTRUCT))


@pytest.mark.parametrize("way", ["get", "form"])
def test_other_names_of_the_format_count_and_two_formats_are_refused(
    way: str, endpoint: str
) -> None:
    asked = ("--data-urlencode", "output=json", "--data-urlencode")
    assert programs.Curl(endpoint, way, (*asked, "results=json")).ask("ASK {}") is True
    with pytest.raises(programs.ClientError, match="json and xml are two formats"):
        programs.Curl(endpoint, way, (*asked, "format=xml")).ask("ASK {}")


def test_sparqlwrapper_is_told_where_a_mistake_is(endpoint: str) -> None:
    wrapper = SPARQLWrapper(endpoint, returnFormat=JSON)
    wrapper.setQuery("ASK { BIND(nothing(1) AS ?x) }")
    with pytest.raises(QueryBadFormed, match=r'query-syntax.*"line":1,"column":\d+'):
        wrapper.query()


@pytest.mark.parametrize("sent", ["get", "form", "direct"])
def test_sparqlwrapper_names_the_graph_to_ask(
    sent: str, endpoint: str, graph: str, said: Said
) -> None:
    inside = said(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    assert number(Wrapper(endpoint, sent, [graph]).select(COUNT)) == number(inside)
    assert number(Wrapper(endpoint, sent).select(COUNT)) == number(said(COUNT))


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_walks_the_graph_by_patterns(method: str, endpoint: str, said: Said) -> None:
    remote = rdflib.Graph(SPARQLStore(endpoint, method=method))
    pledges = set(remote.subjects(RDF.type, PG.Pledge))
    assert {str(pledge) for pledge in pledges} == {row["pledge"].value for row in said(PLEDGES)}
    pledge = sorted(pledges)[0]
    pledgor = remote.value(pledge, PG.pledgor)
    assert (pledge, PG.pledgor, pledgor) in remote
    assert len(remote) == number(said(COUNT))


def test_rdflib_asks_one_named_graph_and_lists_them_all(
    endpoint: str, graph: str, said: Said
) -> None:
    inside = said(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    one = rdflib.Graph(SPARQLStore(endpoint), identifier=rdflib.URIRef(graph))
    assert len(one) == number(inside)
    listed = {str(name) for name in SPARQLStore(endpoint).contexts()}
    assert listed == {row["graph"].value for row in said(NAMED_GRAPHS)}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_fetch_sparql_endpoint_names_the_graph_to_ask(
    method: str, endpoint: str, graph: str, said: Said, script: Callable[[str], programs.Script]
) -> None:
    inside = said(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    parameters = {"default-graph-uri": graph}
    request = {"endpoint": endpoint, "method": method, "parameters": parameters}
    assert number(programs.Node(script("fetch.mjs"), request).select(COUNT)) == number(inside)


def test_comunica_joins_the_endpoint_with_data_of_its_own(
    endpoint: str, said: Said, script: Callable[[str], programs.Script]
) -> None:
    pledge = said(PLEDGES)[0]
    own = {
        "type": "serialized",
        "value": f"<https://example.org/note> <https://example.org/about> {pledge['pledge']} .",
        "mediaType": "text/turtle",
        "baseIRI": "https://example.org/",
    }
    query = f"""SELECT ?label {{
      ?note <https://example.org/about> ?pledge .
      SERVICE <{endpoint}> {{ ?pledge <http://www.w3.org/2004/02/skos/core#prefLabel> ?label }}
    }}"""
    rows = programs.Node(script("comunica.mjs"), {"source": own}).select(query)
    assert in_any_order(rows) == in_any_order([{"label": pledge["label"]}])


def test_jena_asks_by_post_and_ends_with_an_error_when_refused(endpoint: str, said: Said) -> None:
    jena = programs.Jena(endpoint, ("--post",))
    assert in_any_order(jena.select(PLEDGES)) == in_any_order(said(PLEDGES))
    with pytest.raises(programs.ClientError, match="400"):
        jena.select(SERVICE)


@pytest.mark.parametrize("form", ["xml", "csv"])
def test_r_reads_rows_into_a_data_frame(form: str, endpoint: str, said: Said) -> None:
    rows = programs.R(endpoint, form).select(PLEDGES.replace("?earlier", "", 1))
    expected = {(row["pledge"].value, row["label"].value) for row in said(PLEDGES)}
    assert {(plain(row["pledge"]), plain(row["label"])) for row in rows} == expected


def plain(shown: str) -> str:
    """Return the text of a term, which R shows in N-Triples where it knows what kind it is."""
    term = rdflib.util.from_n3(shown) if shown[:1] in ('"', "<") else shown
    return str(term)


def test_curl_gets_the_same_bytes_compressed_and_a_refusal_to_read(endpoint: str) -> None:
    plain_bytes = programs.Curl(endpoint, "get").select(UNICODE)
    assert [row["x"].value for row in plain_bytes] == [TEXT]
    for way in ("get", "form", "direct"):
        assert programs.Curl(endpoint, way, ("--compressed",)).select(UNICODE) == plain_bytes
        with pytest.raises(programs.ClientError) as refused:
            programs.Curl(endpoint, way).select(MISTAKE)
        problem = json.loads(refused.value.printed)
        assert (problem["status"], problem["line"]) == (400, 2)


def test_a_body_is_read_when_its_sender_offers_another_version_of_http(endpoint: str) -> None:
    # Java's client does so with every first request, and Jena and others with it.
    offer = ("--header", "Connection: Upgrade", "--header", "Upgrade: h2c")
    for way in ("form", "direct"):
        assert programs.Curl(endpoint, way, offer).ask("ASK {}") is True
