"""The short way to an answer for plain requests to ``/sparql`` that bring a query.

It does what ``api/sparql.py`` does with such a request, without what a web framework does around
a handler, which takes longer than most queries. Whatever is not plain goes the long way, which
says what is wrong with it and describes the address in ``/openapi.json``.
"""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from pledgegraph.api import problems
from pledgegraph.api.context import Context
from pledgegraph.api.observation import observed
from pledgegraph.api.sparql_answers import Asked, answer
from pledgegraph.api.sparql_requests import read_query

PATH = "/sparql"
GRAPHS = ("default-graph-uri", "named-graph-uri")
ONCE = ("query", "format")
MAXIMUM_FIELDS = 100


class Shortcut:
    """Middleware that takes plain requests for a query's result, and no others."""

    def __init__(self, app: ASGIApp, here: Context) -> None:
        self._app = app
        self._here = here

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        asked = None
        if scope["type"] == "http" and scope["path"] == PATH:
            asked = plainly_asked(scope["method"], scope["query_string"])
        if asked is None:
            await self._app(scope, receive, send)
            return
        observed(scope).route = PATH
        request = Request(scope, receive)
        try:
            if asked.query is None:
                asked = await read_query(request, asked)
            response = answer(request, self._here, asked)
            await response(scope, receive, send)
        except Exception as error:  # every one has its answer, as behind the framework
            await problems.send_problem(request, error, send)


def plainly_asked(method: str, query_string: bytes) -> Asked | None:
    """Return what an address asks for if it has only what is expected; else none."""
    if method not in ("GET", "POST"):
        return None
    values: dict[str, list[str]] = {}
    try:
        for item in query_string.split(b"&", MAXIMUM_FIELDS):
            name, _, value = item.partition(b"=")
            values.setdefault(name.decode("ascii"), []).append(_decoded(value))
    except UnicodeDecodeError:
        return None
    if ("query" in values) != (method == "GET") or values.keys() - {*ONCE, *GRAPHS}:
        return None
    if any(len(values.get(name, ())) > 1 for name in ONCE):
        return None
    default_graphs, named_graphs = (tuple(values.get(name, ())) for name in GRAPHS)
    query, format_ = (values.get(name, [None])[0] for name in ONCE)
    return Asked(query, default_graphs, named_graphs, format_)


def _decoded(value: bytes) -> str:
    return unquote_to_bytes(value.replace(b"+", b" ")).decode()
