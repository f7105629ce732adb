"""Rules about the repository itself."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
SHIPPED = ("api", "data", "graph", "ontology", "shapes")
# in pieces, or this file would break the rule it holds
HOSTS = [
    "python" + "hosted",
    "pypi" + ".org",
    "registry." + "npmjs",
    "crates" + ".io",
    "proxy." + "golang",
    "repo." + "maven",
    "repo1." + "maven",
    "deb." + "debian",
]


def repository_files() -> list[Path]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file() and not path.is_symlink()]


FILES = repository_files()
MODULES = [
    path
    for path in FILES
    if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in ("api", "graph")
]


def canonical(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def files_that_say(pattern: str) -> list[str]:
    search = re.compile(pattern.encode(), re.IGNORECASE)
    return [name_of(path) for path in FILES if search.search(path.read_bytes())]


def test_no_file_names_the_host_of_a_package_registry() -> None:
    assert files_that_say("|".join(re.escape(host) for host in HOSTS)) == []


def test_only_the_ci_script_knows_the_folder_beside_the_repository() -> None:
    assert files_that_say(re.escape(".." + "/shared")) == [".ci/run"]


def test_no_file_names_a_path_of_the_machine_it_was_written_on() -> None:
    assert files_that_say("/" + "work/|/" + "root/") == []


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_stays_under_300_lines(module: Path) -> None:
    assert len(module.read_text().splitlines()) < 300


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_function_stays_under_40_lines(module: Path) -> None:
    functions = (
        node
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    lengths = {f.name: (f.end_lineno or f.lineno) - f.lineno + 1 for f in functions}
    assert {name: lines for name, lines in lengths.items() if lines >= 40} == {}


def test_every_folder_with_files_to_ship_is_packaged() -> None:
    folders = {path.parent.relative_to(ROOT) for path in FILES}
    to_ship = {folder for folder in folders if folder.parts and folder.parts[0] in SHIPPED}
    names = ["pledgegraph." + ".".join(folder.parts) for folder in to_ship]
    packaging = PROJECT["tool"]["setuptools"]
    assert packaging["packages"] == sorted(names)
    assert packaging["package-dir"] == {f"pledgegraph.{name}": name for name in SHIPPED}


def test_every_file_in_a_packaged_folder_is_shipped() -> None:
    packaging = PROJECT["tool"]["setuptools"]
    for path in FILES:
        folder = path.parent.relative_to(ROOT)
        if folder.parts and folder.parts[0] in SHIPPED and path.suffix != ".py":
            package = "pledgegraph." + ".".join(folder.parts)
            patterns = packaging["package-data"]["*"] + packaging["package-data"].get(package, [])
            assert any(path.match(pattern) for pattern in patterns), name_of(path)


def test_type_checkers_see_the_folders_under_the_importable_name() -> None:
    links = {link.name: link.resolve() for link in (ROOT / ".links" / "pledgegraph").iterdir()}
    assert links == {name: ROOT / name for name in SHIPPED}


def test_every_file_with_tests_is_collected() -> None:
    tests = [path for path in FILES if path.relative_to(ROOT).parts[0] == "tests"]
    with_tests = [
        path
        for path in tests
        if path.suffix == ".py" and re.search(r"^(async )?def test_", path.read_text(), re.M)
    ]
    assert [name_of(path) for path in with_tests if not path.name.startswith("test_")] == []
    assert [name_of(path) for path in with_tests if {"build", "dist"} & set(path.parts)] == []


def test_every_executable_script_is_executable() -> None:
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o100


def test_the_lock_has_a_hash_for_every_package_and_the_bounds_of_the_project() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        pinned = re.split(r"\n(?=\S)", (ROOT / name).read_text().strip())
        assert all("--hash=sha256:" in package for package in pinned), name
        names = {canonical(package.split("==")[0]) for package in pinned}
        wanted = {canonical(re.split("[>=]", d)[0]) for d in PROJECT["project"]["dependencies"]}
        assert wanted <= names


def test_the_lock_of_the_npm_packages_has_a_digest_of_each_and_no_address() -> None:
    lock = json.loads((ROOT / "tests/clients/node/package-lock.json").read_text())
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert len(packages) > 100
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [n for n, p in packages.items() if not p["integrity"].startswith("sha512-")] == []


def test_what_the_code_imports_is_what_the_project_depends_on() -> None:
    imported = set()
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text())):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    of_others = imported - sys.stdlib_module_names - {"pledgegraph"}
    providers = packages_distributions()
    used = {canonical(providers[name][0]) for name in of_others}
    declared = {canonical(re.split("[>=]", d)[0]) for d in PROJECT["project"]["dependencies"]}
    assert used == declared


def test_both_locks_agree() -> None:
    def versions(name: str) -> dict[str, str]:
        return dict(re.findall(r"^(\S+)==(\S+)", (ROOT / name).read_text(), re.M))

    development = versions("requirements-dev.lock")
    for package, version in versions("requirements.lock").items():
        assert development[package] == version
