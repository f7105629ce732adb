"""Run every suite, and write docs/sparql-conformance.md: ``python -m tests.protocol.conformance``.

PLEDGEGRAPH_MATERIAL names the folder in which the suites are, or the first argument does.
"""

from __future__ import annotations

import os
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path

from . import evaluation
from .description import CHECKS
from .exchanges import cases
from .manifests import SUITE, Manifest, local_name
from .served import PlainServer, outcome, plain_server, replayed

PAGE = Path(__file__).resolve().parents[2] / "docs" / "sparql-conformance.md"
Outcomes = Mapping[str, str | None]  # of each test by name: what is wrong, if anything is
TITLES = {
    "protocol": "SPARQL 1.1 Protocol",
    "graph-store-protocol": "Graph Store Protocol",
    "http-rdf-update": "Graph Store Protocol, older tests",
    "service-description": "Service Description",
    "evaluation": "Evaluation, syntax and result formats",
}
HEAD = """\
# Conformance to SPARQL 1.1

This page is written by `python -m tests.protocol.conformance`, which runs the tests of the W3C,
read from their manifests, over HTTP against a process of `pledgegraph serve --plain`;
`tests/protocol` runs them as well and fails where this page is not what they find. The suites send
no token: the harness adds it to every request. A request that does not show whether it is meant for
the query or the update endpoint goes to both, and both must answer as the test says.

| Suite | Tests | Right |
|---|---|---|
"""
NOTES = """\
## How results are compared

Rows are compared as bags and graphs up to the names of blank nodes. Literals are compared by value,
since Oxigraph keeps numbers, days and truth values as values: `1.50` comes back as `1.5`. A CSV is
compared as text, cell by cell.

A syntax test is right if the text is taken, or refused for something else than its syntax: a plain
server says first what is wrong with the syntax, and then refuses `SERVICE` and `LOAD`, which are
never done here. The tests of `service`, which need further endpoints to be asked, and of
`entailment`, which is not offered, are not run.
"""


def listed() -> dict[str, dict[str, dict[str, str]]]:
    """Return the tests that are known not to pass, with what happens and why."""
    return tomllib.loads(Path(__file__).with_name("listed.toml").read_text("utf-8"))


def known(part: str) -> dict[str, str]:
    """Return what happens in the tests of a part of the list."""
    return {name: entry["is"] for name, entry in listed()[part].items()}


def failures(found: Outcomes) -> dict[str, str]:
    """Return the tests that do not pass."""
    return {name: wrong for name, wrong in found.items() if wrong is not None}


def protocol_outcomes(server: PlainServer, folder: Path, name: str) -> dict[str, str | None]:
    """Run the tests of a manifest with requests, each on an empty store."""
    manifest = Manifest(folder / SUITE / name / "manifest.ttl")
    return {case.name: outcome(server, case) for case in cases(manifest)}


def older_outcomes(server: PlainServer, folder: Path) -> dict[str, str | None]:
    """Run the older tests, which build on each other."""
    manifest = Manifest(folder / SUITE / "http-rdf-update" / "manifest.ttl")
    server.empty()
    variables: dict[str, str] = {}
    return {case.name: replayed(server, case, variables) for case in cases(manifest)}


def description_outcomes(server: PlainServer, folder: Path) -> dict[str, str | None]:
    """Run the tests of the service description."""
    manifest = Manifest(folder / SUITE / "service-description" / "manifest.ttl")
    names = [local_name(entry) for entry in manifest.entries]
    return {name: CHECKS[name](server) for name in names}


def evaluation_outcomes(server: PlainServer, folder: Path) -> dict[str, str | None]:
    """Run the evaluation suite."""
    found = evaluation.tests(folder / SUITE)
    return {test.name: evaluation.outcome(server, test) for test in found}


def every_outcome(server: PlainServer, folder: Path) -> dict[str, dict[str, str | None]]:
    """Run everything."""
    return {
        "protocol": protocol_outcomes(server, folder, "protocol"),
        "graph-store-protocol": protocol_outcomes(server, folder, "graph-store-protocol"),
        "http-rdf-update": older_outcomes(server, folder),
        "service-description": description_outcomes(server, folder),
        "evaluation": evaluation_outcomes(server, folder),
    }


def counts(found: Mapping[str, Outcomes]) -> str:
    """Return the rows that say how many tests there are, and how many are right."""
    rows = [
        f"| {title} | {len(found[part])} | {len(found[part]) - len(failures(found[part]))} |"
        for part, title in TITLES.items()
        if part in found
    ]
    return "\n".join(rows) + "\n"


def page(rows: str) -> str:
    """Return the text of the page with the rows that ``counts`` makes."""
    tables = (
        _table("Tests that we believe wrong", "wrong")
        + "\nAll of them are of the older suite of the Graph Store Protocol, which the W3C has\n"
        "deprecated in favour of the newer one.\n\n"
        + _table("Tests that the engine misses", "missed")
    )
    return f"{HEAD}{rows}\n{tables}\n{NOTES}"


def _table(title: str, part: str) -> str:
    rows = "".join(
        f"| `{name}` | {entry['is']} | {entry['why']} |\n" for name, entry in listed()[part].items()
    )
    return f"## {title}\n\n| Test | What happens | Why |\n|---|---|---|\n{rows}"


if __name__ == "__main__":
    material = Path(sys.argv[1] if sys.argv[1:] else os.environ["PLEDGEGRAPH_MATERIAL"])
    with tempfile.TemporaryDirectory() as home, plain_server(Path(home)) as running:
        PAGE.write_text(page(counts(every_outcome(running, material))), "utf-8")
