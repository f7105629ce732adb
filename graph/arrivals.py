"""Tell an event loop when there is something to read from workers."""

from __future__ import annotations

import asyncio
import contextlib
import select
import sys


class Arrivals:
    """Waits for input on pipes, for one event loop.

    A pipe is registered once, and each arrival is told once (edge-triggered), so that threads may
    read from the same pipe at other times. Registering it with the loop for each message takes
    longer than reading the message: six system calls with uvloop, two with asyncio.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._waiting: dict[int, asyncio.Future[None]] = {}
        self._early: set[int] = set()  # pipes on which something came before anybody waited
        if sys.platform == "linux":
            self._epoll = select.epoll()
            loop.add_reader(self._epoll.fileno(), self._tell)

    def watch(self, descriptor: int) -> None:
        """Look at a pipe until it is closed."""
        if sys.platform == "linux":
            self._epoll.register(descriptor, select.EPOLLIN | select.EPOLLET)

    async def input(self, descriptor: int) -> None:
        """Wait until something has come since all that there was has been read."""
        if descriptor in self._early:
            self._early.remove(descriptor)
            return
        future = self._waiting[descriptor] = self.loop.create_future()
        if sys.platform != "linux":
            self.loop.add_reader(descriptor, _set, future)
        try:
            await future
        finally:
            self._waiting.pop(descriptor, None)
            if sys.platform != "linux":
                self.loop.remove_reader(descriptor)

    def close(self) -> None:
        """Look at nothing any more; any thread may call this."""
        with contextlib.suppress(RuntimeError):  # the loop has ended
            self.loop.call_soon_threadsafe(self._close)

    def _close(self) -> None:
        if sys.platform == "linux" and not self._epoll.closed:
            self.loop.remove_reader(self._epoll.fileno())
            self._epoll.close()

    def _tell(self) -> None:
        for descriptor, _ in self._epoll.poll(0):
            future = self._waiting.get(descriptor)
            if future is None:
                self._early.add(descriptor)
            else:
                _set(future)


def _set(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
