"""Keep what we measure beside ours in virtual environments of its own, apart from the project's."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

VALIDATORS = Path(__file__).with_name("requirements.txt")
ENDPOINTS = Path(__file__).with_name("requirements-sparql.txt")
FOLDER = Path.home() / ".cache" / "pledgegraph-benchmarks"


def interpreter(folder: Path, requirements: Path = VALIDATORS) -> Path:
    """Return the Python of the environment; make it first if it is not there or out of date."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    installed = folder / "installed.txt"
    wanted = requirements.read_text()
    if not installed.is_file() or installed.read_text() != wanted:
        print(f"Installing {requirements.name} into {folder} (--venv)", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        command = [str(python), "-m", "pip", "install", "--quiet", "-r", str(requirements)]
        subprocess.run(command, check=True, stdout=sys.stderr)
        installed.write_text(wanted)
    return python
