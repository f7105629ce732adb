"""What is not the whole answer never looks like one."""

import json
import re
import socket
import zlib
from collections.abc import Callable
from urllib.parse import urlencode
from xml.etree import ElementTree

import httpx
import pytest

from .served import EVERYTHING, Served

FORMATS = ["json", "xml", "csv", "tsv"]
GRAPHS = ["turtle", "ntriples", "jsonld", "rdfxml"]
GRAPH = "CONSTRUCT { ?a <urn:x:p> ?f . ?d ?b ?c } { ?a ?b ?c . ?d ?e ?f }"
MANY = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"


def raw(server: Served, query: str, name: str, version: str = "1.1", *more: str) -> bytes:
    """Everything that comes over the connection until it is closed."""
    address = f"/sparql?{urlencode({'query': query, 'format': name})}"
    head = "\r\n".join((f"GET {address} HTTP/{version}", "Host: x", *more))
    received = bytearray()
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as client:
        client.sendall(f"{head}\r\n\r\n".encode())
        while data := client.recv(1 << 16):
            received += data
    return bytes(received)


@pytest.fixture
def server(serve: Callable[..., Served]) -> Served:
    return serve(query_result_mebibytes=2, query_deadline_seconds=60)


def test_an_answer_that_is_cut_has_no_end(server: Served) -> None:
    for name in (*FORMATS, *GRAPHS):
        received = raw(server, EVERYTHING if name in FORMATS else GRAPH, name)
        head, _, body = received.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), name
        assert b"transfer-encoding: chunked" in head.lower(), name
        assert len(body) > 1 << 20, name
        assert not body.endswith(b"0\r\n\r\n"), name
        chunks = b"".join(re.split(rb"\r\n[0-9a-f]+\r\n", b"\r\n" + body)[1:])
        if name == "json":
            with pytest.raises(json.JSONDecodeError):
                json.loads(chunks)
        if name == "xml":
            with pytest.raises(ElementTree.ParseError):
                ElementTree.fromstring(chunks)  # noqa: S314 - it is our own
    cut = [line["cut"] for line in server.lines() if "cut" in line]
    assert cut == ["the result is larger than its budget"] * 8
    assert server.metrics()["pledgegraph_answers_cut_total"] == 8


def test_a_client_takes_a_cut_answer_for_a_failure(server: Served) -> None:
    for encoding in ("identity", "gzip"):
        with pytest.raises(httpx.RemoteProtocolError):
            server.ask(EVERYTHING, **{"Accept-Encoding": encoding})


def test_a_cut_answer_is_no_whole_compressed_one(server: Served) -> None:
    head, _, body = raw(server, EVERYTHING, "csv", "1.1", "Accept-Encoding: gzip").partition(
        b"\r\n\r\n"
    )
    assert b"content-encoding: gzip" in head.lower()
    chunks = b"".join(re.split(rb"\r\n[0-9a-f]+\r\n", b"\r\n" + body)[1:])
    unpacking = zlib.decompressobj(31)
    unpacking.decompress(chunks)
    assert not unpacking.eof


def test_where_only_the_end_of_the_connection_ends_an_answer_none_is_cut(server: Served) -> None:
    received = raw(server, EVERYTHING, "csv", "1.0")
    assert received.startswith(b"HTTP/1.1 422")
    assert b"result-too-large" in received


def test_what_is_too_large_before_the_first_byte_has_its_own_status(
    serve: Callable[..., Served],
) -> None:
    answer = serve(query_result_mebibytes=1).ask(EVERYTHING)
    assert answer.status_code == 422
    assert answer.json()["type"].endswith("/result-too-large")


def test_a_whole_answer_comes_whole_with_its_length_where_it_is_small(
    serve: Callable[..., Served],
) -> None:
    server = serve(query_result_mebibytes=64)
    small = server.ask("SELECT * { ?a ?b ?c } LIMIT 3", Accept="text/csv")
    assert int(small.headers["content-length"]) == len(small.content)
    large = server.ask(MANY, Accept="text/csv", **{"Accept-Encoding": "identity"})
    assert "content-length" not in large.headers
    assert len(large.content) > 1 << 20
    assert len(large.content.splitlines()) == 20001
