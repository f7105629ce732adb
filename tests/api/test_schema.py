"""The interface against its own description: requests made up from /openapi.json."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings

from pledgegraph.api.app import create_app
from pledgegraph.api.settings import Settings
from pledgegraph.graph.build import build

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what the tool's own imports warn of is not ours
    import schemathesis
    from schemathesis.specs.openapi.checks import positive_data_acceptance

# A filter that fits its description may still name a thing that the graph does not have: 400.
DEPENDS_ON_DATA = [positive_data_acceptance]
DATA = Path(__file__).resolve().parents[2] / "data"


class NoEngine:
    """Stands in for an engine while only the addresses are listed."""

    def release(self) -> int:
        return 0


def operations() -> list[tuple[str, str]]:
    paths = create_app(Settings(home=DATA), NoEngine()).openapi()["paths"]  # type: ignore[arg-type]
    return [(path, method) for path, methods in paths.items() for method in methods]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, few_records: Path) -> FastAPI:
    home = tmp_path_factory.mktemp("home")
    build(few_records, home)
    return create_app(Settings(home=home))


@pytest.fixture(scope="module")
def described(app: FastAPI) -> Iterator[Any]:
    yield schemathesis.openapi.from_asgi("/openapi.json", app)
    app.state.context.engine.close()


@pytest.mark.parametrize(("path", "method"), operations())
def test_answers_are_as_the_interface_describes_them(
    path: str, method: str, described: Any
) -> None:
    @given(case=described[path][method].as_strategy())
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    def ask(case: Any) -> None:
        case.call_and_validate(excluded_checks=DEPENDS_ON_DATA)

    ask()
