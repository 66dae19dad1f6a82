"""A figure as an editable chart of a presentation: which figures can be one, how its parts share the room, and its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indicators.charts.chart import Chart
from indicators.charts.template import Style
from indicators.export import native_bars, native_points
from indicators.export.native_model import MOST_ROWS, POINTS, TICK_SIZE, Colour, Label, Mark, NotNative, Plan, Point, Series, text_width
from indicators.export.native_reading import plain
from indicators.export.native_workbook import Workbook, workbook
from indicators.export.native_xml import Look, chart_xml
from indicators.language import _

TYPEFACE = "Arial"
LEAST_ROW = 13.3  # points: less, and LibreOffice leaves out every other name
_LINE = 1.3  # of a text's size
_WIDEST_NAMES = 0.4  # of a chart's width
_MARK_SHARE = 0.56  # of a row's height, where rows stand close
_PAD = "\u00a0\u00a0\u00a0"  # between a row's name and a mark at the left end of the scale
_KEY = 34.0  # points that an entry of the legend takes beside its text


def plan(chart: Chart, most_rows: int = MOST_ROWS) -> Plan:
    """Return how a figure looks as an editable chart. Raises NotNative where it would lose something: then it needs a picture."""
    figure = chart.figure
    if not figure.data:
        raise NotNative("nothing is drawn")
    kinds = {trace.type for trace in figure.data}
    if "bar" in kinds:
        made = native_bars.bars(chart, figure, most_rows)
    elif all(trace.type == "scatter" and trace.stackgroup for trace in figure.data):
        made = native_bars.area(chart, figure)
    elif kinds <= {"scatter", "scattergl"}:
        made = native_points.points(chart, figure, most_rows)
    else:
        raise NotNative(", ".join(sorted(kinds)))
    return made.without_lone_legend() if not chart.legend else made


def rows_that_fit(drawn: Plan, size: tuple[float, float]) -> int:
    """Return for how many of a plan's rows a frame (points) has room, legend and scales taken off."""
    (_left, _top, _width, height), _legend = _boxes(drawn, size)
    return max(1, int(height * size[1] / LEAST_ROW))


def sized(drawn: Plan, size: tuple[float, float]) -> Plan:
    """Return a plan with the type that its rows have room for in a frame (points)."""
    (_left, _top, _width, height), _legend = _boxes(drawn, size)
    pitch = height * size[1] / max(len(drawn.rows), 1)
    if not drawn.rows or pitch >= TICK_SIZE * _LINE:
        return drawn
    most = max(5, round(pitch * _MARK_SHARE))
    return replace(drawn, row_size=TICK_SIZE - 1, series=tuple(_smaller(one, most) for one in drawn.series))


def _smaller(series: Series, most: int) -> Series:
    """Return a series for rows that stand close: with small labels, and marks that leave those of the next row free."""

    def small(mark: Mark | None) -> Mark | None:
        return replace(mark, size=min(mark.size, most)) if mark else None

    points = tuple(
        replace(point, mark=small(point.mark), label=replace(point.label, size=min(point.label.size, TICK_SIZE - 1)) if point.label else None)
        for point in series.points
    )
    return replace(series, mark=small(series.mark), points=points)


@dataclass(frozen=True)
class NativeChart:
    """A chart's two files, as python-pptx asks for them: its XML and the workbook behind it."""

    xml: bytes
    book: Workbook

    def xml_bytes(self, _chart_type: object) -> bytes:
        """Return the chart's XML; the type is in it."""
        return self.xml

    @property
    def xlsx_blob(self) -> bytes:
        """The workbook."""
        return self.book.content


