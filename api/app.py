"""The whole application in one place."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi_offline.core import _STATIC_PATH as OFFLINE_DOCS
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.staticfiles import StaticFiles

from pledgegraph.api import (
    documents,
    graphs,
    home,
    look_ups,
    operations,
    pages,
    problem_pages,
    problems,
    queries,
    records,
    sparql,
    vocabulary,
)
from pledgegraph.api.compression import Compression
from pledgegraph.api.context import Context
from pledgegraph.api.conventions import Conventions
from pledgegraph.api.parameters import check_parameters
from pledgegraph.api.settings import Settings
from pledgegraph.graph.engine import EmbeddedEngine, Engine
from pledgegraph.graph.errors import PledgeGraphError

ROUTERS = (
    home.router,
    look_ups.router,
    sparql.router,
    documents.router,
    graphs.router,
    records.router,
    vocabulary.router,
    operations.router,
    problem_pages.router,
)
EXPOSED_HEADERS = ["ETag", "Link", "Location", "Retry-After", "WWW-Authenticate"]


def create_app(
    settings: Settings, engine: Engine | None = None, *, release: int | None = None
) -> FastAPI:
    """Build the application; without an engine it makes its own, and ends it at shutdown.

    It serves the newest sound release, or only the one with the number ``release``.
    """
    answering = engine or EmbeddedEngine(
        settings.home, settings.budget(), number=release, thorough=True
    )

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        if engine is None:
            answering.close()

    app = FastAPI(
        title="Pledgegraph",
        version=version("pledgegraph"),
        description="Corporate pledges and the legislation around them, with their evidence.",
        lifespan=lifespan,
        dependencies=[Depends(check_parameters)],
        responses=problems.DECLARED_RESPONSES,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # it would build an address from the Host header
    )
    app.state.context = Context(settings, answering, pages.make_templates())
    for router in (*ROUTERS, queries.make_router()):
        app.include_router(router)
    app.mount("/static/docs", StaticFiles(directory=OFFLINE_DOCS))
    app.mount("/static", StaticFiles(directory=pages.package_folder("static")))
    add_error_handlers(app)
    add_middleware(app, answering.release)
    return app


def add_middleware(app: FastAPI, release: Callable[[], int]) -> None:
    """Give every answer what is common to all; ``release`` tells what a tag is made of."""
    # the last is the outermost: a 304 has the CORS headers, HEAD the length of the compressed GET
    app.add_middleware(Compression)
    app.add_middleware(Conventions, release=release)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"],
        allow_headers=["*"],
        expose_headers=EXPOSED_HEADERS,
    )


def add_error_handlers(app: FastAPI) -> None:
    """Answer every error with a problem."""
    app.add_exception_handler(PledgeGraphError, problems.answer_graph_error)
    app.add_exception_handler(problems.RequestError, problems.answer_problem)
    app.add_exception_handler(HTTPException, problems.answer_http_error)
    app.add_exception_handler(RequestValidationError, problems.answer_validation_error)
    app.add_exception_handler(Exception, problems.answer_failure)
