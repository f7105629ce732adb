"""Choose the format of an answer: by ``format=``, by suffix or by the Accept header.

RFC 9110 12.5.1: the most specific range gives an offer its quality; zero refuses it. Among equal
qualities the order of our offers decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write an answer: its short name, file suffix and media types.

    ``media_type`` goes to the engine, ``content_type`` into the answer, ``accepts`` are further
    media types under which it may be asked for.
    """

    name: str
    suffix: str
    media_type: str
    charset: bool = False
    accepts: tuple[str, ...] = ()
    also_named: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header."""
        return f"{self.media_type}; charset=utf-8" if self.charset else self.media_type

    @property
    def names(self) -> tuple[str, ...]:
        """Every name under which ``format=`` takes it."""
        return (self.name, self.suffix, *self.also_named)


HTML = Format("html", "html", "text/html", charset=True, accepts=("application/xhtml+xml",))
TURTLE = Format("turtle", "ttl", "text/turtle", charset=True, also_named=("n3",))
N_TRIPLES = Format("ntriples", "nt", "application/n-triples", accepts=("text/plain",))
JSON_LD = Format("jsonld", "jsonld", "application/ld+json", also_named=("json", "json-ld"))
RDF_XML = Format("rdfxml", "rdf", "application/rdf+xml", also_named=("xml", "rdf+xml"))
JSON = Format("json", "json", "application/sparql-results+json", accepts=("application/json",))
XML = Format(
    "xml",
    "xml",
    "application/sparql-results+xml",
    accepts=("application/xml", "text/xml"),
    also_named=("srx",),
)
CSV = Format("csv", "csv", "text/csv", charset=True)
# Had only by its name or this very media type: what any other range accepts is the plain one.
CSV_EXCEL = Format("csv-excel", "csv-excel", "text/csv; variant=excel", charset=True)
TSV = Format("tsv", "tsv", "text/tab-separated-values", charset=True)

GRAPH_FORMATS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
SOLUTION_FORMATS = (JSON, XML, CSV, TSV, CSV_EXCEL)
BOOLEAN_FORMATS = (JSON, XML)
PAGE_FORMATS = (HTML, *GRAPH_FORMATS)

T = TypeVar("T")
Declared = dict[int | str, dict[str, Any]]


def declared(*formats: Format) -> Declared:
    """Say in the interface's description in which media types an address answers."""
    content: dict[str, Any] = {offer.media_type: {} for offer in formats}
    return {
        200: {"description": "The answer, in the format that was asked for.", "content": content}
    }


@dataclass(frozen=True, slots=True)
class Range:
    """One media range of an Accept header.

    Of its parameters ``variant`` counts; the others say nothing that our offers differ in.
    """

    type: str
    subtype: str
    quality: float
    variant: str = ""

    def fits(self, media_type: str) -> int:
        """Return how closely this range fits: 0 not at all, 3 exactly."""
        name, _, variant = media_type.partition("; variant=")
        if variant != self.variant:
            return 0
        kind, _, subtype = name.partition("/")
        if self.type == "*":
            return 1
        if self.type != kind:
            return 0
        return 2 if self.subtype == "*" else 3 * (self.subtype == subtype)


def parse_accept(header: str | None) -> list[Range]:
    """Read an Accept header; no header, or an empty one, accepts everything."""
    if header is None or not header.strip():
        return [Range("*", "*", 1.0)]
    return [found for part in header.split(",") if (found := _range(part)) is not None]


def _range(part: str) -> Range | None:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    kind, slash, subtype = name.partition("/")
    if not slash:
        return None
    pairs = (parameter.partition("=") for parameter in parameters)
    values = {key.strip(): value.strip().strip('"') for key, _, value in pairs}
    try:
        quality = float(values.get("q", 1.0))
    except ValueError:
        quality = 0.0
    bounded = min(1.0, quality) if quality > 0 else 0.0  # which NaN is not
    return Range(kind, subtype, bounded, values.get("variant", ""))


def quality(header: str | None, media_types: Iterable[str]) -> float:
    """Return the best quality that a header gives to any of some media types."""
    ranges = parse_accept(header)
    best = 0.0
    for media_type in media_types:
        closest = max(((r.fits(media_type), r.quality) for r in ranges), default=(0, 0.0))
        if closest[0]:
            best = max(best, closest[1])
    return best


def choose(header: str | None, offers: Sequence[Format]) -> Format | None:
    """Return the offer that an Accept header likes best, or None if it refuses all."""
    scored = [(_liking(header, offer), offer) for offer in offers]
    best = max((score for score, _ in scored), default=0.0)
    return next((offer for score, offer in scored if score == best and score > 0), None)


def _liking(header: str | None, offer: Format) -> float:
    """Return the quality of an offer; its other media types count only where they are named."""
    ranges = parse_accept(header)
    others = [r.quality for r in ranges for name in offer.accepts if r.fits(name) == 3]
    return max(quality(header, [offer.media_type]), *others, 0.0)


def named(name: str, offers: Sequence[Format]) -> Format | None:
    """Return the offer with a short name, a suffix or a full media type."""
    wanted = name.lower()
    return next((o for o in offers if wanted in (*o.names, o.media_type, *o.accepts)), None)


def split_suffix(path: str, offers: Sequence[Format]) -> tuple[str, Format | None]:
    """Split ``amazon.ttl`` into ``amazon`` and Turtle; other dots belong to the name."""
    stem, dot, suffix = path.rpartition(".")
    found = next((offer for offer in offers if dot and offer.suffix == suffix), None)
    return (path, None) if found is None else (stem, found)


def is_browser(header: str | None) -> bool:
    """Tell whether HTML is asked for by name and liked no less than JSON."""
    if not any(r.type == "text" and r.subtype == "html" for r in parse_accept(header)):
        return False
    return quality(header, ["text/html"]) >= quality(header, ["application/problem+json"])
