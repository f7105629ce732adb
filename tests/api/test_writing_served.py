"""Writing to a server as it is run: with builds, other writers and a disk that fills up."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from pledgegraph.graph.release import current

from .writers import ADDRESS, GRAPH_IRI, MORE, RECORD, SECRET, SLUG, SOURCE, TURTLE, YAML

PLEDGEGRAPH = Path(sys.executable).with_name("pledgegraph")
PLEDGE = "/pledges/acme-2026-01-no-sale"

Serve = Callable[[Path], httpx.Client]


@pytest.fixture
def serve(start: Callable[..., None], free_port: Callable[[], int]) -> Iterator[Serve]:
    """Serves a home and gives a client that may write to it."""
    clients = []

    def serving(home: Path) -> httpx.Client:
        port = free_port()
        env = {
            **os.environ,
            "PLEDGEGRAPH_WRITE_TOKEN": SECRET,
            "PLEDGEGRAPH_WRITE_WAIT_SECONDS": "1",
        }
        command = [PLEDGEGRAPH, "serve", "--port", str(port), "--home", home]
        start(command, f"http://127.0.0.1:{port}/readyz", env=env)
        headers = {"Authorization": f"Bearer {SECRET}"}
        client = httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=60)
        clients.append(client)
        return client

    yield serving
    for client in clients:
        client.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 160 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs root, to make a small file system")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_record_that_was_sent_is_still_there_after_a_build(home: Path, serve: Serve) -> None:
    client = serve(home)
    assert client.post("/records", content=RECORD, headers=YAML).status_code == 201
    built = subprocess.run(
        [PLEDGEGRAPH, "build", "--home", home], capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    assert client.get(PLEDGE).status_code == 200
    origins = {item["id"]: item["origin"] for item in client.get("/graphs").json()["items"]}
    assert origins.pop(GRAPH_IRI) == "http"
    assert set(origins.values()) == {"build"}


def test_a_writer_of_another_process_is_waited_for_and_then_named(home: Path, serve: Serve) -> None:
    client = serve(home)
    with (home / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        busy = client.put(ADDRESS, content=SOURCE, headers=TURTLE)
        assert busy.status_code == 503
        assert busy.json()["type"].endswith("/home-busy")
        assert int(busy.headers["retry-after"]) > 0
        assert client.get("/sources").status_code == 200
    assert client.put(ADDRESS, content=SOURCE, headers=TURTLE).status_code == 201


def test_of_many_who_create_a_graph_at_once_one_does(home: Path, serve: Serve) -> None:
    client = serve(home)
    headers = {**TURTLE, "If-None-Match": "*"}

    def create(number: int) -> int:
        text = SOURCE if number % 2 else SOURCE + MORE
        return client.put(ADDRESS, content=text, headers=headers).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(create, range(8)))
    assert statuses[0] == 201
    assert set(statuses[1:]) <= {412, 503}


def test_a_disk_that_is_full_refuses_writes_and_the_server_goes_on(
    small_disk: Path, serve: Serve
) -> None:
    client = serve(small_disk)
    before = current(small_disk).number
    filler = small_disk / "filler"
    free = os.statvfs(small_disk)
    filler.write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - (64 << 10))))
    refused = client.put(ADDRESS, content=SOURCE, headers=TURTLE)
    assert (refused.status_code, refused.json()["type"].rsplit("/", 1)[-1]) == (507, "storage")
    assert "make room" in refused.json()["detail"]
    assert current(small_disk).number == before
    assert client.get("/sources").status_code == 200
    filler.unlink()
    assert client.put(ADDRESS, content=SOURCE, headers=TURTLE).status_code == 201
    assert client.get(f"/sources/{SLUG}").status_code == 200
