"""Settings of the server, read once from the environment (``PLEDGEGRAPH_*``)."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from pledgegraph.api.tokens import MINIMUM_LENGTH
from pledgegraph.graph.engine import MEBIBYTE, Budget


def default_home() -> Path:
    """Return the folder in which a user's own data belongs (XDG Base Directory)."""
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "pledgegraph"


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
    workers: int = Field(default=2, ge=1, le=64, description="Processes that answer queries.")
    queue: int = Field(default=32, ge=0, description="Queries that may wait for a worker.")
    queue_wait_seconds: float = Field(default=5, gt=0, description="How long a query may wait.")
    query_deadline_seconds: float = Field(default=10, gt=0, description="How long it may run.")
    query_memory_mebibytes: int = Field(default=1024, ge=64, description="Memory it may use.")
    query_result_mebibytes: int = Field(
        default=64, ge=1, description="How large its result may be."
    )

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

    def budget(self) -> Budget:
        """Return the part of the settings that concerns queries, as the graph layer takes it."""
        return Budget(
            workers=self.workers,
            queue=self.queue,
            wait=self.queue_wait_seconds,
            deadline=self.query_deadline_seconds,
            memory=self.query_memory_mebibytes * MEBIBYTE,
            result=self.query_result_mebibytes * MEBIBYTE,
        )
