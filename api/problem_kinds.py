"""The types of problem that HTTP itself gives rise to; those of the graph are its errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from pledgegraph.graph.namespaces import BASE


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A documented type of problem."""

    slug: str
    status: HTTPStatus
    title: str
    description: str = ""

    @property
    def iri(self) -> str:
        """The ``type`` of the problem."""
        return f"{BASE}problems/{self.slug}"


REQUEST_PROBLEMS: Mapping[str, ProblemKind] = {
    kind.slug: kind
    for kind in (
        ProblemKind("bad-request", HTTPStatus.BAD_REQUEST, "The request can't be understood."),
        ProblemKind(
            "unknown-parameter",
            HTTPStatus.BAD_REQUEST,
            "The request has a parameter that this address does not take.",
            "A mistyped filter would otherwise be an unfiltered answer. The member `nearest` "
            "names the parameter that was probably meant.",
        ),
        ProblemKind(
            "duplicate-parameter",
            HTTPStatus.BAD_REQUEST,
            "The request gives a parameter twice that may be given once.",
        ),
        ProblemKind(
            "invalid-parameter",
            HTTPStatus.BAD_REQUEST,
            "A parameter has a value of the wrong form.",
            "The member `errors` lists each parameter and what is wrong with it.",
        ),
        ProblemKind(
            "missing-token",
            HTTPStatus.UNAUTHORIZED,
            "Writing needs a token.",
            "Send `Authorization: Bearer` and a token; `pledgegraph token create` makes one.",
        ),
        ProblemKind(
            "invalid-token",
            HTTPStatus.UNAUTHORIZED,
            "The token is unknown, revoked or expired.",
        ),
        ProblemKind(
            "insufficient-scope",
            HTTPStatus.FORBIDDEN,
            "The token does not allow this write.",
            "The member `scope` names what it would need to allow.",
        ),
        ProblemKind(
            "precondition-failed",
            HTTPStatus.PRECONDITION_FAILED,
            "What is there is not what If-Match or If-None-Match expects.",
            "Somebody else has written: fetch it anew, and look before you write over it.",
        ),
        ProblemKind("not-found", HTTPStatus.NOT_FOUND, "There is nothing at this address."),
        ProblemKind(
            "method-not-allowed",
            HTTPStatus.METHOD_NOT_ALLOWED,
            "This address does not take this method.",
        ),
        ProblemKind(
            "not-acceptable",
            HTTPStatus.NOT_ACCEPTABLE,
            "None of the wanted formats is served at this address.",
            "The member `available` lists the media types that are.",
        ),
        ProblemKind(
            "content-too-large",
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "The body of the request is larger than this address takes.",
        ),
        ProblemKind(
            "unsupported-media-type",
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "The body of the request has a media type that this address does not take.",
        ),
        ProblemKind(
            "request-timeout",
            HTTPStatus.REQUEST_TIMEOUT,
            "The request did not arrive in time.",
        ),
        ProblemKind(
            "uri-too-long",
            HTTPStatus.REQUEST_URI_TOO_LONG,
            "The address is longer than any that is read here.",
            "Send a long query in the body of a POST request.",
        ),
        ProblemKind(
            "header-too-large",
            HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
            "The headers of the request are larger than any that are read here.",
        ),
        ProblemKind(
            "not-implemented",
            HTTPStatus.NOT_IMPLEMENTED,
            "The request is for a tunnel, or in a transfer coding that is not done here.",
        ),
        ProblemKind(
            "too-many-connections",
            HTTPStatus.SERVICE_UNAVAILABLE,
            "As many clients are connected as the server takes.",
        ),
        ProblemKind(
            "http-version",
            HTTPStatus.HTTP_VERSION_NOT_SUPPORTED,
            "HTTP/1.1 is spoken here.",
        ),
        ProblemKind(
            "internal-error",
            HTTPStatus.INTERNAL_SERVER_ERROR,
            "The server failed.",
            "The fault is ours, not the request's; the server's log says more.",
        ),
    )
}
