"""Editable charts as DrawingML: what PowerPoint, Keynote and LibreOffice read. Pure text: a plan and its cells in, XML out."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from indicators.export.native_model import AREA, BARS, POINTS, TICK_SIZE, Colour, Label, Line, Mark, Plan, Point, Scale, Series
from indicators.export.native_reading import plain, runs
from indicators.export.native_workbook import Cells

_SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_ACROSS, _UPRIGHT = 111111, 222222
_NOTHING = "<a:noFill/>"
_NO_LINE = "<a:ln><a:noFill/></a:ln>"
_SHOWS = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")


class Look:
    """The colours of a chart's own texts and lines, and its typeface."""

    def __init__(self, ink: Colour, muted: Colour, grid: Colour, typeface: str) -> None:
        self.ink, self.muted, self.grid, self.typeface = ink, muted, grid, typeface


def fill(colour: Colour | None) -> str:
    """Return a fill."""
    if colour is None or colour.opacity == 0:
        return _NOTHING
    alpha = f'<a:alpha val="{round(colour.opacity * 100000)}"/>' if colour.opacity < 1 else ""
    return f'<a:solidFill><a:srgbClr val="{colour.code}">{alpha}</a:srgbClr></a:solidFill>'


def stroke(line: Line | None) -> str:
    """Return a line, or none."""
    if line is None:
        return _NO_LINE
    return f'<a:ln w="{round(line.width * 12700)}" cap="flat">{fill(line.colour)}<a:prstDash val="{line.dash}"/><a:round/></a:ln>'


def chart_xml(plan: Plan, cells: Sequence[Cells], look: Look, boxes: tuple[tuple[float, ...], tuple[float, ...] | None]) -> bytes:
    """Return the XML of a chart. ``boxes`` are the places of the plot and of the legend (None for none): left, top, width, height as shares."""
    plot, legend = boxes
    body = {BARS: _bars, AREA: _area, POINTS: _points}[plan.kind](plan, cells, look)
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {_SPACES}><c:date1904 val="0"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{_layout(plot, inner=True)}{body}<c:spPr><a:noFill/>{_NO_LINE}</c:spPr></c:plotArea>'
        f'{_legend(plan, look, legend) if legend else ""}<c:plotVisOnly val="1"/><c:dispBlanksAs val="{"zero" if plan.kind == AREA else "gap"}"/></c:chart>'
        f"<c:spPr><a:noFill/>{_NO_LINE}</c:spPr>{_text(look, TICK_SIZE, look.ink)}</c:chartSpace>"
    ).encode()


def _layout(box: tuple[float, ...], inner: bool = False) -> str:
    left, top, width, height = box
    target = '<c:layoutTarget val="inner"/>' if inner else ""
    return (
        f'<c:layout><c:manualLayout>{target}<c:xMode val="edge"/><c:yMode val="edge"/><c:x val="{left:.4f}"/><c:y val="{top:.4f}"/>'
        f'<c:w val="{width:.4f}"/><c:h val="{height:.4f}"/></c:manualLayout></c:layout>'
    )


def _legend(plan: Plan, look: Look, box: tuple[float, ...]) -> str:
    # Programs count the entries of bars from different ends, so of bars none is hidden: those that don't belong have no name.
    hidden = "".join(
        f'<c:legendEntry><c:idx val="{number}"/><c:delete val="1"/></c:legendEntry>'
        for number, one in enumerate(plan.series)
        if not one.in_legend and plan.kind == POINTS
    )
    return f'<c:legend><c:legendPos val="t"/>{hidden}{_layout(box)}<c:overlay val="0"/>{_text(look, TICK_SIZE, look.ink)}</c:legend>'


def _text(look: Look, size: float, colour: Colour, is_bold: bool = False, body: str = "<a:bodyPr/>") -> str:
    return f'<c:txPr>{body}<a:p><a:pPr>{_run_properties("defRPr", look, size, colour, is_bold)}</a:pPr><a:endParaRPr lang="en-US"/></a:p></c:txPr>'


def _run_properties(tag: str, look: Look, size: float, colour: Colour, is_bold: bool) -> str:
    return f'<a:{tag} sz="{round(size * 100)}" b="{int(is_bold)}">{fill(colour)}<a:latin typeface={quoteattr(look.typeface)}/><a:cs typeface={quoteattr(look.typeface)}/></a:{tag}>'


# --- labels ------------------------------------------------------------------------------------------------------------


def _labels(series: Series, look: Look, usual_code: str) -> str:
    own = [(number, point.label) for number, point in enumerate(series.points) if point.label]
    if not own:
        return ""
    shown = own[0][1]
    each = "".join(_label(number, label, look) for number, label in own)
    off = "".join(f'<c:{name} val="0"/>' for name in _SHOWS)
    base = f'<c:numFmt formatCode={quoteattr(usual_code)} sourceLinked="0"/>' if usual_code else ""
    style = f"<c:spPr><a:noFill/>{_NO_LINE}</c:spPr>{_text(look, shown.size, shown.colour or look.ink)}"
    return f"<c:dLbls>{each}{base}{style}{off}</c:dLbls>"


