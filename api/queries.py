"""The competency questions at ``/queries``: each runs with its own parameters."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from pledgegraph.api import negotiation, pages
from pledgegraph.api.context import Context, Here
from pledgegraph.api.look_up_parameters import invalid
from pledgegraph.api.negotiation import Format
from pledgegraph.api.problems import RequestError
from pledgegraph.api.sparql_page import shown
from pledgegraph.graph.question import ParameterError, Question, questions

LIST_FORMATS = (negotiation.HTML, negotiation.JSON)
QUERY_TEXT = Format("sparql", "rq", "application/sparql-query", charset=True)
FORMATS = (negotiation.HTML, *negotiation.SOLUTION_FORMATS, QUERY_TEXT)


def make_router() -> APIRouter:
    """Return a router with one address for each question, so that each declares its parameters."""
    router = APIRouter(tags=["Questions"])
    router.add_api_route(
        "/queries",
        list_questions,
        summary="The questions that the graph answers",
        response_class=Response,
        responses={200: {"content": {"text/html": {}, "application/json": {}}}},
    )
    for question in questions().values():
        router.add_api_route(
            f"/queries/{question.id}",
            _endpoint(question),
            summary=question.title,
            response_class=Response,
            responses=negotiation.declared(*FORMATS),
            name=f"question-{question.id}",
        )
    return router


def list_questions(request: Request) -> Response:
    """List every question with its address."""
    if _choose(request, None, LIST_FORMATS) is negotiation.HTML:
        return pages.page(request, "questions.html", questions=list(questions().values()))
    return JSONResponse({"questions": [_described(question) for question in questions().values()]})


def _described(question: Question) -> dict[str, object]:
    return {
        "id": question.id,
        "title": question.title,
        "about": list(question.about),
        "address": f"/queries/{question.id}",
        "parameters": {
            parameter.name: {"meaning": parameter.meaning, "default": parameter.default}
            for parameter in question.parameters
        },
    }


def _choose(request: Request, name: str | None, offers: tuple[Format, ...]) -> Format:
    """Return the wanted format; JSON where nothing is said, a page for a browser."""
    accept = request.headers.get("accept")
    if name is not None:
        chosen = negotiation.named(name, offers)
    elif negotiation.is_browser(accept):
        chosen = negotiation.HTML
    else:
        chosen = negotiation.choose(accept, offers[1:])
    if chosen is None:
        available = [offer.media_type for offer in offers]
        raise RequestError("not-acceptable", "no answer is written so", available=available)
    return chosen


def _answer(
    request: Request, here: Context, question: Question, name: str | None, values: Mapping[str, str]
) -> Response:
    chosen = _choose(request, name, FORMATS)
    try:
        text = question.query(values)
    except ParameterError as error:
        raise invalid(error.name, str(error)) from error
    if chosen is QUERY_TEXT:
        return Response(text, headers={"Content-Type": chosen.content_type})
    media_type = (negotiation.JSON if chosen is negotiation.HTML else chosen).media_type
    result = here.engine.query(text, {"solutions": media_type})
    if chosen is negotiation.HTML:
        return pages.page(
            request, "question.html", question=question, values=values, text=text, **shown(result)
        )
    link = f'</sparql?{urlencode({"query": text})}>; rel="via"'
    return Response(result.body, headers={"Content-Type": chosen.content_type, "Link": link})


def _endpoint(question: Question) -> Callable[..., Response]:
    """Make the handler of one question, with its parameters declared."""

    def ask(request: Request, here: Here, format_: str | None = None, **values: str) -> Response:
        given = {name: value for name, value in values.items() if value}
        return _answer(request, here, question, format_, given)

    plain = [
        inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request),
        inspect.Parameter("here", inspect.Parameter.KEYWORD_ONLY, annotation=Here),
        _declared("format_", "html, json, xml, csv, csv-excel, tsv, sparql", "format"),
    ]
    own = [_declared(parameter.name, parameter.meaning) for parameter in question.parameters]
    ask.__signature__ = inspect.Signature([*plain, *own])  # type: ignore[attr-defined]
    ask.__doc__ = "\n".join([question.title, *question.notes])
    return ask


def _declared(name: str, meaning: str, alias: str | None = None) -> inspect.Parameter:
    kind = Annotated[str | None, Query(alias=alias or name, description=meaning)]
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind)
