"""``pledgegraph token``: make, list and revoke the tokens that allow writing over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pledgegraph.api import tokens
from pledgegraph.api.settings import Settings
from pledgegraph.api.tokens import Scope

app = typer.Typer(no_args_is_help=True, help="Make, list and revoke tokens for writing over HTTP.")

HomeOption = Annotated[
    Path | None, typer.Option("--home", help="Folder of the releases (PLEDGEGRAPH_HOME).")
]


@app.command("create")
def create_command(
    scope: Annotated[list[Scope], typer.Option("--scope", help="What it allows; may be repeated.")],
    expires: Annotated[
        str, typer.Option("--expires", help="How long it lives: 12h, 90d, 52w.")
    ] = "90d",
    note: Annotated[str, typer.Option("--note", help="Whose it is and what for.")] = "",
    prefix: Annotated[
        str, typer.Option("--prefix", help="Only sources whose name begins so.")
    ] = "",
    query_deadline: Annotated[
        float | None,
        typer.Option("--query-deadline", min=0.1, max=3600, help="Seconds that a query may run."),
    ] = None,
    query_memory: Annotated[
        int | None,
        typer.Option("--query-memory", min=64, max=1 << 20, help="Mebibytes that it may use."),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Make a token and print its secret, this once."""
    try:
        end = datetime.now(UTC) + tokens.parse_period(expires)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--expires") from error
    token, secret = tokens.create(
        _home(home),
        scope,
        end,
        note=note,
        prefix=prefix,
        query_deadline_seconds=query_deadline,
        query_memory_mebibytes=query_memory,
    )
    message = f"token {token.id} for {', '.join(token.scopes)}, until {token.expires}"
    typer.echo(f"{message}; its secret is shown this once:", err=True)
    typer.echo(secret)


@app.command("list")
def list_command(home: HomeOption = None) -> None:
    """Print id, scopes, end, limit and note of each token."""
    now = datetime.now(UTC)
    for token in tokens.read(_home(home)):
        end = f"{'expired' if token.has_expired(now) else 'until'} {token.expires}"
        limit = f"{token.prefix}*" if token.prefix else "*"
        typer.echo("\t".join((token.id, ",".join(token.scopes), end, limit, token.note)))


@app.command("revoke")
def revoke_command(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="From pledgegraph token list.")],
    home: HomeOption = None,
) -> None:
    """Take a token back: it is refused from now on."""
    if not tokens.revoke(_home(home), identifier):
        message = f"there is no token {identifier}: 'pledgegraph token list' names them"
        raise typer.BadParameter(message, param_hint="ID")
    typer.echo(f"token {identifier} is revoked")


def _home(home: Path | None) -> Path:
    return home or Settings().home
