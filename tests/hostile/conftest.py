"""One server for all hostile cases of a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .served import Served, serving


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, few_records: Path) -> Iterator[Served]:
    """A server with small budgets, an inner network beside it and a canary on its disk."""
    with serving(tmp_path_factory.mktemp("hostile"), few_records) as running:
        yield running
