"""What a browser needs to draw an exhibit: the figure, all that stands around it, and which mark belongs to which country."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from api.theme import QUIET_ON_STAGE
from indicators import language
from indicators.charts import lettering
from indicators.charts.chart import Chart
from indicators.exhibits import Exhibit, without_scheme
from indicators.jurisdictions import EU
from indicators.language import _

SMALLEST_ON_STAGE = 12  # logical pixels; a stage of 1920 pixels shows two real ones for each
_MOST_SAYINGS = 4
_WIDEST_BESIDE_MAP = 150  # logical pixels of a name in a legend
_SWATCH = 45  # and of what Plotly sets around it


def payload(exhibit: Exhibit, frame: tuple[int, int] | None = None) -> dict[str, Any]:
    """Return what a browser draws, as JSON can say it.

    ``frame`` (width, height in logical pixels) is that of a stage: the figure is made to fit it, its letters are large and
    dark enough to be read from the last row, and ``places`` tells the marks of each country apart.
    """
    chart, note = exhibit.chart, ""
    figure = chart.figure
    if frame is not None:
        from indicators.charts.fitting import fitted

        fit = fitted(chart, *frame, least=1.0)  # smaller letters could not be read from the last row
        figure, note = fit.figure, fit.note
    drawn = json.loads(figure.to_json(validate=False))
    drawn["layout"].pop("template", None)  # empty, and checked at length by the browser
    if chart.legend:  # whoever frames the figure sets it
        drawn["layout"]["showlegend"] = False
    if frame is not None:
        if chart.has_boundaries and frame[0] > frame[1]:  # on an upright screen the room is above and below
            _set_legend_beside(drawn, frame[0])
        _make_legible(drawn, exhibit.style.muted, QUIET_ON_STAGE[exhibit.style.name])
    places = _places(chart, drawn["data"], _names(exhibit)) if frame is not None else {}
    return {
        "id": exhibit.figure.id,
        "reference": exhibit.reference,
        "title": chart.title,
        "subtitle": chart.subtitle,
        "legend": [list(entry) for entry in chart.legend],
        "footer": exhibit.footer[:-1],
        "note": note,
        "how_to_read": exhibit.how_to_read,
        "alt": chart.alt,
        "notices": list(exhibit.notices),
        "path": exhibit.path,
        "address": exhibit.address,
        "short_address": without_scheme(exhibit.address).partition("?")[0],
        "is_empty": chart.is_empty,
        "has_boundaries": chart.has_boundaries,
        "minimum_width": chart.minimum_width,
        "figure": drawn,
        "places": places,
        "says": _sayings(chart, places),
    }


def _set_legend_beside(drawn: dict[str, Any], width: int) -> None:
    """Set a map's legend to the left of the map where it finds room there: a stage is wide and low, the world is not."""
    names = [str(trace["name"]) for trace in drawn["data"] if trace.get("name") and trace.get("showlegend") is not False]
    widest = max((lettering.width(name, 13) for name in names), default=0)
    if widest > _WIDEST_BESIDE_MAP or drawn.get("frames"):
        return
    layout = drawn["layout"]
    layout["legend"] = layout.get("legend", {}) | {"orientation": "v", "x": 0, "xanchor": "left", "y": 0, "yanchor": "bottom"}
    layout["margin"] = {"l": 0, "r": 0, "t": 0, "b": 0}
    layout["geo"] = layout.get("geo", {}) | {"domain": {"x": [(widest + _SWATCH) / width if names else 0, 1], "y": [0, 1]}}


def _make_legible(part: Any, quiet: str, loud: str, within: str = "") -> None:
    """Raise letters that are too small for a stage, and set those in a quiet grey in a louder one."""
    if isinstance(part, list):
        for item in part:
            _make_legible(item, quiet, loud, within)
    elif isinstance(part, dict):
        if within.endswith("font"):
            size = part.get("size")
            if isinstance(size, (int, float)):
                part["size"] = max(size, SMALLEST_ON_STAGE)
            elif isinstance(size, list):
                part["size"] = [max(number, SMALLEST_ON_STAGE) for number in size]
            if part.get("color") == quiet:
                part["color"] = loud
        for name, item in part.items():
            _make_legible(item, quiet, loud, name)


def _places(chart: Chart, traces: list[dict[str, Any]], names: dict[str, str]) -> dict[str, list[list[int]]]:
    """Return for each country (ISO 3166-1 alpha-3, or EU) the marks that are about it, as numbers of trace and point.

    A point's number is -1 where the whole trace is about the country, as a line is.
    """
    found: dict[str, list[list[int]]] = defaultdict(list)
    for number, trace in enumerate(traces):
        whole = names.get(str(trace.get("name", "")))
        if whole:
            found[whole].append([number, -1])
            continue
        for index, keys in enumerate(_keys(trace)):
            place = next((place for key in keys if (place := _place(chart, names, key))), "")
            if place:
                found[place].append([number, index])
    return dict(found)


def _keys(trace: dict[str, Any]) -> Iterator[list[str]]:
    """Return for each point of a trace the texts that may tell whose it is, the surest first."""
    columns = [column for name in ("customdata", "locations", "ids", "y", "x", "text") if isinstance(column := trace.get(name), list)]
    length = max(map(len, columns), default=0)
    for index in range(length):
        yield [column[index] for column in columns if index < len(column) and isinstance(column[index], str)]


def _place(chart: Chart, names: dict[str, str], key: str) -> str:
    if key in chart.targets and chart.targets[key].place:
        return chart.targets[key].place
    return names.get(key) or names.get(key.split(".")[0], "")


def _names(exhibit: Exhibit) -> dict[str, str]:
    """Return the code of each country by its code and by its name in the reader's language."""
    codes = [*exhibit.dataset["countries"]["iso3"], EU]
    return {code: code for code in codes} | {language.country_name(code): code for code in codes}


def _sayings(chart: Chart, places: dict[str, list[list[int]]]) -> dict[str, list[str]]:
    """Return for each country what its marks say, in words; of many the first, of a row of years the newest."""
    found: dict[str, list[str]] = defaultdict(list)
    for target in chart.targets.values():
        if target.place in places:
            name = language.country_name(target.place)
            heading = ", ".join(part for part in target.heading.split(", ") if part != name)
            found[target.place].append(f"{heading}: {target.says}" if heading else target.says)
    told = {}
    for place, said in found.items():
        more = len(said) - _MOST_SAYINGS
        is_series = more > 0 and all(": " not in text for text in said)
        shown = said[::-1][:_MOST_SAYINGS] if is_series else said[:_MOST_SAYINGS]
        told[place] = [*shown, *([_("… and {count} more").format(count=more)] if more > 0 else [])]
    return told
