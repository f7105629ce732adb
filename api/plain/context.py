"""What the handlers of a plain server use: its store, and who may write to it."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

import pyoxigraph as ox
from fastapi import Depends, Request

from pledgegraph.api import tokens
from pledgegraph.api.access import INVALID, REALM, Credentials
from pledgegraph.api.problems import RequestError
from pledgegraph.api.settings import Settings
from pledgegraph.api.tokens import Token
from pledgegraph.graph.reading import MEBIBYTE
from pledgegraph.graph.scratch import ScratchStore


def current_store(request: Request) -> ScratchStore:
    """Return the store of the application that got the request."""
    store: ScratchStore = request.app.state.store
    return store


def check_token(request: Request, given: Credentials) -> None:
    """Refuse a write without the token, before anything of it is read."""
    if given is None or not given.credentials:
        detail = "send 'Authorization: Bearer' and the PLEDGEGRAPH_WRITE_TOKEN of this server"
        raise RequestError("missing-token", detail, {"WWW-Authenticate": REALM})
    token: Token = request.app.state.token
    if tokens.find(given.credentials, [token]) is None:
        detail = "the token is not the PLEDGEGRAPH_WRITE_TOKEN of this server"
        raise RequestError("invalid-token", detail, {"WWW-Authenticate": INVALID})


def own_address(request: Request) -> str:
    """Return the address of a request without its parameters, as it was written."""
    path = request.scope.get("raw_path", request.scope["path"].encode()).decode("ascii", "replace")
    written = f"{request.url.scheme}://{request.url.netloc}{urlsplit(path).path}"
    return iri(written, "the address of this request")


def write_limit(request: Request) -> int:
    """Return how many bytes a write may have."""
    settings: Settings = request.app.state.settings
    return settings.write_mebibytes * MEBIBYTE


def iri(text: str, what: str) -> str:
    """Return an absolute IRI, or refuse what is none."""
    try:
        return ox.NamedNode(text).value
    except ValueError as error:
        raise RequestError("bad-request", f"{what} is no absolute IRI: {text[:200]!r}") from error


Store = Annotated[ScratchStore, Depends(current_store)]
WithToken = Depends(check_token)
