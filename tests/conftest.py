"""What several test files share: outside material, a running server, and what a skip means."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import httpx
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
PLEDGEGRAPH = Path(sys.executable).with_name("pledgegraph")
NO_SKIPS = bool(os.environ.get("PLEDGEGRAPH_NO_SKIPS"))


def fail_where_nothing_may_be_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"PLEDGEGRAPH_NO_SKIPS is set, and this was skipped: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    report = yield
    fail_where_nothing_may_be_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    report = yield
    fail_where_nothing_may_be_skipped(report)
    return report


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what reads all of the material, where a part of each check is enough."""
    if os.environ.get("PLEDGEGRAPH_PACK") != "part":
        return
    left = [item for item in items if item.get_closest_marker("whole_pack")]
    items[:] = [item for item in items if item not in left]
    config.hook.pytest_deselected(items=left)


@pytest.fixture(scope="session")
def material() -> Path:
    """The folder of texts and data sets that may not lie in this repository."""
    folder = os.environ.get("PLEDGEGRAPH_MATERIAL")
    if not folder:
        pytest.skip("set PLEDGEGRAPH_MATERIAL to a folder laid out as docs/material.md says")
    return Path(folder)


@pytest.fixture(scope="session")
def article(material: Path) -> Path:
    """The founding article, as bytes in a file."""
    return material / "data" / "seed" / "article.txt"


@pytest.fixture(scope="session")
def free_port() -> Callable[[], int]:
    """Gives ports on loopback that nothing listens on."""

    def find() -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
            return port

    return find


class Starter:
    """Starts programs that serve, waits until they do, and ends all of them afterwards."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.running: list[subprocess.Popen[bytes]] = []

    def start(
        self,
        command: Sequence[str | Path],
        url: str,
        cwd: Path = ROOT,
        env: Mapping[str, str] | None = None,
    ) -> None:
        log = self.logs / f"{len(self.running)}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(command, cwd=cwd, env=env, stdout=output, stderr=output)
        self.running.append(process)
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and process.poll() is None:
            try:
                if httpx.get(url, timeout=5).is_success:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        pytest.fail(f"{url} does not answer; the log of {command[0]} says:\n{log.read_text()}")

    def stop_all(self) -> None:
        for process in self.running:
            process.terminate()
        for process in self.running:
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., None]]:
    """Starts a server and waits for an address of it to answer; see Starter.start."""
    starter = Starter(tmp_path_factory.mktemp("logs"))
    try:
        yield starter.start
    finally:
        starter.stop_all()


@pytest.fixture(scope="session")
def served_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of the served release, which `serve` builds from the curated records."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def server(start: Callable[..., None], served_home: Path, free_port: Callable[[], int]) -> str:
    """The address of `pledgegraph serve`, run as a user runs it."""
    port = free_port()
    command = [PLEDGEGRAPH, "serve", "--port", str(port), "--home", served_home]
    start(command, f"http://127.0.0.1:{port}/readyz")
    return f"http://127.0.0.1:{port}"


def _spoken_of(records: dict[str, list[dict[str, object]]], people: Sequence[str]) -> None:
    """Leave of a record file some people and what they refer to."""
    by_name = {
        f"{kind}/{form['id']}": form
        for section, kind in (
            ("jurisdictions", "jurisdiction"),
            ("organizations", "organization"),
            ("seats", "seat"),
        )
        for form in records[section]
    }
    records["people"] = [form for form in records["people"] if form["id"] in people]
    needed: list[dict[str, object]] = list(records["people"])
    for form in needed:  # grows
        terms = form.get("terms", [])
        assert isinstance(terms, list)
        for value in (*form.values(), *(value for term in terms for value in term.values())):
            if isinstance(value, str) and value in by_name:
                needed.append(by_name.pop(value))
    for section in ("jurisdictions", "organizations", "seats"):
        records[section] = [form for form in records[section] if form in needed]


@pytest.fixture(scope="session")
def few_records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of our record files with one member of Congress, the one they speak of."""
    folder = tmp_path_factory.mktemp("few") / "data"
    shutil.copytree(ROOT / "data", folder)
    path = folder / "congress-legislators-2020-06-11.yaml"
    records = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - it makes texts only
    _spoken_of(records, ["bioguide-M000133"])
    path.write_text(yaml.dump(records, sort_keys=False, allow_unicode=True), "utf-8")
    return folder
