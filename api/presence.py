"""Work that is done only while the client is there to get it."""

from __future__ import annotations

import asyncio
from types import TracebackType

from starlette.types import Receive

UNWATCHED_SECONDS = 0.05  # most answers are there by then; watching costs a task


class WhileClientStays:
    """A block that is left when the client goes; ``has_left`` then says so.

    As with ``asyncio.timeout``, the block is cancelled where it waits.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._watch: asyncio.Task[None] | None = None
        self.has_left = False

    async def __aenter__(self) -> WhileClientStays:
        """Begin to watch a little later."""
        task = asyncio.current_task()
        assert task is not None
        self._task = task
        self._timer = asyncio.get_running_loop().call_later(UNWATCHED_SECONDS, self._begin)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> bool:
        """Stop watching, and go on after the block if it was left for want of a client."""
        self._timer.cancel()
        if self._watch is not None:
            self._watch.cancel()
        if self.has_left and kind is asyncio.CancelledError:
            return self._task.uncancel() == 0
        return False

    def _begin(self) -> None:
        self._watch = asyncio.get_running_loop().create_task(self._wait())

    async def _wait(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.has_left = True
        self._task.cancel()
