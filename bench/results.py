"""What a benchmark finds, and how it is written down."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One measured number beside its goal; without a goal it is there to be compared from one time to the next."""

    what: str
    value: float
    unit: str
    goal: float | None = None
    note: str = ""

    def row(self) -> str:
        """Return the result as a row of a Markdown table."""
        goal = "" if self.goal is None else f"≤ {_number(self.goal)} {self.unit}".rstrip()
        met = "" if self.goal is None else "yes" if self.value <= self.goal else "**no**"
        return f"| {self.what} | {_number(self.value)} {self.unit}".rstrip() + f" | {goal} | {met} | {self.note} |"


def table(results: Iterable[Result]) -> str:
    """Return results as a Markdown table."""
    return "\n".join(["| What | Measured | Goal | Met | Note |", "|---|---:|---:|---|---|", *(result.row() for result in results)])


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of the values lies: the nearest-rank method, never an interpolation."""
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
