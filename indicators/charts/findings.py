"""Single findings as marks: each figure of a study or report stands for itself, bounds and ranges drawn as such, none averaged."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.charts import dots
from indicators.charts.chart import Target
from indicators.charts.matrices import product_name
from indicators.charts.template import Style, axis_style, figure
from indicators.charts.wording import VALUE_KIND_TEXTS, provenance, source_line
from indicators.dataset import Dataset
from indicators.jurisdictions import EU, WORLD, eu_members
from indicators.language import _, mark, ngettext
from indicators.tables import PRODUCT_SPECIALS

# A triangle points to where a bound leaves room; an open diamond was planned or expected, not observed.
SYMBOLS = {
    "exact": "circle",
    "approximate": "circle",
    "at-most": "triangle-left",
    "at-least": "triangle-right",
    "target": "diamond-open",
}
_HEADING = 52  # pixels between two panels: the axis of the one above and the heading of the one below
_TOP, _BOTTOM = 30, 40
_LABEL = 34  # letters in a line of a label
_DOT = 11
_DECADES = [10.0**power for power in range(7)]
_KIND_TEXTS = {
    "approximate": mark("about {value}"),
    "at-most": mark("at most {value}"),
    "at-least": mark("at least {value}"),
    "target": mark("{value}, planned or expected"),
}
_SHORT_KINDS = {"approximate": "≈{value}", "at-most": "≤{value}", "at-least": "≥{value}"}


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a figure with an axis of its own: its heading, and the labels of its rows, the first on top.

    ``notes`` stand at the right of the rows, where there are any. ``is_log`` asks for a logarithmic axis.
    """

    heading: str
    labels: tuple[str, ...]
    notes: tuple[str, ...] = ()
    is_log: bool = False


def symbols_text(drawn: pd.DataFrame) -> str:
    """Return what the marks of facts (column ``value_kind``) say that are no dots, "" where all are."""
    kinds = set(drawn["value_kind"])
    bound, target = bool(kinds & {"at-most", "at-least"}), "target" in kinds
    if bound and target:
        return _("Triangles point to where a bound leaves room, open diamonds are plans.")
    return _("Triangles point to where a bound leaves room.") if bound else _("Open diamonds are plans.") if target else ""


def in_scope(dataset: Dataset, facts: pd.DataFrame, countries: tuple[str, ...]) -> pd.DataFrame:
    """Return the facts (column ``jurisdiction``) on the chosen countries.

    Those on Europe as a whole are shown with any of its members; those on studies in several countries only where no
    country is left out, for they say nothing about one of them. Facts that another is preferred to are left out.
    """
    places = {*countries}
    if eu_members(dataset.today) & places:
        places.add(EU)
    if places >= set(dataset["countries"]["iso3"]):
        places.add(WORLD)
    return facts[facts["jurisdiction"].isin(places) & (facts["preferred"] == "yes")]


