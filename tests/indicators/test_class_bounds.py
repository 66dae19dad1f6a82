"""The classes of a map: every value in one, in order, at most five, with round bounds."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indicators.charts.value_classes import class_bounds

COUNTS = st.lists(st.integers(0, 2_000).map(float), min_size=1, max_size=60)
FIGURES = st.lists(st.floats(-5_000, 2_000_000, allow_nan=False, allow_subnormal=False), min_size=1, max_size=60)
SHARES = st.lists(st.floats(0, 100, allow_subnormal=False), min_size=1, max_size=60)
YEARS = st.lists(st.floats(2017.0, 2026.9), min_size=1, max_size=60)


def check(values: list[float], whole: bool) -> None:
    """Assert what holds of every set of classes."""
    bounds = class_bounds(values, whole)
    assert 1 <= len(bounds) <= 5
    lows, highs = [low for low, _ in bounds], [high for _, high in bounds]
    assert lows == sorted(set(lows))
    assert highs[:-1] == lows[1:], "no gap and no overlap"
    assert all(low <= min(values) for low in lows[:1])
    assert highs[-1] >= max(values)
    for value in values:
        inside = [number for number, (low, high) in enumerate(bounds) if low <= value and (value < high or number == len(bounds) - 1)]
        assert len(inside) == 1


@given(COUNTS)
@example([3.0])
@example([0.0, 0.0])
@example([1.0, 15.0])
@example([0.0, 16.0])
def test_counts(values: list[float]) -> None:
    check(values, whole=True)


@given(FIGURES, st.booleans())
@example([0.0, -1.0], True)
@example([-5000.0, 2_000_000.0], False)
def test_figures_of_any_size_and_sign(values: list[float], whole: bool) -> None:
    check(values, whole)


@given(SHARES, st.booleans())
@example([0.0, 1e-9], False)
@example([100.0, 99.99999], False)
def test_shares(values: list[float], whole: bool) -> None:
    check(values, whole)


@given(YEARS)
def test_years(values: list[float]) -> None:
    check(values, whole=False)
    if len(set(values)) > 1:
        assert all(low == int(low) for low, _ in class_bounds(values, whole=False)), "a class of dates begins with a year"


def test_no_value_has_no_class() -> None:
    assert class_bounds([], whole=True) == []


@pytest.mark.parametrize(
    ("values", "bounds"),
    [
        ([7.0, 7.0], [(7, 7)]),
        ([1.0, 2, 3, 4, 5], [(1, 2), (2, 3), (3, 4), (4, 5), (5, math.inf)]),
        ([0.0, 9.0], [(0, 2), (2, 4), (4, 6), (6, 8), (8, math.inf)]),
    ],
)
def test_small_counts_have_steps_of_equal_size(values: list[float], bounds: list[tuple[float, float]]) -> None:
    assert class_bounds(values, whole=True) == bounds


def test_large_figures_have_about_equally_many_in_each_class() -> None:
    values = [float(100_000 + 1_000 * number) for number in range(500)]
    bounds = class_bounds(values, whole=True)
    sizes = [sum(1 for value in values if low <= value < high) for low, high in bounds]
    assert len(bounds) == 5
    assert max(sizes) <= 2 * min(sizes)
