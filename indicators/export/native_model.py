"""What an editable chart of a slide is made of, before it is written: marks, labels, series and scales, without Plotly or XML."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from indicators.charts import lettering

BARS, AREA, POINTS = "bars", "area", "points"
LABEL_SIZE = 12  # points; the least that a slide's text may have
TICK_SIZE = 12
MOST_ROWS = 24  # rows of text that stand legibly below each other on a slide


class NotNative(Exception):
    """A figure can't be an editable chart without losing something; the message says why, for those who develop the atlas."""


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour as RRGGBB, and how much it covers (0 to 1)."""

    code: str
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a point. ``place`` is as charts call it (r, l, t, b, ctr, outEnd, inEnd, inBase); a ``code`` (number format) writes the value itself.

    ``text`` is marked up as in figures: lines end with <br>, <b> makes bold, a <span> has a colour of its own.
    """

    text: str
    place: str = "r"
    colour: Colour | None = None
    code: str = ""
    size: float = LABEL_SIZE


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its width in points and its dash as DrawingML calls it."""

    colour: Colour
    width: float
    dash: str = "solid"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at a point: its symbol as charts call it, its size in points; hollow without ``fill``."""

    symbol: str
    size: int
    fill: Colour | None
    edge: Line | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A value, or a place on two scales. ``name`` is whose it is, ``says`` what it is in words: both for the workbook.

    Without values it is a gap in a line. ``mark`` and ``fill`` differ from the series' own.
    """

    x: float | None
    y: float | None = None
    name: str = ""
    says: str = ""
    label: Label | None = None
    mark: Mark | None = None
    fill: Colour | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A series. ``cap`` is the half height of an upright stroke at each point, in units of the upright scale: the end of a range, a median."""

    name: str
    points: tuple[Point, ...]
    fill: Colour | None = None
    edge: Line | None = None
    mark: Mark | None = None
    line: Line | None = None
    cap: float = 0.0
    cap_line: Line | None = None
    in_legend: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale: its ends and step in its own units (days since 1899-12-30 where it is of dates), and the format of its ticks."""

    low: float | None = None
    high: float | None = None
    step: float | None = None
    code: str = "#,##0"
    title: str = ""
    log_base: int = 0  # of a logarithmic scale
    is_date: bool = False
    is_shown: bool = True
    has_grid: bool = True

    @property
    def is_log(self) -> bool:
        """Whether steps on it multiply."""
        return self.log_base > 0


@dataclass(frozen=True, slots=True)
class Plan:
    """An editable chart. ``rows`` are the names down the side, the first on top; of POINTS each has its height on the upright scale.

    ``remarks`` are texts of the figure that stand above the chart, ``left_out`` how many rows there was no room for.
    ``fixed_days`` are the days of an AREA's values.
    """

    kind: str
    series: tuple[Series, ...]
    x: Scale
    y: Scale
    rows: tuple[str, ...] = ()
    heights: tuple[float, ...] = ()
    is_stacked: bool = False
    gap: int = 40  # between bars, in percent of a bar's width
    remarks: tuple[str, ...] = ()
    left_out: int = 0
    row_title: str = ""
    room_right: float = 0.0  # points that labels take at the right of the plot
    row_size: float = TICK_SIZE  # of the names of rows, in points
    days: tuple[float, ...] = field(default=())

    @property
    def legend(self) -> tuple[str, ...]:
        """The names in the legend."""
        return tuple(series.name for series in self.series if series.in_legend)

    def without_lone_legend(self) -> Plan:
        """Return the plan without a legend that has but one entry and says nothing that the labels don't."""
        if len(self.legend) != 1:
            return self
        return replace(self, series=tuple(replace(series, in_legend=False) for series in self.series))


def text_width(text: str, size: float = TICK_SIZE) -> float:
    """Return how wide the widest line of a text is, in points; Arial is a little narrower than the typeface measured."""
    return max((lettering.width(line, size) for line in text.split("\n")), default=0.0)
