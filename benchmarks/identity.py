"""Measure who is who on labelled pairs: precision, recall, and what stays with a person.

``python benchmarks/identity.py FOLDER`` (the data pack) compares each pair of
``tests/identity/pairs.csv`` as ``pledgegraph identify`` would and prints the figures of
``docs/identity.md``; ``--births`` compares days of birth as well, which the graph leaves out;
``--list`` prints the pairs that went wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.identities.measuring import Outcome, figures, outcomes  # noqa: E402


def main(arguments: list[str]) -> None:
    """Print the figures as a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", type=Path, default=ROOT / "tests" / "identity" / "pairs.csv")
    parser.add_argument("--births", action="store_true")
    parser.add_argument("--list", action="store_true")
    given = parser.parse_args(arguments)
    found = outcomes(given.folder, given.pairs, births=given.births)
    print(
        "| pairs | same | accepted | wrongly | precision | recall | unsure | kept apart | listed |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    groups = {"all": found}
    for name in ("kind", "hard"):
        for value in sorted({one.pair[name] for one in found}):
            label = value if name == "kind" else f"hard: {value}"
            groups[label] = [one for one in found if one.pair[name] == value]
    for label, group in groups.items():
        print(f"| {label} {figures(group).row()}")
    print(Counter((one.pair["verdict"], one.verdict.decision) for one in found))
    if given.list:
        _list(found)


def _list(found: list[Outcome]) -> None:
    for one in found:
        if one.is_wrong:
            pair, verdict = one.pair, one.verdict
            print(f"{pair['verdict']} {verdict.decision} {pair['left']} {pair['right']}")
            print(f"    {' | '.join(verdict.reasons)}")


if __name__ == "__main__":
    main(sys.argv[1:])
