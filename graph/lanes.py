"""Who may use a worker now: the lanes, and what is lent and waited for."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TypeVar

from pledgegraph.graph.errors import PledgeGraphError
from pledgegraph.graph.process import WorkerProcess


class Lane(enum.Enum):
    """Where a query runs: every one begins as a quick one, unless it is known to be slow.

    One that turns out to be slow takes a seat in the slow lane; while there is none it is held:
    its process stands still, and another has its quick seat.
    """

    QUICK = "quick"
    SLOW = "slow"
    HELD = "held"


@dataclass(eq=False, slots=True)
class Lease:
    """A worker that is lent to a query."""

    worker: WorkerProcess
    client: str
    key: int
    lane: Lane
    started: float
    deadline: float
    held_since: float = 0.0
    worked_before: float | None = None  # the worker's processor time when it was first looked at
    end: PledgeGraphError | None = None  # why the pool has killed the worker

    def has_run(self, now: float) -> float:
        """Return for how many seconds it has had a seat."""
        return (self.held_since if self.lane is Lane.HELD else now) - self.started

    def has_worked(self) -> float:
        """Return for how many seconds it has worked since it was first looked at."""
        now = self.worker.processor_seconds()
        if self.worked_before is None:
            self.worked_before = now
        return now - self.worked_before

    def hold(self, now: float) -> None:
        """Let it stand still."""
        self.lane, self.held_since = Lane.HELD, now
        self.worker.pause()

    def go_on(self, now: float) -> None:
        """Give it a seat in the slow lane; the time for which it stood still does not count."""
        self.started += now - self.held_since
        self.lane = Lane.SLOW
        self.worker.resume()


@dataclass(eq=False, slots=True)
class Order:
    """A query that wants a worker, until some time."""

    client: str
    key: int
    deadline: float
    memory: int
    until: float
    lease: Future[Lease] = field(default_factory=Future)


def share(seats: int) -> int:
    """Return how many of some seats one client may have: one in four is kept for the others."""
    return max(1, seats - max(1, seats // 4))


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Which seats of one lane are taken, and by whom."""

    seats: int
    clients: dict[str, int]

    @classmethod
    def of(cls, seats: int, lane: Lane, leases: Iterable[Lease]) -> Occupancy:
        """Count the seats of a lane."""
        clients: dict[str, int] = {}
        for lease in leases:
            if lease.lane is lane:
                clients[lease.client] = clients.get(lease.client, 0) + 1
        return cls(seats, clients)

    def free(self) -> int:
        """Return how many seats nobody has."""
        return self.seats - sum(self.clients.values())

    def admits(self, client: str) -> bool:
        """Tell whether a client may have a seat; without a name it is this project's own."""
        if self.free() <= 0:
            return False
        return not client or self.clients.get(client, 0) < share(self.seats)

    def seat(self, client: str) -> None:
        """Take a seat."""
        self.clients[client] = self.clients.get(client, 0) + 1


Waiting = TypeVar("Waiting", Order, Lease)


def fairly(waiting: Sequence[Waiting], leases: Iterable[Lease]) -> list[Waiting]:
    """Order those who wait: first the clients who have the fewest workers, then as given."""
    running = Counter(lease.client for lease in leases if lease.lane is not Lane.HELD)
    return sorted(waiting, key=lambda one: running[one.client])
