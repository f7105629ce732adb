"""Set up .venv and run Pledgegraph or its tests, with nothing but Python's standard library.

python3 bootstrap.py run [--port 8000]     serve on 127.0.0.1
python3 bootstrap.py test [PYTEST OPTION]  run the tests
python3 bootstrap.py setup [--dev]         only install

The make targets call this file too, so there is one way to set up.
"""

from __future__ import annotations  # an older Python gets as far as being told so

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
OLDEST_PYTHON = (3, 11)


def fingerprint(lock: Path) -> str:
    """Return a digest of all that decides what is installed for this lock."""
    digest = hashlib.sha256()
    for path in (lock, ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    digest.update(f"{sys.version_info[:2]} {ROOT}".encode())
    return digest.hexdigest()


def install(lock: Path) -> None:
    """Install the locked packages and this project, unless nothing changed since the last time."""
    stamp = VENV / f"{lock.stem}.stamp"
    wanted = fingerprint(lock)
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    if not (VENV / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    pip.append("--disable-pip-version-check")
    print(f"Installing the packages of {lock.name} into .venv, once ...", flush=True)
    subprocess.run([*pip, "--require-hashes", "-r", str(lock)], check=True)
    # setuptools comes hashed from the lock, so the build needs no download of its own
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], check=True)
    stamp.write_text(wanted)


def main(arguments: list[str]) -> None:
    """Carry out one of the three commands."""
    if sys.version_info < OLDEST_PYTHON:
        sys.exit("Pledgegraph needs Python 3.11 or newer; this is " + sys.version.split()[0])
    command, *rest = arguments or ["help"]
    if command == "run":
        install(ROOT / "requirements.lock")
        program = [str(VENV / "bin" / "pledgegraph"), "serve", "--build", *rest]
    elif command == "test":
        install(ROOT / "requirements-dev.lock")
        program = [str(VENV / "bin" / "python"), "-m", "pytest", *rest]
    elif command == "setup":
        dev = rest == ["--dev"]
        install(ROOT / ("requirements-dev.lock" if dev else "requirements.lock"))
        return
    else:
        sys.exit(__doc__)
    os.chdir(ROOT)
    os.execv(program[0], program)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except subprocess.CalledProcessError as error:
        sys.exit(f"bootstrap: this failed: {' '.join(error.cmd)}")
