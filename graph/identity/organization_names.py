"""Read the name of an organization and compare it with another: words, form, former names.

``THE SINCLAIR COMPANIES (FORMERLY KNOWN AS SINCLAIR OIL CORPORATION)`` and ``A. O. Smith Corp``
become words in one spelling, without the legal form, which is kept apart. What sets a chapter, a
subsidiary or a fund apart from the whole is always a word more: so a word more is a difference.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import DamerauLevenshtein

from pledgegraph.graph.identity.person_names import fold

Agreement = Literal["equal", "near", "plural", "weak", "acronym", "related", "part", "different"]

_ABBREVIATIONS = {
    "assn": "association", "assoc": "association", "assocs": "associates", "intl": "international",
    "natl": "national", "nat": "national", "amer": "american", "univ": "university",
    "mfg": "manufacturing", "mfrs": "manufacturers", "svcs": "services", "svc": "services",
    "srvs": "services", "hldgs": "holdings", "hldg": "holding", "grp": "group", "cos": "companies",
    "fed": "federal", "govt": "government", "ctr": "center", "centre": "center", "cntr": "center",
    "hosp": "hospital", "sys": "systems", "inst": "institute", "mgmt": "management",
    "dept": "department", "dev": "development", "bros": "brothers", "ins": "insurance",
    "fin": "financial", "finl": "financial", "labs": "laboratories", "tech": "technology",
    "techs": "technologies", "comm": "communications", "communs": "communications",
    "telecom": "telecommunications", "pharm": "pharmaceuticals", "pharma": "pharmaceuticals",
    "inds": "industries", "ind": "industries", "props": "properties", "rsch": "research",
    "soc": "society", "found": "foundation", "fdn": "foundation", "coop": "cooperative",
    "elec": "electric", "transp": "transportation", "trans": "transportation", "st": "saint",
    "mt": "mount", "ft": "fort", "cnty": "county", "cmty": "community", "educ": "education",
    "org": "organization", "bancorporation": "bancorp", "usa": "us",
    "corp": "corporation", "co": "company", "serv": "services", "gp": "group",
    "and": "", "the": "", "of": "", "for": "", "in": "", "a": "", "an": "",
}  # fmt: skip
_FORMS = {
    "inc": "us", "incorporated": "us", "corp": "us", "corporation": "us", "co": "us",
    "company": "us", "llc": "llc", "lc": "llc", "pllc": "llc", "lp": "lp", "llp": "lp",
    "lllp": "lp", "ltd": "ltd", "limited": "ltd", "plc": "plc", "sa": "sa", "ag": "ag",
    "nv": "nv", "bv": "bv", "se": "se", "ab": "ab", "asa": "asa", "oyj": "oyj", "gmbh": "gmbh",
    "kgaa": "kgaa", "spa": "spa", "srl": "srl", "kk": "kk", "pjsc": "pjsc", "jsc": "jsc",
    "bhd": "bhd", "tbk": "tbk", "pte": "ltd", "pty": "ltd", "saa": "sa", "sab": "sa", "sas": "sas",
    "as": "as", "sgps": "sa", "sae": "sa", "persero": "jsc",
    "oao": "jsc", "pao": "jsc", "cv": "sa", "adr": "", "na": "", "pc": "us", "pa": "us",
}  # fmt: skip
_BEFORE = {("cv", "de"), ("company", "public")}  # words of a legal form that are none alone
# Words by which one name is often longer than another of the same organization.
_WEAK = {
    "com": 1.0,
    "companies": 1.0,
    "group": 3.0,
    "america": 5.0,
    "us": 5.0,
    "holding": 10.0,
    "holdings": 10.0,
    "net": 2.0,
}
# "Of America" says nothing new of a union; of a company it says that it is a subsidiary.
_NATION = {"america", "us", "american"}
_BODIES = {
    *("association", "union", "society", "league", "council", "federation", "brotherhood"),
    *("foundation", "institute", "alliance", "coalition", "conference", "chamber", "college"),
}
_FORMER = re.compile(
    r"[\s(,-]*\b(?:formerly|f[./]?k[./]?a\.?|previously)(?:\s+(?:known|filed|named)?\s*as)?\b[\s:.-]*"
    r"([^()]*)\)?",
    re.IGNORECASE,
)
_ALSO = re.compile(r"[\s(,-]*\b(?:d[./]?b[./]?a\.?|a[./]?k[./]?a\.?)[\s:.\"-]+([^()]*)\)?", re.I)
_BEHALF = re.compile(r"\b(?:on behalf of|o/?b/?o)\b", re.IGNORECASE)
# What a register adds to tell namesakes apart: "/DE/", "\\NEW\\", "/ADR", "BANCORP DE".
_STATE_OF_SEC = re.compile(
    r"\s*[/\\]\s*[A-Z]{0,4}\s*[/\\]?\s*$|(?<=BANCORP)\s[A-Z]{2}$|(?<=\bINC)\s(?:DE|MD|NJ|PA|NY|OH)$"
)
_CLASS = re.compile(
    r"\s*\((?:class\s+\w|the)\)|\bclass [a-z]\b|\b(?:common|ordinary) (?:stock|shares)\b", re.I
)
_UNITED_STATES = re.compile(r"\bunited states(?: of america)?\b|\bu\.? ?s\.? ?a\b\.?", re.I)
_FEDERATION = ("afl", "cio")  # what American unions write behind their names
_PARENTHESIS = re.compile(r"\(([^()]*)\)")
_LONG_FORMS = [form for form in _FORMS if len(form) >= 7]
_SLIP = 7  # letters that a word must have for one wrong letter to be a slip


@dataclass(frozen=True, slots=True)
class OrganizationName:
    """A name in its words.

    ``core`` are the words without legal form, articles and prepositions, ``key`` the same without
    spaces. ``form`` is the kind of legal form, ``former`` and ``also`` are names given beside it.
    """

    core: tuple[str, ...]
    form: str = ""
    former: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    is_on_behalf: bool = False

    @property
    def key(self) -> str:
        """Return the words as one."""
        return "".join(self.core)

    @property
    def singular(self) -> tuple[str, ...]:
        """Return the words without the s of the plural."""
        return tuple(_singular(word) for word in self.core)

    @property
    def acronym(self) -> str:
        """Return the first letters of its words."""
        return "".join(word[0] for word in self.core)


@dataclass(frozen=True, slots=True)
class Compared:
    """How two names agree: which words they share, and which only one has."""

    agreement: Agreement
    shared: frozenset[str]
    extra: frozenset[str] = frozenset()

    @property
    def weight_of_extra(self) -> float:
        """Return what the words that only one name has weigh against it, where they are weak."""
        return sum(_WEAK.get(word, 8.0) for word in self.extra)


@functools.lru_cache(maxsize=200_000)
def read_organization(text: str) -> OrganizationName:
    """Read a name as it is written somewhere."""
    is_on_behalf = bool(_BEHALF.search(text))
    former = tuple(match[1].strip() for match in _FORMER.finditer(text) if match[1].strip())
    text = _FORMER.sub(" ", text)
    also = tuple(match[1].strip(' "') for match in _ALSO.finditer(text) if match[1].strip(' "'))
    text = _CLASS.sub(" ", _STATE_OF_SEC.sub("", _ALSO.sub(" ", text.strip())))
    inner = _PARENTHESIS.findall(text)
    words = _words(_PARENTHESIS.sub(" ", text))
    core, form = _without_form(words)
    for part in inner:
        if _stands_for(fold(part).replace(" ", ""), fold(_PARENTHESIS.sub(" ", text)).split()):
            also += (part,)
        else:
            core = (*core, *_without_form(_words(part))[0])
    return OrganizationName(core or tuple(words), form, former, also, is_on_behalf)


def _stands_for(short: str, words: list[str]) -> bool:
    """Tell whether letters in parentheses are the first ones of words, some of them left out."""
    firsts = iter([word[0] for word in words])
    return 1 < len(short) <= 8 and all(letter in firsts for letter in short)


def _words(text: str) -> list[str]:
    text = _UNITED_STATES.sub(" US ", text.replace("&", " and ").replace("+", " and "))
    joined: list[str] = []
    single = False
    for word in fold(text).split():
        if len(word) == 1 and not word.isdigit() and single:
            joined[-1] += word
        else:
            joined.append(word)
        single = len(word) == 1 and not word.isdigit()
    return [full for word in joined if (full := _ABBREVIATIONS.get(word, word))]


def _without_form(words: list[str]) -> tuple[tuple[str, ...], str]:
    kept, form = [_form_of(word) for word in words], ""
    while kept[-2:] == [*_FEDERATION] and len(kept) > 2:
        kept = kept[:-2]
    while len(kept) > 1 and kept[-1] in _FORMS:
        last = kept.pop()
        form = _FORMS[last] or form
        if len(kept) > 1 and (last, kept[-1]) in _BEFORE:
            kept.pop()
    return tuple(kept), form


def _form_of(word: str) -> str:
    """Return a legal form that is written with one slip, and any other word as it is."""
    if len(word) < _SLIP or word in _FORMS:
        return word
    slips = (form for form in _LONG_FORMS if DamerauLevenshtein.distance(word, form) == 1)
    return next(slips, word)


def _singular(word: str) -> str:
    """Return a word without the s of the plural: Services and Service are one."""
    if (
        word in _WEAK
        or len(word) < 5
        or not word.endswith("s")
        or word.endswith(("ss", "us", "is"))
    ):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def compare_names(left: OrganizationName, right: OrganizationName) -> Compared:
    """Compare two names by their words."""
    if left.key == right.key:
        longer = max(left.core, right.core, key=len)
        return Compared("equal", frozenset(longer))
    ours, theirs = frozenset(left.singular), frozenset(right.singular)
    shared = ours & theirs
    if left.singular == right.singular:
        return Compared("equal" if len(ours) > 1 else "plural", frozenset(left.core))
    only_ours, only_theirs = ours - shared, theirs - shared
    extra = only_ours | only_theirs
    if not shared:
        return Compared("acronym" if _is_acronym(left, right) else "different", shared, extra)
    if not extra:
        return Compared("near" if len(ours) > 2 else "related", shared)
    if len(only_ours) == len(only_theirs) == 1:
        one, other = *only_ours, *only_theirs
        agreement: Agreement = "near" if _is_slip(one, other) else "related"
        return Compared(agreement, shared, extra)
    if only_ours and only_theirs:
        return Compared("related", shared, extra)
    is_weak = extra <= _WEAK.keys() and (not extra & _NATION or bool(shared & _BODIES))
    return Compared("weak" if is_weak else "part", shared, extra)


def _is_acronym(left: OrganizationName, right: OrganizationName) -> bool:
    for short, long in ((left, right), (right, left)):
        if len(short.core) == 1 and len(short.key) > 2 and short.key == long.acronym:
            return True
    return False


def _is_slip(one: str, other: str) -> bool:
    if any(c.isdigit() for c in one + other) or min(len(one), len(other)) < _SLIP:
        return False
    return one[0] == other[0] and DamerauLevenshtein.distance(one, other) == 1
