"""Make the parser's complaint about a query or an update an error that its writer can use."""

from __future__ import annotations

import re

from pledgegraph.graph import errors, terminals


def explained(message: str, text: str) -> errors.QuerySyntaxError:
    """Turn the parser's message into an error with a place and a readable reason."""
    prefix = terminals.undeclared_prefix(text)
    if prefix is not None:
        reason = f"the prefix {prefix.text}: is not declared"
        return errors.QuerySyntaxError(reason, *terminals.position(text, prefix.offset))
    place = re.match(r"error at (\d+):(\d+): ", message)
    if place is None:
        return errors.QuerySyntaxError(message)
    reason = _readable(message[place.end() :])
    return errors.QuerySyntaxError(reason, int(place[1]), int(place[2]))


def _readable(expected: str) -> str:
    """Leave the parser's character classes out; keep only its sentence where it has one."""
    plain = re.sub(r"(, )?(?<!\")\[[^\]]*\]", "", " ".join(expected.split()))
    sentences = re.findall(r"(?<![\w\"])[A-Z]\w*(?: [\w'-]+)+", plain)
    if sentences and plain.startswith("expected one of"):
        return "; ".join(sentences)
    if plain.strip() in {"expected", "expected one of"}:
        return "the text ends too early or goes on too long"
    return plain if len(plain) <= 300 else plain[:300].rsplit(", ", 1)[0] + ", ..."