def _label(number: int, label: Label, look: Look) -> str:
    colour = label.colour or look.ink
    wrap = '<a:bodyPr wrap="none" lIns="38100" tIns="19050" rIns="38100" bIns="19050" anchor="ctr"><a:spAutoFit/></a:bodyPr>'
    if label.code:
        text = (
            f'<c:numFmt formatCode={quoteattr(label.code)} sourceLinked="0"/><c:spPr><a:noFill/>{_NO_LINE}</c:spPr>{_text(look, label.size, colour, body=wrap)}'
        )
    else:
        lines = "".join(
            "<a:p>"
            + "".join(
                f"<a:r>{_run_properties('rPr', look, label.size, Colour(own[1:].upper()) if own else colour, bold)}<a:t>{escape(part)}</a:t></a:r>"
                for part, bold, own in line
            )
            + "</a:p>"
            for line in runs(label.text)
        )
        text = f"<c:tx><c:rich>{wrap}{lines}</c:rich></c:tx><c:spPr><a:noFill/>{_NO_LINE}</c:spPr>"
    shows = "".join(f'<c:{name} val="{int(name == "showVal")}"/>' for name in _SHOWS)
    return f'<c:dLbl><c:idx val="{number}"/>{text}<c:dLblPos val="{label.place}"/>{shows}</c:dLbl>'


# --- series ------------------------------------------------------------------------------------------------------------


