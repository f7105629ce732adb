"""Read what a request asks of SPARQL, however it was sent: in the address, a form or the body.

https://www.w3.org/TR/sparql11-protocol/, section numbers are given where a rule comes from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, Query, Request

from pledgegraph.api import negotiation
from pledgegraph.api.bodies import read_body
from pledgegraph.api.parameters import refuse_unexpected
from pledgegraph.api.problems import RequestError
from pledgegraph.api.sparql_answers import OFFERS, Asked
from pledgegraph.graph.errors import UpdateRefusedError

MAXIMUM_BODY_BYTES = 1 << 20
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
FORMAT_NAMES = "json, xml, csv, csv-excel, tsv, turtle, ntriples, jsonld, rdfxml"

# Clients send the name of the format under all of these to every endpoint, some twice and the
# second time as a media type: SPARQLWrapper does unless it is told to negotiate only.
FORMAT_PARAMETERS = ("format", "output", "results")
Names = list[str] | None

# May a parameter be given more than once? (2.1.4, 2.2.3: the graph lists may, the text may not.)
QUERY_PARAMETERS = {
    "query": False,
    "default-graph-uri": True,
    "named-graph-uri": True,
    **dict.fromkeys(FORMAT_PARAMETERS, True),
}
UPDATE_PARAMETERS = {"update": False, "using-graph-uri": True, "using-named-graph-uri": True}


@dataclass(frozen=True, slots=True)
class Change:
    """An update with the graphs that its request names."""

    text: str
    using_graphs: tuple[str, ...]
    using_named_graphs: tuple[str, ...]


def from_address(
    query: Annotated[str | None, Query(description="A SPARQL 1.1 query.")] = None,
    default_graph_uri: Annotated[list[str] | None, Query(alias="default-graph-uri")] = None,
    named_graph_uri: Annotated[list[str] | None, Query(alias="named-graph-uri")] = None,
    format_: Annotated[Names, Query(alias="format", description=FORMAT_NAMES)] = None,
    output: Annotated[Names, Query(description="Another name of format.")] = None,
    results: Annotated[Names, Query(description="Another name of format.")] = None,
) -> Asked:
    """Read the parameters in the address of a query."""
    names = (*(format_ or ()), *(output or ()), *(results or ()))
    return Asked(
        query, tuple(default_graph_uri or ()), tuple(named_graph_uri or ()), _one_format(names)
    )


def using_in_address(
    using_graph_uri: Annotated[list[str] | None, Query(alias="using-graph-uri")] = None,
    using_named_graph_uri: Annotated[list[str] | None, Query(alias="using-named-graph-uri")] = None,
) -> Change:
    """Read the parameters in the address of an update, whose text is in the body."""
    return Change("", tuple(using_graph_uri or ()), tuple(using_named_graph_uri or ()))


QueryAddress = Annotated[Asked, Depends(from_address)]
UpdateAddress = Annotated[Change, Depends(using_in_address)]


async def read_query(request: Request, address: Asked) -> Asked:
    """Read a query sent by POST (2.1.2, 2.1.3); graphs and format may also be in the address."""
    if _media_type(request) == UPDATE:
        raise UpdateRefusedError("this address answers queries and takes no updates")
    media_type, text = await _read_text(request, QUERY, MAXIMUM_BODY_BYTES)
    if address.query is not None:
        raise RequestError("bad-request", "the query belongs into the body of a POST request")
    if media_type == QUERY:
        return replace(address, query=text)
    values = _fields(text, QUERY_PARAMETERS)
    names = [name for parameter in FORMAT_PARAMETERS for name in values[parameter]]
    if names and address.format is not None:
        raise RequestError("duplicate-parameter", "'format' stands in the address and in the form")
    return Asked(
        query=values["query"][0],
        default_graphs=(*address.default_graphs, *values["default-graph-uri"]),
        named_graphs=(*address.named_graphs, *values["named-graph-uri"]),
        format=_one_format(names) or address.format,
    )


async def read_update(request: Request, address: Change, limit: int) -> Change:
    """Read an update sent by POST (2.2.1, 2.2.2); graphs may also be in the address."""
    media_type, text = await _read_text(request, UPDATE, limit)
    if media_type == UPDATE:
        return replace(address, text=text)
    values = _fields(text, UPDATE_PARAMETERS)
    return Change(
        text=values["update"][0],
        using_graphs=(*address.using_graphs, *values["using-graph-uri"]),
        using_named_graphs=(*address.using_named_graphs, *values["using-named-graph-uri"]),
    )


def _one_format(names: Sequence[str]) -> str | None:
    """Return the name of the one format that several names mean; refuse names of two."""
    every = (*OFFERS.values(), (negotiation.HTML,))
    meant = {
        tuple(negotiation.named(name, offers) for offers in every): name for name in reversed(names)
    }
    known = {formats: name for formats, name in meant.items() if any(formats)}
    if len(known) > 1:
        detail = f"{' and '.join(sorted(known.values()))} are two formats: name one"
        raise RequestError("duplicate-parameter", detail, parameter="format")
    return next(iter((known or meant).values()), None)


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def _read_text(request: Request, direct: str, limit: int) -> tuple[str, str]:
    """Return the media type of a body and its text: a form, or the text as it is."""
    body = await read_body(request, (direct, FORM), limit)
    try:
        return body.media_type, body.data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError("bad-request", f"the body is not UTF-8: {error.reason}") from error


def _fields(form: str, known: Mapping[str, bool]) -> dict[str, list[str]]:
    """Decode a form, once: ``%2525`` is ``%25`` after it. Its first parameter must be there."""
    try:
        items = parse_qsl(form, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise RequestError("bad-request", f"the form can't be read: {error}") from error
    text = next(iter(known))
    if text == "query" and any(name == "update" for name, _ in items):
        raise UpdateRefusedError("this address answers queries and takes no updates")
    refuse_unexpected(items, known)
    values: dict[str, list[str]] = {name: [] for name in known}
    for name, value in items:
        values[name].append(value)
    if not values[text]:
        raise RequestError("bad-request", f"the form has no field '{text}'")
    return values
