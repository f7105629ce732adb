"""The whole application in one place."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from importlib.metadata import version

from fastapi import Depends, FastAPI
from fastapi_offline.core import _STATIC_PATH as OFFLINE_DOCS
from starlette.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles

from pledgegraph.api import (
    documents,
    graphs,
    home,
    limits,
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
from pledgegraph.api.context import Context
from pledgegraph.api.front import Application, usual_layers
from pledgegraph.api.kept_answers import KeptAnswers, Memory
from pledgegraph.api.metrics import Metrics
from pledgegraph.api.observation import Observation, log_writer
from pledgegraph.api.parameters import check_parameters
from pledgegraph.api.settings import Settings
from pledgegraph.api.sparql_shortcut import Shortcut
from pledgegraph.graph.budget import MEBIBYTE
from pledgegraph.graph.engine import EmbeddedEngine, Engine
from pledgegraph.graph.errors import EngineError

ROUTERS = (
    home.router,
    look_ups.router,
    sparql.router,
    limits.router,
    documents.router,
    graphs.router,
    records.router,
    vocabulary.router,
    operations.router,
    problem_pages.router,
)


def create_app(
    settings: Settings, engine: Engine | None = None, *, release: int | None = None
) -> Application:
    """Build the application; without an engine it makes its own, and ends it at shutdown.

    It serves the newest sound release, or only the one with the number ``release``.
    """
    answering = engine or EmbeddedEngine(
        settings.home, settings.budget(), number=release, thorough=True
    )
    app = Application(
        title="Pledgegraph",
        version=version("pledgegraph"),
        description="Corporate pledges and the legislation around them, with their evidence.",
        lifespan=_lifespan(None if engine else answering),
        dependencies=[Depends(check_parameters)],
        responses=problems.DECLARED_RESPONSES,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # it would build an address from the Host header
    )
    memory = Memory(settings.answer_cache_mebibytes * MEBIBYTE)
    here = Context(settings, answering, pages.make_templates(), Metrics(answering, memory))
    app.state.context = here
    for router in (*ROUTERS, queries.make_router()):
        app.include_router(router)
    app.mount("/static/docs", StaticFiles(directory=OFFLINE_DOCS))
    app.mount("/static", StaticFiles(directory=pages.package_folder("static")))
    problems.add_handlers(app)
    answers = usual_layers(app, Shortcut(app.handle, here), answering.release)
    app.front = Observation(
        KeptAnswers(answers, answering.release, memory),
        metrics=here.metrics,
        write=log_writer(settings.log_requests),
        with_queries=settings.log_queries,
    )
    return app


def _lifespan(own: Engine | None) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Make ready and end the engine that the application has made for itself."""

    @asynccontextmanager
    async def live(_app: FastAPI) -> AsyncIterator[None]:
        if own is not None:
            with suppress(EngineError):  # each request then says so
                await run_in_threadpool(own.prepare)
        yield
        if own is not None:
            own.close()

    return live
