"""Clients that are programs of their own, each behind the same three methods."""

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from .cases import Row, read_rows

HERE = Path(__file__).parent
MODULES = HERE / "node" / "node_modules"
JARS = HERE / "jena" / "target" / "dependency"
R_PACKAGE = "/usr/lib/R/site-library/SPARQL"
JSON = "application/sparql-results+json"


class ClientError(Exception):
    """A client told of an error; ``printed`` is what a program wrote beside it."""

    def __init__(self, told: str, printed: str = "") -> None:
        super().__init__(told + printed)
        self.printed = printed


def run(command: Sequence[str | Path], text: str = "") -> str:
    """Run a program and return what it prints."""
    done = subprocess.run(
        command, input=text, capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    if done.returncode:
        raise ClientError(done.stderr, done.stdout)
    return done.stdout


def need(program: str, installed: Path, how: str) -> None:
    """Skip where a client is not installed, and say what would install it."""
    if not shutil.which(program) or not installed.exists():
        pytest.skip(f"needs {program} and {installed.name}: {how}")


class Script:
    """A script for Node.js that goes on answering: starting one takes a second and more."""

    def __init__(self, name: str) -> None:
        need("node", MODULES, "install Node.js 20 or newer, then `make clients`")
        self._process = subprocess.Popen(
            ["node", HERE / "node" / name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def ask(self, request: dict[str, Any]) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{json.dumps(request)}\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline() or '{"error": "it ended"}')
        if "error" in told:
            raise ClientError(told["error"])
        return told["document"]

    def close(self) -> None:
        self._process.communicate(timeout=30)


@dataclass(frozen=True)
class Node:
    """A client for Node.js, driven by a script, with what it is told of the endpoint."""

    script: Script
    request: dict[str, Any]

    def _ask(self, form: str, query: str) -> Any:
        return self.script.ask({**self.request, "form": form, "query": query})

    def select(self, query: str) -> list[Row]:
        return read_rows(json.dumps(self._ask("select", query)))

    def ask(self, query: str) -> bool:
        return bool(self._ask("ask", query)["boolean"])

    def graph(self, query: str) -> list[Row]:
        return read_rows(json.dumps(self._ask("graph", query)))


@dataclass(frozen=True)
class Jena:
    """Jena's command line, ``rsparql``."""

    endpoint: str
    options: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        need("java", JARS, "install Java 17 or newer and Maven, then `make clients`")

    def _answer(self, query: str, form: str) -> str:
        program = ["java", "-cp", f"{JARS}/*", "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8"]
        asked = [f"--service={self.endpoint}", f"--results={form}", *self.options, query]
        return run([*program, "arq.rsparql", *asked])

    def select(self, query: str) -> list[Row]:
        return read_rows(self._answer(query, "JSON"))

    def ask(self, query: str) -> bool:
        return bool(json.loads(self._answer(query, "JSON"))["boolean"])

    def graph(self, query: str) -> list[Row]:
        return triples(self._answer(query, "N-TRIPLES"))


@dataclass(frozen=True)
class R:
    """The SPARQL package of R, which reads rows and knows no types."""

    endpoint: str
    form: str

    def __post_init__(self) -> None:
        need("Rscript", Path(R_PACKAGE), "install r-cran-sparql (Debian)")

    def select(self, query: str) -> list[dict[str, str]]:
        """Return rows of text, as R shows them."""
        printed = run(["Rscript", HERE / "r" / "select.R", self.endpoint, self.form, query])
        return list(csv.DictReader(io.StringIO(printed)))


@dataclass(frozen=True)
class Curl:
    """curl, by one of the three ways to send a query."""

    endpoint: str
    sent: str
    options: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        need("curl", HERE, "install curl")

    def _answer(self, query: str, accept: str) -> str:
        how = {
            "get": ["--get", "--data-urlencode", "query@-"],
            "form": ["--data-urlencode", "query@-"],
            "direct": ["--header", "Content-Type: application/sparql-query", "--data-binary", "@-"],
        }[self.sent]
        command = ["curl", "--silent", "--show-error", "--fail-with-body", *how, *self.options]
        return run([*command, "--header", f"Accept: {accept}", self.endpoint], query)

    def select(self, query: str) -> list[Row]:
        return read_rows(self._answer(query, JSON))

    def ask(self, query: str) -> bool:
        return bool(json.loads(self._answer(query, JSON))["boolean"])

    def graph(self, query: str) -> list[Row]:
        return triples(self._answer(query, "application/n-triples"))


def triples(text: str) -> list[Row]:
    """Return the triples of N-Triples as rows."""
    parsed = ox.parse(text, format=ox.RdfFormat.N_TRIPLES)
    return [{"s": t.subject, "p": t.predicate, "o": t.object} for t in parsed]  # type: ignore[dict-item]
