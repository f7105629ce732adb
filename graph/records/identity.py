"""Names of parts that authors do not name: derived from the source and the content.

Loading twice changes nothing, and a part keeps its name as long as what it says stays the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pledgegraph.graph.records import dates
from pledgegraph.graph.records.nodes import NodeDraft, digest, scalars, text_of
from pledgegraph.graph.records.reader import Mapping, items

if TYPE_CHECKING:
    from pledgegraph.graph.records.expand import Expander


RESERVED = ("derived", "asserted", "default", "ontology")  # graphs and files of a release
_NAMED_BY_CONTENT = (
    *("exemption", "statement", "position", "demand", "claim", "assertion", "retraction"),
    *("finding", "listing"),
)
_SOURCE_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,179}")


def is_source_slug(text: str) -> bool:
    """Tell whether a text can name a source, and so a graph and a file."""
    return bool(_SOURCE_SLUG.fullmatch(text))


def derived_slug(
    expander: Expander, form: str, entry: Mapping, parent: NodeDraft | None, index: int
) -> str:
    """Return the slug of a form without ``id``; empty when the form must be named by its author."""
    whole = parent.slug if parent else ""
    if form == "commitment":
        return f"{whole}-{index}"
    if form in ("exemption", "condition") and whole:
        return f"{whole}-{form}-{index}"
    if form in ("role", "membership"):
        start = text_of(entry.get("from"))
        who = whole or _last(entry, "member")
        return f"{who}-{_last(entry, 'of')}{'-' if start else ''}{start}"
    if form == "term":
        return f"{whole}-{_last(entry, 'seat')}-{text_of(entry.get('from')) or index}"
    if form == "sponsorship":
        return f"{whole}-{_last(entry, 'term') or _last(entry, 'sponsor')}"
    if form == "bill-version":
        return f"{whole}-{text_of(entry.get('code')) or index}"
    if form == "legislative-action":
        return f"{whole}-{date_slug(_day(expander, entry))}-{digest(*scalars(entry))}"
    if form == "version":
        return f"{_last(entry, 'of')}-{text_of(entry.get('from')) or expander.slug}"
    if form == "event":
        return event_slug(_last(entry, "pledge"), text_of(entry.get("kind")), _day(expander, entry))
    if form == "name":
        return f"{whole}-{digest(text_of(entry.get('text')))}"
    if form in _NAMED_BY_CONTENT:
        return _by_content(expander, form, entry, whole)
    return ""


def event_slug(pledge: str, kind: str, day: str) -> str:
    """Name an event: pledge, kind and date."""
    return f"{pledge}-{kind}-{date_slug(day)}"


def date_slug(edtf: str) -> str:
    """Write a date so that it can be part of an address: ``open--2020-06-12``."""
    plain = edtf.replace("/", "--").replace("..", "open")
    return "".join(character for character in plain if character not in "?~%")


def _by_content(expander: Expander, form: str, entry: Mapping, whole: str) -> str:
    mark = digest(expander.slug, form, whole, *scalars(entry))
    keys = ("speaker", "holder", "about") if form not in ("finding", "listing") else ("on", "of")
    who = next(filter(None, (_last(entry, key) for key in keys)), "")
    if form == "statement":
        return f"{who}-{date_slug(_day(expander, entry))}-{mark}"
    return f"{who or whole.rsplit('-', 1)[0] or expander.slug}-{mark}"


def _last(entry: Mapping, key: str) -> str:
    """Return the slug that a key refers to, without its kind."""
    first = next(iter(items(entry.get(key))), None)
    return text_of(first).rsplit("/", 1)[-1]


def _day(expander: Expander, entry: Mapping) -> str:
    try:
        return dates.read_when(text_of(entry.get("date")), expander.published).edtf
    except ValueError:
        return "undated"  # the date itself is reported where it is read
