"""What a comparison finds, part by part: each with its weight and its reason in words.

Weights are bits: the logarithm of how much more often a part agrees so in one person's records
than in those of two (I. P. Fellegi and A. B. Sunter, A Theory for Record Linkage, 1969). They
add up; ``docs/identity.md`` tells how they were set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Method = Literal["identifier", "name", "curator"]
Decision = Literal["accepted", "proposed", "rejected"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One part of a comparison.

    ``field`` names the part, ``bits`` is what it weighs, ``reason`` says what was compared.
    ``excludes`` marks what can not be true of one agent; ``bears_out`` what bears the match out
    beside the name.
    """

    field: str
    bits: float
    reason: str
    excludes: bool = False
    bears_out: bool = False

    def __str__(self) -> str:
        mark = "excluded" if self.excludes else f"{self.bits:+.1f}"
        return f"{self.field} {mark}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a comparison of two agents comes to.

    ``method`` is ``identifier`` where one decided, else ``name``; ``score`` the probability, from
    0 to 1, that both are one agent, by the weights of the findings.
    """

    left: str
    right: str
    decision: Decision
    method: Method
    score: float
    findings: tuple[Finding, ...]
    note: str = ""

    @property
    def reasons(self) -> Sequence[str]:
        """Return the findings in words, with what decided in spite of them at the end."""
        return (*map(str, self.findings), *((self.note,) if self.note else ()))


def probability(bits: float) -> float:
    """Return the probability that so many bits of evidence, prior included, amount to."""
    if bits > 60:
        return 1.0
    odds: float = 2.0**bits
    return odds / (1 + odds)
