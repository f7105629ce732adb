"""Requests and the answers they must get, as a manifest says them, and whether they do.

Two manifests describe requests in RDF (the ``ht:`` vocabulary), an older one as text.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import Path

import httpx
import pyoxigraph as ox

from .manifests import MF, RDFS, UT, Manifest, Term, file, local_name

HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
STATUS_CODES = "http://www.w3.org/2011/http-statusCodes#"
NAMED_STATUS = {status.phrase.replace(" ", ""): str(status.value) for status in HTTPStatus}
TABULAR = ("JSON", "XML", "CSV", "TSV")

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Request:
    """What is sent."""

    method: str
    target: str
    headers: Headers = ()
    body: bytes | None = None


@dataclass(frozen=True)
class Expected:
    """What must come back; what is absent is not looked at."""

    statuses: frozenset[str]
    format: str | None = None
    boolean: bool | None = None
    location: str | None = None
    headers: Headers = ()
    body: str | None = None


@dataclass(frozen=True)
class Case:
    """A test: what the store holds before, and the requests in their order."""

    name: str
    exchanges: Sequence[tuple[Request, Expected]]
    graphs: Sequence[tuple[str, Path]] = field(default=())


def cases(manifest: Manifest) -> Iterator[Case]:
    """Read the tests of a manifest and of those that it includes."""
    for entry in manifest.entries:
        action = manifest.one(entry, f"{MF}action")
        if action is None:
            yield Case(local_name(entry), [_from_text(_described(manifest, entry))])
            continue
        requests = manifest.items(manifest.one(action, f"{HT}requests"))
        graphs = [
            (str(manifest.text(given, f"{RDFS}label")), file(manifest.one(given, f"{UT}graph")))
            for given in manifest.all(entry, f"{UT}graphData")
        ]
        exchanges = [(_request(manifest, node), _expected(manifest, node)) for node in requests]
        yield Case(local_name(entry), exchanges, graphs)
    for other in manifest.included:
        yield from cases(other)


def _request(manifest: Manifest, node: Term) -> Request:
    body = manifest.one(node, f"{HT}body")
    content = None
    if body is not None:
        text = manifest.text(body, f"{CNT}chars")
        encoding = manifest.text(body, f"{CNT}characterEncoding")
        assert text is not None
        assert encoding is not None
        content = text.encode(encoding)
    method = manifest.text(node, f"{HT}methodName")
    target = manifest.text(node, f"{HT}absolutePath")
    assert method is not None
    assert target is not None
    return Request(method, target, _headers(manifest, node), content)


def _headers(manifest: Manifest, node: Term) -> Headers:
    listed = manifest.items(manifest.one(node, f"{HT}headers"))
    pairs = [
        (manifest.text(header, f"{HT}fieldName"), manifest.text(header, f"{HT}fieldValue"))
        for header in listed
    ]
    return tuple((str(name).lower(), str(value)) for name, value in pairs)


def _expected(manifest: Manifest, node: Term) -> Expected:
    response = manifest.one(node, f"{HT}resp")
    assert response is not None
    codes = manifest.all(response, f"{MF}expectedStatus")
    names = [str(code.value).removeprefix(STATUS_CODES) for code in codes]
    boolean = manifest.text(response, f"{MF}expectedBoolean")
    body = manifest.one(response, f"{HT}body")
    return Expected(
        statuses=frozenset(NAMED_STATUS.get(n, n.removeprefix("StatusCode")) for n in names),
        format=manifest.text(response, f"{MF}expectedFormat"),
        boolean=None if boolean is None else boolean == "true",
        location=manifest.text(response, f"{MF}expectedLocation"),
        headers=_headers(manifest, response),
        body=None if body is None else manifest.text(body, f"{CNT}chars"),
    )


def _described(manifest: Manifest, entry: Term) -> str:
    comments = [str(comment.value) for comment in manifest.all(entry, f"{RDFS}comment")]
    (text,) = [comment for comment in comments if "#### Request" in comment]
    return text


def _from_text(comment: str) -> tuple[Request, Expected]:
    """Read a request and its answer as the older manifest writes them, in Markdown."""
    request, response = (
        textwrap.dedent(part).strip("\n")
        for part in comment.split("#### Request")[1].split("#### Response")
    )
    first, headers, body = _message(request)
    method, target, _ = first.split(" ")
    status, answered, content = _message(response)
    known = {name: value for name, value in answered if value != "..."}
    return (
        Request(method, target, _without_host(headers), body.encode() if body else None),
        Expected(
            statuses=frozenset({status.split(" ")[0]}),
            location=known.pop("location", None),
            headers=tuple(known.items()),
            body=content or None,
        ),
    )


def _message(text: str) -> tuple[str, Headers, str]:
    head, _, body = text.partition("\n\n")
    first, *lines = head.splitlines()
    pairs = (line.partition(":") for line in lines)
    return first, tuple((name.lower(), value.strip()) for name, _, value in pairs), body


def _without_host(headers: Headers) -> Headers:
    return tuple((name, value) for name, value in headers if name != "host")


def wrong(response: httpx.Response, expected: Expected) -> str | None:
    """Say what is wrong with an answer, if anything is."""
    status = str(response.status_code)
    if not expected.statuses & {status, f"{status[0]}xx"}:
        return f"{status} instead of {' or '.join(sorted(expected.statuses))}"
    if expected.location is not None and "location" not in response.headers:
        return "no Location"
    for name, value in expected.headers:
        if _spaced(response.headers.get(name, "")) != _spaced(value):
            return f"{name} is {response.headers.get(name)!r}"
    if expected.format is not None and _format(response) != expected.format:
        return f"{response.headers.get('content-type')} is not {expected.format}"
    if expected.boolean is not None and _boolean(response) is not expected.boolean:
        return f"not {expected.boolean}"
    if expected.body is not None and _graph(response) != _expected_graph(response, expected.body):
        return "another graph"
    return None


def _spaced(value: str) -> str:
    return re.sub(r"\s*;\s*", "; ", value).lower()


def _media_type(response: httpx.Response) -> str:
    return str(response.headers.get("content-type", "")).partition(";")[0]


def _format(response: httpx.Response) -> str | None:
    form = ox.QueryResultsFormat.from_media_type(_media_type(response))
    if form is not None:
        return "boolean" if _boolean(response) is not None else "tabular"
    if ox.RdfFormat.from_media_type(_media_type(response)) is None:
        return None
    _graph(response)
    return "RDF"


def _boolean(response: httpx.Response) -> bool | None:
    form = ox.QueryResultsFormat.from_media_type(_media_type(response))
    parsed = ox.parse_query_results(response.content, format=form)
    return bool(parsed) if isinstance(parsed, ox.QueryBoolean) else None


def _graph(response: httpx.Response) -> ox.Dataset:
    form = ox.RdfFormat.from_media_type(_media_type(response))
    return canonical(response.content, form, str(response.url))


def _expected_graph(response: httpx.Response, text: str) -> ox.Dataset:
    return canonical(text.encode(), ox.RdfFormat.TURTLE, str(response.url))


def canonical(data: bytes, form: ox.RdfFormat | None, base: str) -> ox.Dataset:
    """Return what a text says, so that two that say the same are equal."""
    dataset = ox.Dataset(ox.parse(data, format=form, base_iri=base))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def filled(request: Request, variables: dict[str, str]) -> Request:
    """Put values in the place of variables such as ``$LOCATION$``."""

    def fill(text: str) -> str:
        for name, value in variables.items():
            text = text.replace(name, value)
        return text

    body = None if request.body is None else request.body
    if body is not None and b"$" in body:
        body = fill(body.decode()).encode()
    return replace(request, target=fill(request.target), body=body)
