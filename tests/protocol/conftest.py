"""A plain server for each file with tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .served import PlainServer, plain_server


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlainServer]:
    """A running `pledgegraph serve --plain` on a port that it chose itself."""
    home: Path = tmp_path_factory.mktemp("home")
    with plain_server(home) as server:
        yield server
