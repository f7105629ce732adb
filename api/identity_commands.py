"""The command that finds out who is who, publishes what is sure and lists what is not."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from pledgegraph.api.settings import Settings
from pledgegraph.graph.identity.findings import Verdict
from pledgegraph.graph.identity.identify import Identified, explain, identify
from pledgegraph.graph.identity.review import read_review

HomeOption = Annotated[
    Path | None, typer.Option("--home", help="Folder of the releases (PLEDGEGRAPH_HOME).")
]
ReviewOption = Annotated[
    Path | None, typer.Option("--review", help="Write the pairs that are left to you, as CSV.")
]
DecisionsOption = Annotated[
    Path | None, typer.Option("--decisions", help="Such a list with what you decided.")
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Compare; publish nothing.")]
ExplainOption = Annotated[
    tuple[str, str] | None,
    typer.Option(
        "--explain", metavar="LEFT RIGHT", help="Only compare two, such as person/bioguide-M000133."
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("identify")(identify_command)


def identify_command(
    home: HomeOption = None,
    review: ReviewOption = None,
    decisions: DecisionsOption = None,
    dry_run: DryRunOption = False,
    why: ExplainOption = None,
) -> None:
    """Find people and organizations that several sources describe; publish which are one.

    What stays unsure is listed for you to decide, and published nowhere. Your decisions are kept
    and go before any comparison.
    """
    folder = home or Settings().home
    if why:
        _show(explain(folder, *why))
        return
    today = datetime.now(tz=UTC).date()
    signed = list(read_review(decisions, today)) if decisions else []
    with Console(stderr=True).status("reading the release") as status:
        found = identify(
            folder, signed, review=review, today=today, dry_run=dry_run, tell=status.update
        )
    _report(found, review)


def _report(found: Identified, review: Path | None) -> None:
    table = Table()
    for name in ("", "described", "compared", "by identifier", "by name", "left to you"):
        table.add_column(name, justify="right")
    for name, one in (("people", found.people), ("organizations", found.organizations)):
        by_identifier = sum(verdict.method == "identifier" for verdict in one.accepted)
        by_name = len(one.accepted) - by_identifier
        numbers = (one.agents, one.counts.total(), by_identifier, by_name, len(one.proposed))
        table.add_row(name, *map(str, numbers))
        for key, size in one.skipped.items():
            print(f"not compared: the {size} {name} with the key '{key}', which are too many")
    Console().print(table)
    print(f"{found.decided} pairs decided by people")
    if review:
        print(f"the pairs left to you are in {review}")
    print(f"release {found.release}" if found.is_new else "nothing changed")


def _show(verdict: Verdict) -> None:
    for reason in verdict.reasons:
        print(reason)
    print(f"{verdict.decision} by {verdict.method}, probability {verdict.score:.4f}")
