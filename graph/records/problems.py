"""What is wrong with a record file: where, by which rule, and what to do about it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Origin:
    """The place in a file from which something came (line and column count from 1)."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """One finding: an error keeps the record from being published, a warning does not."""

    origin: Origin
    rule: str
    message: str
    severity: Severity = field(default="error", compare=False)

    def __str__(self) -> str:
        mark = "" if self.severity == "error" else "warning: "
        return f"{self.origin}: {self.rule} {mark}{self.message}"


class Problems:
    """Collect problems, so that one run names all that is wrong."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, origin: Origin, rule: str, message: str, severity: Severity = "error") -> None:
        """Note one problem."""
        self._found.append(Problem(origin, rule, message, severity))

    @property
    def errors(self) -> list[Problem]:
        """Problems that keep the data from being published, in order of place."""
        return [problem for problem in self.all if problem.severity == "error"]

    @property
    def all(self) -> list[Problem]:
        """Every problem once, in order of place."""
        return sorted(set(self._found))


def nearest(word: str, known: Iterable[str]) -> str:
    """Say which known word is meant: `` (did you mean 'pledgor'?)``, or nothing."""
    match = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" (did you mean '{match[0]}'?)" if match else ""
