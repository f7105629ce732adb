"""The wheel works alone: outside the checkout, in an environment that never saw it."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ("api", "data", "graph", "ontology", "shapes")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = folder / "source"
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    # built from a copy, or setuptools would leave its folders in the checkout
    for name in filter(None, names.split("\0")):
        source = ROOT / name
        if source.is_file() and not source.is_symlink():
            target = build / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    command += ["--no-build-isolation", "--wheel-dir", str(folder), str(build)]
    subprocess.run(command, check=True)
    (path,) = folder.glob("pledgegraph-*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new environment with the wheel and, linked, the packages it needs."""
    environment = tmp_path_factory.mktemp("environment")
    venv.create(environment, with_pip=False, symlinks=True)
    packages = Path(
        sysconfig.get_path("purelib", vars={"base": str(environment), "platbase": str(environment)})
    )
    command = [sys.executable, "-m", "pip", "--python", str(environment / "bin" / "python")]
    command += ["install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(command, check=True)
    # a folder of links instead of the other environment itself, whose .pth files name the checkout
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if "pledgegraph" not in entry.name and entry.suffix != ".pth":
            link = packages / entry.name
            if not link.exists():
                link.symlink_to(entry)
    return environment / "bin"


def without_the_checkout(home: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, "HOME": str(home)}


def test_the_wheel_holds_every_file_of_the_packaged_folders(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        shipped = {name for name in archive.namelist() if name.startswith("pledgegraph/")}
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *SHIPPED]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    present = {name for name in names.split("\0") if name and (ROOT / name).is_file()}
    assert shipped == {f"pledgegraph/{name}" for name in present}


def test_nothing_but_pledgegraph_is_importable_from_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        folders = {name.split("/")[0] for name in archive.namelist()}
    assert {folder for folder in folders if not folder.endswith(".dist-info")} == {"pledgegraph"}


def test_check_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    record = tmp_path / "record.yaml"
    record.write_text("source: {id: nobody\n")
    done = subprocess.run(
        [installed / "pledgegraph", "check", record],
        cwd=tmp_path,
        env=without_the_checkout(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "record.yaml:" in done.stdout + done.stderr


def test_serve_builds_and_serves_from_the_wheel_alone(
    installed: Path, start: Callable[..., None], free_port: Callable[[], int], tmp_path: Path
) -> None:
    port = free_port()
    start(
        [installed / "pledgegraph", "serve", "--port", str(port)],
        f"http://127.0.0.1:{port}/readyz",
        cwd=tmp_path,
        env=without_the_checkout(tmp_path),
    )
    answer = httpx.get(
        f"http://127.0.0.1:{port}/pledges", headers={"Accept": "application/json"}, timeout=30
    )
    assert answer.status_code == 200
    assert "amazon" in answer.text
