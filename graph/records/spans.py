"""Where the words of a source stand: computed from its text once, kept without the text.

The text of a source stays outside the repository. ``pledgegraph check --sources DIR`` finds the
file by its SHA-256, compares every quotation with it, and with ``--write-spans`` keeps the
offsets of sentences and quotations in ``spans/{source}.json`` beside the record file. Offsets
count Unicode code points of the decoded text and are half-open.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

_MAXIMUM_SOURCE_BYTES = 50_000_000
_ABBREVIATIONS = ("Sen", "Rep", "Gov", "Mr", "Mrs", "Ms", "Dr", "St", "Inc", "Corp", "No", "v")
_END = re.compile(r"[.!?…]+[”\"’')\]]*(?=\s+[“\"‘'(\[]?[A-Z0-9])")


@dataclass(frozen=True)
class Spans:
    """Offsets of one source's sentences and of the quotations taken from it."""

    digest: str | None = None
    sentences: tuple[tuple[int, int], ...] = ()
    quotations: dict[str, tuple[int, int]] = field(default_factory=dict)

    def sentence_at(self, offset: int) -> int:
        """Return the number (from 1) of the sentence that holds an offset, 0 if none does."""
        for number, (start, end) in enumerate(self.sentences, 1):
            if start <= offset < end:
                return number
        return 0

    def to_json(self) -> str:
        """Write the offsets in a stable order."""
        content = {
            "digest": self.digest,
            "sentences": self.sentences,
            "quotations": dict(sorted(self.quotations.items(), key=lambda item: item[1])),
        }
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def read_spans(path: Path, digest: str | None) -> Spans:
    """Read kept offsets; they count only for the very text (by digest) they were taken from.

    Raises ``ValueError`` when the file is not what ``--write-spans`` writes.
    """
    if not digest or not path.is_file():
        return Spans(digest)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["digest"] != digest:
            return Spans(digest)
        return Spans(
            digest,
            tuple((int(start), int(end)) for start, end in content["sentences"]),
            {text: (int(start), int(end)) for text, (start, end) in content["quotations"].items()},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"lacks {error}") from error


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Split a text into sentences; a line break always ends one."""
    found: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for end in _END.finditer(text, line.start(), line.end()):
            if _is_abbreviation(text[start : end.start()], text[end.start()]):
                continue
            found.append((start, end.end()))
            start = (
                end.end()
                + len(text[end.end() : line.end()])
                - len(text[end.end() : line.end()].lstrip())
            )
        if text[start : line.end()].strip():
            found.append((start, line.end()))
    return tuple(found)


def _is_abbreviation(before: str, mark: str) -> bool:
    words = before.split()
    if mark != "." or not words:
        return False
    last = words[-1].lstrip("“\"'(‘")
    return last in _ABBREVIATIONS or bool(re.fullmatch(r"[A-Z]([.-][A-Za-z]+)*", last))


def find_text(directory: Path, digest: str) -> str | None:
    """Find the file below a directory that has this SHA-256, and return its text."""
    for path in sorted(directory.rglob("*")):
        if not path.is_file() or path.stat().st_size > _MAXIMUM_SOURCE_BYTES:
            continue
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() == digest:
            return data.decode("utf-8", errors="replace")
    return None


def occurrences(text: str, quotation: str) -> list[int]:
    """Return every offset at which a quotation stands in a text, to the letter."""
    return [match.start() for match in re.finditer(f"(?={re.escape(quotation)})", text)]


def locate(text: str, digest: str, quotations: Iterable[str]) -> Spans:
    """Find the sentences of a text and the quotations in it; those not in it are left out.

    A quotation that stands more than once is taken at its first place.
    """
    places: dict[str, tuple[int, int]] = {}
    for quotation in quotations:
        found = occurrences(text, quotation)
        if found:
            places[quotation] = (found[0], found[0] + len(quotation))
    return Spans(digest, split_sentences(text), places)
