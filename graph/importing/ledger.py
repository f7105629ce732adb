"""The account of an import: each raw record that is read ends in one of three ways."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from pledgegraph.graph import errors
from pledgegraph.graph.importing.place import Counted, Place, Value

MAXIMUM_DETAIL = 300  # characters of a value that is shown to a person


class Ledger:
    """Counts by kind of raw record; what is set aside is listed, one JSON object a line."""

    def __init__(self, listing: TextIO) -> None:
        self._listing = listing
        self._seen: set[str] = set()
        self.done = 0.0  # how much of the file is read, from 0 to 1
        self.reads: Counter[str] = Counter()
        self.written: Counter[str] = Counter()
        self.quarantined: Counter[tuple[str, str]] = Counter()
        self.skipped: Counter[tuple[str, str]] = Counter()

    def read(self, kind: str, count: int = 1) -> None:
        """Count raw records as they are read."""
        self.reads[kind] += count

    def record(
        self,
        kind: str,
        place: Place,
        form: Mapping[str, Value],
        also: Mapping[str, int] | None = None,
    ) -> Counted:
        """Return the form that a raw record becomes; it counts as written when it has expanded."""
        return Counted(kind, place, form, also or {})

    def skip(self, kind: str, place: Place, rule: str, detail: str = "", count: int = 1) -> None:
        """Leave out what is not for us, by a rule."""
        self.skipped[kind, rule] += count
        self._list("skipped", kind, place, rule, detail, count)

    def quarantine(self, kind: str, place: Place, rule: str, detail: str, count: int = 1) -> None:
        """Set aside what contradicts itself or is broken."""
        self.quarantined[kind, rule] += count
        self._list("quarantined", kind, place, rule, detail, count)

    def first(self, key: str) -> bool:
        """Tell whether a key is asked for the first time in this data set."""
        if key in self._seen:
            return False
        self._seen.add(key)
        return True

    def wrote(self, form: Counted) -> None:
        """Count a form that has expanded."""
        for kind, count in _counts(form):
            self.written[kind] += count

    def refuse(self, form: Counted, rule: str, detail: str) -> None:
        """Set aside a form that was refused."""
        for kind, count in _counts(form):
            self.quarantine(kind, form.place, rule, detail, count)

    def check(self) -> None:
        """Raise ``ImportImbalanceError`` where a raw record ended in no way, or in two."""
        for kind in sorted({*self.reads, *self.written, *(k for k, _ in self._aside())}):
            aside = sum(count for (other, _), count in self._aside().items() if other == kind)
            if self.reads[kind] != self.written[kind] + aside:
                raise errors.ImportImbalanceError(
                    f"of {self.reads[kind]} {kind} records read {self.written[kind]} were written "
                    f"and {aside} set aside: this is an error of the importer; nothing is published"
                )

    def summary(self) -> dict[str, Any]:
        """Return the counts by kind, those set aside by rule."""
        return {
            kind: {
                "read": self.reads[kind],
                "written": self.written[kind],
                "quarantined": _by_rule(self.quarantined, kind),
                "skipped": _by_rule(self.skipped, kind),
            }
            for kind in sorted(self.reads)
        }

    def _aside(self) -> Counter[tuple[str, str]]:
        return self.quarantined + self.skipped

    def _list(self, end: str, kind: str, place: Place, rule: str, detail: str, count: int) -> None:
        line: dict[str, Any] = {"end": end, "kind": kind, "rule": rule, "file": place.file}
        line |= {"record": place.record, "field": place.field, "line": place.line}
        line |= {"detail": detail[:MAXIMUM_DETAIL], "count": count}
        self._listing.write(json.dumps(line) + "\n")


def _counts(form: Counted) -> Iterator[tuple[str, int]]:
    yield form.kind, 1
    yield from form.also.items()


def _by_rule(counts: Counter[tuple[str, str]], kind: str) -> dict[str, int]:
    return {rule: count for (other, rule), count in sorted(counts.items()) if other == kind}
