"""Compare labelled pairs, and count what came out right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.identities.pack import Pack, pairs
from pledgegraph.graph.identity.findings import Verdict
from pledgegraph.graph.identity.matcher import compare


@dataclass(frozen=True)
class Outcome:
    """A labelled pair with the verdict of the comparison."""

    pair: Mapping[str, str]
    verdict: Verdict

    @property
    def is_wrong(self) -> bool:
        """Tell whether two were made one, or one was left two."""
        return (self.pair["verdict"] == "same") != (self.verdict.decision == "accepted")


@dataclass(frozen=True)
class Figures:
    """How many pairs there are of each sort."""

    pairs: int
    same: int
    accepted: int
    wrong: int
    unsure: int
    apart: int
    listed: int

    @property
    def precision(self) -> float:
        """Return the part of the accepted pairs that are the same."""
        return 1 - self.wrong / self.accepted if self.accepted else 1.0

    @property
    def recall(self) -> float:
        """Return the part of the same pairs that were accepted."""
        return (self.accepted - self.wrong) / self.same if self.same else 1.0

    def row(self) -> str:
        """Return a row of a table."""
        return (
            f"({self.pairs}) | {self.same} | {self.accepted} | {self.wrong} | {self.precision:.4f} "
            f"| {self.recall:.4f} | {self.unsure} | {self.apart} | {self.listed} |"
        )


def outcomes(folder: Path, labelled: Path) -> list[Outcome]:
    """Compare each labelled pair by what the data pack says of both."""
    rows = pairs(labelled)
    pack = Pack(folder)
    wanted, contexts = {}, {}
    for row in rows:
        for side in ("left", "right"):
            name = f"{row[side]} {row[f'{side}_source']}"
            wanted[name], contexts[name] = row[f"{side}_source"], row[f"{side}_context"]
    pack.read(wanted, contexts)
    how_common = pack.frequencies()
    return [
        Outcome(
            row,
            compare(
                *(pack.agents[f"{row[s]} {row[f'{s}_source']}"] for s in ("left", "right")),
                how_common,
            ),
        )
        for row in rows
    ]


def figures(found: Sequence[Outcome]) -> Figures:
    """Count."""
    verdicts = [(one.pair["verdict"], one.verdict.decision) for one in found]
    accepted = [label for label, decision in verdicts if decision == "accepted"]
    unsure = [decision for label, decision in verdicts if label == "unsure"]
    return Figures(
        len(verdicts),
        sum(label == "same" for label, _ in verdicts),
        len(accepted),
        sum(label != "same" for label in accepted),
        len(unsure),
        sum(decision != "accepted" for decision in unsure),
        sum(decision == "proposed" for decision in unsure),
    )
