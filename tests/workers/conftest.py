"""Servers, each with settings of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .served import Served, write_release


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one release; nobody writes to it but `token create`."""
    home = tmp_path_factory.mktemp("small")
    write_release(home, 1)
    return home


@pytest.fixture
def serve(small: Path, tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Starts a server with these settings, of the small release or of a home of its own."""
    running: list[Served] = []

    def start(home: Path = small, **settings: object) -> Served:
        running.append(Served(home, tmp_path / f"{len(running)}.log", **settings))
        return running[-1]

    yield start
    for server in running:
        server.close()
