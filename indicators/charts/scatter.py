"""One measure against another: a dot for each country that has both."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.association import Association
from indicators.catalog import ValueType, get
from indicators.charts import axes, crowding, pairs, trendline
from indicators.charts.axes import Axis
from indicators.charts.bars import INCOME_TEXTS
from indicators.charts.chart import Chart
from indicators.charts.crowding import Dot, Name, Plot
from indicators.charts.template import Style, figure, translucent
from indicators.charts.wording import value_text
from indicators.dataset import Dataset
from indicators.language import _
from indicators.observations import fact_ids
from indicators.selection import largest

# What the area of a dot can stand for: amounts, which areas can be compared by.
SIZES = ("population", "new-cases-three-cancers", "new-cases-nhl", "new-cases-leukaemia", "new-cases-myeloma", "patients-treated", "treatment-centres")

NARROWEST = 680  # pixels; on a smaller screen the figure scrolls
_PART_ON_PHONE = 0.42  # of the narrowest figure, with room for names
_WIDEST = 1600
_HEIGHT = 540
_NAME_SIZE = 12
_MOST_NAMES = 45
_PLAIN_RADIUS = 5.5
_LARGEST_RADIUS = 24.0
_SMALLEST_RADIUS = 3.0
_FADED = 0.3
_PLAIN_OPACITY = 0.82
_PARTS_OF_LINE = 80


def scatter(
    dataset: Dataset,
    x_id: str,
    y_id: str,
    size_id: str,
    countries: tuple[str, ...],
    highlighted: tuple[str, ...],
    log_x: bool,
    log_y: bool,
    with_trend: bool,
    style: Style,
) -> Chart:
    """Return countries by two measures, a dot each, coloured by income group; its area is a third measure where ``size_id`` names one.

    ``countries`` are all that are looked at, ``highlighted`` those among them that stand out from the others. A logarithmic
    axis leaves out values that are not above zero, and says how many; ``log_x`` and ``log_y`` do nothing to dates and
    categories. Raises ValueError for an indicator by product: a country has no one value of it.
    """
    x_indicator, y_indicator = get(x_id), get(y_id)
    for indicator in (x_indicator, y_indicator, *([get(size_id)] if size_id else [])):
        if indicator.by_product:
            raise ValueError(f"{indicator.id} has a value for each product of a country")
    log_x, log_y = log_x and axes.can_be_logarithmic(x_indicator), log_y and axes.can_be_logarithmic(y_indicator)
    pair = pairs.of(dataset, x_indicator, y_indicator, get(size_id) if size_id else None, countries, log_x, log_y)
    drawn = pair.drawn
    plot, x, y = _area(pair, log_x, log_y, with_trend)
    dots = _dots(drawn, x, y, plot)
    trend = trendline.of(x, y, pair.points) if with_trend and x_id != y_id else None
    told = trendline.words(x, y, trend) if with_trend else []
    built = _canvas(style, plot, x, y, told)
    line = _ends(x, y, trend, pair.points) if trend and trendline.has_line(x, y) else []
    if line:
        built.add_trace(_line(x, y, line, style))
    built.add_trace(_marks(dataset, pair, dots, x, y, plot, highlighted, style))
    used = [code for code in INCOME_TEXTS if (drawn["income"] == code).any()]
    for code in used:  # the entries of the legend: all dots are one trace, so that small ones lie over large ones
        entry = go.Scatter(x=[None], y=[None], mode="markers", marker={"size": 10, "color": style.income[code]}, name=_(INCOME_TEXTS[code]), hoverinfo="skip")
        built.add_trace(entry)
    unnamed = _write_names(dataset, built, drawn, dots, _along(x, y, line, plot), x, y, plot, highlighted, style)
    title = pairs.finding(pair, highlighted)
    caveat = [*pairs.caveats(pair, highlighted), *unnamed]
    if with_trend and x_id != y_id:
        caveat += trendline.bounds_left_out(len(drawn) - len(pair.points))
    if with_trend and trend:
        caveat += trendline.caveats(x_indicator, y_indicator, pair.has_same_facts)
    return Chart(
        id=f"scatter-{x_id}-{y_id}",
        title=title,
        subtitle=_subtitle(pair) + trendline.covers(trend, bool(highlighted) and not set(pair.all["iso3"]) <= set(highlighted)),
        figure=built,
        alt=" ".join([title + ".", pairs.alt(pair), *told]),
        table=pairs.table(dataset, pair),
        fact_ids=fact_ids(*pair.all["fact_ids"]) if len(pair.all) else (),
        caveat=" ".join(caveat),
        is_empty=drawn.empty,
        minimum_width=NARROWEST,
        legend=tuple((_(INCOME_TEXTS[code]), style.income[code]) for code in used),
        targets=pairs.targets(pair),
        focus=_focus([dot.share for dot, iso3 in zip(dots, drawn["iso3"], strict=True) if iso3 in highlighted]),
    )


def _focus(shares: list[float]) -> float | None:
    """Return the middle of the part of the width, as wide as a phone shows, that has the most of the chosen dots; None where none is chosen."""
    if not shares:
        return None
    windows = [[other for other in shares if start <= other <= start + _PART_ON_PHONE] for start in shares]
    most = max(windows, key=len)
    return (min(most) + max(most)) / 2


_RIGHT = 20


def _area(pair: pairs.Pair, log_x: bool, log_y: bool, with_trend: bool) -> tuple[Plot, Axis, Axis]:
    """Return the area of the dots and its axes. Its height is that of the figure without margins; its width depends on the screen."""
    y = axes.make(pair.y, pair.drawn["y"].tolist(), log_y, _HEIGHT, is_upright=True)
    beside = _left(y) + _RIGHT
    x = axes.make(pair.x, pair.drawn["x"].tolist(), log_x, NARROWEST - beside)
    return Plot(_HEIGHT - _top(with_trend) - _bottom(x), NARROWEST - beside, _WIDEST - beside), x, y


def _bottom(x: Axis) -> int:
    """Return the room below: for the ticks, and a line with the legend at the left and the name of the axis at the right."""
    return 37 + 15 * max((len(text.split("<br>")) for text in x.texts), default=1)


def _top(with_trend: bool) -> int:
    return 76 if with_trend else 34


def _left(y: Axis) -> float:
    return y.widest_text + 16


def _canvas(style: Style, plot: Plot, x: Axis, y: Axis, told: Sequence[str]) -> go.Figure:
    top = _top(bool(told))
    built = figure(style, _HEIGHT, margin={"l": _left(y), "r": _RIGHT, "t": top, "b": _bottom(x), "autoexpand": False}, showlegend=True)
    built.update_xaxes(x.settings | {"tickfont": {"size": axes.TICK_SIZE, "color": style.muted}, "showgrid": x.indicator.value_type is not ValueType.CATEGORY})
    built.update_yaxes(y.settings | {"tickfont": {"size": axes.TICK_SIZE, "color": style.muted}})
    built.update_layout(legend={"x": 0, "y": -(_bottom(x) - 2) / plot.height, "yanchor": "bottom", "yref": "paper"})
    shared = {"xref": "paper", "yref": "paper", "showarrow": False, "align": "left", "font": {"size": 13, "color": style.muted}}
    # At the upper end, where it can be read without tilting the head.
    built.add_annotation(
        shared
        | {"x": 0, "xanchor": "left", "xshift": -_left(y) + 6, "y": 1, "yanchor": "bottom", "yshift": 6, "text": f"↑ {axes.title(y.indicator, y.is_log)}"}
    )
    below = {"x": 1, "xanchor": "right", "y": 0, "yanchor": "top", "yshift": 29 - _bottom(x), "text": f"{axes.title(x.indicator, x.is_log)} →"}
    built.add_annotation(shared | below)
    for number, line in enumerate(told):
        place = {"x": 0, "xanchor": "left", "xshift": -_left(y) + 6, "y": 1, "yanchor": "bottom", "yshift": top - 24 - 18 * number}
        built.add_annotation(shared | place | {"text": line, "font": {"size": 13, "color": style.ink if number == 0 else style.muted}})
    return built


def _dots(drawn: pd.DataFrame, x: Axis, y: Axis, plot: Plot) -> list[Dot]:
    """Return the dots; those of one category stand beside each other, so that none hides another."""
    radii = _radii(drawn["size"])
    shares, heights = [x.share(value) for value in drawn["x"]], [(1 - y.share(value)) * plot.height for value in drawn["y"]]
    if x.indicator.value_type is ValueType.CATEGORY:
        moved = crowding.spread(heights, shares, radii, 0.84 * plot.narrow / len(x.indicator.categories))
        shares = [share + offset / plot.narrow for share, offset in zip(shares, moved, strict=True)]
    elif y.indicator.value_type is ValueType.CATEGORY:
        moved = crowding.spread([share * plot.narrow for share in shares], heights, radii, 0.84 * plot.height / len(y.indicator.categories))
        heights = [height + offset for height, offset in zip(heights, moved, strict=True)]
    return [Dot(share, height, radius) for share, height, radius in zip(shares, heights, radii, strict=True)]


def _radii(sizes: pd.Series) -> list[float]:
    """Return the radius of each dot: areas in proportion to a measure, but none too small to be seen; all alike without one."""
    if not sizes.notna().any() or not sizes.max() > 0:
        return [_PLAIN_RADIUS] * len(sizes)
    return [_SMALLEST_RADIUS if pd.isna(size) else max(_LARGEST_RADIUS * (max(size, 0) / sizes.max()) ** 0.5, _SMALLEST_RADIUS) for size in sizes]


def _place(axis: Axis, share: float) -> float:
    """Return the value that stands at a share of an axis, as Plotly takes it for a dot."""
    value = axis.low + share * (axis.high - axis.low)
    return 10**value if axis.is_log else value


def _marks(dataset: Dataset, pair: pairs.Pair, dots: Sequence[Dot], x: Axis, y: Axis, plot: Plot, highlighted: tuple[str, ...], style: Style) -> go.Scatter:
    drawn = pair.drawn
    is_category = [axis.indicator.value_type is ValueType.CATEGORY for axis in (x, y)]
    marks = drawn.assign(
        across=[_place(x, dot.share) for dot in dots] if is_category[0] else drawn["x"],
        up=[_place(y, 1 - dot.y / plot.height) for dot in dots] if is_category[1] else drawn["y"],
        radius=[dot.radius for dot in dots],
        hover=pairs.hovers(dataset, pair),
        is_chosen=drawn["iso3"].isin(highlighted),
    ).sort_values(["is_chosen", "radius"], ascending=[True, False], kind="stable")  # the small over the large, the chosen over all
    chosen = marks["is_chosen"]
    fades = chosen.any() and not chosen.all()
    rings = marks["size"].isna() & (pair.size is not None)  # there is no figure for the area
    opacity = [1.0 if is_chosen else _FADED for is_chosen in chosen] if fades else [_PLAIN_OPACITY] * len(marks)
    colours = [translucent(style.income[code], share) for code, share in zip(marks["income"], opacity, strict=True)]
    edges = [style.ink if is_chosen else colour if is_ring else style.paper for is_chosen, is_ring, colour in zip(chosen, rings, colours, strict=True)]
    return go.Scatter(
        x=marks["across"].tolist(),
        y=marks["up"].tolist(),
        mode="markers",
        marker={
            "size": (2 * marks["radius"]).round(1).tolist(),
            "color": colours,
            "symbol": ["circle-open" if is_ring else "circle" for is_ring in rings],
            "opacity": 1,
            "line": {"color": edges, "width": [1.6 if is_chosen or is_ring else 0.8 for is_chosen, is_ring in zip(chosen, rings, strict=True)]},
        },
        cliponaxis=False,
        hovertext=marks["hover"].tolist(),
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=marks["iso3"].tolist(),
        showlegend=False,
    )


def _ends(x: Axis, y: Axis, trend: Association, points: pd.DataFrame) -> list[tuple[float, float]]:
    """Return the ends of the line of least squares, at the first and the last dot that it is of, in units of the axes as they are drawn."""
    return [(across, trend.intercept + trend.slope * across) for across in (x.drawn(points["x"].min()), x.drawn(points["x"].max()))]


def _line(x: Axis, y: Axis, ends: Sequence[tuple[float, float]], style: Style) -> go.Scatter:
    """Return the trend line: straight on the axes as they are, logarithmic or not."""
    return go.Scatter(
        x=[10**across if x.is_log else across for across, _up in ends],
        y=[10**up if y.is_log else up for _across, up in ends],
        mode="lines",
        line={"color": style.muted, "width": 1.5, "dash": "dash"},
        hoverinfo="skip",
        showlegend=False,
    )


def _along(x: Axis, y: Axis, ends: Sequence[tuple[float, float]], plot: Plot) -> list[Dot]:
    """Return a row of small dots along a line, for names to stay clear of."""
    if not ends:
        return []
    places = [((across - x.low) / (x.high - x.low), (1 - (up - y.low) / (y.high - y.low)) * plot.height) for across, up in ends]
    (left, start), (right, end) = places
    parts = [number / _PARTS_OF_LINE for number in range(_PARTS_OF_LINE + 1)]
    return [Dot(left + part * (right - left), start + part * (end - start), 2.0) for part in parts]


def _write_names(
    dataset: Dataset,
    built: go.Figure,
    drawn: pd.DataFrame,
    dots: Sequence[Dot],
    line: Sequence[Dot],
    x: Axis,
    y: Axis,
    plot: Plot,
    highlighted: tuple[str, ...],
    style: Style,
) -> list[str]:
    """Write the names of the most notable countries beside their dots; return a sentence on the chosen ones without room."""
    by_code = dict(zip(drawn["iso3"], dots, strict=True))
    chosen = [iso3 for iso3 in largest(dataset, highlighted, len(highlighted)) if iso3 in by_code]
    others = [iso3 for iso3 in _notable(dataset, drawn, few=bool(chosen)) if iso3 not in chosen][: max(_MOST_NAMES - len(chosen), 0)]
    must = {*chosen, *_notable(dataset, drawn, few=True)}
    names = [Name(iso3, language.country_name(iso3), by_code[iso3], bold=iso3 in chosen, must=iso3 in must) for iso3 in [*chosen, *others]]
    places = crowding.place_names(names, [*dots, *line], plot, _NAME_SIZE)
    for name in names:
        place = places.get(name.key)
        if place is None:
            continue
        away = {"ax": place.x, "ay": place.y, "arrowhead": 0, "arrowwidth": 0.8, "arrowcolor": style.muted, "standoff": name.dot.radius}
        built.add_annotation(
            x=x.low + name.dot.share * (x.high - x.low),
            y=y.low + (1 - name.dot.y / plot.height) * (y.high - y.low),
            text=f"<b>{name.text}</b>" if name.bold else name.text,
            font={"size": _NAME_SIZE, "color": style.muted if chosen and not name.bold else style.ink},
            borderpad=0,
            xanchor=place.anchor,
            yanchor="bottom" if place.y < 0 else "top" if place.y > 0 else "middle",
            **({"showarrow": True, **away} if place.has_line else {"showarrow": False, "xshift": place.x, "yshift": -place.y}),
        )
    left_out = [language.country_name(iso3) for iso3 in chosen if iso3 not in places]
    return [_("No room for a name: {countries}.").format(countries=", ".join(left_out))] if left_out else []


def _notable(dataset: Dataset, drawn: pd.DataFrame, few: bool) -> list[str]:
    """Return countries in the order in which they are named: extremes, then the largest; with ``few``, extremes alone."""
    if drawn.empty:
        return []
    extremes = [str(drawn.loc[drawn[column].idxmax() if is_top else drawn[column].idxmin(), "iso3"]) for is_top in (True, False) for column in ("y", "x")]
    if few:
        return list(dict.fromkeys(extremes))
    ordered = drawn.sort_values("size", ascending=False)["iso3"] if drawn["size"].notna().any() else []
    return list(dict.fromkeys([*extremes, *map(str, ordered), *largest(dataset, tuple(drawn["iso3"]), len(drawn))]))


def _subtitle(pair: pairs.Pair) -> str:
    text = _("{y} by {x}; each dot is a country, coloured by World Bank income group").format(y=axes.title(pair.y), x=axes.title(pair.x))
    sized = pair.drawn[pair.drawn["size"].notna()]
    if pair.size is None or sized.empty:
        return text
    top = sized.loc[sized["size"].idxmax()]
    return text + _("; area: {measure}, the largest is {country} with {value}").format(
        measure=_(pair.size.short_title),
        country=language.in_sentence(top["iso3"]),
        value=value_text(pair.size, top["size"], top["size_row"]["label"], short=True),
    )
