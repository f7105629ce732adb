"""The curated records and one uncertain source, served."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pledgegraph.api.app import create_app
from pledgegraph.api.settings import Settings
from pledgegraph.graph.build import build
from pledgegraph.graph.release import Release

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory, few_records: Path) -> Release:
    """A release of the curated records and of those beside this file."""
    folder = tmp_path_factory.mktemp("look-ups")
    records = folder / "records"
    shutil.copytree(few_records, records)
    for path in Path(__file__).parent.glob("*.yaml"):
        shutil.copy(path, records)
    return build(records, folder / "home").release


@pytest.fixture(scope="session")
def client(release: Release) -> Iterator[TestClient]:
    """A client that follows no redirect."""
    yield from _client_of(release)


@pytest.fixture(scope="session")
def client_of_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a release with all members of Congress."""
    yield from _client_of(build(ROOT / "data", tmp_path_factory.mktemp("all")).release)


def _client_of(release: Release) -> Iterator[TestClient]:
    app = create_app(Settings(home=release.path.parents[1]))
    with TestClient(app, "http://pledgegraph.test", follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def browser() -> dict[str, str]:
    """The Accept header that a browser sends."""
    return {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
