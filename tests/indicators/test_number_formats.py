"""Number formats: a chart's label that is a number reads as the atlas writes it."""

from __future__ import annotations

import pytest

from indicators.export import number_formats


@pytest.mark.parametrize(
    ("value", "text", "code"),
    [
        (12, "12", "#,##0"),
        (475_312, "US$475K", '"US$"#,##0,"K"'),
        (1_234_567, "US$1.2M", '"US$"#,##0.0,,"M"'),
        (95.2, "95%", '#,##0"%"'),
        (8.43, "8.4× GDP per head", '#,##0.0"× GDP per head"'),
        (1234, "1,234 km", '#,##0" km"'),
        (2018, "2018", "0"),
        (-4, "4", "#,##0;#,##0"),
        (12, "at least 13", ""),
        (12, "no evidence found", ""),
        (12, "10–14", ""),
    ],
)
def test_a_format_writes_a_number_as_its_text_or_there_is_none(value: float, text: str, code: str) -> None:
    assert number_formats.of_text(value, text) == code


def test_a_scale_with_ticks_in_two_units_has_one_format_that_tells_them_apart() -> None:
    assert number_formats.of_axis([500_000, 1_000_000], ["US$500K", "US$1M"]) == '[>=999500]"US$"#,##0,,"M";"US$"#,##0,"K"'
    assert number_formats.of_axis([0, 25, 100], ["0%", "25%", "100%"]) == '#,##0"%"'


def test_a_scale_with_names_has_no_format() -> None:
    assert number_formats.of_axis([0, 1], ["Brazil", "India"]) == ""
