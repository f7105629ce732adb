"""Errors as RFC 9457 problem details, each of a documented type, and as pages for browsers.

This is the one place where the errors of the graph layer meet HTTP.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response
from starlette.routing import Match
from starlette.types import Send

from pledgegraph.api import pages, refusals
from pledgegraph.api.negotiation import is_browser
from pledgegraph.api.problem_kinds import REQUEST_PROBLEMS, ProblemKind
from pledgegraph.graph import errors

MEDIA_TYPE = "application/problem+json"

STATUS: Mapping[type[errors.PledgeGraphError], HTTPStatus] = {
    errors.QuerySyntaxError: HTTPStatus.BAD_REQUEST,
    errors.UnsupportedQueryError: HTTPStatus.BAD_REQUEST,
    errors.UnheldGraphError: HTTPStatus.BAD_REQUEST,
    errors.QueryBudgetError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.UpdateRefusedError: HTTPStatus.FORBIDDEN,
    errors.UnacceptableResultError: HTTPStatus.NOT_ACCEPTABLE,
    errors.QueryTimeoutError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.QueryMemoryError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.QueryCrashError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.ResultTooLargeError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.NoReleaseError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.DamagedReleaseError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.EngineBusyError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.EngineStartError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.RdfSyntaxError: HTTPStatus.BAD_REQUEST,
    errors.RemoteContextError: HTTPStatus.BAD_REQUEST,
    errors.RdfBudgetError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.BuildError: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.RecordsRefusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.DataRefusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.BlankNodeError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.GraphNameError: HTTPStatus.BAD_REQUEST,
    errors.UnknownGraphError: HTTPStatus.NOT_FOUND,
    errors.DataSetError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.ImportImbalanceError: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.ReviewError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.StorageError: HTTPStatus.INSUFFICIENT_STORAGE,
    errors.HomeBusyError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.UnknownThingError: HTTPStatus.NOT_FOUND,
    errors.RetractedThingError: HTTPStatus.GONE,
}
RETRY_AFTER_SECONDS: Mapping[type[errors.PledgeGraphError], int] = {
    errors.EngineBusyError: 5,
    errors.HomeBusyError: 5,
    errors.NoReleaseError: 10,
    errors.EngineStartError: 10,
}
# For what would come to the same end now, as a query that was stopped.
LONG_RETRY_SECONDS = 60


class RequestError(Exception):
    """A request that HTTP itself lets us refuse: ``slug`` is a key of ``REQUEST_PROBLEMS``."""

    def __init__(
        self, slug: str, detail: str, headers: Mapping[str, str] | None = None, **members: object
    ) -> None:
        super().__init__(detail)
        self.kind = REQUEST_PROBLEMS[slug]
        self.detail = detail
        self.headers = dict(headers or {})
        self.members = members


def kind_of(error: type[errors.PledgeGraphError]) -> ProblemKind:
    """Describe an error of the graph layer: its docstring is its documentation."""
    name = error.__name__.removesuffix("Error")
    slug = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()
    title, _, description = (error.__doc__ or name).strip().partition("\n")
    return ProblemKind(slug, STATUS[error], title, " ".join(description.split()))


def all_kinds() -> dict[str, ProblemKind]:
    """Return every documented type of problem by its slug."""
    return {**REQUEST_PROBLEMS, **{(kind := kind_of(error)).slug: kind for error in STATUS}}


DECLARED_RESPONSES: dict[int | str, dict[str, Any]] = {
    code: {
        "description": "A problem (RFC 9457); its type is documented at /problems.",
        "content": {
            MEDIA_TYPE: {
                "schema": {
                    "type": "object",
                    "required": ["type", "title", "status", "detail", "instance"],
                    "properties": {
                        "type": {"type": "string", "format": "uri"},
                        "title": {"type": "string"},
                        "status": {"type": "integer"},
                        "detail": {"type": "string"},
                        "instance": {"type": "string"},
                    },
                }
            }
        },
    }
    for code in ("4XX", "5XX")
}


def problem_response(
    request: Request,
    kind: ProblemKind,
    detail: str,
    headers: Mapping[str, str] | None = None,
    members: Mapping[str, object] | None = None,
) -> Response:
    """Write a problem: a page for a browser, problem details for everyone else."""
    problem = {
        "type": kind.iri,
        "title": kind.title,
        "status": kind.status.value,
        "detail": detail,
        "instance": request.url.path,
        **(members or {}),
    }
    has_pages = hasattr(request.app.state, "context")  # a plain server has none
    if has_pages and is_browser(request.headers.get("accept")):
        response = pages.page(
            request, "problem.html", kind=kind, problem=problem, query=_query(request)
        )
        response.status_code = kind.status.value
        response.headers.update(headers or {})
        return response
    return JSONResponse(problem, kind.status, dict(headers or {}), MEDIA_TYPE)


def _query(request: Request) -> str | None:
    """Return the query that a form sent, so that its writer can mend it."""
    return request.query_params.get("query") if request.url.path == "/sparql" else None


def answer_problem(request: Request, error: Exception) -> Response:
    """Answer a request that the API layer refuses."""
    assert isinstance(error, RequestError)
    return problem_response(request, error.kind, error.detail, error.headers, error.members)


def answer_graph_error(request: Request, error: Exception) -> Response:
    """Answer a request that the graph layer refuses."""
    assert isinstance(error, errors.PledgeGraphError)
    report = refusals.written_report(request.headers.get("accept"), error)
    if report is not None:
        body, content_type = report
        return Response(body, STATUS[type(error)], {"Content-Type": content_type})
    headers = {}
    if STATUS[type(error)] is HTTPStatus.SERVICE_UNAVAILABLE:
        seconds = RETRY_AFTER_SECONDS.get(type(error), LONG_RETRY_SECONDS)
        headers["Retry-After"] = str(seconds)
    return problem_response(
        request, kind_of(type(error)), str(error), headers, dict(_members(error))
    )


def _members(error: errors.PledgeGraphError) -> Iterator[tuple[str, Any]]:
    """Give the members that a type of problem has beyond the standard ones."""
    yield from refusals.members(error)
    if isinstance(error, errors.QueryError | errors.ReadingError) and error.line is not None:
        yield from (("line", error.line), ("column", error.column))
    if isinstance(error, errors.QueryError) and error.rule is not None:
        yield from (("rule", error.rule), ("remedy", error.remedy))
    if isinstance(error, errors.RetractedThingError):
        yield from (("retracted", error.iri), ("reason", error.reason))
        if error.replaced_by is not None:
            yield "replacedBy", error.replaced_by


def answer_http_error(request: Request, error: Exception) -> Response:
    """Answer what the framework refuses: no such address, no such method."""
    assert isinstance(error, HTTPException)
    by_status = {kind.status.value: kind for kind in reversed(list(REQUEST_PROBLEMS.values()))}
    fallback = "bad-request" if error.status_code < 500 else "internal-error"
    kind = by_status.get(error.status_code, REQUEST_PROBLEMS[fallback])
    detail = f"{request.method} {request.url.path}: {error.detail}"
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(_methods(request))
    return problem_response(request, kind, detail, headers)


def _methods(request: Request) -> list[str]:
    """Return every method that an address takes, whichever of its handlers takes it."""
    found = {"HEAD", "OPTIONS", "GET", "POST", "PUT", "PATCH", "DELETE"}
    matching = {
        method
        for method in found
        for route in request.app.routes
        if route.matches({**request.scope, "method": method})[0] is Match.FULL
    }
    return sorted(matching | ({"HEAD"} if "GET" in matching else set()))


def answer_validation_error(request: Request, error: Exception) -> Response:
    """Answer a parameter that has a value of the wrong type or range."""
    assert isinstance(error, RequestValidationError)
    if any(item["loc"][0] == "path" for item in error.errors()):
        detail = f"no address here has the form of {request.url.path}"
        return problem_response(request, REQUEST_PROBLEMS["not-found"], detail)
    found = [{"parameter": str(item["loc"][-1]), "message": item["msg"]} for item in error.errors()]
    detail = "; ".join(f"{item['parameter']}: {item['message']}" for item in found)
    kind = REQUEST_PROBLEMS["invalid-parameter"]
    return problem_response(request, kind, detail, members={"errors": found})


def answer_nobody(_request: Request, _error: Exception) -> Response:
    """End the handling of a request whose client is gone: nothing failed, nobody reads this."""
    return Response(status_code=HTTPStatus.BAD_REQUEST)


def answer_failure(request: Request, _error: Exception) -> Response:
    """Answer what nobody foresaw; whoever sends this goes on to raise it, so that it is logged."""
    kind = REQUEST_PROBLEMS["internal-error"]
    return problem_response(request, kind, "An unexpected error; it has been logged.")


HANDLERS: Mapping[type[Exception], Callable[[Request, Exception], Response]] = {
    errors.PledgeGraphError: answer_graph_error,
    RequestError: answer_problem,
    HTTPException: answer_http_error,
    RequestValidationError: answer_validation_error,
    ClientDisconnect: answer_nobody,
    Exception: answer_failure,
}


def add_handlers(app: FastAPI) -> None:
    """Answer every error with a problem."""
    for kind, handler in HANDLERS.items():
        app.add_exception_handler(kind, handler)


async def send_problem(request: Request, error: Exception, send: Send) -> None:
    """Answer an error where the framework does not."""
    kind = next(kind for kind in type(error).__mro__ if kind in HANDLERS)
    await HANDLERS[kind](request, error)(request.scope, request.receive, send)
    if kind is Exception:
        raise error
