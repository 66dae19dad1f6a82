"""A figure fits its frame: stretched, made smaller or cut with a note; the chart's own figure stays what it was."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from indicators import exhibits
from indicators.charts import fitting, headline, lettering, pixels, projections, room, rows
from indicators.charts.chart import Chart
from indicators.dataset import Dataset
from indicators.figures import registry

FRAMES = ((1120, 460), (680, 900), (300, 160))


def _chart(figure: go.Figure, **more: object) -> Chart:
    import pandas as pd

    return Chart(id="c", title="Title", subtitle="", figure=figure, alt="", table=pd.DataFrame(), fact_ids=(), **more)  # type: ignore[arg-type]


def _bars(count: int, height: int | None = None) -> Chart:
    names = [f"Country {number}" for number in range(count)]
    figure = go.Figure(go.Bar(x=list(range(count, 0, -1)), y=names, orientation="h", customdata=names))
    figure.update_layout(height=height or 26 * count + 60, margin={"l": 8, "r": 90, "t": 34, "b": 8}, font={"size": 13})
    figure.update_yaxes(categoryorder="array", categoryarray=names[::-1], tickfont={"size": 13})
    return _chart(figure)


def _points(figure: go.Figure) -> int:
    return sum(len(trace.get("y") or trace.get("locations") or trace.get("lat") or ()) for trace in pixels.plain(figure)["data"])


def kinds(dataset: Dataset) -> list[str]:
    """Return one reference for each kind of figure: those that one module draws are laid out alike."""
    found: dict[str, str] = {}
    for reference in registry.references(dataset):
        found.setdefault(registry.read(dataset, reference).drawing.build.__module__, reference)
    return list(found.values())


def test_every_kind_of_figure_fits_every_frame_unchanged_and_is_cut_only_with_a_note(real: Dataset) -> None:
    for reference in kinds(real):
        chart = exhibits.exhibit(real, reference).chart
        before = chart.figure.to_json()
        for width, height in FRAMES:
            fit = fitting.fitted(chart, width, height)
            assert fit.figure.layout.width == width, reference
            assert fit.figure.layout.height <= height + 0.01, reference
            is_whole = _points(fit.figure) == _points(chart.figure)
            assert is_whole == (not fit.note), f"{reference}: {fit.note or 'cut without a note'}"
        assert chart.figure.to_json() == before, reference


def test_few_rows_are_not_stretched_absurdly() -> None:
    fit = fitting.fitted(_bars(2), 1000, 900)
    assert fit.figure.layout.height < 400
    assert not fit.note


def test_many_rows_are_cut_from_the_end_with_a_note() -> None:
    fit = fitting.fitted(_bars(48), 1120, 400)
    drawn = list(fit.figure.data[0].y)
    assert drawn == [f"Country {number}" for number in range(len(drawn))]
    assert fit.note == f"The first {len(drawn)} of 48 rows; the atlas lists all."
    assert list(fit.figure.data[0].customdata) == drawn
    bottom, top = fit.figure.layout.yaxis.range
    assert top == 47.5
    assert bottom == pytest.approx(47.5 - len(drawn), abs=0.01)
    assert fit.scale == pytest.approx(fitting.LEAST_SCALE)
    assert fit.figure.layout.yaxis.tickfont.size == pytest.approx(13 * fit.scale, abs=0.01)


def test_rows_of_panels_are_counted_over_all_panels() -> None:
    figure = go.Figure([go.Scatter(x=[1, 2, 3], y=[2, 1, 0]), go.Scatter(x=[1, 2], y=[1, 0], xaxis="x2", yaxis="y2")])
    axis = {"ticktext": ["c", "b", "a"], "tickvals": [0, 1, 2], "range": [-0.7, 2.7], "domain": [0.5, 1], "anchor": "x"}
    below = {"ticktext": ["b", "a"], "tickvals": [0, 1], "range": [-0.7, 1.7], "domain": [0, 0.3], "anchor": "x2"}
    figure.update_layout(height=600, yaxis=axis, yaxis2=below, xaxis={"anchor": "y"}, xaxis2={"anchor": "y2"})
    whole = pixels.plain(figure)
    assert [count for _end, count in rows.of(whole).ends] == [1, 2, 3, 4, 5]
    inside = rows.cut(whole, 0.34, 500)  # after the second row of the first panel
    assert len(inside["data"]) == 1
    assert inside["data"][0]["y"] == [2, 1]
    assert "yaxis2" not in inside["layout"]
    assert "xaxis2" not in inside["layout"]
    assert inside["layout"]["yaxis"]["domain"] == [0.0, 1.0]


def test_sizes_in_pixels_are_scaled_and_places_stay() -> None:
    figure = go.Figure(go.Scatter(x=[1], y=[2], mode="markers+text", marker={"size": [10], "line": {"width": 2}}, textfont={"size": 12}))
    figure.update_layout(margin={"l": 10}, xaxis={"range": [0, 5], "ticklen": 4})
    figure.add_annotation(x=3, y=4, text="<span style='font-size:10px'>a</span>", xshift=6, font={"size": 8})
    made = pixels.scaled(pixels.plain(figure), 2)
    trace, layout = made["data"][0], made["layout"]
    assert trace["marker"] == {"size": [20], "line": {"width": 4}}
    assert (trace["x"], trace["y"], trace["textfont"]["size"]) == ([1], [2], 24)
    assert (layout["margin"]["l"], layout["xaxis"]["range"], layout["xaxis"]["ticklen"]) == (20, [0, 5], 8)
    note = layout["annotations"][0]
    assert (note["x"], note["y"], note["xshift"], note["font"]["size"]) == (3, 4, 12, 16)
    assert "font-size:20px" in note["text"]


def test_a_map_fills_its_frame_and_keeps_its_window(real: Dataset) -> None:
    chart = exhibits.exhibit(real, "overview-world").chart
    fit = fitting.fitted(chart, 1000, 500, legend=False)
    assert (fit.figure.layout.width, fit.figure.layout.height) == (1000, 500)
    assert fit.figure.layout.geo.lonaxis.range == chart.figure.layout.geo.lonaxis.range
    assert 2.2 < projections.aspect(pixels.plain(chart.figure)["layout"]["geo"]) < 2.4  # as it was measured on a picture


def test_room_for_labels_holds_the_widest() -> None:
    figure = pixels.plain(_bars(3).figure)
    assert room.of(figure, 800).left >= lettering.width("Country 0", 13)


@pytest.mark.parametrize("text", ["Short", "A finding with enough words that it has to be broken into lines of about the same length", "Á" * 60])
def test_headlines_break_between_words_and_lose_none(text: str) -> None:
    lines = headline.wrapped(text, 30, 400)
    assert " ".join(lines) == text
    assert all(headline.width(line, 30) <= 400 for line in lines if " " in line)


def test_the_last_rows_are_drawn_smaller_rather_than_left_out() -> None:
    small = fitting.fitted(_bars(22), 1120, 264)
    assert not small.note
    assert fitting.LEAST_SCALE > small.scale >= 0.6
    assert fitting.fitted(_bars(22), 1120, 264, least=1.0).note  # read from afar: no letter gets smaller


@pytest.mark.parametrize("reference", ["approvals-matrix", "prices-history", "manufacturing-by-country"])
def test_nothing_that_a_title_speaks_of_is_left_out_where_a_little_is_missing(real: Dataset, reference: str) -> None:
    assert not fitting.fitted(exhibits.exhibit(real, reference).chart, 1120, 440, least=0.74, legend=False).note


def test_columns_that_a_cut_empties_go_with_it() -> None:
    names = [f"Country {number}" for number in range(40)]
    columns = ["first", "second", "never", "last"]
    figure = go.Figure(go.Scatter(x=["first", "second", *["first"] * 37, "last"], y=names, mode="markers"))
    figure.update_layout(height=1200, margin={"l": 8, "r": 8, "t": 8, "b": 8})
    figure.update_xaxes(categoryorder="array", categoryarray=columns, range=[-0.6, 3.6])
    figure.update_yaxes(categoryorder="array", categoryarray=names[::-1], range=[-0.6, 39.6])
    axis = fitting.fitted(_chart(figure), 800, 300).figure.layout.xaxis
    assert list(axis.categoryarray) == ["first", "second", "never"]
    assert list(axis.range) == pytest.approx([-0.6, 2.6])
