"""The thread that looks after what runs: the only place where time ends a query."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

TICK_SECONDS = 0.02
QUIET_SECONDS = 1.0

_log = logging.getLogger("pledgegraph")


class Watch:
    """Calls a function every few milliseconds while it says that there is something to watch."""

    def __init__(self, look: Callable[[float], bool]) -> None:
        self._look = look
        self._awake = threading.Event()
        self._stopped = False
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """Go on looking; it is cheap to call, and to be called after something has begun."""
        if not self._awake.is_set():
            self._awake.set()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stopped = True
        self._awake.set()

    def _run(self) -> None:
        busy_until = 0.0
        while not self._stopped:
            self._awake.wait()
            now = time.monotonic()
            if self._is_busy(now):
                busy_until = now + QUIET_SECONDS
            elif now > busy_until:
                self._awake.clear()
                if self._is_busy(time.monotonic()):  # it began just before the clearing
                    self._awake.set()
                continue
            time.sleep(TICK_SECONDS)

    def _is_busy(self, now: float) -> bool:
        try:
            return self._look(now)
        except Exception:  # without this thread no query would ever be stopped
            _log.exception("looking after the workers failed")
            return True
