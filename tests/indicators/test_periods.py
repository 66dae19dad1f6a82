from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import periods

DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))
PRECISIONS = st.sampled_from([4, 7, 10])


@given(DAYS, PRECISIONS)
def test_a_date_means_no_less_and_no_more_than_it_says(day: date, precision: int) -> None:
    text = day.isoformat()[:precision]
    first, last = periods.first_day(text), periods.last_day(text)
    assert first <= day <= last
    assert first.isoformat()[:precision] == last.isoformat()[:precision] == text
    for outside in [first - timedelta(days=1)] if first > date.min else []:
        assert outside.isoformat()[:precision] != text
    for outside in [last + timedelta(days=1)] if last < date.max else []:
        assert outside.isoformat()[:precision] != text


@given(DAYS, PRECISIONS)
def test_the_middle_day_is_the_estimate_with_the_smallest_largest_error(day: date, precision: int) -> None:
    text = day.isoformat()[:precision]
    before, after = periods.middle_day(text) - periods.first_day(text), periods.last_day(text) - periods.middle_day(text)
    assert abs(before - after) <= timedelta(days=1)


@given(DAYS)
def test_a_full_date_is_read_as_that_day(day: date) -> None:
    text = day.isoformat()
    assert periods.parse(text) == (day.year, day.month, day.day)
    assert periods.first_day(text) == periods.middle_day(text) == periods.last_day(text) == day
    assert periods.is_full(text)
    assert not periods.is_full(text[:7])


@pytest.mark.parametrize(
    ("text", "first", "middle", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 7, 1), date(2024, 12, 31)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 14), date(2023, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 15), date(2024, 2, 29)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 16), date(2024, 12, 31)),
        ("2024-03-27", date(2024, 3, 27), date(2024, 3, 27), date(2024, 3, 27)),
    ],
)
def test_known_dates_have_known_ends_and_middles(text: str, first: date, middle: date, last: date) -> None:
    assert (periods.first_day(text), periods.middle_day(text), periods.last_day(text)) == (first, middle, last)


@pytest.mark.parametrize(
    "text",
    ["", "24", "2024-3", "2024-13", "2023-02-29", "2024-04-31", "2024/03", "2024-03-27T00:00", "March 2024", "2024-", " 2024", "2024 ", "0000", "-2024"],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the kind is the promise; the message of a day that does not exist is Python's
        periods.parse(text)


@pytest.mark.parametrize("text", ["２０２４", "٢٠٢٤-٠٣", "2024\n"])
def test_only_the_digits_of_iso_8601_make_a_date(text: str) -> None:
    with pytest.raises(ValueError, match="not a date"):
        periods.parse(text)


@pytest.mark.parametrize("text", ["2024-00", "2024-05-00", "2024-00-00"])
def test_there_is_no_month_or_day_zero(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - as above
        periods.parse(text)


@given(st.text(max_size=12))
def test_any_other_text_is_a_date_or_a_value_error_and_nothing_else(text: str) -> None:
    try:
        year, month, day = periods.parse(text)
    except ValueError:
        return
    assert (day is None) or (month is not None)
    assert periods.first_day(text).year == year


@pytest.mark.parametrize(("text", "year"), [("", None), ("2024", 2024), ("2024-03", 2024), ("2024-03-27", 2024)])
def test_the_year_of_a_date_is_its_first_four_digits_and_of_no_date_none(text: str, year: int | None) -> None:
    assert periods.year_of(text) == year
