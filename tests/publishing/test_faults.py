"""Whatever happens while a release is made, a whole one is served and nothing promised is lost."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from pledgegraph.graph import errors
from pledgegraph.graph.build import build
from pledgegraph.graph.engine import EmbeddedEngine
from pledgegraph.graph.publishing import GraphEdit, write
from pledgegraph.graph.release import Release, current, releases

from .writer import GRAPH, SLUGS, edit

ROOT = Path(__file__).resolve().parents[2]
WRITER = Path(__file__).with_name("writer.py")
# `.ci/run` kills less often than `make check-all` on a developer's machine.
KILLS = int(os.environ.get("PLEDGEGRAPH_KILLS", "200"))
SOURCE = GraphEdit(
    f"{GRAPH}one", (ox.Triple(ox.NamedNode("urn:x:s"), ox.NamedNode("urn:x:p"), ox.Literal("1")),)
)


def kill_writers(home: Path, data: Path, count: int, seed: int) -> set[int]:
    """Kill a writer at so many random moments; return the releases that were found current."""
    choose, seen = random.Random(seed), set[int]()  # noqa: S311
    build(data, home)
    (home / "acknowledged").touch()
    command = [sys.executable, str(WRITER), str(home)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as starter:
        assert starter.stdin
        writer = start_writer(starter)
        one_write = seconds_until(lambda: bool((home / "acknowledged").read_text()))
        for _ in range(count):
            os.kill(writer, signal.SIGKILL)
            assert starter.stdout
            assert starter.stdout.readline() == "ended\n"
            seen.add(check_home(home))
            writer = start_writer(starter)
            time.sleep(choose.uniform(0, 2 * one_write))
        os.kill(writer, signal.SIGKILL)
        starter.stdin.close()
    return seen


def start_writer(starter: "subprocess.Popen[str]") -> int:
    """Let a writer begin; return its process."""
    assert starter.stdin
    assert starter.stdout
    starter.stdin.write("go\n")
    starter.stdin.flush()
    return int(starter.stdout.readline())


def seconds_until(is_done: Callable[[], bool]) -> float:
    """Wait for something; return how long it took."""
    start = time.monotonic()
    while not is_done():
        assert time.monotonic() < start + 60
        time.sleep(0.01)
    return time.monotonic() - start


def check_home(home: Path) -> int:
    """Return the current release, which is whole, openable and has all that was acknowledged."""
    release = current(home)
    assert release.damage() is None
    assert [r.number for r in releases(home)] == list(range(1, release.number + 1))
    acknowledged = (home / "acknowledged").read_text().split()
    for slug, number in {SLUGS[int(n) % len(SLUGS)]: int(n) for n in acknowledged}.items():
        path = release.graph(f"{GRAPH}{slug}")
        assert path
        (said,) = {quad.object.value for quad in ox.parse(path=str(path))}
        assert int(said) in (number, number + len(SLUGS))
    check_stores(release)
    return release.number


def check_stores(release: Release) -> None:
    """Compare what is served with the texts."""
    texts = {quad for path in release.graph_paths() for quad in ox.parse(path=str(path))}
    served = ox.Store.read_only(str(release.store_path))
    for graph in {quad.graph_name for quad in texts}:
        said = {quad for quad in texts if quad.graph_name == graph}
        assert set(served.quads_for_pattern(None, None, None, graph)) == said


def test_killing_a_writer_leaves_a_whole_release(tmp_path: Path, few_records: Path) -> None:
    assert kill_writers(tmp_path, few_records, 5, seed=1)


@pytest.mark.slow
def test_killing_writers_often_leaves_a_whole_release_each_time(
    tmp_path: Path, few_records: Path
) -> None:
    assert len(kill_writers(tmp_path, few_records, KILLS, seed=2)) > KILLS // 4


def test_a_damaged_release_is_named_and_the_one_before_is_served(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = write(tmp_path, [SOURCE], origin="http").release
    second = write(tmp_path, [edit(1)], origin="http").release
    assert first
    assert second
    table = next(path for path in second.store_path.glob("*.sst") if path.stat().st_nlink == 1)
    data = bytearray(table.read_bytes())
    data[len(data) // 2] ^= 1
    table.write_bytes(data)
    assert second.damage() == f"store/{table.name} does not have its checksum"
    engine = EmbeddedEngine(tmp_path, thorough=True)
    assert engine.release() == first.number
    assert "release 2 is damaged and not served" in caplog.text
    engine.close()


def test_a_release_that_lost_a_file_is_made_anew_from_its_texts(tmp_path: Path) -> None:
    write(tmp_path, [SOURCE], origin="http")
    second = write(tmp_path, [edit(1)], origin="http").release
    assert second
    next(second.store_path.glob("*.sst")).unlink()
    third = write(tmp_path, [edit(2)], origin="http").release
    assert third
    assert third.damage() is None
    assert {path.stem for path in third.graph_paths()} == {"one", SLUGS[1], SLUGS[2]}


def test_a_release_with_a_damaged_text_is_not_written_upon(tmp_path: Path) -> None:
    first = write(tmp_path, [SOURCE], origin="http").release
    assert first
    with first.graph_paths()[0].open("ab") as file:
        file.write(b"x")
    with pytest.raises(errors.DamagedReleaseError, match=r"one\.nq"):
        write(tmp_path, [edit(2)], origin="http")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 24 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs root, to make a small file system")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill_and_write(home: Path) -> None:
    """Write while the disk gets full, until a write is refused."""
    for number in range(1, 40):
        with contextlib.suppress(OSError), (home / "filler").open("ab") as file:
            file.write(b"\0" * (1 << 20))
        write(home, [edit(number)], origin="http")


def test_a_full_disk_refuses_the_write_and_the_release_before_goes_on(small_disk: Path) -> None:
    write(small_disk, [SOURCE], origin="http")
    engine = EmbeddedEngine(small_disk)
    with pytest.raises(errors.StorageError, match="make room"):
        fill_and_write(small_disk)
    before = current(small_disk)
    assert before.damage() is None
    assert list(small_disk.glob("candidate-*")) == []
    assert b"true" in engine.query("ASK { <urn:x:s> ?p ?o }").body
    (small_disk / "filler").unlink()
    after = write(small_disk, [edit(99)], origin="http").release
    assert after
    assert after.number == before.number + 1
    engine.close()
