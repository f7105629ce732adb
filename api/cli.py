"""The ``pledgegraph`` command: check records, build a release, serve, query and export it."""

from __future__ import annotations

import csv
import enum
import io
import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import pyoxigraph as ox
import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from pledgegraph.api import identity_commands, import_commands, release_commands, token_commands
from pledgegraph.api.settings import Settings
from pledgegraph.graph import errors
from pledgegraph.graph.build import Built, Checked, build, check
from pledgegraph.graph.engine import EmbeddedEngine
from pledgegraph.graph.export import export, export_to
from pledgegraph.graph.records.load import record_files
from pledgegraph.graph.release import current, latest, numbered

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="An open knowledge graph of corporate pledges and the legislation around them.",
)

app.add_typer(token_commands.app, name="token")

HomeOption = Annotated[
    Path | None, typer.Option("--home", help="Folder of the releases (PLEDGEGRAPH_HOME).")
]
DataOption = Annotated[
    Path | None, typer.Option("--data", help="Folder of the record files; ours when absent.")
]


ReleaseOption = Annotated[
    int | None, typer.Option("--release", help="Number of an older release; the newest if absent.")
]


class TableFormat(enum.StrEnum):
    """How a result is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class DumpFormat(enum.StrEnum):
    """How a dump is written; ``graph.export`` says what each holds."""

    NQ = "nq"
    TRIG = "trig"
    NT = "nt"
    TTL = "ttl"
    JSONLD = "jsonld"


def main() -> None:
    """Run the command; errors that we know end it with one line and exit code 1."""
    try:
        app()
    except errors.RecordsRefusedError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        sys.exit(f"pledgegraph: {error}")
    except ValidationError as error:
        sys.exit("\n".join(f"pledgegraph: {line}" for line in _settings_problems(error)))
    except (errors.PledgeGraphError, OSError) as error:
        sys.exit(f"pledgegraph: {error}")


def _settings_problems(error: ValidationError) -> list[str]:
    """Say for each setting that can't be what was given."""
    return [
        f"PLEDGEGRAPH_{name.upper()}{_shown(name, item['input'])}: {item['msg']}"
        for item in error.errors()
        for name in (str(item["loc"][0]),)
    ]


def _shown(name: str, value: object) -> str:
    return "" if name.endswith("token") else f" is {value!r}"


@app.command("check")
def check_command(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Record files.")],
    sources: Annotated[
        Path | None, typer.Option("--sources", help="Folder with the texts of the sources.")
    ] = None,
    write_spans: Annotated[
        bool, typer.Option("--write-spans", help="Keep the offsets of the quotations anew.")
    ] = False,
    data: DataOption = None,
) -> None:
    """Check record files; print FILE:LINE:COLUMN: RULE MESSAGE for each problem."""
    if write_spans and not sources:
        raise typer.BadParameter("needs --sources, the texts to take the offsets from")
    if sources and not sources.is_dir():
        raise typer.BadParameter(f"{sources} is no folder", param_hint="--sources")
    found = check(paths, around=_data(data), sources=sources, write_spans=write_spans)
    for problem in found.problems:
        print(problem)
    print(_summary(found, paths), file=sys.stderr)
    if found.errors:
        raise typer.Exit(1)


def _summary(found: Checked, paths: list[Path]) -> str:
    warnings = len(found.problems) - len(found.errors)
    reread = ", ".join(
        f"{slug} {'re-read' if there else 'not found by its digest'}"
        for slug, there in found.reread.items()
    )
    return (
        f"{len(paths)} file(s): {len(found.errors)} error(s), {warnings} warning(s); "
        f"{found.not_reread(paths)} quotation(s) not re-read" + (f"; {reread}" if reread else "")
    )


@app.command("build")
def build_command(home: HomeOption = None, data: DataOption = None) -> None:
    """Check all records and publish them as a release; nothing is published on an error."""
    _report(_build(_home(home), data))


