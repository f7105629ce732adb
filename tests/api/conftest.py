"""A small release and a client of the application that serves it."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from pledgegraph.api.app import create_app
from pledgegraph.api.settings import Settings
from pledgegraph.graph.build import build
from pledgegraph.graph.publishing.manifest import file_digests

from .writers import SECRET

REPORT = (
    "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<urn:x:report> a sh:ValidationReport ;"
    " sh:conforms true .\n"
)


@pytest.fixture(scope="session")
def small_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one release, made from small.trig."""
    home = tmp_path_factory.mktemp("small")
    folder = home / "releases" / "000001"
    folder.mkdir(parents=True)
    store = ox.Store(str(folder / "store"))
    store.load(path=str(Path(__file__).with_name("small.trig")), format=ox.RdfFormat.TRIG)
    store.flush()
    del store
    (folder / "report.ttl").write_text(REPORT)
    manifest = {"graphs": {}, "files": file_digests(folder)}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return home


@pytest.fixture(scope="session")
def settings(small_home: Path) -> Settings:
    """Settings with short limits."""
    return Settings(home=small_home, query_deadline_seconds=1, query_result_mebibytes=1)


@pytest.fixture(scope="session")
def client(settings: Settings) -> Iterator[TestClient]:
    """A client that follows no redirect."""
    app = create_app(settings)
    with TestClient(app, "http://pledgegraph.test", follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def empty_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of an application whose home holds no release."""
    app = create_app(Settings(home=tmp_path_factory.mktemp("empty")))
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def browser() -> dict[str, str]:
    """The Accept header that a browser sends."""
    return {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory, few_records: Path) -> Path:
    """A home with a release of our records; nobody writes to it."""
    home = tmp_path_factory.mktemp("built")
    build(few_records, home)
    return home


@pytest.fixture
def home(built_home: Path, tmp_path: Path) -> Path:
    """A home with a release of our records, to write to."""
    return Path(shutil.copytree(built_home, tmp_path / "home"))


@pytest.fixture
def writer(home: Path) -> Iterator[TestClient]:
    """A client that may write everything to the home."""
    settings = Settings(
        home=home,
        write_token=SECRET,  # type: ignore[arg-type]
        write_mebibytes=1,
        write_wait_seconds=0.2,
        workers=1,
    )
    headers = {"Authorization": f"Bearer {SECRET}"}
    with TestClient(create_app(settings), headers=headers, follow_redirects=False) as client:
        yield client
