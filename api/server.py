"""Run the app under uvicorn, saying where it is and what to try."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
from types import FrameType

import uvicorn
import uvloop

from pledgegraph.api.app import create_app
from pledgegraph.api.connections import patient_protocol
from pledgegraph.api.context import Context
from pledgegraph.api.settings import Settings
from pledgegraph.graph.engine import Engine

_TRIES = (
    "/pledges?inForceOn=2021-07-01&knownAsOf=2020-12-31",
    "/pledges/amazon-2020-06-police-facial-recognition",
    "/sparql",
)
GRACE_SECONDS = 2  # for what is left when every query has ended


def listen(settings: Settings) -> socket.socket:
    """Take the address that the settings name; raises ``OSError`` with what to do instead."""
    try:
        listener = socket.create_server((settings.host, settings.port), reuse_port=False)
    except OSError as error:
        place = f"{settings.host}:{settings.port}"
        reason = error.strerror or error
        raise OSError(f"can't listen on {place} ({reason}): choose another --port") from error
    # asyncio does not see that it is TCP, and a body would wait 40 ms for the client's word
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


class Server(uvicorn.Server):
    """Takes no new queries when it is told to stop, and ends those that run after a while.

    At Ctrl-C it ends them at once.
    """

    def __init__(self, config: uvicorn.Config, engine: Engine, seconds: float) -> None:
        super().__init__(config)
        self._engine = engine
        self._seconds = seconds

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Note the signal; the loop then shuts down."""
        if sig == signal.SIGINT:
            self._seconds = 0
        super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let what runs end, or end it."""
        loop = asyncio.get_running_loop()
        self._engine.stop(at_once=not self._seconds)
        timer = loop.call_later(self._seconds, lambda: self._engine.stop(at_once=True))
        await super().shutdown(sockets)
        timer.cancel()


def _is_news(record: logging.LogRecord) -> bool:
    """Leave out what the line of the request says as well: that its answer was cut."""
    return "without completing response" not in record.getMessage()


def run(settings: Settings, release: int | None = None) -> None:
    """Serve until interrupted: the newest release as it changes, or the one with a number.

    Raises ``OSError`` when the address cannot be taken.
    """
    with listen(settings) as listener:
        host, port = listener.getsockname()[:2]
        address = f"http://{host}:{port}"
        print(f"Pledgegraph is at {address}/\nThree things to try:")
        for path in _TRIES:
            print(f"  {address}{path}")
        print("Stop with Ctrl-C.", flush=True)
        app = create_app(settings, release=release)
        here: Context = app.state.context
        config = uvicorn.Config(
            app,
            http=patient_protocol(settings.client_seconds),
            ws="none",
            access_log=False,  # ours is written by api/observation.py
            limit_concurrency=settings.connections,
            log_level="warning",
            timeout_graceful_shutdown=int(settings.stop_seconds) + GRACE_SECONDS,
        )
        logging.getLogger("uvicorn.error").addFilter(_is_news)
        with contextlib.suppress(KeyboardInterrupt):
            server = Server(config, here.engine, settings.stop_seconds)
            uvloop.run(server.serve(sockets=[listener]))
