"""Identifiers of legislators: under which key each scheme stands, and what its values look like.

A value that has not the form of its scheme is quarantined: it was cut, or belongs to another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pledgegraph.graph.importers.congress.raw import Raw

_UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_TITLE = r"[^_#<>\[\]|{}%]+"


@dataclass(frozen=True)
class Scheme:
    """A scheme: its key in the record form, the form of a value, and whether one has several."""

    key: str
    form: re.Pattern[str]
    is_many: bool = False


def _scheme(key: str, form: str, *, is_many: bool = False) -> Scheme:
    return Scheme(key, re.compile(form), is_many)


SCHEMES: Mapping[str, Scheme] = {
    "bioguide": _scheme("bioguide", r"[A-Z]\d{6}"),
    "thomas": _scheme("thomas", r"\d{5}"),
    "lis": _scheme("lis", r"S\d{3}"),
    "govtrack": _scheme("govtrack", r"[1-9]\d{5}"),
    "opensecrets": _scheme("opensecrets", r"N\d{8}"),
    "votesmart": _scheme("votesmart", r"[1-9]\d{0,6}"),
    "icpsr": _scheme("icpsr", r"[1-9]\d{0,4}"),
    "fec": _scheme("fec", r"[HPS][0-9A-Z]{8}", is_many=True),
    "cspan": _scheme("cspan", r"[1-9]\d{0,7}"),
    "wikipedia": _scheme("wikipedia", _TITLE),
    "ballotpedia": _scheme("ballotpedia", _TITLE),
    "maplight": _scheme("maplight", r"[1-9]\d{0,5}"),
    "house_history": _scheme("house-history", r"[1-9]\d{0,4}|[1-9]\d{10}"),
    "wikidata": _scheme("wikidata", r"Q[1-9]\d*"),
    "google_entity_id": _scheme("google-entity", r"kg:/[gm]/[0-9a-z_]+"),
    "pictorial": _scheme("pictorial", r"[1-9]\d{0,5}"),
    "washington_post": _scheme("washington-post", rf"gIQA[0-9A-Za-z]{{6}}|{_UUID}"),
}


@dataclass(frozen=True)
class Identifier:
    """What a person has under one scheme: sound values, and those that have another form."""

    name: str
    values: tuple[str, ...]
    unsound: tuple[str, ...] = ()

    @property
    def scheme(self) -> Scheme:
        """Return its scheme; raise ``KeyError`` for one that is not known."""
        return SCHEMES[self.name]


def identifiers(raw: Mapping[str, Raw]) -> Iterator[Identifier]:
    """Iterate over the identifiers of a person, one for each scheme, known or not."""
    for name, given in raw.items():
        scheme = SCHEMES.get(name)
        values = [str(value or "").strip() for value in (given if _is_list(given) else [given])]
        if scheme is None:
            yield Identifier(name, tuple(values))
            continue
        if name == "icpsr":
            values = [value.lstrip("0") for value in values]
        sound = tuple(value for value in values if scheme.form.fullmatch(value))
        unsound = tuple(value for value in values if not scheme.form.fullmatch(value))
        if len(sound) > 1 and not scheme.is_many:
            sound, unsound = (), tuple(values)
        yield Identifier(name, sound, unsound)


def slug_of(title: str) -> str:
    """Return the title of an article as a name in addresses; empty where no letter is left."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))


def _is_list(given: Raw) -> bool:
    return isinstance(given, list)
