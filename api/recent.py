"""What was used last, up to a number of bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """Values by their keys; those not used for longest are forgotten. For one event loop."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._entries: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self.bytes = 0
        self.hits = 0
        self.misses = 0

    def get(self, key: Key) -> Value | None:
        """Return the value of a key, or none."""
        entry = self._entries.get(key)
        if entry is None:
            self.misses += 1
            return None
        self.hits += 1
        self._entries.move_to_end(key)
        return entry[0]

    def put(self, key: Key, value: Value, size: int) -> None:
        """Keep a value of so many bytes, unless it would drive out too many others."""
        if size > self._budget // 8:
            return
        before = self._entries.pop(key, None)
        self.bytes += size - (before[1] if before else 0)
        self._entries[key] = (value, size)
        while self.bytes > self._budget:
            _, (_, freed) = self._entries.popitem(last=False)
            self.bytes -= freed
