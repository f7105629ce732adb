"""What every handler may use: the settings, the engine and the templates of one application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from jinja2 import Environment

from pledgegraph.api.settings import Settings
from pledgegraph.graph.engine import Engine


@dataclass(frozen=True, slots=True)
class Context:
    """The parts of one application."""

    settings: Settings
    engine: Engine
    templates: Environment


def current(request: Request) -> Context:
    """Return the context of the application that got the request."""
    context: Context = request.app.state.context
    return context


Here = Annotated[Context, Depends(current)]
