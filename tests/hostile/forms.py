"""Is an answer whole and well-formed in its format? Each check raises if not."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from xml.etree import ElementTree

import pyoxigraph as ox


def _json(body: bytes) -> None:
    json.loads(body)


def _xml(body: bytes) -> None:
    ElementTree.fromstring(body)  # noqa: S314 - our own answer


def _csv(body: bytes) -> None:
    rows = list(csv.reader(io.StringIO(body.decode(), newline=""), strict=True))
    assert len({len(row) for row in rows}) == 1, "rows of different lengths"


def _tsv(body: bytes) -> None:
    ox_format = ox.QueryResultsFormat.TSV
    list(ox.parse_query_results(body, format=ox_format))  # type: ignore[arg-type]


def _turtle(body: bytes) -> None:
    list(ox.parse(body, format=ox.RdfFormat.TURTLE))


CHECKS: Mapping[str, Callable[[bytes], None]] = {
    "json": _json,
    "xml": _xml,
    "csv": _csv,
    "tsv": _tsv,
    "turtle": _turtle,
}
