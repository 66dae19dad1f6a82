"""The list below a map: in columns that fit, and honest about what it leaves out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.charts import leading, lettering
from indicators.charts.chart import Leading
from indicators.export import listing

_ROWS = tuple((f"Country {number}", str(100 - number)) for number in range(40))


def test_all_rows_are_shown_where_there_is_room_and_the_heading_says_no_more() -> None:
    laid = listing.lay_out(Leading(leading.HIGHEST, _ROWS), 14, 800, 600)

    assert laid is not None
    assert [(row.name, row.value) for row in laid.rows] == list(_ROWS)
    assert laid.heading == "Countries with a value, highest first"


def test_a_list_that_is_cut_keeps_the_first_and_says_how_many() -> None:
    laid = listing.lay_out(Leading(leading.HIGHEST, _ROWS), 14, 800, 150)

    assert laid is not None
    assert [row.name for row in laid.rows] == [name for name, _value in _ROWS[: len(laid.rows)]]
    assert len(laid.rows) < len(_ROWS)
    assert laid.heading == f"Countries with a value, highest first: the first {len(laid.rows)} of 40"


@pytest.mark.parametrize("rows", [(), _ROWS])
def test_there_is_no_list_without_rows_or_room(rows: tuple[tuple[str, str], ...]) -> None:
    assert listing.lay_out(Leading(leading.HIGHEST, rows), 14, 800, 60) is None
    assert listing.lay_out(None, 14, 800, 600) is None


@given(
    names=st.lists(st.text("abcdefghijklmnopq ", min_size=1, max_size=40), min_size=1, max_size=60),
    width=st.integers(300, 1200),
    height=st.integers(20, 900),
    letters=st.floats(9, 22),
)
def test_rows_stay_within_their_frame_and_never_touch(names: list[str], width: int, height: int, letters: float) -> None:
    laid = listing.lay_out(Leading(leading.HIGHEST, tuple((name, "7") for name in names)), letters, width, height)
    if laid is None:
        return
    places = [(row.left, row.middle) for row in laid.rows]
    assert len(set(places)) == len(places)
    assert laid.height <= height
    for row in laid.rows:
        assert 0 <= row.left < row.right <= width + 0.01
        assert row.middle + listing.LINE * letters / 2 <= laid.height + 0.01
        fits = lettering.width(row.name, letters) + lettering.width(row.value, letters) <= row.right - row.left
        assert fits or row.right - row.left > width - 1  # one column: nothing can be wider
