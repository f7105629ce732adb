"""Start each server on loopback with the same triples in its default graph."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from endpoints.asking import Client, SilentError

OURS = "pledgegraph"
VIRTUOSO_PACKAGE = "virtuoso-opensource-7-bin"
GRAPH = "https://w3id.org/pledgegraph/graph/asserted"
START_SECONDS = 600
VIRTUOSO_INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DirsAllowed = {data}
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 32
MaxClientConnections = 32
KeepAliveTimeout = 60
MaxKeepAlives = 32
[SPARQL]
ResultSetMaxRows = 100000
MaxQueryExecutionTime = {deadline}
"""


@dataclass
class Server:
    """A server that can be started, ended and started again."""

    name: str
    version: str
    command: list[str]
    port: int
    path: str
    deadline: float | None
    parameters: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    after_start: Callable[[], None] = lambda: None
    folder: Path = Path()
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        environment = {**os.environ, **self.environment}
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env=environment, cwd=self.folder, stdout=log, stderr=log
            )
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            try:
                if self.client(5).ask("ASK {}").status == 200:
                    self.after_start()
                    return
            except SilentError:
                time.sleep(0.2)
        raise SystemExit(f"{self.name} did not start: see {self.folder / self.name}.log")

    def stop(self) -> None:
        """End it and what it started."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    @property
    def identifier(self) -> int:
        """The id of its first process."""
        assert self.process is not None
        return self.process.pid

    def client(self, patience: float = 60) -> Client:
        """Return a client with a connection of its own."""
        return Client(self.port, self.path, self.parameters, patience)


def free_port() -> int:
    """Return a port on loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def ours(home: Path, folder: Path, deadline: float) -> Server:
    """Return our own server on a home that holds a release."""
    program, port = Path(sys.executable).with_name("pledgegraph"), free_port()
    command = [str(program), "serve", "--home", str(home), "--port", str(port)]
    environment = {"PLEDGEGRAPH_QUERY_DEADLINE_SECONDS": f"{deadline:g}"}
    return Server(
        OURS, "", command, port, "/sparql", deadline, environment=environment, folder=folder
    )


def oxigraph(python: Path, data: Path, folder: Path, deadline: float) -> Server:
    """Return Oxigraph's own server over a store on disk."""
    program, store, port = python.with_name("oxigraph"), folder / "oxigraph", free_port()
    load = [program, "load", "--location", store, "--file", data]
    subprocess.run(load, check=True, stderr=subprocess.DEVNULL)
    command = [str(program), "serve-read-only", "--location", str(store)]
    command += ["--bind", f"127.0.0.1:{port}", "--timeout-s", f"{deadline:g}"]
    return Server("Oxigraph", _version(python, "oxigraph"), command, port, "/query", deadline)


def rdflib_endpoint(python: Path, data: Path, _folder: Path, _deadline: float) -> Server:
    """Return rdflib-endpoint over a graph in memory; it has no limits to set."""
    program, port = python.with_name("rdflib-endpoint"), free_port()
    command = [str(program), "serve", "--host", "127.0.0.1", "--port", str(port), str(data)]
    return Server("rdflib-endpoint", _version(python, "rdflib-endpoint"), command, port, "/", None)


def virtuoso(data: Path, folder: Path, deadline: float) -> Server | None:
    """Return Virtuoso, installed where that can be done; else nothing."""
    if not shutil.which("virtuoso-t"):
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", VIRTUOSO_PACKAGE]
        subprocess.run(["apt-get", "update", "-qq"], check=False, stdout=sys.stderr)
        subprocess.run(install, check=False, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    if not shutil.which("virtuoso-t"):
        return None
    place, port, sql_port = folder / "virtuoso", free_port(), free_port()
    place.mkdir()
    ini = place / "virtuoso.ini"
    ini.write_text(
        VIRTUOSO_INI.format(
            folder=place, data=data.parent, port=port, sql_port=sql_port, deadline=int(deadline)
        )
    )
    loaded = []

    def load() -> None:
        if loaded:
            return
        loaded.append(True)
        for statement in (f"ld_dir('{data.parent}', '{data.name}', '{GRAPH}')", "rdf_loader_run()"):
            isql = ["isql-vt", f"127.0.0.1:{sql_port}", "dba", "dba", f"EXEC={statement};"]
            subprocess.run([*isql, "ERRORS=STDOUT"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([*isql[:-1], "EXEC=checkpoint;"], check=True, stdout=subprocess.DEVNULL)

    told = subprocess.run(["virtuoso-t", "-?"], capture_output=True, text=True, check=False)
    version = (told.stdout + told.stderr).partition("Version ")[2].split("-")[0].split()[0]
    command = ["virtuoso-t", "+foreground", "+configfile", str(ini)]
    parameters = {"default-graph-uri": GRAPH}
    return Server(
        "Virtuoso",
        version,
        command,
        port,
        "/sparql",
        deadline,
        parameters=parameters,
        after_start=load,
    )


def _version(python: Path, package: str) -> str:
    code = f"import importlib.metadata as m; print(m.version({package!r}))"
    done = subprocess.run([python, "-c", code], check=True, capture_output=True, text=True)
    return done.stdout.strip()