def native_chart(drawn: Plan, style: Style, size: tuple[float, float], about: Sequence[tuple[str, str]]) -> NativeChart:
    """Return the files of an editable chart for a frame (width and height in points)."""
    drawn = sized(drawn, size)
    whole = _with_row_names(drawn, style) if drawn.kind == POINTS and drawn.rows else drawn
    whole = _evened(whole) if whole.kind == POINTS else whole
    book = workbook(whole, about)
    look = Look(_plain(style.ink), _plain(style.muted), _plain(style.line), TYPEFACE)
    return NativeChart(chart_xml(whole, book.cells, look, _boxes(drawn, size)), book)


def _plain(code: str) -> Colour:
    return Colour(code.removeprefix("#").upper())


def _evened(drawn: Plan) -> Plan:
    """Give the first series as many points as the longest one has, empty ones at its end: LibreOffice draws none that is longer than the first."""
    longest = max(len(one.points) for one in drawn.series)
    first = drawn.series[0]
    return replace(drawn, series=(replace(first, points=(*first.points, *[Point(None)] * (longest - len(first.points)))), *drawn.series[1:]))


def _with_row_names(drawn: Plan, style: Style) -> Plan:
    """Write the names of rows as labels at the left end of each row, for a scale of numbers has none."""
    left = drawn.x.low if drawn.x.low is not None else 0.0
    names = [
        Point(
            left,
            height,
            name.replace("\n", " "),
            label=Label(name.replace("\n", f"{_PAD}<br>") + _PAD, "l", _plain(style.ink), size=drawn.row_size) if name else None,
        )
        for name, height in zip(drawn.rows, drawn.heights, strict=True)
    ]
    return replace(drawn, series=(*drawn.series, Series(_("names of the rows"), tuple(names))))


def _boxes(drawn: Plan, size: tuple[float, float]) -> tuple[tuple[float, ...], tuple[float, ...] | None]:
    """Return the places of the plot and of the legend as shares of the frame: names and ticks get the room that they need."""
    width, height = size
    names = [text_width(plain(name), drawn.row_size) for name in drawn.rows]
    if drawn.rows:
        left = min(max(names, default=0.0) + (18 if drawn.kind == POINTS else 14), _WIDEST_NAMES * width)
    else:
        left = _tick_width(drawn.y.code, drawn.y.high or max((point.y or point.x or 0.0 for one in drawn.series for point in one.points), default=1.0)) + 12
    left += TICK_SIZE * _LINE + 4 if drawn.y.title and drawn.y.is_shown else 0
    bottom = (TICK_SIZE * _LINE + 8 if drawn.x.is_shown else 4) + (TICK_SIZE * _LINE + 2 if drawn.x.title and drawn.x.is_shown else 0)
    right = max(drawn.room_right + 6, 26.0)
    lines = _legend_lines(drawn, width)
    top = lines * TICK_SIZE * 1.45 + 10 if lines else 6
    legend = None
    if lines:
        columns = -(-len(drawn.legend) // lines)
        widest = max(text_width(name) for name in drawn.legend) + _KEY
        legend = (0.0, 0.0, min(1.0, columns * widest / width), (top - 6) / height)
    plot = (left / width, top / height, max(0.2, (width - left - right) / width), max(0.2, (height - top - bottom) / height))
    return plot, legend


def _tick_width(code: str, highest: float) -> float:
    quoted = sum(len(part) for part in code.split(";")[0].split('"')[1::2])
    digits = 4 if ",," in code or code == "yyyy" else 5 if '"K"' in code else len(f"{abs(highest):,.0f}") + (code.count("0") - 1 if "." in code else 0)
    return 0.56 * TICK_SIZE * (quoted + digits)


def _legend_lines(drawn: Plan, width: float) -> int:
    """Return in how many lines the entries of the legend stand: in columns as wide as the widest."""
    if not drawn.legend:
        return 0
    abreast = max(1, int(width // (max(text_width(name) for name in drawn.legend) + _KEY)))
    return -(-len(drawn.legend) // abreast)


__all__ = ["NativeChart", "NotNative", "native_chart", "plan", "rows_that_fit", "sized"]
