"""A browser, what it asked for and complained about, and a server with something retracted."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CLOCKS = ROOT / "tests" / "clocks"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Visit:
    """A tab, every address that it asked for, and every error that it reported."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def outside(self, *servers: str) -> list[str]:
        hosts = {urlsplit(server).netloc for server in servers}
        return [address for address in self.asked if urlsplit(address).netloc not in hosts]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, or the one that Playwright installed."""
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        try:
            running = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        except Error as error:
            pytest.skip(f"install chromium: {str(error).splitlines()[0]}")
        yield running
        running.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens a tab: 1280 wide, light, and without JavaScript unless told otherwise."""
    opened: list[BrowserContext] = []

    def open_tab(width: int = 1280, **options: Any) -> Visit:
        options.setdefault("java_script_enabled", False)
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        opened.append(context)
        tab = Visit(context.new_page())
        context.on("request", lambda request: tab.asked.append(request.url))
        context.on("weberror", lambda error: tab.complaints.append(str(error.error)))
        context.on(
            "console",
            lambda said: tab.complaints.append(said.text) if said.type == "error" else None,
        )
        return tab

    yield open_tab
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def clocks_server(
    start: Callable[..., None],
    tmp_path_factory: pytest.TempPathFactory,
    free_port: Callable[[], int],
    pledgegraph: Path,
) -> str:
    """The address of a server with a retracted event and a source of uncertain date."""
    folder = tmp_path_factory.mktemp("clocks")
    records = folder / "records"
    records.mkdir()
    for name in ("base", "announced", "found-late", "retracted", "published-some-day"):
        shutil.copy(CLOCKS / f"{name}.yaml", records)
    port = free_port()
    command = [pledgegraph, "serve", "--port", str(port), "--home", folder / "home"]
    start([*command, "--data", records], f"http://127.0.0.1:{port}/readyz")
    return f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def pledgegraph() -> Path:
    """The installed program."""
    return Path(sys.executable).with_name("pledgegraph")
