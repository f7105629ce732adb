"""What one query may use, and how many may run or wait."""

from __future__ import annotations

from dataclasses import dataclass, field

from pledgegraph.graph.guard import Limits

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one query may use: seconds, bytes of memory and of its result, and how large it is."""

    deadline: float
    memory: int
    result: int
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Budget:
    """What a query may use, and how many may run or wait.

    ``workers`` queries that have worked for more than ``slow_after`` seconds may run at a time,
    and beside them ``quick`` others. ``spare`` workers are kept ready.
    """

    workers: int = 3
    quick: int = 4
    queue: int = 32
    wait: float = 5.0
    slow_after: float = 0.05
    deadline: float = 10.0
    memory: int = 1024 * MEBIBYTE
    result: int = 64 * MEBIBYTE
    spare: int = 0
    limits: Limits = field(default_factory=Limits)

    def allowance(self) -> Allowance:
        """Return what one query may use unless something else is said."""
        return Allowance(self.deadline, self.memory, self.result, self.limits)
