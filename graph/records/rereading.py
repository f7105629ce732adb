"""Compare quotations with the bytes of their sources, which stay outside the repository."""

from __future__ import annotations

from pathlib import Path

from pledgegraph.graph.records.expand import SourceDraft
from pledgegraph.graph.records.load import Records
from pledgegraph.graph.records.spans import find_text, locate, occurrences, read_spans


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
    before = len(records.problems.errors)
    for quotation, origin in draft.quotations:
        places = occurrences(text, quotation)
        if not places:
            message = f"“{quotation}” does not stand in the source: quote it to the letter."
            records.problems.add(origin, "quotation-not-in-source", message)
        elif len(places) > 1:
            message = f"“{quotation}” stands {len(places)} times in the source: quote more of it."
            records.problems.add(origin, "quotation-ambiguous", message)
    spans = locate(text, str(draft.digest), (quotation for quotation, _ in draft.quotations))
    if write and len(records.problems.errors) == before:
        path.parent.mkdir(exist_ok=True)
        path.write_text(spans.to_json(), encoding="utf-8")
    elif not write and read_spans(path, draft.digest) != spans:
        message = f"spans/{path.name} is not up to date: run check with --write-spans."
        records.problems.add(draft.origin, "spans-stale", message)
