from __future__ import annotations

from math import pi

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.dataset import Dataset
from indicators.geography import EARTH_RADIUS_KM, country_shapes, great_circle_km, great_circle_matrix_km, near_country

POINTS = st.tuples(st.floats(min_value=-90, max_value=90), st.floats(min_value=-180, max_value=180))
A_METRE = 0.001
HALF_WAY_ROUND = pi * EARTH_RADIUS_KM


@pytest.mark.parametrize(
    ("start", "end", "kilometres"),
    [
        ((0, 0), (0, 1), 111.195),  # a degree of the equator on a sphere of radius R1: 6371.0088 π / 180
        ((0, 0), (90, 0), 10007.557),  # equator to pole
        ((0, 0), (0, 180), 20015.115),  # half way round
        ((90, 17), (-90, -101), 20015.115),  # pole to pole, by any meridian
        ((0, 0), (90, 90), 10007.557),  # the example of R's geosphere::distHaversine, 10018.754 km on its radius of 6378.137 km
        ((36.12, -86.67), (33.94, -118.40), 2886.448),  # Nashville to Los Angeles, the usual example: 2886.444 km on a radius of 6371.0 km
    ],
)
def test_known_distances_come_out(start: tuple[float, float], end: tuple[float, float], kilometres: float) -> None:
    assert great_circle_km(*start, *end) == pytest.approx(kilometres, abs=A_METRE)


@given(POINTS, POINTS)
def test_there_is_as_far_as_back(start: tuple[float, float], end: tuple[float, float]) -> None:
    assert great_circle_km(*start, *end) == pytest.approx(great_circle_km(*end, *start), abs=A_METRE)


@given(POINTS)
def test_a_point_is_nowhere_from_itself(point: tuple[float, float]) -> None:
    assert great_circle_km(*point, *point) == 0


@given(POINTS, POINTS)
def test_nothing_is_further_than_half_way_round(start: tuple[float, float], end: tuple[float, float]) -> None:
    assert 0 <= great_circle_km(*start, *end) <= HALF_WAY_ROUND + A_METRE


@given(POINTS, POINTS, POINTS)
def test_no_detour_is_shorter(start: tuple[float, float], over: tuple[float, float], end: tuple[float, float]) -> None:
    assert great_circle_km(*start, *end) <= great_circle_km(*start, *over) + great_circle_km(*over, *end) + A_METRE


@given(POINTS, POINTS, st.floats(min_value=-180, max_value=180))
def test_turning_the_globe_changes_no_distance(start: tuple[float, float], end: tuple[float, float], turn: float) -> None:
    turned = great_circle_km(start[0], start[1] + turn, end[0], end[1] + turn)
    assert turned == pytest.approx(great_circle_km(*start, *end), abs=A_METRE)


@given(st.lists(POINTS, min_size=1, max_size=5), st.lists(POINTS, min_size=1, max_size=4))
def test_the_matrix_says_what_the_single_distances_say(starts: list[tuple[float, float]], ends: list[tuple[float, float]]) -> None:
    matrix = great_circle_matrix_km(*zip(*starts, strict=True), *zip(*ends, strict=True))
    single = np.array([[great_circle_km(*start, *end) for end in ends] for start in starts])
    assert matrix.shape == (len(starts), len(ends))
    np.testing.assert_allclose(matrix, single, atol=A_METRE)


def test_every_capital_lies_in_or_near_its_country(real: Dataset) -> None:
    capitals = real["countries"].dropna(subset=["capital_lat", "capital_lon"])
    lost = [row.iso3 for row in capitals.itertuples() if row.iso3 in country_shapes() and not near_country(row.iso3, row.capital_lat, row.capital_lon, None)]
    assert lost == []


@pytest.mark.parametrize(
    ("iso3", "place", "near"),
    [
        ("DEU", (52.5, 13.4), True),
        ("DEU", (13.4, 52.5), False),  # latitude and longitude taken for each other: the Arabian Sea
        ("DEU", (0, 0), False),
        ("USA", (21.3, -157.9), True),  # Honolulu: islands belong to a country's shape
        ("USA", (38.9, 77.0), False),  # a lost minus sign: China, between the ends of the Aleutian Islands
    ],
)
def test_a_point_is_near_a_country_of_the_map_when_it_is_in_a_box_around_one_of_its_shapes(iso3: str, place: tuple[float, float], near: bool) -> None:
    assert near_country(iso3, *place, capital=None) is near


def test_a_country_without_a_shape_is_near_its_capital() -> None:
    assert "SGP" not in country_shapes()
    assert near_country("SGP", 1.35, 103.7, capital=(1.3, 103.8))
    assert not near_country("SGP", 13.75, 100.5, capital=(1.3, 103.8))
    assert not near_country("SGP", 1.35, 103.7, capital=None)
