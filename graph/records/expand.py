"""Turn one record file into nodes: ids, dates, evidence and links that no author types.

The rules are those of ``docs/records.md``; ``forms`` is the table of keys, ``defaults`` fills in
what follows from what was written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from pledgegraph.graph.namespaces import GRAPH, concept, thing
from pledgegraph.graph.records import dates, defaults
from pledgegraph.graph.records.evidence import EvidenceMaker, is_slug, joined
from pledgegraph.graph.records.forms import FORMS, SECTIONS, Form, Key
from pledgegraph.graph.records.identity import RESERVED, derived_slug, is_source_slug
from pledgegraph.graph.records.nodes import NodeDraft, Reference, text_of
from pledgegraph.graph.records.problems import Origin, Problems, nearest
from pledgegraph.graph.records.reader import Mapping, Node, Scalar, items
from pledgegraph.graph.records.spans import Spans
from pledgegraph.graph.records.values import READERS

SOURCE_KEYS = ("source", *SECTIONS)


@dataclass
class SourceDraft:
    """All that one record file says, and the named graph in which it says so."""

    slug: str
    origin: Origin
    nodes: list[NodeDraft] = field(default_factory=list)
    quotations: list[tuple[str, Origin]] = field(default_factory=list)
    digest: str | None = None

    @property
    def graph(self) -> str:
        """Return the IRI of the named graph."""
        return f"{GRAPH}{self.slug}"


class Expander:
    """Expand one record file; problems are noted and the rest goes on."""

    def __init__(
        self, root: Mapping, problems: Problems, spans: Callable[[str, str | None], Spans]
    ) -> None:
        self.root, self.problems = root, problems
        source = root.get("source")
        self.source = source if isinstance(source, Mapping) else Mapping({}, {}, root.origin)
        self.slug = self._source_slug()
        self.iri = thing("source", self.slug)
        self.language = text_of(self.source.get("language")) or "en"
        self.digest = text_of(self.source.get("digest")) or None
        self.published = self._published()
        self.spans = spans(self.slug, self.digest)
        self.evidence = EvidenceMaker(self.slug, self.iri, self.spans, problems)
        self.draft = SourceDraft(self.slug, root.origin, digest=self.digest)
        self.voice = "source"

    def _source_slug(self) -> str:
        """Return the id of the source if it can name a graph and a file, else nothing."""
        given = self.source.get("id")
        slug = text_of(given)
        if is_source_slug(slug) and slug not in RESERVED:
            return slug
        if isinstance(self.root.get("source"), Mapping):
            origin = given.origin if given else self.source.origin
            reason = "is taken by the graph itself" if slug in RESERVED else "cannot name a source"
            message = f"'{slug}' {reason}: use lower-case letters, digits and '-': news-2020-06-12."
            self.problems.add(origin, "bad-id", message)
        return ""

    def _published(self) -> date | None:
        try:
            earliest, latest = dates.parse_edtf(text_of(self.source.get("published")))
        except ValueError:
            return None  # reported when the key itself is read
        return latest if earliest == latest else None

    def expand(self) -> SourceDraft | None:
        """Return every node of the file, or none when it names no source."""
        if not isinstance(self.root.get("source"), Mapping):
            self.problems.add(
                self.root.origin,
                "missing-source",
                "has no 'source:': say where its records are from.",
            )
            return None
        if not self.slug:
            return None
        self.check_keys(self.root, SOURCE_KEYS, "a record file")
        self.form("source", self.source, None)
        self.expand_records()
        return self.draft

    def expand_records(self) -> list[NodeDraft]:
        """Expand the records without the source, as one part of many; returns the nodes."""
        for section, form in SECTIONS.items():
            for entry in items(self.root.get(section)):
                self.form(form, entry, None)
        defaults.link_announcements(self.draft.nodes)
        self.draft.nodes.extend(self.evidence.nodes.values())
        return self.draft.nodes

    def form(
        self, name: str, entry: Node, parent: NodeDraft | None, index: int = 1
    ) -> NodeDraft | None:
        """Expand one mapping as a form; returns its node, or none when it cannot be named."""
        form = FORMS[name]
        if not isinstance(entry, Mapping):
            self.problems.add(
                entry.origin, "wrong-shape", f"is not a {name}: write 'key: value' lines."
            )
            return None
        self.check_keys(entry, tuple(form.all_keys), f"a {name}")
        for key, spec in form.keys.items():
            if spec.required and entry.get(key) is None:
                message = f"lacks '{key}': a {name} needs it."
                self.problems.add(entry.origin, "missing-key", message)
        if name == "also":
            self._also(entry)
            return None
        node = self._start(name, form, entry, parent, index)
        if node is None:
            return None
        self._give_evidence(node, entry, parent)
        for key, value in entry.entries.items():
            if key in form.all_keys:
                self._write(node, key, form.all_keys[key], value)
        defaults.complete(self, name, node, entry, parent)
        return node

    def _start(
        self, name: str, form: Form, entry: Mapping, parent: NodeDraft | None, index: int
    ) -> NodeDraft | None:
        slug = text_of(entry.get("id")) or derived_slug(self, name, entry, parent, index)
        given = entry.get("id")
        place = given.origin if given else entry.origin
        if not is_slug(slug):
            message = f"'{slug}' cannot be part of an address: use letters, digits, '-' and '.'."
            self.problems.add(
                place, "bad-id", message if slug else f"lacks 'id': name this {name}."
            )
            return None
        types = self._types(name, form, entry)
        node = NodeDraft(thing(form.kind, slug), types, entry.origin)
        self.draft.nodes.append(node)
        return node

    def _types(self, name: str, form: Form, entry: Mapping) -> tuple[str, ...]:
        if not form.types:
            return form.type
        key = "kind" if name == "event" else "type"
        given = entry.get(key)
        if given is None and form.type:
            return form.type
        if text_of(given) not in form.types:
            origin = given.origin if given else entry.origin
            known = ", ".join(form.types)
            hint = nearest(text_of(given), form.types)
            message = f"'{text_of(given)}' is no {key} of {name}{hint}: use one of {known}."
            self.problems.add(origin, "unknown-type", message)
            return ("Record",)
        return form.types[text_of(given)]

    def _also(self, entry: Mapping) -> None:
        target = entry.get("record")
        slug = text_of(target)
        node = NodeDraft(thing(*slug.split("/", 1)) if "/" in slug else slug, (), entry.origin)
        if "/" not in slug:
            message = "names no record: write kind/slug, such as pledge/acme-2020."
            self.problems.add(entry.origin, "bad-reference", message)
            return
        if not any(entry.get(key) for key in ("quote", "entry")):
            message = "lacks 'quote' or 'entry': say what else the record rests on."
            self.problems.add(entry.origin, "missing-key", message)
        node.add("also", Reference(slug, (), (), target.origin if target else entry.origin))
        self._give_evidence(node, entry, None)
        self.draft.nodes.append(node)

    def _give_evidence(self, node: NodeDraft, entry: Mapping, parent: NodeDraft | None) -> None:
        """Attach the form's own words or entries, or else those of the form that it is part of."""
        for item in items(entry.get("quote")):
            self.quote(node, text_of(item), item.origin)
        for item in items(entry.get("says")):
            self.quote(node, text_of(item), item.origin)
        for item in items(entry.get("entry")):
            made = self.evidence.entry(text_of(item), self.voice, item.origin)
            if made:
                node.add("hasEvidence", {"id": made.iri}, item.origin)
        if "hasEvidence" not in node.values and parent:
            for value in parent.values.get("hasEvidence", []):
                for told in self.evidence.in_voice(_iri_in(value), self.voice):
                    node.add("hasEvidence", {"id": told.iri}, entry.origin)

    def quote(self, node: NodeDraft, text: str, origin: Origin) -> str:
        """Rest a node on a quotation; returns the words without their interruptions."""
        for span in self.evidence.quotation(text, self.voice, origin):
            node.add("hasEvidence", {"id": span.iri}, origin)
            words = span.first("exactText")
            self.draft.quotations.append((str(words), origin))
        return joined(text)

    def check_keys(self, entry: Mapping, known: tuple[str, ...], what: str) -> None:
        """Note every key that is not known, naming the nearest that is."""
        for key, origin in entry.key_origins.items():
            if key not in known:
                message = f"'{key}' is no key of {what}{nearest(key, known)}."
                self.problems.add(origin, "unknown-key", message)

    def _write(self, node: NodeDraft, key: str, spec: Key, value: Node) -> None:
        if spec.kind == "special":
            self._check_special(key, spec, value)
            return
        if spec.kind == "form":
            for number, item in enumerate(items(value), 1):
                self._nest(node, spec, item, number)
            return
        for item in items(value):
            if not isinstance(item, Scalar):
                message = f"'{key}' takes plain text, or a list of it."
                self.problems.add(item.origin, "wrong-shape", message)
            elif spec.kind == "when":
                self.date(node, item)
            else:
                self._write_scalar(node, spec, item)

    def _check_special(self, key: str, spec: Key, value: Node) -> None:
        """Refuse a value of another shape than the form's own rule reads."""
        wanted = Mapping if "mappings" in spec.of else Scalar
        many = bool(spec.of)
        for item in items(value) if many else [value]:
            if not isinstance(item, wanted) or (isinstance(item, Scalar) and not item.text):
                what = "'key: value' lines" if many and wanted is Mapping else "plain text"
                message = f"'{key}' takes {what}{', or a list of it' if many else ', one value'}."
                self.problems.add(item.origin, "wrong-shape", message)

    def _nest(self, node: NodeDraft, spec: Key, item: Node, number: int) -> None:
        voice = self.voice
        if spec.property == "claims":
            self.voice = "attributed"
        part = self.form(spec.of[0], item, node, number)
        self.voice = voice
        if part and spec.property:
            whole, value = (part, node) if spec.parent else (node, part)
            whole.add(spec.property, {"id": value.iri}, item.origin)

    def _write_scalar(self, node: NodeDraft, spec: Key, item: Scalar) -> None:
        assert spec.property  # every plain key of the table writes a property
        reader = READERS.get(spec.kind)
        if spec.kind == "text":
            node.add(spec.property, {"value": item.text, "language": self.language}, item.origin)
        elif spec.kind == "concept" or spec.kind == "reference":
            kinds = spec.of if spec.kind == "reference" else ("concept",)
            pending = Reference(item.text, kinds, spec.schemes, item.origin)
            node.add(spec.property, pending, item.origin)
        else:
            try:
                node.add(spec.property, reader(item.text) if reader else item.text, item.origin)
            except ValueError as error:
                self.problems.add(item.origin, f"bad-{spec.kind}", f"{error}.")

    def date(self, node: NodeDraft, item: Scalar) -> dates.When | None:
        """Write a date with its bounds and basis onto a node."""
        try:
            when = dates.read_when(item.text, self.published)
        except ValueError as error:
            self.problems.add(item.origin, "bad-date", f"{error}.")
            return None
        node.add("dateEdtf", when.edtf, item.origin)
        if when.earliest:
            node.add("dateEarliest", when.earliest.isoformat(), item.origin)
        if when.latest:
            node.add("dateLatest", when.latest.isoformat(), item.origin)
        if when.text:
            node.add("dateText", when.text, item.origin)
        node.add("dateBasis", {"id": concept("date-basis", when.basis)}, item.origin)
        return when

    def child(self, kind: str, slug: str, types: tuple[str, ...], origin: Origin) -> NodeDraft:
        """Start a part that no author writes out, such as an announcement."""
        assert is_slug(slug), slug
        part = NodeDraft(thing(kind, slug), types, origin)
        self.draft.nodes.append(part)
        return part


def _iri_in(value: object) -> str:
    return value["id"] if isinstance(value, dict) else ""
