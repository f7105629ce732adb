"""The command that imports data sets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from pledgegraph.api.settings import Settings
from pledgegraph.graph.importers import IMPORTERS
from pledgegraph.graph.importing.data_set import DataSet
from pledgegraph.graph.importing.run import (
    FOLDER,
    Imported,
    Watch,
    import_files,
    write_record_files,
)
from pledgegraph.graph.publishing.writing import Tell

VersionOption = Annotated[
    str | None,
    typer.Option("--version", help="Version of the files, where their digest is not known."),
]
ReportOption = Annotated[
    Path | None, typer.Option("--report", help="Write the account to this file, as JSON.")
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Convert and validate; publish nothing.")
]
WriteRecordsOption = Annotated[
    Path | None, typer.Option("--write-records", help="Only write record files into this folder.")
]
WithoutOption = Annotated[
    list[str] | None,
    typer.Option("--without", help="Section that the record files leave out; repeatable."),
]


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("import")(import_command)


def import_command(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help=f"One of: {', '.join(IMPORTERS)}.")
    ],
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, as published.")],
    home: Annotated[
        Path | None, typer.Option("--home", help="Folder of the releases (PLEDGEGRAPH_HOME).")
    ] = None,
    version: VersionOption = None,
    report: ReportOption = None,
    dry_run: DryRunOption = False,
    write_records: WriteRecordsOption = None,
    without: WithoutOption = None,
) -> None:
    """Import data sets and publish them; set aside, count and list each record that can't be.

    A second run on the same files changes nothing.
    """
    if source not in IMPORTERS:
        known = ", ".join(IMPORTERS)
        raise typer.BadParameter(f"'{source}' is none of {known}", param_hint="SOURCE")
    folder = home or Settings().home
    with _shown() as (watch, tell):
        if write_records:
            for path in write_record_files(
                folder, IMPORTERS[source], paths, write_records, version, without or ()
            ):
                print(path)
            return
        given = {"version": version, "dry_run": dry_run, "watch": watch, "tell": tell}
        done = import_files(folder, IMPORTERS[source], paths, **given)  # type: ignore[arg-type]
    if report:
        report.write_text(json.dumps(done.report(), indent=1) + "\n", encoding="utf-8")
    _print(done, folder)


class _Bars:
    """A bar for each data set, and the step that is under way."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}
        self._step: TaskID | None = None

    def watch(self, data_set: DataSet, done: float) -> None:
        """Show how much of a data set is read."""
        if data_set.slug not in self._tasks:
            self._tasks[data_set.slug] = self._progress.add_task(data_set.slug, total=1.0)
        self._progress.update(self._tasks[data_set.slug], completed=done)

    def tell(self, step: str) -> None:
        """Show a step of publishing; the one before is done."""
        if self._step is not None:
            self._progress.update(self._step, total=1.0, completed=1.0)
        self._step = self._progress.add_task(step, total=None)


@contextmanager
def _shown() -> Iterator[tuple[Watch, Tell]]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bars = _Bars(progress)
        yield bars.watch, bars.tell


def _print(done: Imported, folder: Path) -> None:
    table = Table()
    for name in ("data set", "kind", "read", "written", "quarantined", "skipped"):
        table.add_column(name, overflow="fold")
    for one in done.converted:
        for kind, counts in one.account["records"].items():
            aside = [_by_rule(counts[end]) for end in ("quarantined", "skipped")]
            table.add_row(
                one.data_set.slug, kind, str(counts["read"]), str(counts["written"]), *aside
            )
    Console().print(table)
    changed = f"release {done.release}" if done.is_new else "nothing changed"
    print(f"{changed}; what was set aside is listed in {folder / FOLDER}")


def _by_rule(counts: dict[str, int]) -> str:
    return "\n".join(f"{count} {rule}" for rule, count in counts.items())
