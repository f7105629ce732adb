"""Ask a server over one connection that is kept open."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

JSON = "application/sparql-results+json"


class SilentError(Exception):
    """The server gave no answer."""


@dataclass(frozen=True)
class Reply:
    """What a server answered."""

    status: int
    body: bytes

    @property
    def answer(self) -> object:
        """The truth value, or the rows in any order, each the text of its terms by name."""
        document = json.loads(self.body)
        if "boolean" in document:
            return document["boolean"]
        rows = document["results"]["bindings"]
        return sorted(sorted((name, term["value"]) for name, term in row.items()) for row in rows)


class Client:
    """One connection to a server on loopback."""

    def __init__(
        self, port: int, path: str, parameters: Mapping[str, str], patience: float
    ) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
        self._path = path
        self._parameters = parameters

    def ask(self, query: str) -> Reply:
        """Send a query by GET and read the whole answer."""
        address = f"{self._path}?{urlencode({**self._parameters, 'query': query})}"
        try:
            self._connection.request("GET", address, headers={"Accept": JSON})
            answer = self._connection.getresponse()
            return Reply(answer.status, answer.read())
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()  # the next request opens another
            raise SilentError(repr(error)) from error

    def close(self) -> None:
        """Hang up."""
        self._connection.close()
