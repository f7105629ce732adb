"""Measure what the guard costs: a look-up of 200 bytes, the questions, and hostile text.

``python benchmarks/guard.py`` prints the best of many runs, and of hostile text how the time grows
when the text is four times as long.
"""

from __future__ import annotations

import contextlib
import time

from pledgegraph.graph import errors, guard
from pledgegraph.graph.question import questions

LOOK_UP = """PREFIX pg: <https://w3id.org/pledgegraph/ns#>
SELECT ?label ?from { <https://w3id.org/pledgegraph/id/pledge/amazon> pg:label ?label .
 OPTIONAL { ?x pg:validFrom ?from FILTER(?from < 5) } } LIMIT 10"""
HOSTILE = ("{", "(", "<", "?a<b ", "a.", "a-", "ASK", "'\\'", "'''\\'", "!", "#\n", "service:x ")


def seconds(text: str, limits: guard.Limits, runs: int, *, thorough: bool) -> float:
    """Return the shortest time that a check took."""
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        with contextlib.suppress(errors.QueryError):  # refusing takes its time too
            guard.check(text, limits, lambda _iri: True, thorough=thorough)
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    """Print the table."""
    limits, none = guard.Limits(), guard.Limits.none()
    print("| text | bytes | µs | µs, thorough |\n|---|---|---|---|")
    texts = {"look-up": LOOK_UP, **{name: question.text for name, question in questions().items()}}
    for name, text in texts.items():
        usual, read = (seconds(text, limits, 200, thorough=thorough) for thorough in (False, True))
        print(f"| {name} | {len(text.encode())} | {usual * 1e6:.0f} | {read * 1e6:.0f} |")
    print("\n| repeated without limits | 16 kB, ms | 64 kB, ms |\n|---|---|---|")
    for piece in HOSTILE:
        short, long = (
            seconds("ASK { FILTER(1 " + piece * (size // len(piece)), none, 3, thorough=True)
            for size in (16_000, 64_000)
        )
        print(f"| `{piece!r}` | {short * 1e3:.1f} | {long * 1e3:.1f} |")


if __name__ == "__main__":
    main()
