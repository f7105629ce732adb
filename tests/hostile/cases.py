"""The hostile cases: a file a topic, in it an entry a case. README.md says what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
WAITING = FOLDER / "waiting.yaml"
REQUEST_KEYS = {"method", "target", "headers", "body", "raw", "times"}
ANSWER_KEYS = {"status", "problem", "within", "has", "lacks", "answers", "closes", "form", "place"}
DEFAULT_WITHIN = 10.0


@dataclass(frozen=True)
class Case:
    """One request that means no good, and the answer that it must get."""

    topic: str
    name: str
    method: str
    target: Any
    headers: Mapping[str, Any]
    body: Any
    raw: Any
    times: int
    statuses: tuple[int | str, ...]
    problems: tuple[str, ...]
    within: float
    has: tuple[str, ...]
    lacks: tuple[str, ...]
    answers: int
    closes: bool
    form: str | None
    place: tuple[int, int] | None = field(default=None)

    @property
    def id(self) -> str:
        """The name that a test report and waiting.yaml have for it."""
        return f"{self.topic}/{self.name}"


def read_cases() -> list[Case]:
    """Return every case of every topic."""
    files = sorted(path for path in FOLDER.glob("*.yaml") if path != WAITING)
    return [case for path in files for case in _of_topic(path)]


def waiting() -> dict[str, str]:
    """Return the cases that fail for now, each with what they wait for."""
    return dict(yaml.safe_load(WAITING.read_text("utf-8")) or {})


def _of_topic(path: Path) -> list[Case]:
    topic = yaml.load(path.read_text("utf-8"), Loader=_Unique)  # noqa: S506 - a safe loader
    return [_case(path.stem, name, topic, entry) for name, entry in topic["cases"].items()]


def _case(topic: str, name: str, around: Mapping[str, Any], entry: Mapping[str, Any]) -> Case:
    unknown = entry.keys() - REQUEST_KEYS - ANSWER_KEYS - {"why"}
    if unknown or "status" not in entry:
        raise ValueError(f"{topic}/{name}: unknown {sorted(unknown)}, or no status")
    all_given = {**around.get("usual", {}), **entry}
    headers = {**around.get("usual", {}).get("headers", {}), **entry.get("headers", {})}
    place = all_given.get("place")
    return Case(
        topic=topic,
        name=name,
        method=all_given.get("method", "GET"),
        target=all_given.get("target", "/"),
        headers={key: value for key, value in headers.items() if value is not None},
        body=all_given.get("body"),
        raw=all_given.get("raw"),
        times=all_given.get("times", 1),
        statuses=_several(all_given["status"]),
        problems=_several(all_given.get("problem", ())),
        within=float(all_given.get("within", DEFAULT_WITHIN)),
        has=_several(all_given.get("has", ())),
        lacks=_several(all_given.get("lacks", ())),
        answers=all_given.get("answers", 1),
        closes=all_given.get("closes", False),
        form=all_given.get("form"),
        place=None if place is None else (place[0], place[1]),
    )


def _several(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


class _Unique(yaml.SafeLoader):
    """Refuses a name that is given twice: the first case would be lost."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ValueError(f"given twice: {sorted(twice)}{node.start_mark}")
        return super().construct_mapping(node, deep)
