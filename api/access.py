"""Who may write or ask for more: bearer tokens (RFC 6750), checked before the request is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from pledgegraph.api import tokens
from pledgegraph.api.context import Context, Here
from pledgegraph.api.problems import RequestError
from pledgegraph.api.tokens import Scope, Token
from pledgegraph.graph.budget import MEBIBYTE, Allowance

REALM = 'Bearer realm="pledgegraph"'
# RFC 6750 3.1: neither tells an expired token from one that never was.
INVALID = f'{REALM}, error="invalid_token", error_description="unknown, revoked or expired"'

bearer = HTTPBearer(
    auto_error=False,
    scheme_name="bearer",
    description="A token from `pledgegraph token create`.",
)
Credentials = Annotated[HTTPAuthorizationCredentials | None, Security(bearer)]


def needs(scope: Scope) -> Callable[[Context, HTTPAuthorizationCredentials | None], Token]:
    """Make the dependency that lets only tokens with a scope pass."""

    def check(here: Here, given: Credentials) -> Token:
        if given is None or not given.credentials:
            detail = "send 'Authorization: Bearer' and a token that 'pledgegraph token create' made"
            raise RequestError("missing-token", detail, {"WWW-Authenticate": REALM})
        token = _valid(here, given.credentials)
        if scope not in token.scopes:
            detail = f"this needs a token with the scope '{scope}'"
            raise _insufficient(detail, scope)
        return token

    return check


def allowance(here: Context, request: Request) -> Allowance | None:
    """Return what a query may use by the token that it brings; none without a token.

    Raises ``RequestError`` where the token is not valid: whoever sends one counts on it.
    """
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    token, usual = _valid(here, secret.strip()), here.engine.allowance()
    memory = token.query_memory_mebibytes
    return replace(
        usual,
        deadline=token.query_deadline_seconds or usual.deadline,
        memory=memory * MEBIBYTE if memory else usual.memory,
    )


def check_source(token: Token, scope: Scope, slug: str) -> None:
    """Refuse a token that is limited to other sources."""
    if not token.allows(slug):
        detail = f"this token allows only sources whose name begins with '{token.prefix}'"
        raise _insufficient(detail, scope)


def _valid(here: Context, secret: str) -> Token:
    token = tokens.find(secret, _known(here))
    if token is None or token.has_expired(datetime.now(UTC)):
        detail = "the token is unknown, revoked or expired: ask for another"
        raise RequestError("invalid-token", detail, {"WWW-Authenticate": INVALID})
    return token


def _known(here: Context) -> list[Token]:
    setting = here.settings.write_token
    always = [tokens.given_by_setting(setting.get_secret_value())] if setting else []
    return [*always, *tokens.read(here.settings.home)]


def _insufficient(detail: str, scope: Scope) -> RequestError:
    challenge = f'{REALM}, error="insufficient_scope", scope="{scope}"'
    headers = {"WWW-Authenticate": challenge}
    return RequestError("insufficient-scope", detail, headers, scope=scope.value)


RecordsToken = Annotated[Token, Depends(needs(Scope.RECORDS))]
GraphsToken = Annotated[Token, Depends(needs(Scope.GRAPHS))]
