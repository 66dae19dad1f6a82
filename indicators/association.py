"""How two measures go together over countries: a line of least squares, and a correlation of ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

# With fewer countries any line looks like a finding.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Association:
    """How two measures go together over ``count`` countries.

    ``slope`` and ``intercept`` are those of the line of least squares, ``r_squared`` is the share of the variance of y that
    it accounts for, ``rho`` is Spearman's coefficient: 1 where one measure never falls as the other rises, -1 where it
    never rises. There is no p-value: countries with evidence are no random sample, and one EU decision makes thirty of them alike.
    """

    count: int
    slope: float
    intercept: float
    r_squared: float
    rho: float


def associate(x: Sequence[float], y: Sequence[float]) -> Association | None:
    """Return the association of two measures, given as pairs; None for fewer than FEWEST pairs, or where one never varies.

    Source: ordinary least squares; Spearman C. The proof and measurement of association between two things. Am J Psychol
    1904;15:72–101, ties with the mean of their ranks.
    """
    across, up = np.asarray(x, dtype="float64"), np.asarray(y, dtype="float64")
    if len(across) < FEWEST or np.ptp(across) == 0 or np.ptp(up) == 0:
        return None
    off_x, off_y = across - across.mean(), up - up.mean()
    slope = float(off_x @ off_y / (off_x @ off_x))
    return Association(len(across), slope, float(up.mean() - slope * across.mean()), _correlation(across, up) ** 2, _correlation(_ranks(across), _ranks(up)))


def _ranks(values: np.ndarray) -> np.ndarray:
    return np.asarray(pd.Series(values).rank())


def _correlation(x: np.ndarray, y: np.ndarray) -> float:
    off_x, off_y = x - x.mean(), y - y.mean()
    return float(off_x @ off_y / np.sqrt((off_x @ off_x) * (off_y @ off_y)))
