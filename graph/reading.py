"""Read RDF that somebody sent: in a process of its own, which may break without harm.

The parsers nest as deep as the text does, and end their process on text that nests too deep; the
process has no network and no files, and bounds on memory, time and what it may return.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass

import pyoxigraph as ox

from pledgegraph.graph import errors
from pledgegraph.graph.frames import Header

MEBIBYTE = 1 << 20
READ_FORMATS = (
    "text/turtle",
    "application/n-triples",
    "application/ld+json",
    "application/rdf+xml",
)


@dataclass(frozen=True, slots=True)
class ReadingBudget:
    """What reading one text may use."""

    seconds: float = 60.0
    memory: int = 1024 * MEBIBYTE
    result: int = 256 * MEBIBYTE


def read_rdf(
    body: bytes, media_type: str, base: str, budget: ReadingBudget | None = None
) -> tuple[ox.Triple, ...]:
    """Return the triples of a text in one of ``READ_FORMATS``, each once, literals as written.

    Relative IRIs are resolved against ``base``. JSON-LD without a context of its own is read with
    ours. Raises ``RdfSyntaxError`` with the place, ``RemoteContextError``, ``RdfBudgetError`` or
    ``BlankNodeError``.
    """
    bounds = budget or ReadingBudget()
    numbers = (bounds.memory, bounds.result, bounds.seconds)
    command = [sys.executable, "-P", "-m", "pledgegraph.graph.rdf_reader", media_type, base]
    try:
        done = subprocess.run(
            [*command, *map(str, numbers)],
            input=body,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ},
            timeout=bounds.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        message = f"reading took over {bounds.seconds:g} seconds: send less at a time"
        raise errors.RdfBudgetError(message) from error
    head, newline, text = done.stdout.partition(b"\n")
    if not newline:  # it ended before it could say anything
        message = "reading ended at its bounds: nest less deep, or send less at a time"
        raise errors.RdfBudgetError(message)
    header: Header = json.loads(head)
    if "error" in header:
        raise _error(header)
    return tuple(quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES))


def _error(header: Header) -> errors.PledgeGraphError:
    kind = getattr(errors, header["error"])
    if kind is errors.BlankNodeError:
        return errors.BlankNodeError(header["reason"])
    assert issubclass(kind, errors.ReadingError)
    error: errors.ReadingError = kind(header["reason"], header.get("line"), header.get("column"))
    return error
