"""What the engine counts about itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Statistics:
    """The state of the workers at one moment, and what has happened so far.

    ``running`` counts by lane, ``kills`` and ``refusals`` by reason.
    """

    release: int | None = None
    running: Counter[str] = field(default_factory=Counter)
    waiting: int = 0
    idle: int = 0
    starts: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
