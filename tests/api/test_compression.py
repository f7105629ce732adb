"""Answers are packed as Accept-Encoding likes, never against it, and not when they are tiny."""

import gzip

import httpx
import pytest
import zstandard
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pledgegraph.api.compression import IN_THREAD_BYTES, Compression, chosen_coding


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", None),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("zstd", "zstd"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("GZIP;Q=0.8, ZSTD;Q=0.5", "gzip"),
        ("gzip;q=0", None),
        ("gzip;q=0.000, zstd;q=0", None),
        ("*", "zstd"),
        ("zstd;q=0, *", "gzip"),
        ("identity", None),
        ("identity, gzip;q=0.5", None),
        ("identity;q=0.5, gzip", "gzip"),
        ("br", None),
        ("gzip;q=nonsense", None),
        ("gzip;q=nan", None),
        ("zstd;q=nan, gzip;q=0.1", "gzip"),
        (",;q=1,,", None),
    ],
)
def test_the_coding_that_is_liked_best_is_chosen(header: str, expected: str | None) -> None:
    assert chosen_coding(header) == expected


PIECES = [b"a,b\n" * 500, b"c,d\n" * 500, b"e,f\n"]
LARGE = "label\n" * (IN_THREAD_BYTES // 4)


async def whole(_request: object) -> Response:
    return PlainTextResponse("label\n" * 1000)


async def large(_request: object) -> Response:
    return PlainTextResponse(LARGE)


async def tiny(_request: object) -> Response:
    return PlainTextResponse("label\n")


async def streamed(_request: object) -> Response:
    return StreamingResponse(iter(PIECES), media_type="text/csv")


@pytest.fixture(scope="module")
def sender() -> TestClient:
    routes = [Route(f"/{f.__name__}", f) for f in (whole, large, tiny, streamed)]
    app = Starlette(routes=routes)
    app.add_middleware(Compression)
    return TestClient(app)


def raw(sender: TestClient, path: str, coding: str) -> tuple[httpx.Headers, bytes]:
    with sender.stream("GET", path, headers={"Accept-Encoding": coding}) as answer:
        return answer.headers, b"".join(answer.iter_raw())  # type: ignore[return-value]


def unpacked(coding: str, data: bytes) -> bytes:
    if coding == "gzip":
        return gzip.decompress(data)
    return zstandard.ZstdDecompressor().decompressobj().decompress(data)


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("/whole", b"label\n" * 1000),
        ("/large", LARGE.encode()),
        ("/streamed", b"".join(PIECES)),
    ],
)
def test_a_packed_answer_unpacks_to_the_same_bytes(
    sender: TestClient, coding: str, path: str, content: bytes
) -> None:
    headers, data = raw(sender, path, coding)
    assert headers["content-encoding"] == coding
    assert headers["vary"] == "Accept-Encoding"
    assert len(data) < len(content)
    assert unpacked(coding, data) == content


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_a_tiny_answer_is_sent_as_it_is(sender: TestClient, coding: str) -> None:
    headers, data = raw(sender, "/tiny", coding)
    assert "content-encoding" not in headers
    assert data == b"label\n"


def test_an_answer_that_could_have_been_packed_says_so(sender: TestClient) -> None:
    headers, data = raw(sender, "/whole", "gzip;q=0")
    assert "content-encoding" not in headers
    assert headers["vary"] == "Accept-Encoding"
    assert data == b"label\n" * 1000


def test_the_application_packs_its_answers(client: TestClient) -> None:
    with client.stream("GET", "/ns", headers={"Accept-Encoding": "zstd"}) as answer:
        data = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "zstd"
    assert set(answer.headers["vary"].split(", ")) == {"Accept-Encoding", "Accept"}
    assert unpacked("zstd", data) == client.get("/ns", headers={"Accept-Encoding": ""}).content
