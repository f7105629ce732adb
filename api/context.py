"""What every handler may use: the parts of one application."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from jinja2 import Environment

from pledgegraph.api.metrics import Metrics
from pledgegraph.api.settings import Settings
from pledgegraph.graph.engine import Engine
from pledgegraph.graph.errors import HomeBusyError
from pledgegraph.graph.listing import Listings


@dataclass(frozen=True, slots=True)
class Context:
    """The parts of one application."""

    settings: Settings
    engine: Engine
    templates: Environment
    metrics: Metrics
    listings: Listings = field(default_factory=Listings, repr=False)
    _writing: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @contextmanager
    def only_writer(self) -> Iterator[None]:
        """Let one write at a time be read, compared and published; the next waits a while."""
        if not self._writing.acquire(timeout=self.settings.write_wait_seconds):
            raise HomeBusyError("another write is at work: try again in a few seconds")
        try:
            yield
        finally:
            self._writing.release()


async def current(request: Request) -> Context:
    """Return the context of the application that got the request.

    Like every dependency that does not block it is a coroutine: others cost a change of thread.
    """
    context: Context = request.app.state.context
    return context


Here = Annotated[Context, Depends(current)]
