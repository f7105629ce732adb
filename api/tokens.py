"""Bearer tokens for writing and for long queries: random secrets; only their SHA-256 is kept.

They lie in ``HOME/tokens.json``, readable by its owner only, and are read for every write: a
revoked token is refused from then on.
"""

from __future__ import annotations

import enum
import fcntl
import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

PREFIX = "pgw_"
SECRET_BYTES = 32
MINIMUM_LENGTH = 32  # characters of a secret that an operator chose
MAXIMUM_DAYS = 3650
_PERIOD = re.compile(r"([1-9][0-9]{0,4})([hdw])")
_HOURS = {"h": 1, "d": 24, "w": 168}


class Scope(enum.StrEnum):
    """What a token allows."""

    RECORDS = "records"
    GRAPHS = "graphs"
    QUERIES = "queries"


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token: never its secret.

    ``prefix`` limits it to source graphs whose slug begins so. What a query may use, where it says
    so, takes the place of the server's own budget.
    """

    id: str
    note: str
    digest: str
    scopes: tuple[Scope, ...]
    prefix: str
    created: str
    expires: str
    query_deadline_seconds: float | None = None
    query_memory_mebibytes: int | None = None

    def has_expired(self, now: datetime) -> bool:
        """Tell whether it allows nothing any more."""
        return now >= datetime.fromisoformat(self.expires)

    def allows(self, slug: str) -> bool:
        """Tell whether it allows writing to a source graph."""
        return slug.startswith(self.prefix)


def digest_of(secret: str) -> str:
    """Return what is kept of a secret. It is random, so that it needs no salt and no stretching."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def find(secret: str, known: Iterable[Token]) -> Token | None:
    """Return the token with a secret, having compared it with every one in constant time."""
    digest = digest_of(secret)
    matches = [token for token in known if hmac.compare_digest(token.digest, digest)]
    return matches[0] if matches else None


def given_by_setting(secret: str) -> Token:
    """Return the token that a setting names: it has every scope and does not expire."""
    end = datetime.max.replace(tzinfo=UTC).isoformat()
    return Token("setting", "", digest_of(secret), tuple(Scope), "", "", end)


def read(home: Path) -> list[Token]:
    """Return the tokens of a home, oldest first; raises ``OSError`` when its file is damaged."""
    path = home / "tokens.json"
    try:
        entries = json.loads(path.read_text("utf-8"))["tokens"]
        return [_token(entry) for entry in entries]
    except FileNotFoundError:
        return []
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{path} is damaged: restore it, or remove it and make new tokens"
        raise OSError(message) from error


def _token(entry: Mapping[str, Any]) -> Token:
    token = Token(**{**entry, "scopes": tuple(Scope(name) for name in entry["scopes"])})
    datetime.fromisoformat(token.expires)
    return token


def create(
    home: Path,
    scopes: Iterable[Scope],
    expires: datetime,
    *,
    note: str = "",
    prefix: str = "",
    query_deadline_seconds: float | None = None,
    query_memory_mebibytes: int | None = None,
) -> tuple[Token, str]:
    """Make a token; its secret is returned this once."""
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    names = tuple(scope for scope in Scope if scope in set(scopes))
    end = expires.isoformat(timespec="seconds")
    identifier = secrets.token_hex(4)
    token = Token(
        identifier,
        note,
        digest_of(secret),
        names,
        prefix,
        now,
        end,
        query_deadline_seconds,
        query_memory_mebibytes,
    )
    with _locked(home):
        _save(home, [*read(home), token])
    return token, secret


def revoke(home: Path, identifier: str) -> bool:
    """Remove a token; tell whether there was one of this id."""
    with _locked(home):
        before = read(home)
        after = [token for token in before if token.id != identifier]
        if len(after) < len(before):
            _save(home, after)
    return len(after) < len(before)


def parse_period(text: str) -> timedelta:
    """Read a length of time such as ``90d``; raises ``ValueError`` with what to write instead."""
    match = _PERIOD.fullmatch(text)
    period = timedelta(hours=int(match[1]) * _HOURS[match[2]]) if match else timedelta()
    if not timedelta() < period <= timedelta(days=MAXIMUM_DAYS):
        raise ValueError(f"'{text}' is no length such as 12h, 90d or 52w (at most {MAXIMUM_DAYS}d)")
    return period


@contextmanager
def _locked(home: Path) -> Iterator[None]:
    home.mkdir(parents=True, exist_ok=True)
    with (home / "tokens.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _save(home: Path, tokens: Iterable[Token]) -> None:
    """Write the file whole and for its owner only, or not at all."""
    partial = home / "tokens.json.partial"
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        json.dump({"tokens": [asdict(token) for token in tokens]}, handle, indent=1)
        handle.flush()
        os.fsync(handle.fileno())
    partial.replace(home / "tokens.json")
