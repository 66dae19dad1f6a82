"""Names on a crowded figure overlap neither each other nor a dot, however wide the reader's screen is."""

from __future__ import annotations

import itertools
import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.charts import crowding, lettering
from indicators.charts.crowding import Dot, Name, Place, Plot, place_names, spread

PLOT = Plot(400, 600, 1500)
SIZE = 12


def box(name: Name, place: Place, width: float) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a name on a plot of a width, computed without the code under test."""
    wide, high = lettering.width(name.text, SIZE, name.bold), SIZE * 1.25
    x, y = name.dot.share * width + place.x, name.dot.y + place.y
    left = {"left": x, "center": x - wide / 2, "right": x - wide}[place.anchor]
    top = y - high if place.y < 0 else y if place.y > 0 else y - high / 2
    return left, top, left + wide, top + high


def overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("seed", range(5))
def test_names_keep_clear_of_each_other_and_of_dots_at_every_width(seed: int) -> None:
    numbers = random.Random(seed)
    dots = [Dot(numbers.uniform(0.03, 0.97), numbers.uniform(10, 390), numbers.choice([3, 5, 12, 24])) for _ in range(40)]
    names = [Name(str(number), "Country " * numbers.randint(1, 2) + str(number), dot, must=number < 8) for number, dot in enumerate(dots)]
    places = place_names(names, dots, PLOT, SIZE)

    assert {str(number) for number in range(8)} <= set(places)
    assert len(places) > 10
    for width in range(600, 1501, 50):
        boxes = {name.key: box(name, places[name.key], width) for name in names if name.key in places}
        for key, own in boxes.items():
            assert own[0] >= -1
            assert own[2] <= width + 1
            assert not any(overlap(own, other) for other_key, other in boxes.items() if other_key != key)
            for number, dot in enumerate(dots):
                x, r = dot.share * width, dot.radius
                if str(number) != key:
                    assert not overlap(own, (x - r, dot.y - r, x + r, dot.y + r))


def test_the_first_name_has_the_best_place_and_one_without_room_is_left_out() -> None:
    dots = [Dot(0.5, 200, 5)] * 12
    names = [Name(str(number), "A long name of a country", dot) for number, dot in enumerate(dots)]
    places = place_names(names, dots, PLOT, SIZE)

    assert (places["0"].anchor, places["0"].y) == ("left", 0)
    assert 1 < len(places) < len(names)


def test_a_name_that_must_be_there_stands_farther_off_on_a_line() -> None:
    dots = [Dot(0.5, 200, 5), *(Dot(0.5 + dx / 600, 200 + dy, 8) for dx in range(-40, 41, 8) for dy in range(-24, 25, 8) if dx or dy)]
    assert place_names([Name("a", "Chile", dots[0])], dots, PLOT, SIZE) == {}
    assert place_names([Name("a", "Chile", dots[0], must=True)], dots, PLOT, SIZE)["a"].has_line


def test_dots_of_one_category_move_apart_and_stay_in_their_band() -> None:
    moved = spread([100.0] * 9, [0.5] * 9, [4.0] * 9, 80)

    assert moved[0] == 0
    assert max(map(abs, moved)) <= 36
    places = sorted(moved)
    assert all(later - earlier >= 8 for earlier, later in itertools.pairwise(places))


def test_dots_with_room_do_not_move() -> None:
    assert spread([10, 100, 10], [0.1, 0.1, 0.9], [5, 5, 5], 80) == [0, 0, 0]


def test_letters_are_as_wide_as_the_typeface_draws_them() -> None:
    fonts = pytest.importorskip("PIL.ImageFont")
    font = fonts.truetype("static/fonts/inter-latin-wght-normal.woff2", 100)
    font.set_variation_by_axes([400])
    for name in ("Germany", "United States", "Bosnia & Herzegovina", "Timor-Leste", "US$1,000", "St. Vincent & Grenadines"):
        assert lettering.width(name, 100) == pytest.approx(font.getlength(name), rel=0.02)
    font.set_variation_by_axes([600])
    assert lettering.width("United Kingdom", 100, bold=True) >= font.getlength("United Kingdom")


def test_an_accent_takes_no_room_and_another_script_is_not_taken_for_narrow() -> None:
    assert lettering.width("Türkiye", 12) == lettering.width("Turkiye", 12)
    assert lettering.width("日本", 12) == 24


def test_text_is_broken_between_words() -> None:
    assert lettering.wrapped("Covered in part of the country", 12, 100) == ["Covered in part", "of the country"]
    assert lettering.wrapped("", 12, 100) == []


@given(st.lists(st.floats(0, 500), max_size=12).map(sorted), st.floats(1, 40))
def test_places_are_set_apart_in_order_and_no_farther_than_needed(places: list[float], gap: float) -> None:
    moved = crowding.apart(places, gap)

    assert len(moved) == len(places)
    assert all(second - first >= gap - 1e-6 for first, second in pairwise(moved))
    if all(second - first >= gap for first, second in pairwise(places)):
        assert moved == pytest.approx(places)


def test_two_places_too_close_move_by_the_same_way() -> None:
    assert crowding.apart([100, 104], 16) == pytest.approx([94, 110])
