"""Answers kept in memory. A release never changes, so that none of its answers grows stale."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

# What gives another answer each time; a keyword may be written with escapes.
_CHANGING = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\b|\\u", re.IGNORECASE)
OVERHEAD_BYTES = 1000  # of an entry beside its text and its body

Value = TypeVar("Value")


class AnswerKey(NamedTuple):
    """What an answer depends on."""

    release: int
    text: str
    formats: tuple[tuple[str, str], ...]
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None


def answer_key(
    release: int,
    text: str,
    formats: Mapping[Any, str],
    default_graphs: Sequence[str] | None = None,
    named_graphs: Sequence[str] | None = None,
) -> AnswerKey:
    """Return what the answer to a query depends on: the release and the request, nothing else."""
    return AnswerKey(
        release,
        text,
        tuple(formats.items()),
        None if default_graphs is None else tuple(default_graphs),
        None if named_graphs is None else tuple(named_graphs),
    )


def is_lasting(text: str) -> bool:
    """Tell whether a query has the same answer each time; in doubt it has not."""
    return _CHANGING.search(text) is None


class AnswerCache(Generic[Value]):
    """The answers used last, up to a number of bytes. Any thread may use it."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._entries: OrderedDict[AnswerKey, tuple[Value, int]] = OrderedDict()
        self._lock = threading.Lock()
        self.bytes = 0
        self.hits = 0
        self.misses = 0

    def get(self, key: AnswerKey) -> Value | None:
        """Return the answer for a key, or none."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                self.misses += 1
                return None
            self.hits += 1
            self._entries.move_to_end(key)
            return entry[0]

    def put(self, key: AnswerKey, value: Value, size: int) -> None:
        """Keep an answer with a body of this size, and forget what was not used for longest."""
        cost = size + 4 * len(key.text) + OVERHEAD_BYTES
        if cost > self._budget // 8 or not is_lasting(key.text):
            return
        with self._lock:
            before = self._entries.pop(key, None)
            self.bytes += cost - (before[1] if before else 0)
            self._entries[key] = (value, cost)
            while self.bytes > self._budget:
                _, (_, freed) = self._entries.popitem(last=False)
                self.bytes -= freed
