"""What follows from what an author wrote: ends from durations, axes not stated, announcements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from pledgegraph.graph.namespaces import concept, local_name
from pledgegraph.graph.ontology import concepts
from pledgegraph.graph.records import dates
from pledgegraph.graph.records.identity import date_slug, event_slug
from pledgegraph.graph.records.nodes import (
    NodeDraft,
    Reference,
    RoleReference,
    reference_slug,
    text_of,
)
from pledgegraph.graph.records.problems import nearest
from pledgegraph.graph.records.reader import Mapping, Scalar, items

if TYPE_CHECKING:
    from pledgegraph.graph.records.expand import Expander

AXES = {
    "action": ("action",),
    "object": ("object",),
    "product": ("product",),
    "recipient": ("recipient", "recipientCategory"),
    "territory": ("territory",),
    "purpose": ("purpose",),
}
ASPECTS = {
    "subject": ("object", "topic"),
    "jurisdiction": (),
    "level": ("jurisdiction-level",),
    "instrument": ("instrument",),
    "stage": ("legislative-stage",),
    "effect": ("legal-effect",),
}


def complete(
    expander: Expander, form: str, node: NodeDraft, entry: Mapping, parent: NodeDraft | None
) -> None:
    """Apply the rules of a form after its keys were written."""
    rule = _RULES.get(form)
    if rule:
        rule(expander, node, entry, parent)


def _source(expander: Expander, node: NodeDraft, entry: Mapping, _: NodeDraft | None) -> None:
    if text_of(entry.get("kind")) == "data-set":
        node.types = ("DataSet",)
    kinds = dict(_passages(expander, entry))
    for number, (start, end) in enumerate(expander.spans.sentences, 1):
        part = expander.child("passage", f"{node.slug}-{number}", ("Passage",), node.origin)
        part.add("inSource", {"id": node.iri})
        part.add("sentenceNumber", str(number))
        part.add("startOffset", str(start))
        part.add("endOffset", str(end))
        kind = kinds.get(number) or Reference(
            "content", ("concept",), ("passage-kind",), node.origin
        )
        part.add("passageKind", kind)


def _passages(expander: Expander, entry: Mapping) -> Iterator[tuple[int, Reference]]:
    """Read which sentences say nothing of the subject, by a few words of each."""
    for passage in items(entry.get("passages")):
        if not isinstance(passage, Mapping):
            continue  # reported where the key is read
        kind, quote = passage.get("kind"), passage.get("quote")
        expander.check_keys(passage, ("kind", "quote"), "a passage")
        if not isinstance(kind, Scalar) or not isinstance(quote, Scalar):
            message = "needs a 'kind' and a 'quote', the first words of the sentence."
            expander.problems.add(passage.origin, "missing-key", message)
            continue
        expander.draft.quotations.append((quote.text, quote.origin))
        start = expander.spans.quotations.get(quote.text, (-1, -1))[0]
        known = [
            local_name(iri) for iri in concepts() if iri.startswith(concept("passage-kind", ""))
        ]
        if kind.text not in known:
            message = f"'{kind.text}' is no kind of passage{nearest(kind.text, known)}: use one of "
            message += ", ".join(sorted(known)) + "."
            expander.problems.add(kind.origin, "unknown-concept", message)
            continue
        reference = Reference(kind.text, ("concept",), ("passage-kind",), kind.origin)
        yield expander.spans.sentence_at(start), reference


def _pledge(expander: Expander, node: NodeDraft, entry: Mapping, _: NodeDraft | None) -> None:
    announced = entry.get("announced")
    if not isinstance(announced, Scalar):
        return
    try:
        when = dates.read_when(announced.text, expander.published)
    except ValueError:
        return  # reported where the key is read
    slug = event_slug(node.slug, "announcement", when.edtf)
    event = expander.child("event", slug, ("Announcement",), announced.origin)
    event.add("concerns", {"id": node.iri})
    _share_evidence(node, event)
    for key in ("dateEdtf", "dateEarliest", "dateLatest", "dateText", "dateBasis"):
        for value in node.values.pop(key, []):
            event.add(key, value, announced.origin)
    if entry.get("wording"):
        version = expander.child(
            "version", f"{node.slug}-{date_slug(when.edtf)}", ("PledgeVersion",), announced.origin
        )
        version.add("versionOf", {"id": node.iri})
        if when.earliest:
            version.add("validFrom", when.earliest.isoformat())
        _version(expander, version, entry, None)
    for commitment in expander.draft.nodes:
        if {"id": commitment.iri} in node.values.get("hasCommitment", []):
            _start_commitment(
                expander, commitment, when.earliest if when.earliest == when.latest else None
            )


def _start_commitment(expander: Expander, node: NodeDraft, announced: date | None) -> None:
    """Begin a commitment on the day of its announcement where the source gives no other day."""
    if "validFrom" not in node.values and announced:
        node.add("validFrom", announced.isoformat())
        node.add("startBasis", {"id": concept("date-basis", "inferred")})
    start, length = node.first("validFrom"), node.first("statedDuration")
    if isinstance(start, str) and isinstance(length, str) and "validUntil" not in node.values:
        end = dates.add_duration(dates.parse_day(start), length)
        node.add("validUntil", end.isoformat(), node.origins["statedDuration"])
        node.add("endBasis", {"id": concept("date-basis", "computed")})


def _version(expander: Expander, node: NodeDraft, entry: Mapping, _: NodeDraft | None) -> None:
    wording = entry.get("wording")
    if isinstance(wording, Scalar):
        node.values.pop("hasEvidence", None)
        words = expander.quote(node, wording.text, wording.origin)
        node.add("wording", {"value": words, "language": expander.language}, wording.origin)


def _rule(expander: Expander, node: NodeDraft, entry: Mapping, parent: NodeDraft | None) -> None:
    """Say for each axis of the scope that the source does not state it, where it does not."""
    for axis, keys in AXES.items():
        if not any(key in node.values for key in keys):
            node.add("notStated", {"id": concept("scope-axis", axis)})
    if "horizon" not in node.values:
        horizon = _horizon(node)
        node.add("horizon", {"id": concept("horizon", horizon)})


def _horizon(node: NodeDraft) -> str:
    if "validUntil" in node.values or "statedDuration" in node.values:
        return "fixed-end"
    if "hasReleaseCondition" in node.values:
        return "until-condition"
    return "not-stated"


def _exemption(_: Expander, node: NodeDraft, entry: Mapping, parent: NodeDraft | None) -> None:
    if "modality" not in node.values:
        node.add("modality", {"id": concept("modality", "allow")})
    if "action" not in node.values and parent:
        for value in parent.values.get("action", []):
            node.add("action", value)


def _condition(expander: Expander, node: NodeDraft, entry: Mapping, _: NodeDraft | None) -> None:
    given = [aspect for aspect in ASPECTS if entry.get(aspect)]
    if not given:
        expander.problems.add(
            entry.origin,
            "condition-prose",
            "is a condition in prose only: give at least one of " + ", ".join(ASPECTS) + ".",
        )
    for aspect in given:
        value = entry.get(aspect)
        if isinstance(value, Scalar):
            _criterion(expander, node, aspect, value)


def _criterion(expander: Expander, node: NodeDraft, aspect: str, value: Scalar) -> None:
    part = expander.child("criterion", f"{node.slug}-{aspect}", ("Criterion",), value.origin)
    node.add("hasCriterion", {"id": part.iri}, value.origin)
    part.add("criterionAspect", {"id": concept("criterion-aspect", aspect)})
    text = value.text.removesuffix(dates.INFERRED)
    basis = "stated" if text == value.text else "inferred"
    basis = "not-stated" if text == "not-stated" else basis
    part.add("readingBasis", {"id": concept("reading-basis", basis)})
    if basis != "not-stated":
        kinds = ("jurisdiction",) if aspect == "jurisdiction" else ("concept",)
        part.add(
            "requiredValue", Reference(text, kinds, ASPECTS[aspect], value.origin), value.origin
        )


def _role(expander: Expander, node: NodeDraft, entry: Mapping, _: NodeDraft | None) -> None:
    given = ("validFrom", "validUntil", "attestedOn")
    if expander.published and not any(key in node.values for key in given):
        node.add("attestedOn", expander.published.isoformat())


def _statement(expander: Expander, node: NodeDraft, entry: Mapping, _: NodeDraft | None) -> None:
    for item in items(entry.get("says")):
        words = text_of(item).replace(" […] ", " ")
        node.add("quotation", {"value": words, "language": expander.language}, item.origin)
    if "medium" not in node.values:
        node.add("medium", {"id": concept("medium", "not-stated")})
    role, speaker = entry.get("as"), node.first("speaker")
    if isinstance(role, Scalar) and isinstance(speaker, Reference):
        organization = Reference(role.text, ("organization", "company"), (), role.origin)
        day = node.first("dateLatest")
        node.add(
            "speakerRole",
            RoleReference(speaker, organization, day if isinstance(day, str) else None),
            role.origin,
        )
    for part in expander.draft.nodes:
        if {"id": node.iri} in part.values.get("statedIn", []):
            _speak(part, speaker)


def _speak(part: NodeDraft, speaker: object) -> None:
    """Give a position, demand or claim to the speaker, unless the author named another."""
    key = {"Position": "holder", "Demand": "demandedBy", "Claim": "claimant"}[part.types[0]]
    if key not in part.values and isinstance(speaker, Reference):
        part.add(key, speaker)


def _claim(_: Expander, node: NodeDraft, entry: Mapping, parent: NodeDraft | None) -> None:
    if "verdict" not in node.values:
        node.add("verdict", {"id": concept("verdict", "asserts")})


def _assertion(expander: Expander, node: NodeDraft, entry: Mapping, _: NodeDraft | None) -> None:
    name, value = entry.get("property"), entry.get("value")
    if isinstance(name, Scalar):
        node.add(
            "assertedProperty", Reference(name.text, ("property",), (), name.origin), name.origin
        )
        if isinstance(value, Scalar):
            key = f"property:{name.text}"
            node.add("assertedValue", Reference(value.text, (key,), (), value.origin), value.origin)


def _share_evidence(whole: NodeDraft, part: NodeDraft) -> None:
    for value in whole.values.get("hasEvidence", []):
        part.add("hasEvidence", value)


def link_announcements(nodes: list[NodeDraft]) -> None:
    """Link an event to the statement of the same day that announces it, and the pledge to that."""
    by_iri = {node.iri: node for node in nodes}
    for event in [node for node in nodes if "concerns" in node.values]:
        for statement in [node for node in nodes if node.types == ("Statement",)]:
            if _announces(statement, event):
                event.add("statedIn", {"id": statement.iri})
                concerned = event.first("concerns")
                pledge = by_iri.get(concerned["id"]) if isinstance(concerned, dict) else None
                if pledge and event.types == ("Announcement",):
                    pledge.add("announcedIn", {"id": statement.iri})


def _announces(statement: NodeDraft, event: NodeDraft) -> bool:
    acts = [reference_slug(value) for value in statement.values.get("illocution", [])]
    about = [reference_slug(value) for value in statement.values.get("about", [])]
    concerned = event.first("concerns")
    slug = (
        concerned["id"].rsplit("/", 1)[-1]
        if isinstance(concerned, dict)
        else reference_slug(concerned)
    )
    same_day = statement.first("dateEdtf") == event.first("dateEdtf")
    return "announce" in acts and slug in about and same_day


_RULES: dict[str, Callable[[Expander, NodeDraft, Mapping, NodeDraft | None], None]] = {
    "source": _source,
    "pledge": _pledge,
    "version": _version,
    "commitment": _rule,
    "demand": _rule,
    "provision": _rule,
    "exemption": _exemption,
    "condition": _condition,
    "role": _role,
    "membership": _role,
    "statement": _statement,
    "claim": _claim,
    "assertion": _assertion,
}
