"""One indicator over time, a small panel for each country, all on the same axes."""

from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.catalog import Indicator, ValueType, get, observe
from indicators.charts import axes
from indicators.charts.axes import Axis
from indicators.charts.bars import FIRST_YEAR, INCOME_TEXTS, has_trend
from indicators.charts.chart import Chart, Target
from indicators.charts.template import Style, axis_style, figure
from indicators.charts.wording import STATUS_TEXTS, category_text, hover, provenance, says, value_text
from indicators.dataset import Dataset
from indicators.language import _, ngettext
from indicators.observations import DOCUMENTED_NONE, NO_EVIDENCE, fact_ids

MOST_PANELS = 20
_PANEL = 96  # pixels
_GAP = 0.035  # between panels, of the width
_WIDTH = 760
_SMALL = 11


def has_history(indicator: Indicator) -> bool:
    """Say whether an indicator's value in a country can change from year to year: that of a first date does not."""
    return has_trend(indicator) and indicator.value_type is not ValueType.DATE


def small_multiples(dataset: Dataset, indicator_id: str, countries: tuple[str, ...], until: date, style: Style) -> Chart:
    """Return an indicator at the end of each year since 2017 and on the day ``until``, in a panel for each country.

    ``dataset`` is the whole dataset, not one as of a day. Raises ValueError for more than 20 countries, and for an
    indicator that has no history (:func:`has_history`).
    """
    indicator = get(indicator_id)
    if len(countries) > MOST_PANELS:
        raise ValueError(f"{len(countries)} countries, more than the {MOST_PANELS} that can be read beside each other")
    if not has_history(indicator):
        raise ValueError(f"{indicator_id} has one value for each country, not one for each year")
    days = [*(date(year, 12, 31) for year in range(FIRST_YEAR, until.year)), until]
    history = _history(dataset, indicator, countries, days)
    countries = tuple(iso3 for iso3 in countries if iso3 in set(history["iso3"]))
    order = _order(indicator, history, countries)
    known = history[history["drawn"].notna()]
    scale = axes.make(indicator, known["drawn"].tolist(), False, _PANEL, is_upright=True, ticks=2)
    abreast = _abreast(indicator)
    built = _panels(style, indicator, scale, order, days)
    groups = dataset["countries"].set_index("iso3")["wb_income_group"].to_dict()
    for number, iso3 in enumerate(order):
        own = history[history["iso3"] == iso3]
        place = {"row": number // abreast + 1, "col": number % abreast + 1}
        if own["drawn"].notna().any():
            built.add_trace(_steps(dataset, indicator, own, style.income[groups.get(iso3, "")], style), **place)
            _label_ends(built, indicator, own, style, place)
        else:
            note = {
                "x": days[0].isoformat(),
                "xanchor": "left",
                "y": (scale.low + scale.high) / 2,
                "showarrow": False,
                "font": {"size": _SMALL, "color": style.muted},
            }
            built.add_annotation(note | {"text": _(STATUS_TEXTS[str(own["status"].iloc[-1])])}, **place)
    present = {groups.get(iso3, "") for iso3 in known["iso3"]}
    title = _finding(indicator, history, countries)
    without = [iso3 for iso3 in order if iso3 not in set(known["iso3"])]
    return Chart(
        id=f"over-time-{indicator_id}",
        title=title,
        subtitle=_subtitle(indicator, until),
        figure=built,
        alt=_alt(indicator, history, order, title),
        table=_table(dataset, indicator, history, order, days),
        fact_ids=fact_ids(*history["fact_ids"]) if len(history) else (),
        caveat=_caveat(history, without),
        is_empty=known.empty,
        minimum_width=_WIDTH,
        legend=tuple((_(text), style.income[code]) for code, text in INCOME_TEXTS.items() if code in present),
        targets=_targets(indicator, history),
    )


def _subtitle(indicator: Indicator, until: date) -> str:
    text = _("{measure}, at the end of each year and on {day}; all panels on the same axes").format(measure=axes.title(indicator), day=language.day(until))
    if indicator.value_type is not ValueType.CATEGORY:
        return text
    return text + _("; “{best}” is the highest line, “{worst}” the lowest").format(best=_(indicator.categories[0][1]), worst=_(indicator.categories[-1][1]))


def _abreast(indicator: Indicator) -> int:
    """Return how many panels stand beside each other: the names of categories need more room than numbers."""
    return 3 if indicator.value_type is ValueType.CATEGORY else 4


def _history(dataset: Dataset, indicator: Indicator, countries: tuple[str, ...], days: list[date]) -> pd.DataFrame:
    """Return an observation for each country and day, with ``day``, ``key`` and ``drawn`` (NaN where there is nothing to draw)."""
    parts = []
    for day in days:
        seen = observe(dataset.as_of(day), indicator.id)
        parts.append(seen[seen["iso3"].isin(countries)].assign(day=day))
    history = pd.concat(parts, ignore_index=True)
    is_none = (history["status"] == DOCUMENTED_NONE) & (indicator.value_type is not ValueType.CATEGORY)
    return history.assign(drawn=history["value"].mask(is_none), key=[f"{iso3}.{day.year}" for iso3, day in zip(history["iso3"], history["day"], strict=True)])


def _order(indicator: Indicator, history: pd.DataFrame, countries: tuple[str, ...]) -> list[str]:
    """Return the countries by their newest value, the highest number or the best category first; those without one last."""
    newest = history[history["drawn"].notna()].drop_duplicates("iso3", keep="last").set_index("iso3")["drawn"].to_dict()
    sign = 1 if indicator.value_type is ValueType.CATEGORY else -1
    return sorted(countries, key=lambda iso3: (iso3 not in newest, sign * newest.get(iso3, 0), language.country_name(iso3)))


def _panels(style: Style, indicator: Indicator, scale: Axis, order: list[str], days: list[date]) -> go.Figure:
    is_category = indicator.value_type is ValueType.CATEGORY
    between = 76 if is_category else 48  # room for the name above, and the years below
    abreast = _abreast(indicator)
    rows = -(-len(order) // abreast) or 1
    inner = rows * _PANEL + (rows - 1) * between
    left = 12 if is_category else scale.widest_text + 12
    top = between - 18
    built = figure(style, inner + top + 30, margin={"l": left, "r": 12, "t": top, "b": 30, "autoexpand": False}, showlegend=False)
    if not order:
        return built
    places: list[list[dict | None]] = [[{} if row * abreast + column < len(order) else None for column in range(abreast)] for row in range(rows)]
    built.set_subplots(rows, abreast, specs=places, horizontal_spacing=_GAP, vertical_spacing=between / inner if rows > 1 else 0)
    first, last = pd.Timestamp(days[0]), pd.Timestamp(days[-1])
    span = max(last - first, pd.Timedelta(days=365))
    room = span * (0.06 if is_category else 0.38)  # for the newest value, right of the line
    across = {
        "type": "date",
        "range": [(first - span * 0.04).isoformat(), (last + room).isoformat()],
        "tickmode": "array",
        "tickvals": [day.isoformat() for day in (days if len(days) == 1 else (days[0], days[-1]))],
        "ticktext": [str(day.year) for day in (days if len(days) == 1 else (days[0], days[-1]))],
        "tickangle": 0,
        "showgrid": False,
        "showline": True,
        "automargin": False,
        "tickfont": {"size": _SMALL, "color": style.muted},
    }
    # Room below the lowest value, where the first one is written.
    span_up = scale.high - scale.low
    upright = scale.settings | {"range": [scale.low - (0 if is_category else 0.18 * span_up), scale.high], "tickfont": {"size": _SMALL, "color": style.muted}}
    built.update_xaxes(axis_style(style) | across)
    built.update_yaxes(axis_style(style) | upright | {"showticklabels": False})
    if not is_category:
        built.update_yaxes(showticklabels=True, col=1)
    for number, iso3 in enumerate(order):
        panel = built.get_subplot(number // abreast + 1, number % abreast + 1)
        built.add_annotation(
            text=f"<b>{language.country_name(iso3)}</b>",
            x=panel.xaxis.domain[0],
            y=panel.yaxis.domain[1],
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="bottom",
            yshift=32 if is_category else 4,
            showarrow=False,
            font={"size": 12.5, "color": style.ink},
        )
    return built


def _steps(dataset: Dataset, indicator: Indicator, own: pd.DataFrame, colour: str, style: Style) -> go.Scatter:
    """Return the line of a country: a value holds until the next year's end, and a year without one is a gap."""
    hovers = [hover(dataset, indicator, row).replace("</b>", f"</b>, {language.day(row['day'])}", 1) for row in own.to_dict("records")]
    return go.Scatter(
        x=[day.isoformat() for day in own["day"]],
        y=[None if pd.isna(value) else value for value in own["drawn"]],
        mode="lines+markers",
        line={"color": colour, "width": 2, "shape": "hv"},
        marker={"color": colour, "size": 6, "line": {"color": style.paper, "width": 0.8}},
        connectgaps=False,
        cliponaxis=False,
        hovertext=hovers,
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=own["key"].tolist(),
        showlegend=False,
    )


def _label_ends(built: go.Figure, indicator: Indicator, own: pd.DataFrame, style: Style, place: dict[str, int]) -> None:
    """Write the first and the last known value of a panel: numbers at their points, categories in a line below the name."""
    known = own[own["drawn"].notna()]
    first, last = known.iloc[0], known.iloc[-1]
    if indicator.value_type is ValueType.CATEGORY:
        panel = built.get_subplot(place["row"], place["col"])
        years = [end["day"].year for end in (first, last)]
        texts = [category_text(indicator, str(end["label"])) for end in (first, last)]
        if known["label"].nunique() > 1:
            lines = [_("{year}: {category}").format(year=year, category=text) for year, text in zip(years, texts, strict=True)]
        elif years[0] < years[1]:
            lines = [_("{first} to {last}: {category}").format(first=years[0], last=years[1], category=texts[1])]
        else:
            lines = [_("{year}: {category}").format(year=years[1], category=texts[1])]
        note = {"xref": "paper", "yref": "paper", "x": panel.xaxis.domain[0], "y": panel.yaxis.domain[1], "xanchor": "left", "yanchor": "bottom"}
        font = {"size": _SMALL, "color": style.muted}
        built.add_annotation(note | {"text": "<br>".join(lines), "align": "left", "showarrow": False, "font": font, "yshift": 2 if len(lines) > 1 else 16})
        return
    font = {"size": _SMALL, "color": style.ink}
    end = value_text(indicator, last["drawn"], short=True)
    built.add_annotation(x=last["day"].isoformat(), y=last["drawn"], text=end, showarrow=False, xanchor="left", xshift=6, font=font, **place)
    if first["drawn"] != last["drawn"]:
        is_rising = first["drawn"] < last["drawn"]  # so the line leaves upwards, and there is room below
        start = value_text(indicator, first["drawn"], short=True)
        side = {"yanchor": "top" if is_rising else "bottom", "yshift": -4 if is_rising else 4}
        built.add_annotation(x=first["day"].isoformat(), y=first["drawn"], text=start, showarrow=False, xanchor="left", xshift=-4, font=font, **side, **place)


def _changes(history: pd.DataFrame) -> list[tuple[pd.Series, pd.Series, pd.Series]]:
    """Return the first, the farthest from it, and the last known observation of each country in which they differ."""
    told = []
    for _iso3, own in history[history["drawn"].notna()].groupby("iso3"):
        away = (own["drawn"] - own["drawn"].iloc[0]).abs()
        if away.max() > 0:
            farthest = own[away == away.max()].iloc[-1]  # of several the newest, which may be the last
            told.append((own.iloc[0], farthest, own.iloc[-1]))
    return told


def _finding(indicator: Indicator, history: pd.DataFrame, countries: tuple[str, ...]) -> str:
    name, total = _(indicator.short_title), len(countries)
    have = history.loc[history["drawn"].notna(), "iso3"].nunique()
    if not total:
        return _("No country passes these filters")
    if not have:
        if (history["status"] == DOCUMENTED_NONE).any():
            return _("“{measure}”: documented as none or without evidence in every country here").format(measure=name)
        return ngettext("“{measure}”: no evidence found in this country", "“{measure}”: no evidence found in any of {total} countries", total).format(
            measure=name, total=total
        )
    changes = _changes(history)
    if not changes:
        text = ngettext(
            "“{measure}”: known for {have} of {total} countries, and the same since it is known",
            "“{measure}”: known for {have} of {total} countries, and the same in each since it is known",
            have,
        )
        return text.format(measure=name, have=have, total=total)
    first, farthest, last = max(changes, key=lambda ends: abs(ends[1]["drawn"] - ends[0]["drawn"]))
    values = {
        "measure": name,
        "changed": len(changes),
        "have": have,
        "country": language.in_sentence(str(first["iso3"])),
        "course": _course(indicator, first, farthest, last),
    }
    if total == 1:
        values["country"] = language.country_name(str(first["iso3"]))
        return _("{country}: “{measure}” went {course}").format(**values)
    if len(changes) == 1:
        text = _("“{measure}” has changed in one of {have} countries with a value, {country}: {course}")
        if have == 1:
            text = _("“{measure}” is known for {country} alone: it went {course}")
        return text.format(**values)
    return _("“{measure}” has changed in {changed} of {have} countries with a value, most in {country}: {course}").format(**values)


def _course(indicator: Indicator, first: pd.Series, farthest: pd.Series, last: pd.Series) -> str:
    """Return how a value went; where it turned, from the first to the farthest and on to the last, as ``from 4 in 2019 to 8 in 2024``."""
    text = _("from {first} in {first_year} to {last} in {last_year}")
    if farthest["drawn"] != last["drawn"]:
        text = _("from {first} in {first_year} to {farthest} in {farthest_year}, then to {last} in {last_year}")
    values = {"first": first, "farthest": farthest, "last": last}
    years = {f"{name}_year": _year(row) for name, row in values.items()}
    return text.format(**{name: _value(indicator, row) for name, row in values.items()}, **years)


def _year(row: pd.Series) -> int:
    """Return the year of a figure; of one without a year of its own, that of the day for which it is drawn."""
    year = row.get("year")
    return row["day"].year if year is None or pd.isna(year) else int(year)


def _value(indicator: Indicator, row: pd.Series) -> str:
    text = value_text(indicator, row["drawn"], str(row["label"]), short=True)
    return _("“{category}”").format(category=text) if indicator.value_type is ValueType.CATEGORY else text


def _alt(indicator: Indicator, history: pd.DataFrame, order: list[str], title: str) -> str:
    """Return the newest value of each country in words, and how many have none."""
    newest = history.drop_duplicates("iso3", keep="last").set_index("iso3").to_dict("index")
    told = [f"{language.country_name(iso3)}: {says(indicator, newest[iso3])}." for iso3 in order if iso3 in newest and not pd.isna(newest[iso3]["drawn"])]
    missing = sum(1 for row in newest.values() if row["status"] == NO_EVIDENCE)
    none = sum(1 for row in newest.values() if row["status"] == DOCUMENTED_NONE)
    return " ".join(
        [
            title + ".",
            _(indicator.title) + ".",
            *told,
            _("Countries without evidence: {missing}; documented as none: {none}.").format(missing=missing, none=none),
        ]
    )


def _caveat(history: pd.DataFrame, without: list[str]) -> str:
    told = [_("A fact without a date of its own counts from the day its source was published.")]
    if without:
        text = ngettext("{count} panel is without a line, and says why.", "{count} panels are without a line, and say why.", len(without))
        told.insert(0, text.format(count=len(without)))
    gone = history[history["drawn"].isna() & (history["status"] == DOCUMENTED_NONE)]
    if len(gone):
        told.insert(0, _("Where a source documents that there is none, nothing is drawn; the atlas lists those years apart from years without evidence."))
    return " ".join(told)


def _heading(day: date) -> str:
    return str(day.year) if (day.month, day.day) == (12, 31) else language.day(day)


def _table(dataset: Dataset, indicator: Indicator, history: pd.DataFrame, order: list[str], days: list[date]) -> pd.DataFrame:
    """Return countries by years, each cell with a value, or what is known in its place."""
    rows = []
    for iso3 in order:
        own = history[history["iso3"] == iso3].set_index("day").to_dict("index")
        facts = fact_ids(*(row["fact_ids"] for row in own.values()))
        cells = {_heading(day): says(indicator, {**own[day], "year": None}) for day in days if day in own}
        rows.append({_("Country"): language.country_name(iso3), _("ISO code"): iso3, **cells, _("Facts"): "; ".join(facts), **provenance(dataset, facts)})
    return pd.DataFrame(rows, index=order)


def _targets(indicator: Indicator, history: pd.DataFrame) -> dict[str, Target]:
    """Return what opens for each year of each country, and for each country: its newest year."""
    opened: dict[str, Target] = {}
    for row in history.to_dict("records"):
        name = language.country_name(row["iso3"])
        heading = _("{country}, {day}").format(country=name, day=language.day(row["day"]))
        # The panel computes an indicator as of the day on the page: only the newest year may ask for that.
        opened[row["key"]] = Target(heading, says(indicator, row), row["fact_ids"], place=row["iso3"])
        opened[row["iso3"]] = Target(name, says(indicator, row), row["fact_ids"], indicator.id, row["iso3"])
    return opened
