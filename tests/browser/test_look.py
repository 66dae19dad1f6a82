"""Every page on a desk's screen and on a phone, light and dark: complete, quiet, in the house style, from one address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from indicators.charts.template import STYLES

See = Callable[..., Any]


def test_a_figure_is_drawn(each_page: str, size: str, theme: str, look: See) -> None:
    figures = look(each_page, size, theme).seen["figures"]

    assert figures
    assert all(marks > 0 for marks in figures)


def test_no_exception_is_shown(each_page: str, size: str, theme: str, look: See) -> None:
    assert look(each_page, size, theme).seen["exceptions"] == []


def test_the_console_is_free_of_errors(each_page: str, size: str, theme: str, look: See) -> None:
    assert look(each_page, size, theme).complaints == []


def test_no_other_host_is_asked_for_anything(each_page: str, size: str, theme: str, look: See) -> None:
    assert look(each_page, size, theme).foreign == []


def test_the_page_does_not_scroll_sideways(each_page: str, size: str, theme: str, look: See) -> None:
    assert max(look(each_page, size, theme).seen["overflow"]) <= 0


def test_the_background_is_that_of_the_theme(each_page: str, size: str, theme: str, look: See) -> None:
    paper = STYLES[theme].paper.removeprefix("#")
    red, green, blue = (int(paper[start : start + 2], 16) for start in (0, 2, 4))

    assert look(each_page, size, theme).seen["background"] == f"rgb({red}, {green}, {blue})"


def test_nothing_covers_the_links_of_the_bar(each_page: str, size: str, theme: str, look: See) -> None:
    assert look(each_page, size, theme).seen["covered"] == []


def test_text_is_set_in_the_houses_fonts(each_page: str, look: See) -> None:
    families = {place: family.split(",")[0].strip("\"'") for place, family in look(each_page).seen["font_of"].items()}

    assert families == {"question": "SourceSerif", "finding": "Inter", "label": "Inter", "chart": "Inter"}


@pytest.mark.parametrize("family", ["Inter", "SourceSerif"])
def test_the_houses_fonts_are_loaded_from_the_apps_own_address(each_page: str, family: str, look: See) -> None:
    seen = look(each_page)

    assert family in seen.seen["fonts_loaded"]
    assert [url for url in seen.requested if "/app/static/fonts/" in url and url.endswith(".woff2")]


@pytest.mark.parametrize("page_with_map", ["overview", "manufacturing"])
def test_maps_draw_the_shapes_of_countries(page_with_map: str, size: str, look: See) -> None:
    assert look(page_with_map, size).seen["shapes"] > 100


@pytest.mark.parametrize("page_with_map", ["overview", "manufacturing"])
def test_maps_take_their_geometry_from_the_apps_own_address(page_with_map: str, look: See) -> None:
    assert [url for url in look(page_with_map).requested if url.endswith("/app/static/geo/world_110m.json")]
