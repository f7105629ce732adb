"""The competency questions: query files that describe themselves and take parameters.

A file's header names it (``# title:``), says what it is about (``# about:``), what to know of its
rows (``# note:``) and its parameters (``# parameter: ?name meaning``). Parameters are one
``VALUES`` line with defaults, so that the text runs as it stands in any store.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from pledgegraph.graph.records.dates import parse_day

_VALUES = re.compile(r"^(\s*)VALUES \(?([^){]*)\)? \{ (.*) \}$", re.MULTILINE)
_TERM = re.compile(r'"[^"]*"\^\^\S+?(?=[\s)]|$)|<[^>]*>|[\w-]+:[\w.-]+')
_SLUG = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


class ParameterError(ValueError):
    """A parameter of a question has a value that it can't have."""

    def __init__(self, name: str, wanted: str) -> None:
        super().__init__(f"write {wanted}")
        self.name = name


@dataclass(frozen=True)
class Parameter:
    """One parameter of a question: its name, meaning, and the term it has by default."""

    name: str
    meaning: str
    default: str

    @property
    def is_day(self) -> bool:
        """Tell whether values are calendar days; others are things, by IRI or slug."""
        return self.default.endswith("xsd:date")

    def term(self, value: str, text: str) -> str:
        """Write a value as a SPARQL term; raises ``ParameterError`` when it can not be one."""
        if self.is_day:
            try:
                return f'"{parse_day(value).isoformat()}"^^xsd:date'
            except ValueError:
                raise ParameterError(self.name, "a day such as 2020-06-11") from None
        namespace = self._namespace(text)
        slug = value.removeprefix(namespace)
        if not _SLUG.fullmatch(slug):
            raise ParameterError(self.name, f"a slug, or an IRI that begins with {namespace}")
        return f"<{namespace}{slug}>"

    def _namespace(self, text: str) -> str:
        prefix = self.default.partition(":")[0]
        found = re.search(rf"^PREFIX {re.escape(prefix)}: <([^>]*)>", text, re.MULTILINE)
        return found[1] if found else self.default.strip("<>").rpartition("/")[0] + "/"


@dataclass(frozen=True)
class Question:
    """A competency question and the query that answers it."""

    id: str
    title: str
    about: tuple[str, ...]
    notes: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str

    def query(self, values: Mapping[str, str]) -> str:
        """Return the query for some parameter values; those not given keep their first default."""
        if not values:
            return self.text
        terms = " ".join(
            parameter.term(values[parameter.name], self.text)
            if parameter.name in values
            else parameter.default
            for parameter in self.parameters
        )
        names = " ".join(f"?{parameter.name}" for parameter in self.parameters)
        return _VALUES.sub(lambda match: f"{match[1]}VALUES ({names}) {{ ({terms}) }}", self.text)


@functools.cache
def questions() -> dict[str, Question]:
    """Return every question by its id (``04-in-force``), in order of number."""
    folder = files("pledgegraph.graph.questions")
    paths = sorted((p for p in folder.iterdir() if p.name.endswith(".rq")), key=lambda p: p.name)
    return {
        (name := path.name.removesuffix(".rq")): _read(name, path.read_text("utf-8"))
        for path in paths
    }


def _read(name: str, text: str) -> Question:
    meanings = dict(re.findall(r"^# parameter: \?(\w+) (.+)$", text, re.MULTILINE))
    return Question(
        name,
        _header(text, "title")[0],
        tuple(", ".join(_header(text, "about")).split(", ")),
        tuple(_header(text, "note")),
        tuple(
            Parameter(key, meanings[key], default)
            for key, default in _defaults(text)
            if key in meanings
        ),
        text,
    )


def _header(text: str, key: str) -> list[str]:
    return re.findall(rf"^# {key}: (.+)$", text, re.MULTILINE)


def _defaults(text: str) -> list[tuple[str, str]]:
    """Return each variable of the VALUES line with its term in the first row."""
    match = _VALUES.search(text)
    if not match:
        return []
    names = re.findall(r"\?(\w+)", match[2])
    return list(zip(names, _TERM.findall(match[3]), strict=False))
