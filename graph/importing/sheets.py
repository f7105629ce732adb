"""Expand a sheet as a record file would be; take out of it alone what is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from pledgegraph.graph import errors
from pledgegraph.graph.importing.data_set import Sheet
from pledgegraph.graph.importing.ledger import Ledger
from pledgegraph.graph.importing.place import Counted, Place
from pledgegraph.graph.namespaces import thing
from pledgegraph.graph.records import reader
from pledgegraph.graph.records.expand import Expander
from pledgegraph.graph.records.forms import FORMS
from pledgegraph.graph.records.nodes import NodeDraft, Reference
from pledgegraph.graph.records.problems import Origin, Problems
from pledgegraph.graph.records.references import Register
from pledgegraph.graph.records.spans import Spans
from pledgegraph.graph.records.triples import triples_of

MAXIMUM_CHARACTERS = 1_000_000
_KINDS = frozenset(form.kind for form in FORMS.values())
# Control characters, halves of characters, and what turns the direction of writing around.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Expansion:
    """Expands the sheets of one data set. ``refused`` has what the shapes have refused before.

    It maps the IRI of a node to the rule: the form that makes the node is set aside.
    """

    def __init__(
        self, source: Mapping[str, str], ledger: Ledger, refused: Mapping[str, str]
    ) -> None:
        self._place = Place(source["id"], "source")
        self._source = _mapping(source, self._place, Problems())
        self._ledger = ledger
        self._refused = refused

    def source(self) -> Iterator[ox.Triple]:
        """Iterate over what describes the data set itself."""
        problems = Problems()
        draft = Expander(self._root({}, problems), problems, _no_spans).expand()
        found = list(_triples(draft.nodes if draft else [], problems))
        if problems.errors:
            raise errors.DataSetError(str(problems.errors[0]))
        return iter(found)

    def triples(self, sheet: Sheet) -> list[ox.Triple]:
        """Return what a sheet says; forms that are refused are set aside, and the rest stays."""
        return self._settled(sheet)[1]

    def sound(self, sheet: Sheet) -> Sheet:
        """Return a sheet without the forms that are refused."""
        return self._settled(sheet)[0]

    def _settled(self, sheet: Sheet) -> tuple[Sheet, list[ox.Triple]]:
        while True:
            found, refusals = self._expanded(sheet)
            if not refusals:
                break
            sheet = self._without(sheet, refusals)
        for form in _counted(sheet):
            self._ledger.wrote(form)
        return sheet, found

    def _expanded(self, sheet: Sheet) -> tuple[list[ox.Triple], dict[Origin, tuple[str, str]]]:
        problems = Problems()
        root = self._root(sheet, problems)
        nodes = Expander(root, problems, _no_spans).expand_records()
        found = list(_triples(nodes, problems))
        refusals = {one.origin: (one.rule, one.message) for one in problems.errors}
        if self._refused:
            for node in nodes:
                if node.iri in self._refused:
                    refusals[node.origin] = (self._refused[node.iri], node.iri)
        return found, refusals

    def _root(self, sheet: Sheet, problems: Problems) -> reader.Mapping:
        made = _mapping(sheet, self._place, problems)
        entries = {"source": self._source, **made.entries}
        return reader.Mapping(entries, dict.fromkeys(entries, self._place), self._place)

    def _without(self, sheet: Sheet, refusals: Mapping[Origin, tuple[str, str]]) -> Sheet:
        """Take refused forms out; where one is no raw record itself, the whole sheet goes."""
        places = {form.place for form in _counted(sheet)}
        strange = [origin for origin in refusals if origin not in places]
        if strange:
            rule, detail = refusals[strange[0]]
            self._set_aside(sheet, rule, detail)
            if not places:
                raise errors.DataSetError(f"{strange[0]}: {rule} {detail}")
            return {}
        return {key: self._kept(forms, refusals) for key, forms in sheet.items()}

    def _kept(self, value: object, refusals: Mapping[Origin, tuple[str, str]]) -> Any:  # noqa: ANN401
        if isinstance(value, Counted):
            form = Counted(value.kind, value.place, {}, value.also)
            form.clear()
            form.update({key: self._kept(one, refusals) for key, one in value.items()})
            return form
        if isinstance(value, Mapping):
            return {key: self._kept(one, refusals) for key, one in value.items()}
        if isinstance(value, list | tuple):
            kept = [one for one in value if not self._is_refused(one, refusals)]
            return [self._kept(one, refusals) for one in kept]
        return value

    def _is_refused(self, value: object, refusals: Mapping[Origin, tuple[str, str]]) -> bool:
        if not isinstance(value, Counted) or value.place not in refusals:
            return False
        rule, detail = refusals[value.place]
        self._set_aside(value, rule, detail)
        return True

    def _set_aside(self, value: object, rule: str, detail: str) -> None:
        for form in _counted(value):
            self._ledger.refuse(form, rule, detail)


class _Explicit(Register):
    """Takes ``kind/slug`` as it stands: whether there is such a thing is for the gate to find."""

    def find(self, reference: Reference) -> str | None:
        kind, _, slug = reference.slug.partition("/")
        return thing(kind, slug) if slug and kind in _KINDS else super().find(reference)


def _triples(nodes: list[NodeDraft], problems: Problems) -> Iterator[ox.Triple]:
    register = _Explicit(nodes, problems)
    return (triple for node in nodes for triple in triples_of(node, register))


def _no_spans(_slug: str, digest: str | None) -> Spans:
    return Spans(digest)


def _counted(value: object) -> Iterator[Counted]:
    """Iterate over the forms in a value that stand for raw records, nested ones too."""
    if isinstance(value, Mapping):
        if isinstance(value, Counted):
            yield value
        for one in value.values():
            if not isinstance(one, str):
                yield from _counted(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _counted(one)


def _mapping(form: Mapping[str, Any], place: Place, problems: Problems) -> reader.Mapping:
    entries = {
        key: _node(value, place, problems)
        for key, value in form.items()
        if value not in (None, "", [], ())
    }
    return reader.Mapping(entries, dict.fromkeys(entries, place), place)


def _node(value: object, place: Place, problems: Problems) -> reader.Node:
    if isinstance(value, str):
        return reader.Scalar(_fit(value, place, problems), place)
    if isinstance(value, Mapping):
        own = value.place if isinstance(value, Counted) else place
        return _mapping(value, own, problems)
    assert isinstance(value, list | tuple), value
    return reader.Sequence(tuple(_node(one, place, problems) for one in value), place)


def _fit(text: str, place: Place, problems: Problems) -> str:
    unfit = _UNFIT.search(text)
    if unfit:
        message = f"holds the character U+{ord(unfit[0]):04X}."
        problems.add(place, "control-character", message)
    elif len(text) > MAXIMUM_CHARACTERS:
        message = f"has {len(text)} characters; {MAXIMUM_CHARACTERS} are read."
        problems.add(place, "value-too-long", message)
    else:
        return text
    return ""
