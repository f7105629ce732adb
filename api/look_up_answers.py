"""Write the answer of a look-up: JSON that is JSON-LD, or triples in any graph format."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
from starlette.responses import Response

from pledgegraph.api.negotiation import HTML, JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Format
from pledgegraph.graph.writing import write_triples

JSON = Format("json", "json", "application/json")
# Whoever accepts anything gets JSON; browsers ask for HTML.
OFFERS = (JSON, HTML, JSON_LD, TURTLE, N_TRIPLES, RDF_XML)
CONTEXT = "/ns/context.jsonld"


def sparql_address(query: str) -> str:
    """Return where a query can be run again, on our own host."""
    return f"/sparql?query={quote(query)}"


def write_json(body: Mapping[str, Any], chosen: Format = JSON) -> Response:
    """Write an answer with its context; JSON and JSON-LD differ in their media type only."""
    text = json.dumps({"@context": CONTEXT, **body}, ensure_ascii=False, indent=1)
    return Response(text, headers={"Content-Type": chosen.content_type})


def write_data(body: Mapping[str, Any], triples: Iterable[ox.Triple], chosen: Format) -> Response:
    """Write an answer in any format but HTML.

    JSON is framed for reading and leaves out what is not shown; JSON-LD has the very triples of
    the other graph formats, and no context to fetch.
    """
    if chosen is JSON:
        return write_json(body)
    written = write_triples(triples, chosen.media_type)
    return Response(written, headers={"Content-Type": chosen.content_type})
