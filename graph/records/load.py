"""Load record files: text in, one canonical graph for each source out, and every problem named."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from pledgegraph.graph.ontology import context
from pledgegraph.graph.records.expand import Expander, SourceDraft
from pledgegraph.graph.records.nodes import NodeDraft
from pledgegraph.graph.records.problems import Origin, Problems
from pledgegraph.graph.records.reader import read
from pledgegraph.graph.records.references import Register, to_json
from pledgegraph.graph.records.spans import Spans, find_text, locate, occurrences, read_spans


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


def load(paths: Iterable[Path]) -> Records:
    """Read and expand record files that may refer to each other.

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
    register = Register((n for draft in records.sources for n in draft.nodes), records.problems)
    for draft in records.sources:
        _resolve(draft, register, records)
    return records


def _expand(path: Path, problems: Problems) -> SourceDraft | None:
    root = read(path, problems)
    if root is None:
        return None
    folder = path.parent / "spans"

    def spans(slug: str, digest: str | None) -> Spans:
        return read_spans(folder / f"{slug}.json", digest)

    return Expander(root, problems, spans).expand()


def _resolve(draft: SourceDraft, register: Register, records: Records) -> None:
    content = [to_json(node, register) for node in draft.nodes]
    for node in draft.nodes:
        known = records.origins.setdefault(node.iri, node)
        for key, origin in node.origins.items():
            known.origins.setdefault(key, origin)
    document = json.dumps({"@context": context(), "@graph": content})
    quads = ox.parse(document.encode(), format=ox.RdfFormat.JSON_LD)
    records.graphs[draft.graph] = [quad.triple for quad in quads]


def reread(records: Records, directory: Path, *, write: bool) -> dict[str, bool]:
    """Compare every quotation with the text of its source, found by digest below a directory.

    Returns for each source with a digest whether its text was there. Quotations that do not
    stand in it, and kept offsets that differ from it, become problems; with ``write`` the
    offsets are kept anew instead.
    """
    found: dict[str, bool] = {}
    for draft in records.sources:
        if not draft.digest or not draft.quotations:
            continue
        text = find_text(directory, draft.digest)
        found[draft.slug] = text is not None
        if text is not None:
            _compare(draft, text, records, write=write)
    return found


def _compare(draft: SourceDraft, text: str, records: Records, *, write: bool) -> None:
    path = records.paths[draft.slug].parent / "spans" / f"{draft.slug}.json"
    for quotation, origin in draft.quotations:
        places = occurrences(text, quotation)
        if not places:
            message = f"“{quotation}” does not stand in the source: quote it to the letter."
            records.problems.add(origin, "quotation-not-in-source", message)
        elif len(places) > 1:
            message = f"“{quotation}” stands {len(places)} times in the source: quote more of it."
            records.problems.add(origin, "quotation-ambiguous", message)
    spans = locate(text, str(draft.digest), (quotation for quotation, _ in draft.quotations))
    if write:
        path.parent.mkdir(exist_ok=True)
        path.write_text(spans.to_json(), encoding="utf-8")
    elif read_spans(path, draft.digest) != spans:
        message = f"spans/{path.name} is not up to date: run check with --write-spans."
        records.problems.add(draft.origin, "spans-stale", message)
