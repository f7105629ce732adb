"""A bounded set of workers in two lanes, each on the newest release when it is lent.

Every query begins in the quick lane; one that runs long goes on in the slow lane, which has few
seats, so that a worker for the next quick one is always near. Nothing here waits for a process
while it holds the lock, so that an event loop may call ``take`` and ``give_back``.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections import Counter, OrderedDict
from concurrent.futures import Future
from pathlib import Path

from pledgegraph.graph import errors
from pledgegraph.graph.arrivals import Arrivals
from pledgegraph.graph.budget import Budget
from pledgegraph.graph.lanes import Lane, Lease, Occupancy, Order, fairly
from pledgegraph.graph.statistics import Statistics
from pledgegraph.graph.supply import Supply
from pledgegraph.graph.watch import Watch

REMEMBERED = 4096  # slow queries
STOPPING = "the server is stopping"
# After so many times of what makes a query slow it also has to let all others go first.
PATIENCE = 5
# A query that has not worked so long but takes many times longer waits for its client or for its
# turn; the time on the clock alone would take a quick one on a busy machine for a slow one.
IDLE = 20


class Pool:
    """Lends workers, looks after them while they are lent, and replaces those that end."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._lock = threading.Lock()
        self._supply = Supply(self._lock, budget.memory, budget.spare, self._on_change)
        self._leases: set[Lease] = set()
        self._waiting: list[Order] = []  # in the order in which they came
        self._slow: OrderedDict[int, None] = OrderedDict()  # keys of queries that ran long
        self._closed = False
        self._watch = Watch(self._look)
        self._kills: Counter[str] = Counter()
        self._refusals: Counter[str] = Counter()
        self._arrivals: Arrivals | None = None

    @property
    def is_closed(self) -> bool:
        """Whether no query is taken any more."""
        return self._closed

    def arrivals(self, loop: asyncio.AbstractEventLoop) -> Arrivals:
        """Return what tells an event loop of its workers' words."""
        if self._arrivals is None or self._arrivals.loop is not loop:
            self._arrivals = Arrivals(loop)
        return self._arrivals

    def prepare(self, store: Path, release: int) -> None:
        """Name the release to open from now on, and start the spare worker."""
        with self._lock:
            self._supply.aim(store, release)
            self._settle()

    def take(self, order: Order, store: Path, release: int) -> Lease | Future[Lease]:
        """Lend a worker on this release or a later one, now or when there is one."""
        with self._lock:
            if self._closed:
                raise errors.EngineBusyError(STOPPING)
            self._supply.aim(store, release)
            self._watch.wake()
            lease = self._lend(order, self._seats(order), leave=0)
            if lease is not None:
                self._supply.replenish()
                return lease
            self._admit(order)
            self._waiting.append(order)
            self._settle()
        return order.lease

    def withdraw(self, order: Order) -> None:
        """Take an order back; a worker that was lent for it in the meantime is kept."""
        with self._lock:
            with contextlib.suppress(ValueError):
                self._waiting.remove(order)
            is_too_late = not order.lease.cancel()
        if is_too_late and order.lease.exception() is None:
            self.give_back(order.lease.result())

    def give_back(self, lease: Lease, failure: str | None = None) -> None:
        """End a lease; a worker that failed, or that the query left at work, is ended too."""
        with self._lock:
            self._leases.discard(lease)
            if failure is not None and lease.end is None:
                self._kills[failure] += 1
            failed = failure is not None or lease.end is not None or self._closed
            if failed:
                self._supply.discard(lease.worker)
            else:
                self._supply.put(lease.worker)
                if lease.key in self._slow and self._was_quick(lease):
                    del self._slow[lease.key]
            if failed or self._waiting or any(one.lane is Lane.HELD for one in self._leases):
                self._settle()

    def refuse_new(self) -> None:
        """Take no more queries, and refuse those that wait; those that run go on."""
        with self._lock:
            self._closed = True
            self._refuse_waiting(errors.EngineBusyError(STOPPING), "stopping")

    def end_all(self) -> None:
        """Stop what runs; those who asked are told so."""
        self.refuse_new()
        with self._lock:
            for lease in list(self._leases):
                self._end(lease, errors.EngineBusyError(STOPPING), "stopping")

    def close(self) -> None:
        """End every worker."""
        self.end_all()
        self._watch.stop()
        self._supply.close()
        if self._arrivals is not None:
            self._arrivals.close()

    def statistics(self) -> Statistics:
        """Count what runs and what has happened."""
        with self._lock:
            return Statistics(
                release=self._supply.release,
                running=Counter(lease.lane.value for lease in self._leases),
                waiting=len(self._waiting),
                idle=len(self._supply.idle),
                starts=self._supply.starts,
                kills=self._kills.copy(),
                refusals=self._refusals.copy(),
            )

    # Everything below is called with the lock held, but for _look.

    def _lane(self, order: Order) -> Lane:
        return Lane.SLOW if order.key in self._slow else Lane.QUICK

    def _seats(self, order: Order) -> Occupancy:
        return self._occupancy(self._lane(order))

    def _occupancy(self, lane: Lane, *, kept: int = 0) -> Occupancy:
        budget = self._budget
        seats = max(1, budget.quick - kept) if lane is Lane.QUICK else budget.workers
        return Occupancy.of(seats, lane, self._leases)

    def _admit(self, order: Order) -> None:
        """Refuse what the queue has no room for, in all or for one client.

        Those for the slow lane are counted apart: however many they are, the others may wait.
        """
        lane = self._lane(order)
        peers = [other.client for other in self._waiting if self._lane(other) is lane]
        free = self._occupancy(lane).free()  # for these only a process is missing
        room = self._budget.queue + free
        if not Occupancy(room, Counter(peers)).admits(order.client):
            self._refusals["queue-full"] += 1
            raise errors.EngineBusyError("the queue of queries is full")

    def _lend(self, order: Order, seats: Occupancy, *, leave: int) -> Lease | None:
        worker = self._supply.take(order.memory, leave) if seats.admits(order.client) else None
        if worker is None:
            return None
        lane, now = self._lane(order), time.monotonic()
        lease = Lease(worker, order.client, order.key, lane, now, order.deadline)
        self._leases.add(lease)
        seats.seat(order.client)
        return lease

    def _settle(self) -> None:
        """Do what can be done now: let held queries go on, lend workers, start new ones.

        One seat and one spare worker are left for the next query that comes: when many wait, it is
        likely that those run long, and not that the next one does.
        """
        quick, slow = self._occupancy(Lane.QUICK, kept=1), self._occupancy(Lane.SLOW)
        held = [lease for lease in self._leases if lease.lane is Lane.HELD]
        for lease in fairly(sorted(held, key=lambda one: one.held_since), self._leases):
            if slow.admits(lease.client):
                slow.seat(lease.client)
                lease.go_on(time.monotonic())
        wanted: list[int] = []
        # the last first: when many wait, the first have waited in vain, and one that comes alone
        # does not wait for all of them
        for order in fairly(self._waiting[::-1], self._leases):
            seats = slow if self._lane(order) is Lane.SLOW else quick
            lent = self._lend(order, seats, leave=min(1, self._budget.spare))
            if lent is not None:
                self._waiting.remove(order)
                self._hand_over(order, lent)
            elif seats.admits(order.client):
                seats.seat(order.client)
                wanted.append(order.memory)
        self._supply.start(wanted)

    def _hand_over(self, order: Order, lease: Lease) -> None:
        if order.lease.set_running_or_notify_cancel():
            order.lease.set_result(lease)
        else:
            self._leases.discard(lease)
            self._supply.put(lease.worker)

    def _on_change(self, failure: str | None) -> None:
        if failure is not None:
            self._refuse_waiting(errors.EngineStartError(failure), "no-start")
        elif not self._closed:
            self._settle()

    def _was_quick(self, lease: Lease) -> bool:
        return lease.has_run(time.monotonic()) < self._budget.slow_after

    def _end(self, lease: Lease, error: errors.PledgeGraphError, reason: str) -> None:
        """Kill the worker and free the seat; whoever has the lease may notice much later."""
        lease.end = error
        self._kills[reason] += 1
        self._leases.discard(lease)
        lease.worker.kill()

    def _refuse(self, order: Order, error: errors.PledgeGraphError, reason: str) -> None:
        self._waiting.remove(order)
        self._refusals[reason] += 1
        if order.lease.set_running_or_notify_cancel():
            order.lease.set_exception(error)

    def _refuse_waiting(self, error: errors.PledgeGraphError, reason: str) -> None:
        for order in list(self._waiting):
            self._refuse(order, error, reason)

    def _look(self, now: float) -> bool:
        """Stop what has run or waited for too long."""
        with self._lock:
            before = len(self._leases)
            for lease in list(self._leases):
                self._look_at(lease, now)
            if len(self._leases) < before:
                self._settle()
            for order in [order for order in self._waiting if now > order.until]:
                reason = f"no worker was free within {self._budget.wait:g} seconds"
                self._refuse(order, errors.EngineBusyError(reason), "waited-too-long")
            return bool(self._leases or self._waiting)

    def _look_at(self, lease: Lease, now: float) -> None:
        budget, seconds = self._budget, lease.has_run(now)
        if lease.lane is Lane.HELD:
            if now - lease.held_since > budget.wait:
                self._end_as_busy(lease)
        elif seconds >= lease.deadline:
            reason = f"stopped after {lease.deadline:g} seconds"
            self._end(lease, errors.QueryTimeoutError(reason), "deadline")
        elif lease.lane is Lane.QUICK:
            if lease.has_worked() > budget.slow_after or seconds > IDLE * budget.slow_after:
                self._slow_down(lease, now)
        elif lease.has_worked() > PATIENCE * budget.slow_after:
            lease.worker.lower_priority()

    def _slow_down(self, lease: Lease, now: float) -> None:
        """Move a query to the slow lane, or hold it, or refuse it where too many are held."""
        self._slow[lease.key] = None
        if len(self._slow) > REMEMBERED:
            self._slow.popitem(last=False)
        held = self._occupancy(Lane.HELD)
        if self._occupancy(Lane.SLOW).admits(lease.client):
            lease.lane = Lane.SLOW
        elif held.admits(lease.client):
            lease.hold(now)
        else:
            self._end_as_busy(lease)
        self._settle()

    def _end_as_busy(self, lease: Lease) -> None:
        reason = "the query runs long, and as many such queries as may run do so already"
        self._end(lease, errors.EngineBusyError(reason), "slow-lane-full")
