"""Editable charts: the workbook and the chart of a figure hold its own numbers and names, and nothing that means something is lost."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import plotly.graph_objects as go
import pytest
from lxml import etree

from indicators.catalog import observe
from indicators.charts.chart import Chart
from indicators.charts.template import LIGHT
from indicators.dataset import Dataset
from indicators.exhibits import Exhibit, exhibit
from indicators.export.native import NativeChart, native_chart, plan
from indicators.export.native_model import AREA, BARS, MOST_ROWS, POINTS, NotNative, Plan

SIZE = (870.0, 340.0)
C = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart", "a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
Drawn = Callable[[str], tuple[Exhibit, Plan, Any, list[tuple[Any, ...]]]]


@pytest.fixture(scope="module")
def drawn(real: Dataset) -> Drawn:
    """Return a function that draws a figure: its exhibit, plan, XML, and the rows of its workbook without the heading."""

    def draw(reference: str) -> tuple[Exhibit, Plan, Any, list[tuple[Any, ...]]]:
        shown = exhibit(real, reference)
        made = plan(shown.chart, MOST_ROWS)
        files = native_chart(made, shown.style, SIZE, [("Finding", shown.chart.title)])
        return shown, made, etree.fromstring(files.xml_bytes(None)), rows(files)

    return draw


def rows(files: NativeChart) -> list[tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(files.xlsx_blob))["Data"]
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=2)]


def test_a_ranking_is_bars_of_the_catalogs_values_in_the_order_of_the_figure(real: Dataset, drawn: Drawn) -> None:
    shown, made, xml, found = drawn("overview-world?measure=median-list-price&world=ranking")
    seen = observe(shown.dataset, "median-list-price").dropna(subset=["value"]).sort_values("value")

    assert (made.kind, made.is_stacked, made.left_out) == (BARS, False, 0)
    values = [next(cell for cell in row[1:] if cell is not None) for row in found]
    assert values == pytest.approx(seen["value"].tolist())
    names = {row[0].split("  ")[-1]: value for row, value in zip(found, values, strict=True)}
    table = shown.chart.table.dropna(subset=["List price (US dollars)"])
    assert {name: round(value) for name, value in names.items()} == dict(zip(table["Country"], table["List price (US dollars)"], strict=True))
    cached = [point.text for point in xml.findall(".//c:ser[1]/c:cat//c:pt/c:v", C)]
    assert cached == [row[0] for row in found]


def test_a_label_that_is_a_number_follows_the_number(drawn: Drawn) -> None:
    _shown, _made, xml, _found = drawn("overview-world?measure=median-list-price&world=ranking")

    formats = {element.get("formatCode") for element in xml.findall(".//c:dLbl/c:numFmt", C)}
    assert formats == {'"US$"#,##0,"K"'}
    assert not xml.findall(".//c:dLbl/c:tx", C)


def test_missing_evidence_and_a_documented_none_stand_in_words_and_have_no_number(drawn: Drawn) -> None:
    _shown, made, _xml, found = drawn("overview-world?world=ranking&countries=BRA&countries=KEN&countries=DEU")

    assert [row for row in found if "Kenya" in row[0]] == [("Kenya: no evidence found", None, None)]
    assert made.rows[-1] == "Kenya: no evidence found"


def test_a_tie_is_no_formula(drawn: Drawn) -> None:
    _shown, made, _xml, _found = drawn("overview-world?world=ranking")

    assert made.left_out > 0
    assert len(made.rows) == MOST_ROWS
    assert any("=  " in name for name in made.rows)
    assert not any(name.startswith("=") for name in made.rows)


def test_stacked_bars_add_up_to_the_rows_of_the_table(drawn: Drawn) -> None:
    shown, made, xml, found = drawn("approvals-pathways")
    counted = Counter(shown.chart.table["Jurisdiction"])
    pieces = [series for series in made.series if series.in_legend]

    assert made.is_stacked
    assert xml.find(".//c:barChart/c:grouping", C).get("val") == "stacked"
    assert {row[0]: sum(cell or 0 for cell in row[1 : len(pieces) + 1]) for row in found} == dict(counted)
    # What stands behind each bar is its sum, and its place is no number of the figure.
    assert [point.label.text for point in made.series[-1].points if point.label] == [str(counted[name]) for name in made.rows]
    # PowerPoint refuses a file with a label outside of a stacked bar.
    assert {element.get("val") for element in xml.findall(".//c:dLblPos", C)} <= {"ctr", "inEnd", "inBase"}


def test_bands_over_time_are_the_tables_counts_at_its_days(drawn: Drawn) -> None:
    shown, made, xml, found = drawn("overview-world?world=trend")

    assert made.kind == AREA
    assert xml.find(".//c:dateAx", C) is not None
    for number, series in enumerate(made.series, start=1):
        assert [row[number] for row in found] == shown.chart.table[series.name].tolist()
    assert [row[0].date() for row in found] == shown.chart.table["Date"].tolist()


def test_lines_in_steps_end_at_the_counts_of_the_table(drawn: Drawn) -> None:
    shown, made, xml, _found = drawn("approvals-cumulative")
    counts = Counter(shown.chart.table["Income group"])

    lines = [series for series in made.series if series.line]
    assert {series.name: series.points[-1].y for series in lines if series.points[-1].y} == dict(counts)
    # Each step goes across, then up: two neighbours share one of their places.
    for series in lines:
        assert all(one.x == other.x or one.y == other.y for one, other in zip(series.points, series.points[1:], strict=False))
    labels = "".join(xml.find(".//c:ser[last()]//c:rich", C).itertext())
    assert "High income" in "".join("".join(rich.itertext()) for rich in xml.findall(".//c:rich", C))
    assert labels


def test_dots_on_scales_of_equal_factors_are_the_tables_places(drawn: Drawn) -> None:
    shown, made, xml, found = drawn("prices-against-income")
    table = shown.chart.table.set_index("Country")
    dots = [row for row in found if row[1] in table.index and row[0] in set(table["Income group"])]

    assert [element.get("val") for element in xml.findall(".//c:valAx/c:scaling/c:logBase", C)] == ["2", "2"]
    assert {row[1]: (round(row[2]), round(row[3])) for row in dots} == {
        name: (row["GDP per head (US dollars)"], row["Median list price (US dollars)"]) for name, row in table.iterrows()
    }
    assert (made.x.low or 0) <= min(row[2] for row in dots)
    assert (made.y.high or 0) >= max(row[3] for row in dots)
    assert sum("× GDP per head" in "".join(rich.itertext()) for rich in xml.findall(".//c:dLbl//c:rich", C)) == 3


def test_dots_of_prices_carry_country_and_price_and_a_range_both_ends(drawn: Drawn) -> None:
    shown, made, _xml, found = drawn("prices-list")
    table = shown.chart.table
    points = table[table["What the figure is"] != "range"]
    ranges = table[table["What the figure is"] == "range"]
    names = set(points["Product"].str.split(" ").str[0]) | {"other products"}

    dots = Counter((row[1], round(row[2])) for row in found if row[0] in names and row[2] is not None)
    assert dots == Counter(zip(points["Country"], points["US dollars"].astype(int), strict=True))
    bars = [row for row in found if row[0] and row[0].endswith("a range") and row[2] is not None]
    assert {row[1] for row in bars} == set(ranges["Country"])
    assert round(min(row[2] for row in bars)) == ranges["US dollars"].min()
    assert all(series.cap for series in made.series if series.name.endswith("a range"))
    assert made.rows == tuple(dict.fromkeys(made.rows))


def test_bounds_ranges_and_targets_keep_their_marks(drawn: Drawn) -> None:
    shown, made, xml, _found = drawn("prices-kinds?kind=list-public")
    kinds = Counter(shown.chart.table["What the figure is"])

    def glyphs(letter: str) -> int:
        return sum(bool(point.label and point.label.text == letter) for series in made.series for point in series.points)

    assert (glyphs("◄"), glyphs("►")) == (kinds["at most"], kinds["at least"])
    hollow = sum(mark.fill is None and point.x is not None for series in made.series for point in series.points if (mark := point.mark or series.mark))
    targets = shown.chart.table[shown.chart.table["What the figure is"] == "target"]
    assert hollow == len(targets) + targets["Amount, high end"].notna().sum()  # one that spans a range has a mark at both ends
    assert hollow > 0
    assert sum(bool(series.cap) and any(point.x is not None for point in series.points) for series in made.series) == kinds["range"]
    assert {"◄ at most this", "► at least this", "from … to …", "a target or forecast"} <= set(made.legend)
    assert xml.findall(".//c:errBars", C)


def test_the_first_series_is_as_long_as_any_for_libreoffice_draws_no_longer_one(drawn: Drawn) -> None:
    for reference in ("care-rates", "prices-kinds?kind=list-public", "prices-against-income"):
        _shown, _made, xml, _found = drawn(reference)
        lengths = [int(element.get("val")) for element in xml.findall(".//c:ser/c:xVal//c:ptCount", C)]
        assert lengths[0] == max(lengths), reference


def test_colours_are_those_of_the_figure_in_both_styles(real: Dataset) -> None:
    for style in ("light", "dark"):
        shown = exhibit(real, "approvals-ages", style)
        made = plan(shown.chart)
        assert [f"#{series.fill.code}".upper() for series in made.series[:-1] if series.fill] == [
            trace.marker.color.upper() for trace in shown.chart.figure.data
        ]


def test_rows_that_stand_out_are_shown_wherever_they_rank() -> None:
    figure = go.Figure(go.Bar(x=list(range(40, 0, -1)), y=[f"c{number}" for number in range(40)], orientation="h", marker_color="#112233"))
    order = [f"c{number}" for number in range(39, -1, -1)]
    figure.update_yaxes(categoryorder="array", categoryarray=order, tickvals=order, ticktext=[f"<b>{name}</b>" if name == "c35" else name for name in order])
    assert plan(made_of(figure), 10).rows == ("c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c35")


def made_of(figure: go.Figure) -> Chart:
    import pandas as pd

    figure.update_layout(font={"color": LIGHT.ink})
    return Chart("x", "Title", "Subtitle", figure, "Alt", pd.DataFrame({"Country": []}), ())


BAR = {"x": [1, 2], "y": ["a", "b"], "orientation": "h", "marker_color": "#112233"}


@pytest.mark.parametrize(
    "figure",
    [
        go.Figure(),
        go.Figure(go.Bar(x=["a"], y=[1], marker_color="#112233")),
        go.Figure(go.Bar(**BAR, base=[1, 2])),
        go.Figure(go.Bar(**BAR, error_x={"array": [1, 1]})),
        go.Figure(go.Bar(**BAR, marker_pattern_shape="/")),
        go.Figure(go.Bar(**BAR)).add_annotation(x=1, y="a", text="lost", showarrow=True),
        go.Figure(go.Bar(**BAR)).add_vline(x=1),
        go.Figure(go.Scatter(x=[1], y=[1], mode="markers", marker={"symbol": "hourglass", "color": "#112233"})),
        go.Figure(go.Scatter(x=[1], y=[1], mode="markers", marker_color="#112233", error_x={"array": [1]})),
        go.Figure(go.Scatter(x=[1, 2], y=[1, 2], mode="lines", line={"shape": "spline", "color": "#112233"})),
        go.Figure(go.Scatter(x=["a"], y=["b"], mode="markers", marker_color="#112233")),
        go.Figure(go.Scatter(x=[1, 2], y=[1, 2], fill="tozeroy", line_color="#112233")),
        go.Figure(go.Choropleth(locations=["BRA"], z=[1])),
        go.Figure([go.Scatter(x=[1], y=[1], marker_color="#112233"), go.Scatter(x=[1], y=[1], xaxis="x2", yaxis="y2", marker_color="#112233")]).update_layout(
            xaxis2={"domain": [0.5, 1]}, yaxis2={"anchor": "x2"}
        ),
    ],
)
def test_what_a_chart_would_lose_is_left_to_a_picture(figure: go.Figure) -> None:
    with pytest.raises(NotNative):
        plan(made_of(figure))


def test_markup_and_signs_of_xml_are_text(real: Dataset) -> None:
    figure = go.Figure(go.Scatter(x=[1, 2], y=[1, 2], mode="markers+text", text=["<b>A & B</b>", "x < y"], name="R&D <1>", marker_color="#112233"))
    made = plan(made_of(figure))
    xml = etree.fromstring(native_chart(made, LIGHT, SIZE, [("a", "=1+1")]).xml)

    assert {"".join(rich.itertext()) for rich in xml.findall(".//c:dLbl//c:rich", C)} == {"A & B", "x < y"}
    assert xml.find(".//c:ser/c:tx//c:v", C).text == "R&D <1>"


def test_no_cell_of_a_workbook_is_a_formula(real: Dataset) -> None:
    shown = exhibit(real, "prices-list")
    traps = replace(shown.chart, title="=1+1")
    files = native_chart(plan(traps), LIGHT, SIZE, [("Finding", "=HYPERLINK(1)"), ("@x", "+1")])
    book = openpyxl.load_workbook(io.BytesIO(files.xlsx_blob))

    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert not [
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-"))
    ]


def test_an_empty_choice_of_countries_is_no_chart(real: Dataset) -> None:
    with pytest.raises(NotNative):
        plan(exhibit(real, "overview-world?measure=capacity-per-1000-eligible&world=ranking").chart)


def test_points_of_a_plan_have_heights_within_their_scale(drawn: Drawn) -> None:
    for reference in ("prices-list", "overview-cascade", "approvals-lag", "prices-academic"):
        _shown, made, _xml, _found = drawn(reference)
        assert made.kind == POINTS
        ys = [point.y for series in made.series for point in series.points if point.y is not None]
        assert made.y.low <= min(ys), reference
        assert max(ys) <= made.y.high, reference


def test_a_hollow_mark_has_no_fill_so_that_programs_without_borders_draw_it_too(drawn: Drawn) -> None:
    _shown, made, _xml, _found = drawn("overview-cascade")
    marks = {one.name: one.mark for one in made.series if one.mark and one.name == "none known"}

    assert [mark.fill for mark in marks.values()] == [None]
    assert all(mark.edge for mark in marks.values())
