"""Read YAML into nodes that know their line and column, and nothing but text.

Every scalar stays the text that the author typed: YAML 1.1 would make ``NO`` false and
``000123`` the number 83, and a date a Python object. Aliases, tags and several documents in
one file are refused: a record file is plain.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

from pledgegraph.graph.records.problems import Origin, Problems

MAXIMUM_BYTES = 2_000_000
MAXIMUM_DEPTH = 20
MAXIMUM_EVENTS = 100_000  # a value is one, a list two; the parser takes a second for so many

# The parser in C takes a tenth of the time; PyYAML can be without it.
_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


@dataclass(frozen=True)
class Scalar:
    """A piece of text."""

    text: str
    origin: Origin


@dataclass(frozen=True)
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    origin: Origin


@dataclass(frozen=True)
class Mapping:
    """Keys with their nodes; each key occurs once."""

    entries: dict[str, Node]
    key_origins: dict[str, Origin]
    origin: Origin

    def get(self, key: str) -> Node | None:
        """Return the node under a key, or none."""
        return self.entries.get(key)


Node: TypeAlias = Scalar | Sequence | Mapping


class _RefusalError(Exception):
    """The file cannot be read as plain YAML."""

    def __init__(self, origin: Origin, rule: str, message: str) -> None:
        super().__init__(message)
        self.origin, self.rule, self.message = origin, rule, message


def read(path: Path, problems: Problems) -> Mapping | None:
    """Read one record file; on failure note the problem and return none."""
    label = str(path)
    start = Origin(label, 1, 1)
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.add(start, "file-unreadable", f"cannot be read: {error.strerror}. Check the path.")
        return None
    return parse(data, label, problems)


def parse(data: bytes, label: str, problems: Problems) -> Mapping | None:
    """Parse the bytes of a record file; ``label`` names it in messages."""
    if len(data) > MAXIMUM_BYTES:
        start = Origin(label, 1, 1)
        problems.add(start, "file-too-large", f"is over {MAXIMUM_BYTES} bytes: split it by source.")
        return None
    try:
        text = data.decode("utf-8")
        root = _compose(text, label)
        node = _convert(root, label) if root else None
        if not isinstance(node, Mapping):
            message = "is not a mapping: begin with 'source:' and the keys that describe it."
            raise _RefusalError(Origin(label, 1, 1), "yaml-syntax", message)
        return node
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problems.add(Origin(label, line, 1), "yaml-encoding", "is not UTF-8: save it as UTF-8.")
    except yaml.MarkedYAMLError as error:
        problems.add(_syntax_origin(error, label), "yaml-syntax", _syntax_message(error))
    except yaml.YAMLError as error:
        problems.add(Origin(label, 1, 1), "yaml-syntax", f"is not YAML: {error}")
    except ValueError:
        message = "holds an escape that is no character: write the character itself."
        problems.add(Origin(label, 1, 1), "yaml-syntax", message)
    except _RefusalError as error:
        problems.add(error.origin, error.rule, error.message)
    return None


def _compose(text: str, label: str) -> yaml.Node | None:
    """Compose one document, refusing aliases and too deep nesting from the event stream."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_LOADER)):
        if isinstance(event, yaml.NodeEvent) and getattr(event, "tag", None):
            _refuse_tag(event, label)
        mark = event.start_mark
        origin = Origin(label, mark.line + 1, mark.column + 1) if mark else Origin(label, 1, 1)
        if count > MAXIMUM_EVENTS:
            message = "holds more values than are read: split it by source."
            raise _RefusalError(origin, "file-too-large", message)
        if isinstance(event, yaml.AliasEvent):
            raise _RefusalError(origin, "yaml-alias", "is an alias: write the value out again.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAXIMUM_DEPTH:
                raise _RefusalError(origin, "yaml-depth", f"is nested over {MAXIMUM_DEPTH} deep.")
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return yaml.compose(text, Loader=_LOADER)


def _refuse_tag(event: yaml.NodeEvent, label: str) -> None:
    mark = event.start_mark
    origin = Origin(label, mark.line + 1, mark.column + 1) if mark else Origin(label, 1, 1)
    raise _RefusalError(origin, "yaml-tag", "carries a tag: remove it, every value is text.")


def _plain(text: str, origin: Origin) -> str:
    """Refuse what is no text: control characters and halves of characters."""
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t":
            message = f"holds the character U+{ord(character):04X}: take it out."
            raise _RefusalError(origin, "control-character", message)
    return text


def _convert(node: yaml.Node, label: str) -> Node:
    """Turn a composed node into ours."""
    origin = Origin(label, node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.ScalarNode):
        return Scalar(_plain(str(node.value), origin), origin)
    if isinstance(node, yaml.SequenceNode):
        return Sequence(tuple(_convert(item, label) for item in node.value), origin)
    entries: dict[str, Node] = {}
    key_origins: dict[str, Origin] = {}
    for key, value in node.value:
        place = Origin(label, key.start_mark.line + 1, key.start_mark.column + 1)
        if not isinstance(key, yaml.ScalarNode):
            raise _RefusalError(place, "yaml-syntax", "has a key that is not a plain word.")
        if key.value in entries:
            first = key_origins[key.value].line
            message = f"repeats the key '{key.value}' of line {first}: keep one of the two."
            raise _RefusalError(place, "duplicate-key", message)
        entries[key.value] = _convert(value, label)
        key_origins[key.value] = place
    return Mapping(entries, key_origins, origin)


def items(node: Node | None) -> Iterator[Node]:
    """Iterate over a list, or over the one value that stands in its place."""
    if isinstance(node, Sequence):
        yield from node.items
    elif node is not None:
        yield node


def _syntax_origin(error: yaml.MarkedYAMLError, label: str) -> Origin:
    mark = error.problem_mark or error.context_mark
    return Origin(label, mark.line + 1, mark.column + 1) if mark else Origin(label, 1, 1)


def _syntax_message(error: yaml.MarkedYAMLError) -> str:
    reason = " ".join(part for part in (error.context, error.problem) if part)
    return f"is not YAML: {reason}. Check indentation, and quote text that holds ': ' or ' #'."
