"""Open packed files and archives as streams, within bounds.

What a stranger packs may unpack without end, name a place outside, or be cut short: each is a
``DataSetError`` that names the file.
"""

from __future__ import annotations

import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from pledgegraph.graph import errors
from pledgegraph.graph.importing.ledger import Ledger

MAXIMUM_BYTES = 20 << 30  # of what is unpacked from one file
MAXIMUM_RATIO = 400  # of what is unpacked to what was packed; text reaches some 50
ALWAYS_ALLOWED = 64 << 20
MAXIMUM_MEMBERS = 1_000_000
MAXIMUM_MEMBER_BYTES = 16 << 20  # of a member that is read whole
_READ = 1 << 18
_END_OF_ARCHIVE = 1024
_DAMAGE = (
    EOFError,
    lzma.LZMAError,
    gzip.BadGzipFile,
    tarfile.TarError,
    zipfile.BadZipFile,
    OSError,
)


@contextmanager
def opened(path: Path, ledger: Ledger) -> Iterator[BinaryIO]:
    """Open a file, unpacked by its ending, and tell the ledger how much of it is read.

    Raises ``DataSetError`` for what is cut short, damaged or unpacks too far.
    """
    with damage_named(path), path.open("rb") as raw:
        metered = _Metered(raw, path.stat().st_size, ledger)
        buffered = cast(BinaryIO, io.BufferedReader(metered, _READ))
        yield _unpacked(buffered, path)


def _unpacked(file: BinaryIO, path: Path) -> BinaryIO:
    """Unpack a file by its ending."""
    plain: BinaryIO
    if path.suffix == ".xz":
        plain = cast(BinaryIO, lzma.LZMAFile(file))  # noqa: SIM115 - the file below is closed
    elif path.suffix == ".gz":
        plain = cast(BinaryIO, gzip.GzipFile(fileobj=file))
    else:
        return file
    return cast(BinaryIO, io.BufferedReader(_Bounded(plain, path), _READ))


@contextmanager
def damage_named(path: Path) -> Iterator[None]:
    """Turn what a damaged file raises into an error that names it."""
    try:
        yield
    except _DAMAGE as error:
        reason = str(error) or type(error).__name__
        raise errors.DataSetError(
            f"{path} is damaged or cut short ({reason}): get it again, and compare its SHA-256"
        ) from error


def tar_members(path: Path, ledger: Ledger) -> Iterator[tuple[str, bytes]]:
    """Iterate over the files in a packed archive, each whole; links and devices are left out.

    Raises ``DataSetError`` for a member that is too large or would lie outside, and where the
    archive has no end.
    """
    with opened(path, ledger) as file:
        ended = _Ended(file)
        with tarfile.open(fileobj=cast(BinaryIO, ended), mode="r|") as archive:
            for number, member in enumerate(archive):
                _check_name(path, member.name, number)
                if member.isfile():
                    data = archive.extractfile(member)
                    assert data is not None
                    yield member.name, _whole(path, member.name, member.size, cast(BinaryIO, data))
        if not ended.is_archive_end():
            raise errors.DataSetError(f"{path} is cut short between two members: get it again")


def zip_members(path: Path, ledger: Ledger) -> Iterator[tuple[str, BinaryIO]]:
    """Iterate over the files in a zip archive as streams; ``DataSetError`` as for others."""
    with damage_named(path), zipfile.ZipFile(path) as archive:
        total = sum(entry.file_size for entry in archive.infolist()) or 1
        done = 0
        for number, entry in enumerate(archive.infolist()):
            _check_name(path, entry.filename, number)
            if entry.is_dir():
                continue
            with archive.open(entry) as file:
                bounded = _Bounded(cast(BinaryIO, file), path)
                yield entry.filename, cast(BinaryIO, io.BufferedReader(bounded, _READ))
            done += entry.file_size
            ledger.done = done / total


def _whole(path: Path, name: str, size: int, file: BinaryIO) -> bytes:
    if size > MAXIMUM_MEMBER_BYTES:
        raise errors.DataSetError(
            f"{path}: {name} has {size} bytes; {MAXIMUM_MEMBER_BYTES} are read"
        )
    data = file.read()
    if len(data) != size:
        raise errors.DataSetError(f"{path}: {name} is cut short: get the archive again")
    return data


def _check_name(path: Path, name: str, number: int) -> None:
    parts = PurePosixPath(name.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or "\0" in name or ":" in parts.parts[0]:
        raise errors.DataSetError(f"{path}: {name!r} would lie outside of the archive")
    if number >= MAXIMUM_MEMBERS:
        raise errors.DataSetError(f"{path} has more than {MAXIMUM_MEMBERS} members")


class _Ended:
    """A stream that remembers how it ended.

    An archive has 1,024 zeros there, and tarfile reads one that has none as if it were whole.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._end = b""

    def read(self, size: int) -> bytes:
        data = self._file.read(size)
        self._end = (self._end + data)[-_END_OF_ARCHIVE:]
        return data

    def is_archive_end(self) -> bool:
        while self.read(_READ):
            pass
        return self._end == bytes(_END_OF_ARCHIVE)


class _Metered(io.RawIOBase):
    """A raw file that tells how much of it is read."""

    def __init__(self, raw: BinaryIO, size: int, ledger: Ledger) -> None:
        self._raw, self._size, self._ledger = raw, max(size, 1), ledger
        self._done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        count = self._raw.readinto(buffer)  # type: ignore[attr-defined]
        self._done += count
        self._ledger.done = self._done / self._size
        return int(count)


class _Bounded(io.RawIOBase):
    """A file that unpacks so far and no further."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self._file, self._path = file, path
        self._left = min(MAXIMUM_BYTES, max(ALWAYS_ALLOWED, MAXIMUM_RATIO * path.stat().st_size))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        with damage_named(self._path):
            data = self._file.read(len(view))
        self._left -= len(data)
        if self._left < 0:
            raise errors.DataSetError(f"{self._path} unpacks to far more than it holds: refused")
        view[: len(data)] = data
        return len(data)
