"""What the server and its workers use, as Linux tells it in /proc."""

from __future__ import annotations

import os
import time
from pathlib import Path


def tree(root: int) -> list[int]:
    """Return a process and all that descend from it."""
    parents = {pid: parent for pid in _all() if (parent := _parent(pid)) is not None}
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def processor_seconds(pids: list[int]) -> float:
    """Return what some processes have used of the processors."""
    ticks = sum(int(fields[11]) + int(fields[12]) for pid in pids if (fields := _fields(pid)))
    return ticks / os.sysconf("SC_CLK_TCK")


def at_work(pids: list[int], seconds: float = 0.5) -> bool:
    """Tell whether any process wants a processor all the time, whether it gets one or not."""
    samples = 10
    seen = dict.fromkeys(pids, 0)
    for _ in range(samples):
        for pid in pids:
            seen[pid] += _fields(pid)[:1] == ["R"]
        time.sleep(seconds / samples)
    return any(count > samples / 2 for count in seen.values())


def resident(pids: list[int]) -> int:
    """Return how many bytes of memory are theirs alone, in all."""
    return sum(_private(pid) for pid in pids)


def _all() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]


def _fields(pid: int) -> list[str]:
    """Return what follows the name in /proc/PID/stat: state, parent, ..."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _parent(pid: int) -> int | None:
    fields = _fields(pid)
    return int(fields[1]) if fields else None


def _private(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    kibibytes = [int(line.split()[1]) for line in lines if line.startswith("Private_")]
    return sum(kibibytes) << 10
