"""Settings of the server, read once from the environment (``PLEDGEGRAPH_*``)."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from pledgegraph.graph.engine import MEBIBYTE, Budget


def default_home() -> Path:
    """Return the folder in which a user's own data belongs (XDG Base Directory)."""
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "pledgegraph"


class Settings(BaseSettings):
    """Every setting, its default and what it is for."""

    model_config = SettingsConfigDict(env_prefix="PLEDGEGRAPH_", frozen=True)

    home: Path = Field(default_factory=default_home, description="Folder that holds the releases.")
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on; 0 picks one.")
    workers: int = Field(default=2, ge=1, le=64, description="Processes that answer queries.")
    queue: int = Field(default=32, ge=0, description="Queries that may wait for a worker.")
    queue_wait_seconds: float = Field(default=5, gt=0, description="How long a query may wait.")
    query_deadline_seconds: float = Field(default=10, gt=0, description="How long it may run.")
    query_memory_mebibytes: int = Field(default=1024, ge=64, description="Memory it may use.")
    query_result_mebibytes: int = Field(
        default=64, ge=1, description="How large its result may be."
    )

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
