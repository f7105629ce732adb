"""Curated documents: five about each company, of which the later ones change what the earlier say.

The first tells of a moratorium, the second of a conditional pledge and of alleged lobbying, the
third of an extension and of other words for the same pledge, the fourth of a withdrawal and an
error, the fifth of a successor, a return and an alleged breach.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from generator.companies import company
from generator.document import Document, published, rule, slug
from generator.lines import Record, Value, concept, dated, day, english, thing
from generator.words import firm_name

ABOUT_A_COMPANY = 5
_ASPECTS = {
    "subject": concept("object", "facial-recognition"),
    "jurisdiction": thing("jurisdiction", "us"),
    "level": concept("jurisdiction-level", "national"),
    "instrument": concept("instrument", "statute"),
    "stage": concept("legislative-stage", "in-force"),
}


def records(number: int, companies: int, seed: int) -> Iterator[Record]:
    """Iterate over what a document says."""
    document = Document(number, random.Random(f"{seed} {slug(number)}"))  # noqa: S311
    serial = number // ABOUT_A_COMPANY % companies
    pledgor, name = company(serial), firm_name(serial)
    document.begin(f"{name} and its technology, report {number}")
    first = number - number % ABOUT_A_COMPANY
    tell = (_moratorium, _condition, _extension, _withdrawal, _successor)[number - first]
    about = tell(document, pledgor, name, first)
    for which in range(document.choose.choice((0, 1, 1, 2, 2, 3, 4))):
        document.speech(which, about, pledgor)
    yield from document.records


def _pledge(
    document: Document, pledgor: str, words: str, kind: str, **properties: Value
) -> tuple[str, str, dict[str, str]]:
    """Add a pledge with its announcement and first wording; return what its commitment takes."""
    key, on = document.slug, _announced(document.number)
    evidence = {"hasEvidence": document.quote(words)}
    pledge = thing("pledge", key)
    commitment = thing("commitment", f"{key}-1")
    document.add(
        pledge,
        "Pledge",
        prefLabel=english(words),
        pledgor=pledgor,
        pledgeKind=concept("pledge-kind", kind),
        hasCommitment=commitment,
        **evidence,
        **properties,
    )
    event = thing("event", f"{key}-announcement")
    document.add(event, "Announcement", concerns=pledge, **evidence, **dated(on))
    first = {"versionOf": pledge, "wording": english(words), "validFrom": day(on)}
    document.add(thing("version", f"{key}-1"), "PledgeVersion", **first, **evidence)
    return pledge, commitment, evidence


def _announced(number: int) -> dt.date:
    return published(number) - dt.timedelta(1)


def _moratorium(document: Document, pledgor: str, name: str, _first: int) -> str:
    words = f"{name} will not allow police use of its facial recognition for one year"
    pledge, commitment, evidence = _pledge(document, pledgor, words, "moratorium")
    start = _announced(document.number)
    document.add(
        commitment,
        "Commitment",
        horizon=concept("horizon", "fixed-end"),
        validFrom=day(start),
        startBasis=concept("date-basis", "inferred"),
        statedDuration='"P1Y"^^<http://www.w3.org/2001/XMLSchema#duration>',
        validUntil=day(start + dt.timedelta(365)),
        endBasis=concept("date-basis", "computed"),
        **evidence,
        **rule("allow-use"),
    )
    for each in range(document.choose.randrange(3)):
        _exemption(document, commitment, each)
    words = "The company's own words, which the article quotes, name the police."
    _assertion(document, commitment, "recipientCategory", rule("sell")["recipientCategory"], words)
    return pledge


def _exemption(document: Document, commitment: str, which: int) -> None:
    key = f"{document.slug}-{which}"
    evidence = document.quote(f"organizations like Rescue {key} may go on using it")
    group = thing("organization", f"rescue-{key}")
    label = english(f"Rescue {key}")
    document.add(group, "Organization", prefLabel=label, hasEvidence=evidence)
    document.add(
        thing("exemption", key),
        "Exemption",
        exemptionFrom=commitment,
        modality=concept("modality", "allow"),
        beneficiary=group,
        purpose=concept("purpose", "find-missing-persons"),
        listScope=concept("list-scope", "illustrative"),
        hasEvidence=evidence,
    )


def _assertion(
    document: Document,
    about: str,
    property_: str,
    value: Value,
    reason: str,
    rank: str = "preferred",
) -> None:
    document.add(
        thing("assertion", f"{document.slug}-{property_}"),
        "Assertion",
        assertionAbout=about,
        assertedProperty=f"<https://w3id.org/pledgegraph/ns#{property_}>",
        assertedValue=value,
        rank=concept("rank", rank),
        rankReason=english(reason),
        hasEvidence=document.quote(f"as to {property_} the report has words of its own"),
    )


def _condition(document: Document, pledgor: str, name: str, first: int) -> str:
    words = f"{name} will not sell facial recognition to police until a national law is in place"
    lead = {"followsLeadOf": thing("pledge", slug(first))}
    pledge, commitment, evidence = _pledge(document, pledgor, words, "conditional-sale-ban", **lead)
    condition = thing("condition", document.slug)
    document.add(
        commitment,
        "Commitment",
        horizon=concept("horizon", "until-condition"),
        hasReleaseCondition=condition,
        validFrom=day(_announced(document.number)),
        startBasis=concept("date-basis", "inferred"),
        **evidence,
        **rule("sell"),
    )
    criteria = {aspect: thing("criterion", f"{document.slug}-{aspect}") for aspect in _ASPECTS}
    text = {"conditionText": english("a national law is in place"), **evidence}
    document.add(condition, "ReleaseCondition", hasCriterion=[*criteria.values()], **text)
    for aspect, criterion in criteria.items():
        document.add(
            criterion,
            "Criterion",
            criterionAspect=concept("criterion-aspect", aspect),
            readingBasis=concept("reading-basis", "stated"),
            requiredValue=_ASPECTS[aspect],
        )
    _allegation(document, pledgor)
    return pledge


def _allegation(document: Document, pledgor: str) -> None:
    """Add lobbying that one alleges and the company denies."""
    key = document.slug
    evidence = document.quote("it is said to work for laws that allow police use", "attributed")
    lobbying = thing("lobbying", f"alleged-{key}")
    purpose = concept("purpose", "police-use")
    known = {"hasEvidence": evidence}
    critic = thing("organization", f"critic-{key}")
    document.add(critic, "AdvocacyGroup", prefLabel=english(f"Critic {key}"), **known)
    document.add(lobbying, "LobbyingActivity", client=pledgor, lobbiesFor=purpose, **known)
    denied = {"hasEvidence": document.quote("The company denies this", "attributed")}
    for claimant, verdict, seen in ((critic, "asserts", known), (pledgor, "denies", denied)):
        claim = thing("claim", f"{key}-{verdict}")
        said = {"claimant": claimant, "verdict": concept("verdict", verdict), "about": pledgor}
        document.add(claim, "Claim", claims=lobbying, **said, **seen)


def _extension(document: Document, pledgor: str, name: str, first: int) -> str:
    pledge, key = thing("pledge", slug(first)), document.slug
    words = f"{name} extends its ban on police use by another year"
    evidence = {"hasEvidence": document.quote(words)}
    end = _announced(first) + dt.timedelta(730)
    on = dated(_announced(document.number), "resolved-weekday")
    statement = document.add(
        thing("statement", f"extension-{key}"),
        "Statement",
        speaker=pledgor,
        illocution=concept("illocution", "announce"),
        medium=concept("medium", "not-stated"),
        paraphrase=english("The ban on police use goes on for another year."),
        about=pledge,
        **on,
        **evidence,
    )
    event = {"concerns": pledge, "newValidUntil": day(end), "statedIn": statement}
    document.add(thing("event", f"{key}-extension"), "Extension", **event, **on, **evidence)
    version = {"versionOf": pledge, "wording": english(words)}
    document.add(thing("version", f"{key}-2"), "PledgeVersion", **version, **evidence)
    commitment = thing("commitment", f"{slug(first)}-1")
    reason = "The report's paraphrase is wider than the company's own words."
    for property_, value in (
        ("action", concept("action", "sell")),
        ("recipientCategory", concept("recipient-category", "law-enforcement")),
        ("validUntil", day(_announced(first) + dt.timedelta(366))),
    ):
        _assertion(document, commitment, property_, value, reason, "normal")
    return pledge


def _withdrawal(document: Document, pledgor: str, name: str, first: int) -> str:
    pledge, key = thing("pledge", slug(first + 1)), document.slug
    evidence = {"hasEvidence": document.quote(f"{name} takes back its promise not to sell it")}
    on = dated(document.published)
    document.add(
        thing("event", f"{key}-withdrawal"), "Withdrawal", concerns=pledge, **evidence, **on
    )
    document.add(
        thing("retraction", key),
        "Retraction",
        retracts=thing("claim", f"{slug(first + 1)}-asserts"),
        reason=english("The report of the allegation was corrected."),
        hasEvidence=document.quote("an earlier report was in error"),
        **on,
    )
    document.add(
        thing("no-plans-statement", key),
        "NoPlansStatement",
        declaredBy=pledgor,
        action=concept("action", "deploy"),
        object=concept("object", "facial-analysis"),
        hasEvidence=document.quote(f"{name} has no plans to deploy facial analysis", "attributed"),
    )
    return pledge


def _successor(document: Document, pledgor: str, name: str, first: int) -> str:
    old, key = thing("pledge", slug(first)), document.slug
    words = f"{name} ends all sales of facial recognition to police for good"
    pledge, commitment, evidence = _pledge(
        document, pledgor, words, "product-withdrawal", supersedes=old
    )
    horizon, start = concept("horizon", "permanent"), day(_announced(document.number))
    own = {"horizon": horizon, "validFrom": start, **evidence}
    document.add(commitment, "Commitment", **own, **rule("sell"))
    on = dated(_announced(document.number))
    change = {"concerns": old, "successor": pledge, **evidence}
    document.add(thing("event", f"{key}-supersession"), "Supersession", **change, **on)
    back = {"concerns": thing("pledge", slug(first + 1)), **evidence}
    document.add(thing("event", f"{key}-reinstatement"), "Reinstatement", **back, **on)
    said = {"hasEvidence": document.quote("they go on selling it all the same", "attributed")}
    breach = thing("event", f"{key}-breach")
    document.add(breach, "BreachAllegation", concerns=pledge, **said, **dated(document.published))
    critic = thing("organization", f"critic-{key}")
    document.add(critic, "AdvocacyGroup", prefLabel=english(f"Critic {key}"), **said)
    verdict = concept("verdict", "asserts")
    claim = thing("claim", f"{key}-breach")
    document.add(claim, "Claim", claimant=critic, claims=breach, verdict=verdict, **said)
    return pledge
