"""The same request is answered from memory while the release and the day stay, and no other is."""

import asyncio
from dataclasses import dataclass, field

import pytest
from starlette.types import Message, Receive, Scope, Send

from pledgegraph.api.kept_answers import KeptAnswers, Memory
from pledgegraph.api.observation import KEY, Observed
from pledgegraph.graph.errors import NoReleaseError

Fields = list[tuple[bytes, bytes]]


@dataclass
class Answering:
    """An application that counts how often it is asked, with what it answers."""

    memory: Memory = field(default_factory=lambda: Memory(1 << 20))
    release: int | None = 1
    lasting: bool = True
    status: int = 200
    pieces: tuple[bytes, ...] = (b"answer",)
    asked: list[bytes] = field(default_factory=list)
    meanwhile: int | None = None

    def newest(self) -> int:
        if self.release is None:
            raise NoReleaseError("none")
        return self.release

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = await receive()
        body = request["body"]
        while request["more_body"]:
            request = await receive()
            body += request["body"]
        self.asked.append(body)
        self.release = self.meanwhile or self.release
        scope[KEY].lasting, scope[KEY].route = self.lasting, "/sparql"
        await send(
            {"type": "http.response.start", "status": self.status, "headers": [(b"a", b"b")]}
        )
        for at, piece in enumerate(self.pieces, 1):
            more = at < len(self.pieces)
            await send({"type": "http.response.body", "body": piece, "more_body": more})

    def get(self, method: str = "GET", *fields: tuple[bytes, bytes], **more: object) -> Observed:
        """Ask, and return what was seen of it; the answer must always be the same."""
        told, seen = more.pop("told", [b""]), Observed("")
        assert isinstance(told, list)
        scope = {"type": "http", "method": method, "scheme": "http", "path": "/sparql"}
        scope |= {"query_string": b"query=ASK{}", "headers": list(fields), KEY: seen} | more
        given = iter(told)
        left = len(told)
        sent: list[Message] = []

        async def receive() -> Message:
            nonlocal left
            left -= 1
            return {"type": "http.request", "body": next(given), "more_body": left > 0}

        async def send(message: Message) -> None:
            sent.append(message)

        asyncio.run(KeptAnswers(self, self.newest, self.memory)(scope, receive, send))
        assert (sent[0]["status"], sent[0]["headers"]) == (self.status, [(b"a", b"b")])
        assert b"".join(message["body"] for message in sent[1:]) == b"".join(self.pieces)
        return seen


@pytest.fixture
def app() -> Answering:
    return Answering()


POSTED = (b"content-type", b"application/sparql-query; charset=utf-8")
ACCEPT = (b"accept", b"text/csv")


def test_the_same_request_is_answered_once(app: Answering) -> None:
    app.get("GET", ACCEPT, (b"user-agent", b"one"), (b"x-request-id", b"1"))
    seen = app.get("GET", ACCEPT, (b"user-agent", b"another"))
    assert (len(app.asked), app.memory.hits, seen.route) == (1, 1, "/sparql")


@pytest.mark.parametrize(
    "other",
    [
        ("HEAD", ACCEPT),
        ("GET",),
        ("GET", ACCEPT, (b"accept-encoding", b"gzip")),
        ("GET", ACCEPT, (b"if-none-match", b'"x"')),
        ("GET", ACCEPT, (b"host", b"elsewhere")),
        ("GET", ACCEPT, (b"of-tomorrow", b"new")),
    ],
)
def test_what_an_answer_may_depend_on_tells_requests_apart(app: Answering, other: tuple) -> None:  # type: ignore[type-arg]
    app.get("GET", ACCEPT)
    app.get(*other)
    assert len(app.asked) == 2


@pytest.mark.parametrize(
    "other", [{"query_string": b"query=ASK{ }"}, {"path": "/sparql/limits"}, {"scheme": "https"}]
)
def test_addresses_tell_requests_apart(app: Answering, other: dict[str, object]) -> None:
    app.get()
    app.get(**other)
    assert len(app.asked) == 2


def test_a_new_release_is_asked_anew(app: Answering) -> None:
    app.get()
    app.release = 2
    app.get()
    app.get()
    assert len(app.asked) == 2


def test_an_answer_is_not_kept_if_another_release_came_meanwhile(app: Answering) -> None:
    app.meanwhile = 2
    app.get()
    app.release = 1
    app.get()
    assert (len(app.asked), app.memory.hits) == (2, 0)


def test_what_a_token_is_given_is_neither_kept_nor_taken_from_memory(app: Answering) -> None:
    app.get("GET", (b"authorization", b"Bearer x"))
    app.get("GET", (b"authorization", b"Bearer x"))
    app.get("GET")
    assert (len(app.asked), app.memory.hits) == (3, 0)


@pytest.mark.parametrize(
    ("name", "value"),
    [("lasting", False), ("status", 404), ("status", 503), ("pieces", (b"a", b"b"))],
)
def test_what_may_change_fails_or_is_streamed_is_not_kept(
    app: Answering, name: str, value: object
) -> None:
    setattr(app, name, value)
    app.get()
    app.get()
    assert (len(app.asked), app.memory.bytes) == (2, 0)


def test_nothing_is_kept_while_there_is_no_release(app: Answering) -> None:
    app.release = None
    app.get()
    app.get()
    assert (len(app.asked), app.memory.bytes) == (2, 0)


def test_a_body_that_will_be_refused_is_not_waited_for(app: Answering) -> None:
    app.get("POST", (b"content-type", b"text/plain"), told=[b"a"])
    app.get("POST", (b"content-type", b"text/plain"), told=[b"a"])
    assert (app.asked, app.memory.misses) == ([b"a", b"a"], 0)


def test_a_posted_query_is_answered_once_however_it_comes_in_pieces(app: Answering) -> None:
    app.get("POST", POSTED, told=[b"ASK", b"{}"])
    app.get("POST", POSTED, told=[b"ASK{}"])
    app.get("POST", POSTED, told=[b"ASK{ }"])
    assert app.asked == [b"ASK{}", b"ASK{ }"]


def test_what_is_posted_elsewhere_is_let_through(app: Answering) -> None:
    app.get("POST", path="/records", told=[b"a"])
    app.get("POST", path="/records", told=[b"a"])
    assert app.asked == [b"a", b"a"]


def test_a_large_posted_query_arrives_whole_and_is_not_kept(app: Answering) -> None:
    pieces = [b"#" * 50_000, b"#" * 50_000, b"ASK {}"]
    app.get("POST", POSTED, told=pieces)
    app.get("POST", POSTED, told=pieces)
    assert app.asked == [b"".join(pieces)] * 2


def test_memory_is_bounded_and_forgets_what_was_not_used_for_longest(app: Answering) -> None:
    app.memory, app.pieces = Memory(1 << 20), (b"x" * 100_000,)
    for number in range(30):
        app.get(query_string=b"query=%d" % number)
        app.get(query_string=b"query=0")
        assert app.memory.bytes <= 1 << 20
    assert app.asked == [b""] * 30
    app.get(query_string=b"query=1")
    assert len(app.asked) == 31


def test_an_answer_too_large_for_its_share_of_memory_is_not_kept(app: Answering) -> None:
    app.pieces = (b"x" * 200_000,)
    app.get()
    assert app.memory.bytes == 0
