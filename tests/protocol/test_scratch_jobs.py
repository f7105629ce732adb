"""Where the network cannot be taken away, LOAD and SERVICE are refused before anything runs."""

import pyoxigraph as ox
import pytest

from pledgegraph.graph import errors
from pledgegraph.graph.scratch import jobs
from pledgegraph.graph.scratch.messages import Header

QUERY: Header = {
    "networkDenied": False,
    "formats": {"boolean": "application/sparql-results+json"},
    "defaultGraphs": None,
    "namedGraphs": None,
    "budget": 1000,
    "base": "http://e/",
}
UPDATE: Header = {
    "networkDenied": False,
    "usingGraphs": [],
    "usingNamedGraphs": [],
    "base": "http://e/",
}


class Untouched:
    """A store that nothing may be asked of."""


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://e/>",
        "LOAD SILENT <http://e/>",
        "load<http://e/>",
        "PREFIX : <http://e/> LOAD:x",
        "INSERT DATA { <http://e/s> <http://e/p> 'x' } ; LOAD <file:///etc/passwd>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE SILENT <http://e/> { ?s ?p ?o } }",
        "PREFIX : <http://e/> INSERT { ?s ?p ?o } WHERE { SERVICE:x { ?s ?p ?o } }",
    ],
)
def test_an_update_that_would_call_out_is_refused_before_it_runs(text: str) -> None:
    with pytest.raises(errors.UnsupportedQueryError, match="is refused"):
        jobs.update(Untouched(), UPDATE, text.encode())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "ASK { SERVICE <http://e/> { ?s ?p ?o } }",
        "ASK { SERVICE SILENT ?service { ?s ?p ?o } }",
        "PREFIX : <http://e/> ASK { service:x { ?s ?p ?o } }",
    ],
)
def test_a_query_that_would_call_out_is_refused_before_it_runs(text: str) -> None:
    with pytest.raises(errors.UnsupportedQueryError, match="is refused"):
        jobs.query(Untouched(), QUERY, text.encode())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <http://e/s> <http://e/p> 'LOAD <http://e/>' } # SERVICE",
        "INSERT DATA { <http://e/LOAD> <http://e/SERVICE> 1 }",
        "PREFIX e: <http://e/> INSERT DATA { e:LOAD e:SERVICE 1 }",
        "INSERT { ?load ?service ?o } WHERE { ?load ?service ?o }",
    ],
)
def test_the_words_elsewhere_do_no_harm(text: str) -> None:
    assert jobs.update(ox.Store(), UPDATE, text.encode()) == ({"changed": True}, b"")


def test_an_update_sent_as_a_query_is_named_as_one() -> None:
    with pytest.raises(errors.UpdateRefusedError):
        jobs.query(ox.Store(), QUERY, b"PREFIX e: <http://e/> BASE <http://e/> CLEAR ALL")
