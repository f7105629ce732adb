"""Names of legislators: which one is the label, which others there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pledgegraph.graph.importers.congress.raw import Raw, entries, text


@dataclass(frozen=True)
class Names:
    """The label of a person, and the other names in their order."""

    label: str
    others: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Return every name, the label first."""
        return (self.label, *self.others)


@dataclass(frozen=True)
class FormerName:
    """A name that a person went by, until the day after the last one; none where not given."""

    words: str
    last_day: str


def names(raw: Mapping[str, Raw]) -> Names:
    """Return the names: the nickname makes the label, else the official name, else all parts."""
    first, middle, last, suffix, nickname, official = (
        text(raw, key) for key in ("first", "middle", "last", "suffix", "nickname", "official_full")
    )
    whole = " ".join(part for part in (first, middle, last) if part)
    whole = f"{whole}, {suffix}" if suffix else whole
    label = f"{nickname} {last}" if nickname and last else official or whole
    others = dict.fromkeys(name for name in (official, whole) if name and name != label)
    return Names(label, tuple(others))


def former_names(raw: Raw) -> Iterator[FormerName]:
    """Iterate over the other names of a legislator, of which only the parts that differ stand."""
    current = raw.get("name") or {}
    for other in entries(raw, "other_names"):
        parts = (text(other, key) or text(current, key) for key in ("first", "last"))
        yield FormerName(" ".join(parts), text(other, "end"))