def ends(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the facts with ``low`` and ``high``, both the figure or the two ends of a range, ``is_range``, and their ``key``.

    A key is the fact's id in letters that a key may have.
    """
    low, high = facts["value"].fillna(facts["value_low"]), facts["value"].fillna(facts["value_high"])
    keys = facts["fact_id"].str.replace("~", "+", regex=False)
    return facts.assign(low=low, high=high, is_range=facts["value"].isna(), key=keys)[low.notna() & high.notna()]


def digits(value: float) -> str:
    """Return a figure with the decimals that it was given with: two at most, from ten on one."""
    most = 2 if abs(value) < 10 else 1
    return language.number(value, next((count for count in range(most) if abs(value * 10**count - round(value * 10**count)) < 1e-6), most))


def amount(unit: str, low: float, high: float, value_kind: str) -> str:
    """Return a finding with its unit, as people say it: ``36 days``, ``28–42 days``, ``at most 14 days``, ``about 6.8%``; with none for ""."""
    number = digits(low) if low == high else f"{digits(low)}–{digits(high)}"
    if not unit:
        text = number
    elif unit == "percent":
        text = f"{number}%"
    elif unit == "usd":
        text = f"US${number}"
    elif unit == "km":
        text = _("{value} km").format(value=number)
    elif unit == "days":
        text = ngettext("{value} day", "{value} days", int(high) if float(high).is_integer() else 2).format(value=number)
    else:
        text = ngettext("{value} patient", "{value} patients", int(high) if float(high).is_integer() else 2).format(value=number)
    return _(_KIND_TEXTS[value_kind]).format(value=text) if value_kind in _KIND_TEXTS else text


def short_amount(low: float, high: float, value_kind: str) -> str:
    """Return a finding without its unit, for beside its mark: ``36``, ``28–42``, ``≤14``."""
    number = digits(low) if low == high else f"{digits(low)}–{digits(high)}"
    return _SHORT_KINDS.get(value_kind, "{value}").format(value=number)


def row_label(dataset: Dataset, product_id: str, place: str) -> str:
    """Return what a row is about: the product, where one is named, and the country."""
    name = language.country_name(place)
    if place == WORLD:
        name = _("several countries")
    if product_id in PRODUCT_SPECIALS:
        return name
    return _("{product}, {country}").format(product=product_name(dataset, product_id, with_brand=False), country=name)


def hover(dataset: Dataset, row: Mapping[str, object], details: Iterable[str]) -> str:
    """Return what shows when a finding is pointed at: place, product and value with unit and year, details, note, source."""
    product, day = str(row["product_id"]), str(row["reference_date"])
    value = amount(str(row["unit"]), float(str(row["low"])), float(str(row["high"])), str(row["value_kind"]))
    when = language.day(day) if day else _("undated")
    lines = [
        f"<b>{_('several countries') if row['jurisdiction'] == WORLD else language.country_name(str(row['jurisdiction']))}</b>",
        f"{value} ({when})" if product in PRODUCT_SPECIALS else f"{product_name(dataset, product)}: {value} ({when})",
        *details,
        *(line for text in (row.get("population_note", ""), row["note"]) for line in textwrap.wrap(escape(str(text), quote=False), 78)),
        source_line(dataset, (str(row["fact_id"]),)),
    ]
    return "<br>".join(line for line in lines if line)


def panels(style: Style, parts: list[Panel], row_height: int = 26, notes_from: float = 1.0) -> go.Figure:
    """Return an empty figure of panels below each other, one line for each row; panel 1 has the axes x and y, panel 2 x2 and y2.

    ``notes_from`` is where the notes begin, as a part of the width; the axes end before.
    """
    inner = sum(row_height * max(len(part.labels), 1) for part in parts) + _HEADING * max(len(parts) - 1, 0)
    built = figure(style, max(inner, 60) + _TOP + _BOTTOM, margin={"l": 8, "r": 24, "t": _TOP, "b": _BOTTOM})
    built.update_layout(legend={"y": -_BOTTOM / max(inner, 60), "yanchor": "top"})
    top = float(inner)
    written: list[dict] = []  # added all at once: Plotly checks all notes again with each one that is added
    for number, part in enumerate(parts, start=1):
        own = row_height * max(len(part.labels), 1)
        suffix = "" if number == 1 else str(number)
        count = len(part.labels)
        axis = axis_style(style) | {"anchor": f"y{suffix}", "domain": [0, notes_from - 0.02 if notes_from < 1 else 1], "showgrid": True, "tickangle": 0}
        axis |= {"type": "log", "tickvals": _DECADES, "ticktext": [_short(step) for step in _DECADES]} if part.is_log else {"rangemode": "tozero"}
        rows = axis_style(style) | {
            "anchor": f"x{suffix}",
            "domain": [max(0.0, (top - own) / inner), min(1.0, top / inner)],
            "tickvals": [float(place) for place in range(count)],
            "ticktext": ["<br>".join(textwrap.wrap(label, _LABEL)) for label in part.labels[::-1]],
            "range": [-0.7, max(count - 0.3, 0.7)],
            "tickfont": {"size": 13, "color": style.ink},
        }
        built.update_layout({f"xaxis{suffix}": axis, f"yaxis{suffix}": rows})
        heading = {"showarrow": False, "xref": "paper", "yref": "paper", "yanchor": "bottom", "align": "left", "xanchor": "left"}
        if part.heading:
            written.append({"x": 0, "y": top / inner, "text": f"<b>{part.heading}</b>", "font": {"size": 13, "color": style.ink}, **heading})
        beside = {"x": notes_from, "xref": "paper", "yref": f"y{suffix}", "showarrow": False, "xanchor": "left", "align": "left"}
        beside["font"] = {"size": 12, "color": style.muted}
        written += [{**beside, "y": place, "text": note} for place, note in enumerate(part.notes[::-1])]
        top -= own + _HEADING
    built.update_layout(annotations=written)
    return built


def add(
    built: go.Figure, style: Style, found: pd.DataFrame, panel: Panel, kinds: Mapping[str, tuple[str, str]], number: int = 1, labelled: bool = False
) -> None:
    """Add a mark for each finding to a panel.

    ``found``: ``key``, ``row`` (place from the top, 0 the first), ``low``, ``high``, ``is_range``,
    ``value_kind``, ``kind`` (one of ``kinds``, which give each its name and colour) and ``hover``. ``labelled`` writes the figure beside its mark.
    """
    axes = {"xaxis": f"x{number if number > 1 else ''}", "yaxis": f"y{number if number > 1 else ''}"}
    # Dots of one row that would hide each other move apart; the helper knows rows as countries.
    lines = found.assign(iso3=found["row"])
    moved = dots.apart(lines[~lines["is_range"]], "low").reindex(found.index).fillna(0.0)
    placed = found.assign(y=len(panel.labels) - 1 - found["row"] + moved)
    for kind, (name, colour) in kinds.items():
        own = placed[placed["kind"] == kind]
        if own.empty:
            continue
        shared = {"name": name, "legendgroup": kind, "hovertemplate": "%{text}<extra></extra>", "textfont": {"size": 12}, "cliponaxis": False, **axes}
        is_named = any(trace.legendgroup == kind for trace in built.data)
        spans, points = own[own["is_range"]], own[~own["is_range"]]
        for row in spans.to_dict("records"):
            planned = row["value_kind"] == "target"
            marker = {"symbol": "line-ns", "size": 12, "line": {"color": colour, "width": 3}, "color": colour}
            line = {"color": colour, "width": 3, "dash": "dot" if planned else "solid"}
            # A wide mark in the middle can be pointed at where the ends are far apart.
            x = [row["low"], (row["low"] * row["high"]) ** 0.5 if panel.is_log and row["low"] > 0 else (row["low"] + row["high"]) / 2, row["high"]]
            marker["opacity"] = [1, 0, 1]
            built.add_trace(
                go.Scatter(
                    x=x,
                    y=[row["y"]] * 3,
                    mode="lines+markers",
                    line=line,
                    marker=marker,
                    text=[row["hover"]] * 3,
                    customdata=[row["key"]] * 3,
                    showlegend=not is_named,
                    **shared,
                )
            )
            is_named = True
        if len(points):
            symbols = [SYMBOLS[value_kind] for value_kind in points["value_kind"]]
            widths = [2 if value_kind == "target" else 1 for value_kind in points["value_kind"]]
            edges = [colour if value_kind == "target" else style.paper for value_kind in points["value_kind"]]
            marker = {"symbol": symbols, "size": _DOT, "color": colour, "line": {"color": edges, "width": widths}}
            built.add_trace(
                go.Scatter(
                    x=points["low"],
                    y=points["y"],
                    mode="markers",
                    marker=marker,
                    text=points["hover"],
                    customdata=points["key"].tolist(),
                    showlegend=not is_named,
                    **shared,
                )
            )
    if labelled:
        shared = {"xref": axes["xaxis"], "yref": axes["yaxis"], "showarrow": False, "xanchor": "left", "xshift": 9, "font": {"size": 12}}
        figures = [
            {
                **shared,
                "x": _log10(row["high"]) if panel.is_log else row["high"],
                "y": row["y"],
                "text": short_amount(row["low"], row["high"], row["value_kind"]),
            }
            for row in placed.to_dict("records")
        ]
        built.layout.annotations = [*built.layout.annotations, *figures]


def scale(high: float) -> list[float]:
    """Return a range from nothing to a figure, with room for marks that stand at the very end."""
    return [-0.012 * high, 1.06 * high]


def _short(step: float) -> str:
    return language.compact(step) if step >= 1000 else language.number(step)


def _log10(value: float) -> float:
    """Return where an annotation stands on a logarithmic axis: Plotly wants the exponent there."""
    return math.log10(max(value, 1e-9))


def legend(built: go.Figure, kinds: Mapping[str, tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the name and colour of each kind that a figure shows."""
    present = {trace.legendgroup for trace in built.data}
    return tuple(named for kind, named in kinds.items() if kind in present)


def table(dataset: Dataset, found: pd.DataFrame, own: Mapping[str, Iterable[object]]) -> pd.DataFrame:
    """Return findings as a table, a row each; ``own`` are a chart's further columns, which stand before the provenance."""
    names = [_("several countries") if place == WORLD else language.country_name(place) for place in found["jurisdiction"]]
    single = ~found["is_range"]
    columns: dict[str, object] = {
        _("Country"): names,
        _("Code"): found["jurisdiction"].tolist(),
        _("Product"): [product_name(dataset, product) for product in found["product_id"]],
        **{name: list(values) for name, values in own.items()},
        _("Figure"): found["low"].where(single).tolist(),
        _("Low end of a range"): found["low"].where(~single).tolist(),
        _("High end of a range"): found["high"].where(~single).tolist(),
        _("Unit"): [_unit_text(unit) for unit in found["unit"]],
        _("What the figure is"): [_(VALUE_KIND_TEXTS[value_kind]) for value_kind in found["value_kind"]],
        _("Date"): found["reference_date"].tolist(),
        _("Note"): found["note"].tolist(),
    }
    made = pd.DataFrame(columns, index=found["key"].tolist())
    made = made.drop(columns=[name for name in (_("Low end of a range"), _("High end of a range")) if made[name].isna().all()])
    proof = pd.DataFrame([provenance(dataset, (fact_id,)) for fact_id in found["fact_id"]], index=made.index)
    return pd.concat([made, proof], axis=1)


_UNIT_TEXTS = {
    "days": mark("days"),
    "percent": mark("%"),
    "km": mark("km"),
    "usd": mark("US dollars"),
    "count": mark("patients"),
    "per-10m": mark("per 10 million people"),
}


def _unit_text(unit: str) -> str:
    return _(_UNIT_TEXTS[unit])


def targets(dataset: Dataset, found: pd.DataFrame, says: Iterable[str]) -> dict[str, Target]:
    """Return what opens for each finding: the fact itself, with what it says in words."""
    opened = {}
    for row, text in zip(found.to_dict("records"), says, strict=True):
        product = "" if row["product_id"] in PRODUCT_SPECIALS else row["product_id"]
        heading = row_label(dataset, row["product_id"], row["jurisdiction"])
        place = "" if row["jurisdiction"] == WORLD else row["jurisdiction"]
        opened[row["key"]] = Target(language.capitalised(heading), text, (row["fact_id"],), place=place, product_id=product)
    return opened
