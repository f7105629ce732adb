"""What a process and all that it started use: processor seconds and memory."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
MEGABYTE = 1_000_000


def tree(root: int) -> list[int]:
    """Return a process and all that come from it and still run."""
    found, todo = [], [root]
    while todo:
        process = todo.pop()
        found.append(process)
        todo += _children(process)
    return found


def _children(process: int) -> list[int]:
    """Return what the threads of a process have started; threads and processes end meanwhile."""
    found = []
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for task in list(Path(f"/proc/{process}/task").iterdir()):
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                found += map(int, (task / "children").read_text().split())
    return found


def processor_seconds(root: int) -> float:
    """Return what the processes have used, with those of them that are gone."""
    return sum(_ticks(process) for process in tree(root)) / TICK


def _ticks(process: int) -> int:
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(map(int, stat.rpartition(")")[2].split()[11:15]))


def megabytes(root: int) -> float:
    """Return the memory that the processes have, what they share counted for each."""
    total = 0
    for process in tree(root):
        try:
            total += int(Path(f"/proc/{process}/statm").read_text().split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total * PAGE / MEGABYTE
