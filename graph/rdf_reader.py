"""A process that reads one RDF text and ends: ``graph.reading`` starts it.

Standard input is the text; standard output a line of JSON and, if all is well, N-Triples.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from pledgegraph.graph import errors, sandbox
from pledgegraph.graph.namespaces import BASE
from pledgegraph.graph.ontology import context
from pledgegraph.graph.records.problems import nearest
from pledgegraph.graph.writing import GRAPH_FORMATS

JSON_LD = "application/ld+json"
OUR_CONTEXT = (f"{BASE}ns/context.jsonld", "/ns/context.jsonld")
_PLACE = re.compile(r"^Parser error at line (\d+)(?: column (\d+)| between columns (\d+) and \d+)?")
_LITERAL_KEYS = ("@value", "value")


def main(arguments: list[str]) -> None:
    """Read standard input within the bounds, and say what it holds or why it is not read."""
    media_type, base, memory, result, seconds = arguments
    body = sys.stdin.buffer.read()
    context()  # opens files, for the last time
    sandbox.limit_resources(int(memory))
    sandbox.limit_processor_seconds(float(seconds))
    sandbox.deny_network()
    try:
        lines = b"".join(_bounded(_triples(body, media_type, base), int(result)))
    except errors.ReadingError as error:
        header = {"error": type(error).__name__, "reason": error.reason}
        _say({**header, "line": error.line, "column": error.column})
    except errors.BlankNodeError as error:
        _say({"error": "BlankNodeError", "reason": str(error)})
    except MemoryError:
        reason = "reading needs more memory than it may use: send less at a time"
        _say({"error": "RdfBudgetError", "reason": reason})
    else:
        _say({}, lines)


def _say(header: Mapping[str, Any], lines: bytes = b"") -> None:
    sys.stdout.buffer.write(json.dumps(header).encode() + b"\n" + lines)


def _bounded(triples: Iterable[ox.Triple], budget: int) -> Iterator[bytes]:
    """Write triples as N-Triples, each once."""
    seen: set[bytes] = set()
    for triple in triples:
        line = f"{triple} .\n".encode()
        if line not in seen:
            seen.add(line)
            budget -= len(line)
            if budget < 0:
                reason = "the text stands for more triples than are read: send less at a time"
                raise errors.RdfBudgetError(reason)
            yield line


def _triples(body: bytes, media_type: str, base: str) -> Iterator[ox.Triple]:
    text = _with_context(body) if media_type == JSON_LD else body
    try:
        for quad in ox.parse(text, format=GRAPH_FORMATS[media_type], base_iri=base):
            if not isinstance(quad.graph_name, ox.DefaultGraph):
                raise errors.RdfSyntaxError("names a graph within: send the triples of one graph")
            if isinstance(quad.object, ox.Triple):
                raise errors.RdfSyntaxError("holds a triple term (RDF 1.2): state the triple")
            if any(isinstance(term, ox.BlankNode) for term in (quad.subject, quad.object)):
                # said here already: naming a hundred thousand of them takes minutes
                place = f"beside {quad.predicate.value}"
                reason = f"holds a blank node {place}: give everything an IRI, to be cited by"
                raise errors.BlankNodeError(reason)
            yield quad.triple
    except SyntaxError as error:
        raise _refusal(str(error)) from error


def _refusal(message: str) -> errors.ReadingError:
    """Turn the parser's message into an error with a place and a reason."""
    if "LoadDocumentCallback" in message:
        return _remote_context()
    place = _PLACE.match(message)
    reason = re.sub(r"^Parser error at [^:]*: ?| \(line \d+\)$", "", message).replace("`", "'")
    if place is None:
        return errors.RdfSyntaxError(reason)
    return errors.RdfSyntaxError(reason, int(place[1]), int(place[2] or place[3] or 1))


def _remote_context() -> errors.RemoteContextError:
    message = "nothing is fetched: write the context out, leave it away or name"
    return errors.RemoteContextError(f"{message} {OUR_CONTEXT[0]}, which are ours")


def _with_context(body: bytes) -> bytes:
    """Put our context where a document has none or names it, and refuse keys it does not know.

    JSON-LD passes over keys that its context does not define: a mistyped one would be lost.
    """
    try:
        document = json.loads(body)
    except json.JSONDecodeError as error:
        raise errors.RdfSyntaxError(error.msg, error.lineno, error.colno) from error
    except UnicodeDecodeError as error:
        raise errors.RdfSyntaxError("is not UTF-8: send it as UTF-8") from error
    except RecursionError as error:
        raise errors.RdfBudgetError("nests too deep to be read: nest less deep") from error
    nodes = document if isinstance(document, list) else [document]
    if not all(isinstance(node, dict) for node in nodes):
        raise errors.RdfSyntaxError("is no JSON-LD: send an object, or a list of objects", 1, 1)
    if any(node.get("@context", OUR_CONTEXT[0]) not in OUR_CONTEXT for node in nodes):
        return body
    for node in nodes:
        node.pop("@context", None)
        _check_keys(node)
    return json.dumps({"@context": context(), "@graph": nodes}).encode()


def _check_keys(value: object) -> None:
    if isinstance(value, list):
        for item in value:
            _check_keys(item)
    elif isinstance(value, dict) and not any(key in value for key in _LITERAL_KEYS):
        for key, content in value.items():
            if not key.startswith("@") and ":" not in key and key not in context():
                reason = f"'{key}' is no key of our context{nearest(key, context())}"
                raise errors.RdfSyntaxError(f"{reason}: use a term of /ns")
            _check_keys(content)


if __name__ == "__main__":
    main(sys.argv[1:])
