"""One server for all hostile cases of a file."""

from collections.abc import Iterator

import pytest

from .served import Served, serving


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with small budgets, an inner network beside it and a canary on its disk."""
    with serving(tmp_path_factory.mktemp("hostile")) as running:
        yield running
