"""A curated document: its source, its quotations, and who speaks in it."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

from generator.lines import (
    CLASSES,
    Record,
    Value,
    concept,
    count,
    dated,
    day,
    english,
    plain,
    say,
    thing,
)
from generator.words import FIRMS, person_name

_KINDS = ("press-article", "press-release", "company-document", "transcript")
_STANCES = ("support", "qualified-support", "oppose", "neutral")
_ILLOCUTIONS = ("welcome", "urge", "criticise", "hope")


@dataclass
class Document:
    """A document that is being told; each quotation comes after the one before."""

    number: int
    choose: random.Random
    records: list[Record] = field(default_factory=list)
    offset: int = 0
    sentences: int = 0

    @property
    def slug(self) -> str:
        """Return the name of the source and its graph."""
        return slug(self.number)

    @property
    def published(self) -> dt.date:
        """Return the day on which it was published."""
        return published(self.number)

    @property
    def is_reread(self) -> bool:
        """Tell whether the text was at hand to compare the quotations with."""
        return self.number % 2 == 0

    def add(self, subject: str, kind: str, **properties: Value) -> str:
        """Add a record or thing and return its name."""
        self.records.append(say(subject, kind, **properties))
        return subject

    def quote(self, words: str, voice: str = "source") -> str:
        """Add a quotation and return its name."""
        self.sentences += 1
        offsets: dict[str, Value] = {}
        if self.is_reread:
            start, self.offset = self.offset, self.offset + len(words) + 40
            offsets = {"startOffset": count(start), "endOffset": count(start + len(words))}
            offsets["sentenceNumber"] = count(self.sentences)
        return self.add(
            thing("evidence", f"{self.slug}-{self.sentences}"),
            "Quotation",
            inSource=thing("source", self.slug),
            exactText=plain(words),
            voice=concept("voice", voice),
            verification=concept("verification", "re-read" if self.is_reread else "not-re-read"),
            **offsets,
        )

    def begin(self, title: str) -> None:
        """Add the source and its publisher."""
        name = FIRMS[self.number % len(FIRMS)]
        publisher = thing("organization", f"publisher-{name.lower()}")
        self.add(publisher, "Organization", prefLabel=english(f"{name} Daily"))
        reread = {"sourceDigest": plain(f"{self.number:064x}")} if self.is_reread else {}
        self.add(
            thing("source", self.slug),
            "SourceDocument",
            name=english(title),
            sourceKind=concept("source-kind", _KINDS[self.number % len(_KINDS)]),
            publisher=publisher,
            inLanguage=plain("en"),
            url=f"<https://example.org/{self.slug}>",
            readOn=day(self.published + dt.timedelta(30)),
            **dated(self.published),
            **reread,
        )

    def speech(self, which: int, about: str, company: str) -> None:
        """Add a person of a group of its own, who speaks about a pledge."""
        name = f"{self.slug}-{which}"
        label, day_said = person_name(self.choose), self.published - dt.timedelta(which % 3)
        seen = self.quote(f"{label} of Group {name}")
        known = {"hasEvidence": seen}
        group = thing("organization", f"group-{name}")
        self.add(group, "AdvocacyGroup", prefLabel=english(f"Group {name}"), **known)
        person = thing("person", f"speaker-{name}")
        self.add(person, "Person", prefLabel=english(label), **known)
        role = self.add(
            thing("membership", f"speaker-{name}"),
            "Membership",
            type=CLASSES["Record"],
            member=person,
            organization=group,
            roleTitle=english("Policy Director"),
            attestedOn=day(day_said),
            **known,
        )
        words = f"It is the step number {which} that we have asked for since {day_said.year}"
        said = {"hasEvidence": self.quote(words, "attributed")}
        statement = self.add(
            thing("statement", f"speaker-{name}"),
            "Statement",
            speaker=person,
            speakerRole=role,
            onBehalfOf=group,
            medium=concept("medium", "press-statement"),
            illocution=concept("illocution", self.choose.choice(_ILLOCUTIONS)),
            quotation=english(words),
            about=about,
            **dated(day_said),
            **said,
        )
        self._opinion(name, group, about, {**said, "statedIn": statement})
        if self.choose.random() < 0.4:
            self._demand(name, group, company, {**said, "statedIn": statement})

    def _opinion(self, name: str, group: str, about: str, said: dict[str, str]) -> None:
        stance = concept("stance", self.choose.choice(_STANCES))
        position = thing("position", f"speaker-{name}")
        self.add(position, "Position", holder=group, stance=stance, target=about, **said)

    def _demand(self, name: str, group: str, company: str, said: dict[str, str]) -> None:
        self.add(
            thing("demand", f"speaker-{name}"),
            "Demand",
            demandedBy=group,
            addressee=company,
            horizon=concept("horizon", "permanent"),
            **said,
            **rule("sell"),
        )


def slug(number: int) -> str:
    """Return the name of a document."""
    return f"article-{number:04d}"


def published(number: int) -> dt.date:
    """Return the day on which a document was published: one in five days."""
    return dt.date(2016, 1, 4) + dt.timedelta(5 * number)


def rule(action: str) -> dict[str, Value]:
    """Return the scope of a rule of conduct that leaves three axes open."""
    return {
        "modality": concept("modality", "refrain"),
        "action": concept("action", action),
        "object": concept("object", "facial-recognition"),
        "recipientCategory": concept("recipient-category", "police"),
        "notStated": [concept("scope-axis", axis) for axis in ("product", "territory", "purpose")],
    }
