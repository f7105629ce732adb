"""Where in a data set something stands, and the forms that are made from there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, Union

from pledgegraph.graph.records.problems import Origin

# What a key of a form holds; none, and an empty text or list, is the same as no such key.
Value: TypeAlias = Union[str, Mapping[str, "Value"], Sequence["Value"], None]  # noqa: UP007


@dataclass(frozen=True, order=True, init=False)
class Place(Origin):
    """A record of a file and a field of it: ``legislators-current.yaml M000133 terms[21]``.

    As an origin it stands in messages, with the line where one is known; as ``entry`` it is the
    evidence of what was made from there.
    """

    record: str
    field: str

    def __init__(self, file: str, record: str, field: str = "", line: int = 0) -> None:
        for name, value in (("file", file), ("line", line), ("column", 0)):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "record", record)
        object.__setattr__(self, "field", field)

    @property
    def entry(self) -> str:
        """Return the place as the key ``entry`` takes it."""
        return " ".join(
            part.replace(" ", "%20") for part in (self.file, self.record, self.field)
        ).rstrip()

    def at(self, field: str) -> Place:
        """Return a field of the same record."""
        return Place(self.file, self.record, field, self.line)

    def __str__(self) -> str:
        line = f":{self.line}" if self.line else ""
        return f"{self.file}{line} {self.record} {self.field}".rstrip()


class Counted(dict[str, Value]):
    """A form that stands for a raw record: it is written, or set aside, as a whole.

    ``also`` counts what has no form of its own and shares the fate of this one.
    """

    def __init__(
        self, kind: str, place: Place, form: Mapping[str, Value], also: Mapping[str, int]
    ) -> None:
        super().__init__({"entry": place.entry, **form})
        self.kind, self.place, self.also = kind, place, also
