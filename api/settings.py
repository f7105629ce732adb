"""Settings of the server, read once from the environment (``PLEDGEGRAPH_*``)."""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from pledgegraph.api.tokens import MINIMUM_LENGTH
from pledgegraph.graph.engine import MEBIBYTE, Budget
from pledgegraph.graph.guard import COUNTED, Limits


def default_home() -> Path:
    """Return the folder in which a user's own data belongs (XDG Base Directory)."""
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "pledgegraph"


def _limit(name: str, most: int) -> Any:  # noqa: ANN401 - as pydantic's Field does
    """Make the field of a limit on queries; beyond ``most`` the parser was not tried."""
    default = getattr(Limits(), name)
    counted = COUNTED[name]
    said = f"{counted[0].upper()}{counted[1:]}."
    return Field(default=default, ge=1, le=most, description=said)


class Settings(BaseSettings):
    """Every setting, its default and what it is for."""

    model_config = SettingsConfigDict(
        env_prefix="PLEDGEGRAPH_", frozen=True, hide_input_in_errors=True
    )

    home: Path = Field(default_factory=default_home, description="Folder that holds the releases.")
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on; 0 picks one.")
    connections: int = Field(default=500, ge=1, description="Connections at a time, then 503.")
    client_seconds: float = Field(
        default=20, gt=0, description="How long a client may send or read; more for more bytes."
    )
    workers: int = Field(default=3, ge=1, le=64, description="Slow queries that run at a time.")
    quick_workers: int = Field(
        default=4, ge=1, le=64, description="Other queries that run at a time."
    )
    slow_after_milliseconds: int = Field(
        default=50, ge=1, le=60_000, description="Processor time that makes a query a slow one."
    )
    queue: int = Field(default=32, ge=0, description="Queries that may wait for a worker.")
    queue_wait_seconds: float = Field(default=5, gt=0, description="How long a query may wait.")
    query_deadline_seconds: float = Field(default=10, gt=0, description="How long it may run.")
    query_memory_mebibytes: int = Field(default=1024, ge=64, description="Memory it may use.")
    query_result_mebibytes: int = Field(
        default=64, ge=1, description="How large its result may be."
    )
    answer_cache_mebibytes: int = Field(
        default=64, ge=0, description="Memory for answers that may be asked for again."
    )
    stop_seconds: float = Field(
        default=5, ge=0, description="How long running requests may go on at SIGTERM."
    )
    log_requests: bool | None = Field(
        default=None, description="A line for each; if not said, where no terminal shows them."
    )
    log_queries: bool = Field(default=False, description="Whether the lines hold query texts.")

    query_bytes: int = _limit("bytes", 1 << 20)
    query_depth: int = _limit("depth", 128)
    query_triple_patterns: int = _limit("triple_patterns", 5_000)
    query_union_branches: int = _limit("union_branches", 1_000)
    query_optionals: int = _limit("optionals", 500)
    query_values_rows: int = _limit("values_rows", 1_000_000)
    query_path_operators: int = _limit("path_operators", 5_000)
    query_expression_operators: int = _limit("expression_operators", 2_000)
    query_clauses: int = _limit("clauses", 1_000)

    write_token: SecretStr | None = Field(
        default=None, description="Secret that allows every write, for tests and containers."
    )
    write_mebibytes: int = Field(default=64, ge=1, le=1024, description="How large a write may be.")
    write_wait_seconds: float = Field(
        default=5, ge=0, le=300, description="How long a write may wait for another one."
    )

    @field_validator("write_token")
    @classmethod
    def _check_length(cls, value: SecretStr | None) -> SecretStr | None:
        """Refuse a secret that could be guessed; an empty one means that there is none."""
        if value is None or not value.get_secret_value():
            return None
        if len(value.get_secret_value()) < MINIMUM_LENGTH:
            message = "it needs at least {least} characters"
            raise PydanticCustomError("short", message, {"least": MINIMUM_LENGTH})
        return value

    def limits(self) -> Limits:
        """Return how large a query may be."""
        names = (field.name for field in fields(Limits))
        return Limits(**{name: getattr(self, f"query_{name}") for name in names})

    def budget(self) -> Budget:
        """Return the part of the settings that concerns queries, as the graph layer takes it."""
        return Budget(
            workers=self.workers,
            quick=self.quick_workers,
            slow_after=self.slow_after_milliseconds / 1000,
            spare=2,
            queue=self.queue,
            wait=self.queue_wait_seconds,
            deadline=self.query_deadline_seconds,
            memory=self.query_memory_mebibytes * MEBIBYTE,
            result=self.query_result_mebibytes * MEBIBYTE,
            limits=self.limits(),
        )
