"""Take rights away from the current process, for good: memory, files and the network.

Linux only, without privileges. The network is closed by a seccomp filter: the system calls that
make or connect a socket then fail with EACCES.
"""

from __future__ import annotations

import ctypes
import platform
import resource
import struct
import sys
import time
from pathlib import Path

_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_SET_MODE_FILTER = 1
_SECCOMP_FILTER_FLAG_TSYNC = 1  # the store's background threads get the filter, too

# Classic BPF, see seccomp(2): load a word of seccomp_data, compare and jump, return.
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | 13  # SECCOMP_RET_ERRNO | EACCES
_X32 = 0x40000000  # x86-64 numbers of the x32 calling convention, which no caller here uses

# machine: (AUDIT_ARCH, seccomp, the calls refused: socket, connect, io_uring_setup)
_MACHINES = {
    "x86_64": (0xC000003E, 317, (41, 42, 425)),
    "aarch64": (0xC00000B7, 277, (198, 203, 425)),
}


class _Program(ctypes.Structure):
    """``struct sock_fprog`` of linux/filter.h."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def deny_network() -> bool:
    """Refuse sockets to every thread of this process; return whether the kernel took the filter."""
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None or sys.maxsize < 2**32:
        return False
    architecture, seccomp, refused = machine
    code = _filter(architecture, refused)
    program = _Program(len(code) // 8, code)
    libc = ctypes.CDLL(None, use_errno=True)
    zero = ctypes.c_ulong(0)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), zero, zero, zero) != 0:
        return False
    result: int = libc.syscall(
        ctypes.c_long(seccomp),
        ctypes.c_ulong(_SECCOMP_SET_MODE_FILTER),
        ctypes.c_ulong(_SECCOMP_FILTER_FLAG_TSYNC),
        ctypes.byref(program),
    )
    return result == 0


def _filter(architecture: int, refused: tuple[int, ...]) -> bytes:
    """Write the filter: another architecture, x32 and the named calls are refused."""
    tests = [(_AT_LEAST, _X32), *((_EQUAL, number) for number in refused)]
    code = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_EQUAL, 0, len(tests) + 2, architecture),
        (_LOAD, 0, 0, _NUMBER_AT),
    ]
    for index, (comparison, value) in enumerate(tests):
        code.append((comparison, len(tests) - index, 0, value))
    code += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("HBBI", *instruction) for instruction in code)


def limit_open_files(count: int) -> None:
    """Allow at most ``count`` open files. To be called before a store sizes its file cache."""
    _lower(resource.RLIMIT_NOFILE, count)


def limit_resources(memory: int) -> None:
    """Allow ``memory`` bytes of address space beyond what is in use, no core, no written file."""
    in_use = _address_space()
    if in_use:
        _lower(resource.RLIMIT_AS, in_use + memory)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)


def limit_processor_seconds(seconds: float) -> None:
    """Let the kernel end this process after so many more seconds of work.

    A net below the engine's own deadline, for the day on which the engine is gone first.
    """
    before, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = _least(int(time.process_time() + seconds) + 2, hard)
    if soft != before:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _lower(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    limit = _least(value, hard)
    resource.setrlimit(kind, (limit, limit))


def _least(value: int, hard: int) -> int:
    return value if hard == resource.RLIM_INFINITY else min(value, hard)


def _address_space() -> int:
    """Return the size of this process's address space in bytes, or 0 where it can't be read."""
    statistics = Path("/proc/self/statm")
    if not statistics.exists():
        return 0
    return int(statistics.read_text().split()[0]) * resource.getpagesize()
