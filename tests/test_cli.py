"""The command line as a user runs it: what it prints, where, and with which exit code."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from pledgegraph.graph.release import releases

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
PLEDGEGRAPH = Path(sys.executable).with_name("pledgegraph")
QUESTION = ROOT / "graph" / "questions" / "04-in-force.rq"


def run(*arguments: str | Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [PLEDGEGRAPH, *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, input=text, check=False
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    done = run("build", "--home", home)
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def spoiled(tmp_path: Path, few_records: Path) -> Path:
    """A folder with our records, one of them with a mistake."""
    folder = tmp_path / "data"
    folder.mkdir()
    for path in few_records.glob("*.yaml"):
        text = path.read_text("utf-8").replace("stance: oppose", "stance: opposed")
        (folder / path.name).write_text(text, "utf-8")
    return folder


def test_check_of_sound_records_prints_nothing_but_a_summary() -> None:
    done = run("check", *sorted(DATA.glob("*.yaml")))
    assert (done.returncode, done.stdout) == (0, "")
    assert "0 error(s)" in done.stderr


def test_check_names_place_rule_and_remedy_and_exits_with_1(spoiled: Path) -> None:
    path = next(spoiled.glob("exportcompliancedaily-*.yaml"))
    line = path.read_text("utf-8").splitlines().index("        stance: opposed") + 1
    done = run("check", path)
    assert done.returncode == 1
    first = done.stdout.splitlines()[0]
    assert first.startswith(f"{path}:{line}:17: unknown-concept ")
    assert "did you mean 'oppose'?" in first


def test_check_compares_quotations_with_the_texts_of_the_sources(article: Path) -> None:
    path = next(DATA.glob("exportcompliancedaily-*.yaml"))
    done = run("check", "--sources", article.parent, path)
    assert done.returncode == 0, done.stdout
    assert f"{path.stem} re-read" in done.stderr


def test_check_says_when_no_text_has_the_digest(tmp_path: Path) -> None:
    path = next(DATA.glob("exportcompliancedaily-*.yaml"))
    done = run("check", "--sources", tmp_path, path)
    assert done.returncode == 0
    assert "not found by its digest" in done.stderr


def test_a_file_that_is_not_there_is_named_without_a_traceback(tmp_path: Path) -> None:
    done = run("check", tmp_path / "none.yaml")
    assert done.returncode == 1
    assert "none.yaml:1:1: file-unreadable" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_refused_build_names_the_problems_and_publishes_nothing(
    spoiled: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    done = run("build", "--home", home, "--data", spoiled)
    assert done.returncode == 1
    assert "unknown-concept" in done.stderr
    assert "nothing was published" in done.stderr
    assert releases(home) == []


def test_building_twice_makes_one_release(home: Path) -> None:
    assert run("build", "--home", home).returncode == 0
    assert [release.number for release in releases(home)] == [1]


def test_a_query_comes_as_table_csv_or_json(home: Path) -> None:
    table = run("query", QUESTION, "--home", home).stdout
    rows = run("query", QUESTION, "--home", home, "--format", "csv").stdout
    document = json.loads(run("query", QUESTION, "--home", home, "--format", "json").stdout)
    assert "Amazon" in table
    assert rows.splitlines()[0] == "on,knownAsOf,pledge,rule"
    assert len(document["results"]["bindings"]) == len(rows.splitlines()) - 1


def test_a_query_may_come_from_standard_input(home: Path) -> None:
    assert run("query", "-", "--home", home, text="ASK { ?s ?p ?o }").stdout == "true\n"
    graph = run("query", "-", "--home", home, text="CONSTRUCT WHERE { ?s a ?c } LIMIT 1").stdout
    assert graph.endswith(" .\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("query", "-"), "line 1, column"),
        (("query", "missing.rq"), "No such file"),
        (("export",), "run 'pledgegraph build' first"),
        (("build", "--data", "nowhere"), "holds no record files"),
    ],
)
def test_a_mistake_of_the_user_ends_in_one_line(
    arguments: tuple[str, ...], words: str, home: Path, tmp_path: Path
) -> None:
    where = tmp_path if arguments[0] in ("export", "build") else home
    done = run(*arguments, "--home", where, text="SELECT WHERE {")
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_an_export_to_a_file_is_the_same_as_to_standard_output(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "dump.nt"
    printed = run("export", "--home", home, "--format", "nt").stdout
    assert run("export", "--home", home, "--format", "nt", "-o", target).returncode == 0
    assert target.read_text("utf-8") == printed


def test_serve_goes_on_with_the_release_before_when_records_are_refused(
    spoiled: Path, home: Path, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    log = tmp_path / "log"
    arguments = ["serve", "--build", "--home", home, "--data", spoiled, "--port", str(port)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with log.open("w") as output:
        command = [PLEDGEGRAPH, *arguments]
        server = subprocess.Popen(command, stdout=output, stderr=output, env=environment)
    try:
        assert wait_for(f"http://127.0.0.1:{port}/readyz") == {"status": "ready", "release": 1}
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)
    said = log.read_text("utf-8")
    assert "unknown-concept" in said
    assert "serving release 1 as before" in said
    assert f"Pledgegraph is at http://127.0.0.1:{port}/" in said


def wait_for(url: str) -> object:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            return httpx.get(url, timeout=5).json()
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail(f"{url} does not answer")
