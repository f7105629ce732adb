"""Refuse query parameters that an address does not take, and ones given twice."""

from __future__ import annotations

import difflib
import types
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import get_args, get_origin
from urllib.parse import unquote_to_bytes

from fastapi import Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
from fastapi.routing import APIRoute

from pledgegraph.api.observation import observed
from pledgegraph.api.problems import RequestError


async def check_parameters(request: Request) -> None:
    """Compare a request's query string with the parameters that its handler declares."""
    route = request.scope.get("route")
    if isinstance(route, APIRoute):
        observed(request.scope).route = route.path
    _check_encoding(request.scope["query_string"])
    if isinstance(route, APIRoute):
        declared = [f for f in get_flat_params(route.dependant) if isinstance(f.field_info, Query)]
        known = {field.alias: _takes_many(field.field_info.annotation) for field in declared}
        refuse_unexpected(request.query_params.multi_items(), known)


def _check_encoding(query_string: bytes) -> None:
    """Refuse what is not UTF-8, or the framework would put question marks in its place."""
    try:
        unquote_to_bytes(query_string).decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError("bad-request", f"the address is not UTF-8: {error.reason}") from error


def refuse_unexpected(given: Iterable[tuple[str, str]], known: Mapping[str, bool]) -> None:
    """Raise if a name is unknown, or given twice; ``known`` says which may be given often."""
    counts = Counter(name for name, _ in given)
    for name, count in counts.items():
        if name not in known:
            raise _unknown(name, known)
        if count > 1 and not known[name]:
            detail = f"{name!r} is given {count} times and may be given once"
            raise RequestError("duplicate-parameter", detail, parameter=name)


def _unknown(name: str, known: Iterable[str]) -> RequestError:
    names = sorted(known)
    lowered = {candidate.lower(): candidate for candidate in names}
    close = difflib.get_close_matches(name.lower(), lowered, n=1, cutoff=0.5)
    detail = f"{name!r} is not a parameter of this address"
    if close:
        nearest = lowered[close[0]]
        return RequestError(
            "unknown-parameter",
            f"{detail}; did you mean {nearest!r}?",
            parameter=name,
            nearest=nearest,
            known=names,
        )
    return RequestError("unknown-parameter", detail, parameter=name, known=names)


def _takes_many(annotation: object) -> bool:
    """Tell whether a declared type is a list, or a union with one."""
    origin = get_origin(annotation) or annotation
    if origin is types.UnionType:
        return any(_takes_many(member) for member in get_args(annotation))
    return origin in (list, set, tuple)
