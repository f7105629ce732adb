"""Read the front matter of documents of the White House about pledges and commitments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from pledgegraph.graph.importers import united_states
from pledgegraph.graph.importers.countries import jurisdictions
from pledgegraph.graph.importing import DataSet, Ledger, Place, Sheet
from pledgegraph.graph.importing.place import Value
from pledgegraph.graph.importing.readers import yaml_text
from pledgegraph.graph.importing.readers.packed import tar_members

SPEAKER = "organization/us-white-house"
TRANSCRIPTS = ("speeches-remarks", "press-briefings")
ORDERS = ("presidential-actions",)
_FRONT = re.compile(rb"---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)
_PLEDGE = re.compile(r"\b(pledge[sd]?|commit(s|ted|ments?)?|voluntary)\b", re.IGNORECASE)


def read_documents(data_set: DataSet, ledger: Ledger) -> Iterator[Sheet]:
    """Iterate over the documents that are statements about pledges; others are skipped by rule."""
    for name, data in tar_members(data_set.path, ledger):
        if name.endswith(".md"):
            ledger.read("document")
            place = Place(data_set.path.name, name)
            front, wrong = _front_matter(name, data)
            rule = left_out(front)
            if wrong:
                ledger.quarantine("document", place, *wrong)
            elif rule:
                ledger.skip("document", place, rule, front["title"])
            else:
                yield _sheet(name, front, place, ledger)


def _front_matter(name: str, data: bytes) -> tuple[Mapping[str, str], tuple[str, str] | None]:
    """Return the front matter, and the rule that it breaks, if any."""
    found = _FRONT.match(data)
    if not found:
        return {}, ("no-front-matter", name)
    try:
        front = yaml_text.document(found[1])
    except yaml_text.UnsoundYamlError as error:
        return {}, ("bad-yaml", str(error))
    if not isinstance(front, dict):
        return {}, ("no-front-matter", name)
    texts = {key: value for key, value in front.items() if isinstance(value, str)}
    missing = [key for key in ("date", "published_time", "title", "tags") if key not in texts]
    if missing:
        return {}, ("no-front-matter", f"without {', '.join(missing)}")
    days = {texts["date"], texts["published_time"][:10], PurePosixPath(name).name[:10]}
    if len(days) > 1:
        return {}, ("days-differ", ", ".join(sorted(days)))
    return texts, None


def left_out(front: Mapping[str, str]) -> str | None:
    """Return the rule by which a document is none of a pledge, or none."""
    if front.get("tags") in TRANSCRIPTS:
        return "transcript"
    if front.get("tags") in ORDERS:
        return "order-or-proclamation"
    return None if _PLEDGE.search(front.get("title", "")) else "names-no-pledge"


def _sheet(name: str, front: Mapping[str, str], place: Place, ledger: Ledger) -> Sheet:
    form: dict[str, Value] = {
        "id": slug_of(name),
        "speaker": SPEAKER,
        "date": front["date"],
        "medium": "press-statement",
        "does": "report",
        "paraphrase": re.sub(r"\s+", " ", front["title"].replace("\u2060", "")).strip(),
        "reported-at": front.get("source_url"),
    }
    nation = tuple(part.form for part in united_states.nation())
    speaker = {
        "id": "us-white-house",
        "type": "government-body",
        "label": "The White House",
        "jurisdiction": "jurisdiction/us",
        "entry": place.entry,
    }
    return {
        "jurisdictions": jurisdictions(nation, ledger, place),
        "organizations": [speaker] if ledger.first(SPEAKER) else [],
        "statements": [ledger.record("document", place.at("title"), form)],
    }


def slug_of(name: str) -> str:
    """Return the slug of a statement: the folder and name of the file, cut to what an IRI takes."""
    path = PurePosixPath(name)
    stem = re.sub(r"[^a-z0-9]+", "-", f"{path.parts[0]}-{path.stem}".lower())
    return f"white-house-{stem[:150]}".rstrip("-")
