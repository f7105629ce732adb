"""How firmly each record stands, and which records this graph does not assert.

* *alleged*: no source says it in its own voice, somebody only claims it;
* *disputed*: reported or alleged, and a claim denies it;
* *confirmed*: the actor's own document, or a public record, says it;
* *reported*: any other record that a source states in its own voice.

A denial of a confirmed record stands beside it; nothing is ever decided to be refuted. What is
alleged, disputed or retracted is set aside, and with a whole its parts.
"""

from __future__ import annotations

from pledgegraph.graph.derive.grounds import Grounds


def standings(grounds: Grounds) -> dict[str, str]:
    """Return the epistemic status of each record with evidence, by IRI, as a concept's name."""
    return {record: _standing(grounds, record) for record in grounds.publications}


def _standing(grounds: Grounds, record: str) -> str:
    if record in grounds.firm:
        return "confirmed"
    if grounds.effective_denials(record):
        return "disputed"
    own = any(publication.own for publication in grounds.publications[record])
    return "reported" if own else "alleged"


def set_aside(grounds: Grounds) -> set[str]:
    """Return the records that only their source graphs hold, parts of such records included."""
    doubted = {
        record for record, name in standings(grounds).items() if name in ("alleged", "disputed")
    }
    retracted = {record for record in grounds.retractions if grounds.is_retracted(record)}
    aside = doubted | retracted
    while True:
        parts = {part for part, wholes in grounds.wholes.items() if wholes & aside} - aside
        if not parts:
            return aside
        aside |= parts
