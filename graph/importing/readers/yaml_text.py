"""Read YAML documents as plain text: ``NO`` is a word and ``000123`` keeps its zeros."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import yaml

MAXIMUM_DEPTH = 30
MAXIMUM_NODES = 2_000_000

# Every scalar is text; one that is written as null, or as nothing, is none.
Plain: TypeAlias = Any

_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_NULLS = ("", "~", "null", "Null", "NULL")


class UnsoundYamlError(ValueError):
    """A document that is no plain YAML; the message names line and column."""


def document(data: bytes) -> Plain:
    """Return a document as dicts, lists and texts.

    Raises ``UnsoundYamlError`` for what is no YAML in UTF-8, and for aliases, tags, a key twice,
    and nesting or size over a bound.
    """
    try:
        text = data.decode("utf-8-sig")
        loader = _LOADER(text)
        try:
            events = iter(loader.get_event, None)
            return _document(events)
        finally:
            loader.dispose()
    except UnicodeDecodeError as error:
        raise UnsoundYamlError(f"is not UTF-8 at byte {error.start}") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise UnsoundYamlError(f"{_at(mark)} {error.problem or error.context}") from error
    except (yaml.YAMLError, ValueError) as error:
        raise UnsoundYamlError(f"is no YAML: {error}") from error


def _document(events: Iterator[yaml.Event]) -> Plain:
    left = [MAXIMUM_NODES]
    found, count = None, 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            count += 1
            if count > 1:
                raise UnsoundYamlError(f"{_at(event.start_mark)} begins a second document")
        elif isinstance(event, yaml.NodeEvent):
            found = _node(event, events, left, 0)
    return found


def _node(event: yaml.Event, events: Iterator[yaml.Event], left: list[int], depth: int) -> Plain:
    left[0] -= 1
    if left[0] < 0 or depth > MAXIMUM_DEPTH:
        what = "nested too deep" if depth > MAXIMUM_DEPTH else "too large"
        raise UnsoundYamlError(f"{_at(event.start_mark)} is {what}")
    if isinstance(event, yaml.AliasEvent):
        raise UnsoundYamlError(f"{_at(event.start_mark)} is an alias")
    if getattr(event, "tag", None) not in (None, "!"):
        raise UnsoundYamlError(f"{_at(event.start_mark)} carries a tag")
    if isinstance(event, yaml.ScalarEvent):
        is_null = event.value in _NULLS and event.style in (None, "")
        return None if is_null else event.value
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(events, left, depth)
    return _mapping(events, left, depth)


def _sequence(events: Iterator[yaml.Event], left: list[int], depth: int) -> list[Plain]:
    found = []
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        found.append(_node(event, events, left, depth + 1))
    return found


def _mapping(events: Iterator[yaml.Event], left: list[int], depth: int) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        if not isinstance(event, yaml.ScalarEvent):
            raise UnsoundYamlError(f"{_at(event.start_mark)} is a key that is no plain word")
        if event.value in found:
            raise UnsoundYamlError(f"{_at(event.start_mark)} has the key '{event.value}' twice")
        found[event.value] = _node(next(events), events, left, depth + 1)
    return found


def _at(mark: Any) -> str:  # noqa: ANN401 - libyaml has marks of a class of its own
    return f"line {mark.line + 1}, column {mark.column + 1}" if mark else "line 1"
