"""The short way to an answer for the plainest of requests: ``GET /sparql?query=...``.

It does what ``api/sparql.py`` does with such a request, without what a web framework does around
a handler, which takes longer than most queries. Whatever is not plain goes the long way, which
says what is wrong with it and describes the address in ``/openapi.json``.
"""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from pledgegraph.api.context import Context
from pledgegraph.api.observation import observed
from pledgegraph.api.sparql_answers import Asked, answer

GRAPHS = ("default-graph-uri", "named-graph-uri")
ONCE = ("query", "format")
MAXIMUM_FIELDS = 100


class Shortcut(BaseRoute):
    """A route that takes plain requests for a query's result, and no others."""

    path = "/sparql"

    def __init__(self, here: Context) -> None:
        self._here = here

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Tell whether the request is a plain one, and what it asks for."""
        if scope["type"] != "http" or scope["path"] != self.path or scope["method"] != "GET":
            return Match.NONE, {}
        asked = plainly_asked(scope["query_string"])
        if asked is None:
            return Match.NONE, {}
        return Match.FULL, {"pledgegraph.asked": asked}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request."""
        observed(scope).route = self.path
        request = Request(scope, receive)
        response = answer(request, self._here, scope["pledgegraph.asked"])
        await response(scope, receive, send)


def plainly_asked(query_string: bytes) -> Asked | None:
    """Return what a query string asks for if it has only what is expected; else none."""
    values: dict[str, list[str]] = {}
    try:
        items = parse_qsl(
            query_string.decode("latin-1"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MAXIMUM_FIELDS,
        )
    except ValueError:
        return None
    for name, value in items:
        values.setdefault(name, []).append(value)
    if not values.get("query") or values.keys() - {*ONCE, *GRAPHS}:
        return None
    if any(len(values.get(name, ())) > 1 for name in ONCE):
        return None
    default_graphs, named_graphs = (tuple(values.get(name, ())) for name in GRAPHS)
    return Asked(values["query"][0], default_graphs, named_graphs, values.get("format", [None])[0])
