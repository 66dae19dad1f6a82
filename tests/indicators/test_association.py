"""A trend's statistics are those that other programs compute."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.association import FEWEST, associate

X = [1000, 2000, 5000, 10_000, 40_000, 80_000, 50_000]
Y = [2, 1, 4, 4, 10, 20, 8]

# scipy.stats.linregress and spearmanr (SciPy 1.17.1) on X and Y; scipy is no dependency of ours.
SCIPY = {
    "as they are": (X, Y, 0.00020570316899605796, 1.4754006041058716, 0.9152993721219945),
    "logarithm of x": (np.log10(X), Y, 7.5134215980724015, -23.272777747473206, 0.7088892840757137),
    "logarithms of both": (np.log10(X), np.log10(Y), 0.5520808191607487, -1.551669100393842, 0.8544813863229835),
}
RHO = 0.9189562119494703


@pytest.mark.parametrize(("x", "y", "slope", "intercept", "r_squared"), SCIPY.values(), ids=SCIPY)
def test_statistics_are_those_of_scipy(x: list[float], y: list[float], slope: float, intercept: float, r_squared: float) -> None:
    found = associate(x, y)

    assert found
    assert (found.slope, found.intercept, found.r_squared, found.rho) == pytest.approx((slope, intercept, r_squared, RHO))
    assert found.count == 7


def test_statistics_are_those_of_numpy() -> None:
    numbers = np.random.default_rng(8621)
    x, y = numbers.normal(size=60), numbers.normal(size=60)
    found = associate(x.tolist(), y.tolist())

    assert found
    assert (found.slope, found.intercept) == pytest.approx(np.polyfit(x, y, 1))
    assert found.r_squared == pytest.approx(np.corrcoef(x, y)[0, 1] ** 2)
    ranks = [values.argsort().argsort() for values in (x, y)]
    assert found.rho == pytest.approx(np.corrcoef(*ranks)[0, 1])


def test_a_perfect_fall_has_a_rho_of_minus_one_whatever_its_shape() -> None:
    found = associate([1, 2, 3, 4, 5], [100, 50, 20, 5, 4])

    assert found
    assert found.rho == pytest.approx(-1)
    assert found.r_squared < 1


@pytest.mark.parametrize(("x", "y"), [([1, 2, 3, 4], [1, 2, 3, 4]), ([], []), ([1] * 9, list(range(9))), (list(range(9)), [1] * 9)])
def test_too_few_countries_or_a_measure_that_never_differs_have_no_association(x: list[float], y: list[float]) -> None:
    assert FEWEST == 5
    assert associate(x, y) is None
