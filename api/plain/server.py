"""Run the plain app under uvicorn: on loopback, beside no release, and saying what it is."""

from __future__ import annotations

import ipaddress

import typer
import uvicorn

from pledgegraph.api.plain.app import create_plain_app
from pledgegraph.api.plain.operations import WELCOME
from pledgegraph.api.server import listen
from pledgegraph.api.settings import Settings
from pledgegraph.graph.release import latest


def run_plain(settings: Settings) -> None:
    """Serve an empty scratch store until interrupted.

    Raises ``BadParameter`` where it may not, ``OSError`` when the address cannot be taken.
    """
    _refuse(settings)
    with listen(settings) as listener:
        host, port = listener.getsockname()[:2]
        print(
            f"A plain store is at http://{host}:{port}/\n\n{WELCOME}\nStop with Ctrl-C.", flush=True
        )
        config = uvicorn.Config(
            create_plain_app(settings), log_level="warning", timeout_graceful_shutdown=5
        )
        uvicorn.Server(config).run(sockets=[listener])


def _refuse(settings: Settings) -> None:
    if not _is_loopback(settings.host):
        reason = f"serves on loopback only, not on {settings.host}: anyone could read it there"
        raise typer.BadParameter(reason, param_hint="--plain")
    if settings.write_token is None:
        reason = "needs PLEDGEGRAPH_WRITE_TOKEN: without it nothing could be written"
        raise typer.BadParameter(reason, param_hint="--plain")
    if latest(settings.home) is not None:
        reason = f"serves no release, and {settings.home} holds one: name an empty folder by --home"
        raise typer.BadParameter(reason, param_hint="--plain")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
