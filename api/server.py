"""Run the app under uvicorn, saying where it is and what to try."""

from __future__ import annotations

import socket

import uvicorn

from pledgegraph.api.app import create_app
from pledgegraph.api.settings import Settings

_TRIES = (
    "/pledges?inForceOn=2021-07-01&knownAsOf=2020-12-31",
    "/pledges/amazon-2020-06-police-facial-recognition",
    "/sparql",
)


def listen(settings: Settings) -> socket.socket:
    """Take the address that the settings name; raises ``OSError`` with what to do instead."""
    try:
        return socket.create_server((settings.host, settings.port), reuse_port=False)
    except OSError as error:
        place = f"{settings.host}:{settings.port}"
        reason = error.strerror or error
        raise OSError(f"can't listen on {place} ({reason}): choose another --port") from error


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
        config = uvicorn.Config(
            create_app(settings, release=release), log_level="warning", timeout_graceful_shutdown=5
        )
        uvicorn.Server(config).run(sockets=[listener])
