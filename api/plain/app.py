"""The whole plain application in one place."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import Depends, FastAPI

from pledgegraph.api import problems, tokens
from pledgegraph.api.front import Application, usual_layers
from pledgegraph.api.parameters import check_parameters
from pledgegraph.api.plain import graphs, operations
from pledgegraph.api.settings import Settings
from pledgegraph.graph.scratch import ScratchStore


def create_plain_app(settings: Settings) -> Application:
    """Build the application with an empty store, which is gone at shutdown.

    The settings must have a ``write_token``.
    """
    assert settings.write_token is not None
    store = ScratchStore(settings.budget())

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        store.close()

    app = Application(
        title="Pledgegraph, plain",
        version=version("pledgegraph"),
        description=operations.NOTICE,
        lifespan=lifespan,
        dependencies=[Depends(check_parameters)],
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    app.state.settings = settings
    app.state.store = store
    app.state.token = tokens.given_by_setting(settings.write_token.get_secret_value())
    app.include_router(operations.router)
    app.include_router(graphs.router)
    problems.add_handlers(app)
    app.front = usual_layers(app, app.handle, store.release)
    return app
