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

MANY_HEAD = """source:
  id: many-2026
  kind: data-set
  title: A data set of more records than a page shows
  published: 2026-02-03
  language: en
  version: "1"
  license: https://creativecommons.org/publicdomain/zero/1.0/
  read-on: 2026-02-04
organizations:
"""
MANY = """  - id: many-{0}
    label: Organization number {0}
    entry: many.csv line-{0} name
"""


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory, few_records: Path) -> Release:
    """A release of the curated records and of those beside this file."""
    folder = tmp_path_factory.mktemp("look-ups")
    records = folder / "records"
    shutil.copytree(few_records, records)
    for path in Path(__file__).parent.glob("*.yaml"):
        shutil.copy(path, records)
    (records / "many-2026.yaml").write_text(MANY_HEAD + "".join(map(MANY.format, range(70))))
    return build(records, folder / "home").release


@pytest.fixture(scope="session")
def client(release: Release) -> Iterator[TestClient]:
    """A client that follows no redirect."""
    home = release.path.parents[1]
    with TestClient(
        create_app(Settings(home=home)), "http://pledgegraph.test", follow_redirects=False
    ) as client:
        yield client


@pytest.fixture(scope="session")
def browser() -> dict[str, str]:
    """The Accept header that a browser sends."""
    return {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
