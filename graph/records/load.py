"""Load record files: text in, one canonical graph for each source out, and every problem named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from pledgegraph.graph.records.expand import Expander, SourceDraft
from pledgegraph.graph.records.known import KnownBeside, nothing_beside
from pledgegraph.graph.records.nodes import NodeDraft
from pledgegraph.graph.records.problems import Origin, Problems
from pledgegraph.graph.records.reader import Mapping, parse, read
from pledgegraph.graph.records.references import Register
from pledgegraph.graph.records.spans import Spans, read_spans
from pledgegraph.graph.records.triples import triples_of


@dataclass
class Records:
    """What a set of record files says, by source, with the origin of every node."""

    sources: list[SourceDraft] = field(default_factory=list)
    graphs: dict[str, list[ox.Triple]] = field(default_factory=dict)
    origins: dict[str, NodeDraft] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)

    def origin(self, iri: str, key: str | None = None) -> Origin | None:
        """Return the place where a node, or one of its properties, was written."""
        node = self.origins.get(iri)
        if node is None:
            return None
        return node.origins.get(key, node.origin) if key else node.origin


def record_files(folder: Path) -> list[Path]:
    """Return the record files of a folder, in order of name."""
    return sorted(path for path in folder.glob("*.yaml") if path.is_file())


def load(paths: Iterable[Path], beside: KnownBeside = nothing_beside) -> Records:
    """Read and expand record files that may refer to each other, and to what is known beside.

    Nothing is raised for an author's mistake: see ``problems``.
    """
    records = Records()
    for path in paths:
        draft = _expand(path, records.problems)
        if draft is None:
            continue
        if draft.slug in records.paths:
            message = f"has the source id '{draft.slug}' of {records.paths[draft.slug].name}."
            records.problems.add(draft.origin, "source-twice", message)
            continue
        records.paths[draft.slug] = path
        records.sources.append(draft)
    return _resolved(records, beside)


def load_text(data: bytes, beside: KnownBeside) -> Records:
    """Read and expand one record that was sent.

    Nothing is raised for an author's mistake: see ``problems``.
    """
    records = Records()
    root = parse(data, "record", records.problems)
    draft = None if root is None else _expand_sent(root, records.problems)
    if draft is None:
        return records
    records.sources.append(draft)
    return _resolved(records, beside)


def _expand_sent(root: Mapping, problems: Problems) -> SourceDraft | None:
    return Expander(root, problems, lambda _slug, digest: Spans(digest)).expand()


def _resolved(records: Records, beside: KnownBeside) -> Records:
    known = beside([draft.slug for draft in records.sources])
    nodes = (node for draft in records.sources for node in draft.nodes)
    register = Register(nodes, records.problems, known)
    for draft in records.sources:
        _resolve(draft, register, records)
    return records


def _expand(path: Path, problems: Problems) -> SourceDraft | None:
    root = read(path, problems)
    if root is None:
        return None
    folder = path.parent / "spans"

    def spans(slug: str, digest: str | None) -> Spans:
        try:
            return read_spans(folder / f"{slug}.json", digest)
        except ValueError as error:
            message = f"spans/{slug}.json is damaged ({error}): write it anew by --write-spans."
            problems.add(root.origin, "spans-damaged", message)
            return Spans(digest)

    return Expander(root, problems, spans).expand()


def _resolve(draft: SourceDraft, register: Register, records: Records) -> None:
    found = (triple for node in draft.nodes for triple in triples_of(node, register))
    records.graphs[draft.graph] = list(dict.fromkeys(found))
    for node in draft.nodes:
        known = records.origins.setdefault(node.iri, node)
        for key, origin in node.origins.items():
            known.origins.setdefault(key, origin)
