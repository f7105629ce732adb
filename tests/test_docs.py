"""What the documents say is so."""

import hashlib
import os
import re
import secrets
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer
from fastapi import FastAPI

from pledgegraph.api.app import create_app
from pledgegraph.api.cli import app as command_line
from pledgegraph.api.problems import all_kinds
from pledgegraph.api.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted(
    path
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
    if path.name != "CHANGELOG.md"
)
REFERENCE = "\n".join(path.read_text() for path in (ROOT / "docs").rglob("*.md"))
ADDRESS = "http://127.0.0.1:8000"
WRITING = "docs/writing.md"  # its examples build on each other, and change what is served
SECRET = secrets.token_urlsafe(32)
PLEDGEGRAPH = Path(sys.executable).with_name("pledgegraph")


@dataclass(frozen=True)
class Example:
    """A command of a ```console block and what it prints there; `...` stands for anything."""

    document: str
    line: int
    command: str
    output: str

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"


def fenced(document: Path, language: str) -> list[tuple[int, str]]:
    text = document.read_text()
    blocks = re.finditer(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)
    return [(text.count("\n", 0, block.start()) + 2, block[1]) for block in blocks]


def examples() -> list[Example]:
    found = []
    for document in DOCUMENTS:
        name = str(document.relative_to(ROOT))
        for line, block in fenced(document, "console"):
            for part in re.finditer(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", block, re.M):
                place = line + block.count("\n", 0, part.start())
                found.append(Example(name, place, part[1], part[2]))
    return found


EXAMPLES = examples()


def test_there_are_examples_and_each_shows_what_it_prints() -> None:
    assert EXAMPLES
    assert [str(example) for example in EXAMPLES if not example.output.strip()] == []


def pattern(output: str) -> str:
    return r"[\s\S]*?".join(re.escape(piece) for piece in output.strip().split("..."))


def check(example: Example, server: str) -> None:
    if "curl" in example.command and not shutil.which("curl"):
        pytest.skip("install curl")
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", example.command.replace(ADDRESS, server)],
        cwd=ROOT,
        env={**os.environ, "PATH": programs, "TOKEN": SECRET},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    printed = done.stdout.replace(server, ADDRESS).strip()
    assert re.fullmatch(pattern(example.output), printed), f"{example}: {printed}{done.stderr}"


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.document != WRITING], ids=str)
def test_an_example_prints_what_the_document_shows(example: Example, server: str) -> None:
    check(example, server)


def test_the_examples_of_writing_print_what_the_document_shows_one_after_the_other(
    start: Callable[..., None], free_port: Callable[[], int], tmp_path: Path
) -> None:
    server = f"http://127.0.0.1:{(port := free_port())}"
    command = [PLEDGEGRAPH, "serve", "--port", str(port), "--home", tmp_path]
    env = {**os.environ, "PLEDGEGRAPH_WRITE_TOKEN": SECRET}
    start(command, f"{server}/readyz", env=env)
    for example in EXAMPLES:
        if example.document == WRITING:
            check(example, server)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_set_up_commands_are_those_of_the_makefile(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    for _, block in fenced(document, "sh"):
        for line in block.splitlines():
            program, *rest = line.split("#")[0].split()
            assert program in ("make", "python3", "git", "cd", "export", "apt-get"), line
            if program == "make":
                assert rest[0] in targets, line
            if program == "python3":
                assert rest[0] == "bootstrap.py", line


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_link_to_a_file_leads_to_one(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text())
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_the_readme_shows_how_to_start_within_its_first_screen() -> None:
    first_screen = (ROOT / "README.md").read_text().splitlines()[:40]
    assert "make run" in first_screen
    assert any(line.startswith("$ curl") for line in first_screen)


def test_the_changelog_and_the_citation_have_the_version_of_the_project() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    changelog = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.M)
    citation = re.search(r"^version: (\S+)", (ROOT / "CITATION.cff").read_text(), re.M)
    assert changelog
    assert changelog[1] == version
    assert citation
    assert citation[1] == version


def commands_of(group: object, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every command by its full name, those of groups with the name of the group before them."""
    for name, command in getattr(group, "commands").items():  # noqa: B009 - typer's own kind
        if hasattr(command, "commands"):
            yield from commands_of(command, f"{name} ")
        else:
            yield prefix + name, command


def test_every_command_and_option_is_documented() -> None:
    for name, command in commands_of(typer.main.get_command(command_line)):
        assert f"pledgegraph {name}" in REFERENCE
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--") and option != "--help":
                    assert option in REFERENCE, f"{name} {option}"


def test_every_command_that_the_documents_name_exists() -> None:
    every = commands_of(typer.main.get_command(command_line))
    commands = {name.split()[0] for name, _ in every}
    for document in DOCUMENTS:
        named = set(re.findall(r"bin/pledgegraph ([a-z]+)", document.read_text()))
        assert named <= commands, document.name


@pytest.mark.parametrize("field", Settings.model_fields)
def test_every_setting_is_documented(field: str) -> None:
    assert f"`PLEDGEGRAPH_{field.upper()}`" in REFERENCE


def test_every_variable_that_the_documents_name_is_a_setting_or_for_tests() -> None:
    named = set(re.findall(r"PLEDGEGRAPH_[A-Z_]*[A-Z]", REFERENCE))
    settings = {f"PLEDGEGRAPH_{field.upper()}" for field in Settings.model_fields}
    of_tests = {f"PLEDGEGRAPH_{name}" for name in ("MATERIAL", "NO_SKIPS", "KILLS", "PACK")}
    assert named - settings <= of_tests


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    class NoEngine:
        def release(self) -> int:
            return 0

    return create_app(Settings(home=tmp_path_factory.mktemp("home")), NoEngine())


def test_every_route_is_documented(application: FastAPI) -> None:
    routes = {getattr(route, "path", "/") for route in application.routes}
    described = {*routes, *application.openapi()["paths"]}
    paths = {path.replace(":path}", "}") for path in described}
    assert sorted(path for path in paths if f"`{path}`" not in REFERENCE) == []


@pytest.mark.parametrize("slug", all_kinds())
def test_every_type_of_problem_is_documented(slug: str) -> None:
    assert f"`{slug}`" in REFERENCE


def test_the_founding_article_has_the_digest_that_the_documents_name(article: Path) -> None:
    digest = hashlib.sha256(article.read_bytes()).hexdigest()
    assert digest in (ROOT / "docs" / "material.md").read_text()
    (record,) = (ROOT / "data").glob("exportcompliancedaily-2020-06-12-*.yaml")
    assert digest in record.read_text()
