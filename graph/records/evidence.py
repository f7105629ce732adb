"""Evidence of both kinds: the words of a document, or a place in a data set.

A quotation is one contiguous span of its source. Where the source interrupts it, the author
writes `` […] `` and each span becomes a node that continues the one before it.
"""

from __future__ import annotations

import re

from pledgegraph.graph.namespaces import concept
from pledgegraph.graph.records.nodes import NodeDraft, digest, node
from pledgegraph.graph.records.problems import Origin, Problems
from pledgegraph.graph.records.spans import Spans

INTERRUPTION = " […] "
MAXIMUM_WORDS = 25
_SLUG = re.compile(r"[a-z0-9A-Z]([a-zA-Z0-9.-]{0,178}[a-zA-Z0-9])?")


class EvidenceMaker:
    """Make evidence nodes for one source; the same words in the same voice are one node."""

    def __init__(self, source: str, source_iri: str, spans: Spans, problems: Problems) -> None:
        self.source, self.source_iri, self.spans = source, source_iri, spans
        self.problems = problems
        self.nodes: dict[str, NodeDraft] = {}
        self._texts: dict[str, str] = {}

    def quotation(self, text: str, voice: str, origin: Origin) -> list[NodeDraft]:
        """Return the nodes of a quotation, in order of its spans."""
        if len(text.split()) > MAXIMUM_WORDS + text.count(INTERRUPTION):
            message = f"quotes {len(text.split())} words: keep the {MAXIMUM_WORDS} it rests on."
            self.problems.add(origin, "quotation-too-long", message)
        made: list[NodeDraft] = []
        trail = voice
        for part in text.split(INTERRUPTION):
            trail = digest(trail, part, length=12)
            made.append(self._span(part, voice, trail, made[-1] if made else None, origin))
        for span in made:
            self._texts[span.iri] = text
        return made

    def in_voice(self, iri: str, voice: str) -> list[NodeDraft]:
        """Return the same evidence as told in a voice: all spans of a quotation, or the entry."""
        node = self.nodes[iri]
        if iri in self._texts:
            return self.quotation(self._texts[iri], voice, node.origin)
        parts = [node.first(key) for key in ("filePath", "recordIdentifier", "fieldName")]
        entry = self.entry(" ".join(str(part) for part in parts if part), voice, node.origin)
        return [entry] if entry else []

    def _span(
        self, text: str, voice: str, name: str, before: NodeDraft | None, origin: Origin
    ) -> NodeDraft:
        if not text.strip():
            self.problems.add(origin, "quotation-empty", "quotes nothing: give the words.")
        span = node("evidence", f"{self.source}-{name}", ("Quotation",), origin)
        if span.iri in self.nodes:
            return self.nodes[span.iri]
        self.nodes[span.iri] = span
        span.add("inSource", {"id": self.source_iri})
        span.add("exactText", text)
        span.add("voice", {"id": concept("voice", voice)})
        if before:
            span.add("continues", {"id": before.iri})
        self._locate(span, text)
        return span

    def _locate(self, span: NodeDraft, text: str) -> None:
        place = self.spans.quotations.get(text)
        status = "re-read" if place else "not-re-read"
        span.add("verification", {"id": concept("verification", status)})
        if place:
            span.add("startOffset", str(place[0]))
            span.add("endOffset", str(place[1]))
            span.add("sentenceNumber", str(self.spans.sentence_at(place[0])))

    def entry(self, text: str, voice: str, origin: Origin) -> NodeDraft | None:
        """Return the node of a place in a data set: ``FILE RECORD FIELD`` (field optional)."""
        parts = text.split(maxsplit=2)
        if len(parts) < 2:
            message = f"'{text}' names no record: write FILE RECORD FIELD, with spaces between."
            self.problems.add(origin, "entry-form", message)
            return None
        name = digest(voice, *parts, length=12)
        entry = node("evidence", f"{self.source}-{name}", ("DataSetEntry",), origin)
        if entry.iri not in self.nodes:
            self.nodes[entry.iri] = entry
            entry.add("inSource", {"id": self.source_iri})
            entry.add("voice", {"id": concept("voice", voice)})
            for key, part in zip(
                ("filePath", "recordIdentifier", "fieldName"), parts, strict=False
            ):
                entry.add(key, part)
        return self.nodes[entry.iri]


def joined(text: str) -> str:
    """Return a quotation as it reads without its interruptions."""
    return text.replace(INTERRUPTION, " ")


def is_slug(text: str) -> bool:
    """Tell whether a text can be one segment of an IRI."""
    return bool(_SLUG.fullmatch(text))
