"""The commands that list, check, rebuild and remove releases."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from pledgegraph.api.settings import Settings
from pledgegraph.graph import errors
from pledgegraph.graph.publishing import rebuild
from pledgegraph.graph.publishing.pruning import prune
from pledgegraph.graph.release import Release, releases

HomeOption = Annotated[
    Path | None, typer.Option("--home", help="Folder of the releases (PLEDGEGRAPH_HOME).")
]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("releases")(releases_command)
    app.command("prune")(prune_command)
    app.command("rebuild")(rebuild_command)


def releases_command(
    home: HomeOption = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="Compare every file with its checksum.")
    ] = False,
) -> None:
    """List the releases, oldest first, each with what changed and whether its files are whole."""
    found = releases(_home(home))
    if not found:
        raise errors.NoReleaseError(f"{_home(home)} holds no release: run 'pledgegraph build'")
    table = Table()
    for name in ("release", "parent", "graphs", "triples", "changed", "files"):
        table.add_column(name, overflow="fold")
    damages = [release.damage(thorough=verify) for release in found]
    for release, damage in zip(found, damages, strict=True):
        table.add_row(str(release.number), *_described(release), damage or "whole")
    Console().print(table)
    if any(damages):
        raise typer.Exit(1)


def _described(release: Release) -> tuple[str, ...]:
    try:
        manifest = release.manifest
    except (OSError, ValueError):
        return ("", "", "", "")
    changes = manifest["change"]["graphs"].values()
    new, old = sum(change[0] for change in changes), sum(change[1] for change in changes)
    changed = f"+{new} -{old} triples in {len(changes)} graph(s)" if changes else "made anew"
    parent = manifest["parent"]
    counts = (str(len(manifest["graphs"])), str(manifest["triples"]))
    return ("" if parent is None else str(parent), *counts, changed)


def prune_command(
    last: Annotated[int, typer.Option("--last", min=1, help="How many of the newest to keep.")],
    keep: Annotated[
        list[int] | None, typer.Option("--keep", help="Number of one more to keep; repeatable.")
    ] = None,
    home: HomeOption = None,
) -> None:
    """Remove old releases, but the newest and those that are to be kept."""
    removed = prune(_home(home), last, keep or ())
    for release in removed:
        print(f"removed release {release.number}")
    print(f"{len(removed)} removed, {len(releases(_home(home)))} kept")


def rebuild_command(home: HomeOption = None) -> None:
    """Make a new release from the texts of the current one alone."""
    if not releases(_home(home)):
        raise errors.NoReleaseError(f"{_home(home)} holds no release: run 'pledgegraph build'")
    with Console(stderr=True).status("starting") as status:
        release = rebuild(_home(home), tell=status.update)
    print(f"release {release.number} in {release.path}")


def _home(home: Path | None) -> Path:
    return home or Settings().home