def _head(number: int, series: Series, cells: Cells, is_nameless: bool = False) -> str:
    if is_nameless:
        return f'<c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:v> </c:v></c:tx>'
    name = escape(series.name)
    return (
        f'<c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef><c:f>{cells.name}</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    )


def _numbers(cells: str, values: Sequence[float | None], code: str) -> str:
    points = "".join(f'<c:pt idx="{number}"><c:v>{value!r}</c:v></c:pt>' for number, value in enumerate(values) if value is not None)
    return (
        f'<c:numRef><c:f>{cells}</c:f><c:numCache><c:formatCode>{escape(code)}</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numCache></c:numRef>'
    )


def _names(cells: str, names: Sequence[str]) -> str:
    points = "".join(f'<c:pt idx="{number}"><c:v>{escape(name)}</c:v></c:pt>' for number, name in enumerate(names))
    return f'<c:strRef><c:f>{cells}</c:f><c:strCache><c:ptCount val="{len(names)}"/>{points}</c:strCache></c:strRef>'


def _bars(plan: Plan, cells: Sequence[Cells], look: Look) -> str:
    written = []
    for number, (series, where) in enumerate(zip(plan.series, cells, strict=True)):
        own = "".join(
            f'<c:dPt><c:idx val="{place}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/><c:spPr>{fill(point.fill)}{stroke(series.edge)}</c:spPr></c:dPt>'
            for place, point in enumerate(series.points)
            if point.fill and point.fill != series.fill
        )
        codes = [point.label.code for point in series.points if point.label]
        written.append(
            f'<c:ser>{_head(number, series, where, bool(plan.legend) and not series.in_legend)}<c:spPr>{fill(series.fill)}{stroke(series.edge)}</c:spPr><c:invertIfNegative val="0"/>{own}'
            f"{_labels(series, look, codes[0] if codes else '')}<c:cat>{_names(where.across, plan.rows)}</c:cat>"
            f"<c:val>{_numbers(where.values, [point.x for point in series.points], 'General')}</c:val></c:ser>"
        )
    grouping = "stacked" if plan.is_stacked else "clustered"
    return (
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{"".join(written)}'
        f'<c:gapWidth val="{plan.gap}"/><c:overlap val="100"/><c:axId val="{_UPRIGHT}"/><c:axId val="{_ACROSS}"/></c:barChart>'
        + _category_axis(plan, look)
        + _value_axis(plan.x, look, _ACROSS, _UPRIGHT, "b", crosses="max", ticks="nextTo")  # the rows are counted from above
    )


def _area(plan: Plan, cells: Sequence[Cells], look: Look) -> str:
    written = "".join(
        f"<c:ser>{_head(number, series, where)}<c:spPr>{fill(series.fill)}{stroke(series.edge)}</c:spPr>"
        f"<c:cat>{_numbers(where.across, plan.days, plan.x.code)}</c:cat><c:val>{_numbers(where.values, [point.x for point in series.points], 'General')}</c:val></c:ser>"
        for number, (series, where) in enumerate(zip(plan.series, cells, strict=True))
    )
    ticks = _axis_look(plan.x, look)
    return (
        f'<c:areaChart><c:grouping val="stacked"/><c:varyColors val="0"/>{written}<c:axId val="{_ACROSS}"/><c:axId val="{_UPRIGHT}"/></c:areaChart>'
        f'<c:dateAx><c:axId val="{_ACROSS}"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/>{ticks}'
        f'<c:crossAx val="{_UPRIGHT}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblOffset val="100"/><c:baseTimeUnit val="days"/>'
        f'<c:majorUnit val="1"/><c:majorTimeUnit val="years"/></c:dateAx>' + _value_axis(plan.y, look, _UPRIGHT, _ACROSS, "l", between="midCat")
        # The scale in the middle of a tick: a band begins at the edge, not half a day later.
    )


def _points(plan: Plan, cells: Sequence[Cells], look: Look) -> str:
    written = []
    for number, (series, where) in enumerate(zip(plan.series, cells, strict=True)):
        points = series.points or (Point(None),)
        own = "".join(
            f'<c:dPt><c:idx val="{place}"/>{_marker(point.mark)}<c:bubble3D val="0"/><c:spPr>{stroke(series.line)}</c:spPr></c:dPt>'
            for place, point in enumerate(points)
            if point.mark
        )
        written.append(
            f"<c:ser>{_head(number, series, where)}<c:spPr>{stroke(series.line)}</c:spPr>{_marker(series.mark)}{own}{_labels(series, look, '')}{_caps(series)}"
            f"<c:xVal>{_numbers(where.across, [point.x for point in points], 'General')}</c:xVal>"
            f'<c:yVal>{_numbers(where.values, [point.y if point.x is not None else None for point in points], "General")}</c:yVal><c:smooth val="0"/></c:ser>'
        )
    return (
        f'<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{"".join(written)}'
        f'<c:axId val="{_ACROSS}"/><c:axId val="{_UPRIGHT}"/></c:scatterChart>'
        + _value_axis(plan.x, look, _ACROSS, _UPRIGHT, "b", between="midCat")
        + _value_axis(plan.y, look, _UPRIGHT, _ACROSS, "l", between="midCat")
    )


def _marker(mark: Mark | None) -> str:
    if mark is None:
        return '<c:marker><c:symbol val="none"/></c:marker>'
    return f'<c:marker><c:symbol val="{mark.symbol}"/><c:size val="{mark.size}"/><c:spPr>{fill(mark.fill)}{stroke(mark.edge)}</c:spPr></c:marker>'


def _caps(series: Series) -> str:
    if not series.cap:
        return ""
    return (
        f'<c:errBars><c:errDir val="y"/><c:errBarType val="both"/><c:errValType val="fixedVal"/><c:noEndCap val="1"/><c:val val="{series.cap}"/>'
        f"<c:spPr>{stroke(series.cap_line)}</c:spPr></c:errBars>"
    )


# --- axes --------------------------------------------------------------------------------------------------------------


def _category_axis(plan: Plan, look: Look) -> str:
    return (
        f'<c:catAx><c:axId val="{_UPRIGHT}"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>'
        f'<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:spPr>{stroke(Line(look.grid, 0.75))}</c:spPr>{_text(look, plan.row_size, look.ink)}<c:crossAx val="{_ACROSS}"/><c:crosses val="autoZero"/>'
        '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="60"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _value_axis(scale: Scale, look: Look, own: int, other: int, place: str, crosses: str = "min", between: str = "between", ticks: str = "low") -> str:
    base = f'<c:logBase val="{scale.log_base}"/>' if scale.is_log else ""
    high = f'<c:max val="{scale.high!r}"/>' if scale.high is not None else ""
    low = f'<c:min val="{scale.low!r}"/>' if scale.low is not None else ""
    step = f'<c:majorUnit val="{scale.step!r}"/>' if scale.step else ""
    return (
        f'<c:valAx><c:axId val="{own}"/><c:scaling>{base}<c:orientation val="minMax"/>{high}{low}</c:scaling><c:delete val="{int(not scale.is_shown and not scale.has_grid)}"/>'
        f'<c:axPos val="{place}"/>{_axis_look(scale, look, ticks, is_upright=place == "l")}<c:crossAx val="{other}"/><c:crosses val="{crosses}"/><c:crossBetween val="{between}"/>{step}</c:valAx>'
    )


def _axis_look(scale: Scale, look: Look, ticks: str = "low", is_upright: bool = False) -> str:
    grid = f"<c:majorGridlines><c:spPr>{stroke(Line(look.grid, 0.75))}</c:spPr></c:majorGridlines>" if scale.has_grid else ""
    title = _title(scale.title, look, is_upright) if scale.title and scale.is_shown else ""
    return (
        f'{grid}{title}<c:numFmt formatCode={quoteattr(scale.code)} sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="{ticks if scale.is_shown else "none"}"/><c:spPr>{stroke(Line(look.grid, 0.75)) if scale.is_shown and not scale.has_grid else _NO_LINE}</c:spPr>'
        f"{_text(look, TICK_SIZE, look.muted)}"
    )


def _title(text: str, look: Look, is_upright: bool) -> str:
    turned = '<a:bodyPr rot="-5400000" vert="horz"/>' if is_upright else "<a:bodyPr/>"
    run = f"<a:r>{_run_properties('rPr', look, TICK_SIZE, look.muted, False)}<a:t>{escape(plain(text))}</a:t></a:r>"
    return f'<c:title><c:tx><c:rich>{turned}<a:p>{run}</a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
