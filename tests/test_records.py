"""Every mistake in a record file gets its place, its rule and a remedy."""

import re
from pathlib import Path

import pytest

from pledgegraph.graph.build import check
from pledgegraph.graph.records.problems import Problem

# A sentence, and behind a shape's sentence the value that it found, if any.
SENTENCE_WITH_VALUE = re.compile(r"\.( \[[^\]]+\])?$")
FOLDER = Path(__file__).parent / "records"
BASE = FOLDER / "base.yaml"
MISTAKES = sorted(FOLDER.glob("fail-*.yaml"))
SOUND = sorted(FOLDER.glob("pass-*.yaml"))


def problems_of(path: Path, tmp_path: Path) -> list[Problem]:
    around = tmp_path / "around"
    around.mkdir()
    (around / "base.yaml").write_bytes(BASE.read_bytes())
    return check([path], around=around).errors


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_a_sound_record_file_has_no_errors(path: Path, tmp_path: Path) -> None:
    assert problems_of(path, tmp_path) == []


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_a_mistake_is_named_by_place_and_rule(path: Path, tmp_path: Path) -> None:
    expected = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# expect: ")
    found = [
        f"{problem.origin.line}:{problem.origin.column} {problem.rule}"
        for problem in problems_of(path, tmp_path)
    ]
    assert expected in found


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_a_message_says_what_to_do(path: Path, tmp_path: Path) -> None:
    for problem in problems_of(path, tmp_path):
        assert str(problem).startswith((f"{path}:", str(tmp_path)))
        assert SENTENCE_WITH_VALUE.search(problem.message), problem.message


def test_an_unknown_key_names_the_nearest_one(tmp_path: Path) -> None:
    (problem, *_) = [
        problem
        for problem in problems_of(FOLDER / "fail-unknown-key.yaml", tmp_path)
        if problem.rule == "unknown-key"
    ]
    assert "did you mean 'pledgor'?" in problem.message


def test_a_file_that_is_not_utf8_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes(b"source:\n  title: caf\xe9\n")
    (problem,) = check([path]).errors
    assert (problem.origin.line, problem.rule) == (2, "yaml-encoding")


def test_a_missing_file_is_refused_in_words(tmp_path: Path) -> None:
    (problem,) = check([tmp_path / "none.yaml"]).errors
    assert problem.rule == "file-unreadable"


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep.yaml"
    path.write_text("source: " + "[" * 5000, encoding="utf-8")
    (problem,) = check([path]).errors
    assert problem.rule in ("yaml-depth", "yaml-syntax")