@app.command("serve")
def serve_command(
    home: HomeOption = None,
    data: DataOption = None,
    port: Annotated[int | None, typer.Option("--port", help="Port (PLEDGEGRAPH_PORT).")] = None,
    host: Annotated[str | None, typer.Option("--host", help="Address (PLEDGEGRAPH_HOST).")] = None,
    anew: Annotated[
        bool, typer.Option("--build", help="Build first, even when there is a release.")
    ] = False,
    release: ReleaseOption = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Serve an empty scratch store, without any rules.")
    ] = False,
) -> None:
    """Serve the current release; build one first when the home holds none.

    With --build, records that are refused are named, and the release before goes on being served.
    """
    from pledgegraph.api.server import run  # uvicorn and the app are needed here only

    given = {"home": home, "port": port, "host": host}
    settings = Settings(**{k: v for k, v in given.items() if v is not None})  # type: ignore[arg-type]
    if plain:
        from pledgegraph.api.plain.server import run_plain

        run_plain(settings)
        return
    if anew or latest(settings.home) is None:
        _build_to_serve(settings.home, data)
    if release is not None:
        numbered(settings.home, release)
    run(settings, release)


def _build_to_serve(home: Path, data: Path | None) -> None:
    try:
        _report(_build(home, data))
    except errors.RecordsRefusedError as error:
        before = latest(home)
        if before is None:
            raise
        for problem in error.problems:
            print(problem, file=sys.stderr)
        print(f"pledgegraph: {error}; serving release {before.number} as before", file=sys.stderr)


@app.command("query")
def query_command(
    query: Annotated[str, typer.Argument(metavar="FILE|-", help="A .rq file, or - for stdin.")],
    form: Annotated[
        TableFormat, typer.Option("--format", help="How to print.")
    ] = TableFormat.TABLE,
    home: HomeOption = None,
    release: ReleaseOption = None,
) -> None:
    """Run a SPARQL query on the current release, or on an older one."""
    text = sys.stdin.read() if query == "-" else Path(query).read_text(encoding="utf-8")
    settings = Settings()
    engine = EmbeddedEngine(_home(home), settings.budget(), number=release)
    try:
        answer = engine.query(text)
    finally:
        engine.close()
    if answer.kind == "graph":
        sys.stdout.write(answer.body.decode())
        return
    parsed = ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON)
    if form is TableFormat.JSON:
        print(json.dumps(json.loads(answer.body), ensure_ascii=False, indent=1))
    elif isinstance(parsed, ox.QueryBoolean):
        print("true" if parsed else "false")
    else:
        _print_rows(parsed, form)


def _print_rows(parsed: object, form: TableFormat) -> None:
    assert isinstance(parsed, ox.QuerySolutions)
    names = [variable.value for variable in parsed.variables]
    rows = [[term.value if term is not None else "" for term in solution] for solution in parsed]
    if form is TableFormat.CSV:
        out = io.StringIO()
        csv.writer(out).writerows([names, *rows])
        sys.stdout.write(out.getvalue())
        return
    table = Table()
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


@app.command("export")
def export_command(
    form: Annotated[
        DumpFormat, typer.Option("--format", help="Format of the dump.")
    ] = DumpFormat.NQ,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File to write; standard output if absent."),
    ] = None,
    home: HomeOption = None,
    release: ReleaseOption = None,
) -> None:
    """Write the current release, or an older one, as a dump: it gives the same bytes each time."""
    folder = _home(home)
    found = current(folder) if release is None else numbered(folder, release)
    if output is None:
        sys.stdout.buffer.write(export(found, form.value))
    else:
        export_to(found, form.value, output)


def _report(built: Built) -> None:
    for graph in built.removed:
        print(f"removed {graph}: its file is not there any more")
    for graph in built.replaced:
        print(
            f"replaced {graph}: it had come by another way, a file of that name has other content"
        )
    print(f"release {built.release.number} in {built.release.path}")


def _home(home: Path | None) -> Path:
    return home or Settings().home


def _data(data: Path | None) -> Path:
    return data or Path(str(files("pledgegraph.data")))


def _build(home: Path, data: Path | None) -> Built:
    folder = _data(data)
    if not record_files(folder):
        raise errors.BuildError(
            f"{folder} holds no record files (*.yaml): name the folder by --data"
        )
    with Console(stderr=True).status("reading the records") as status:
        return build(folder, home, tell=status.update)


identity_commands.add_to(app)
import_commands.add_to(app)
release_commands.add_to(app)


if __name__ == "__main__":
    main()
