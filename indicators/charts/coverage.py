"""Where there are facts: countries by what facts are about, as squares that each open their facts."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.charts import squares
from indicators.charts.chart import Chart, Target
from indicators.charts.template import Style, figure
from indicators.charts.wording import provenance, source_line
from indicators.coverage import COPIED_WHOLE, GROUP_TITLES, GROUPS, by_country
from indicators.dataset import Dataset
from indicators.language import _, mark, ngettext
from indicators.tables import GRADES

ORDER_TEXTS = {"region": mark("Region, then name"), "name": mark("Name"), "facts": mark("Most facts first")}
GRADE_TEXTS = {
    "A": mark("Best grade A: official"),
    "B": mark("B: peer-reviewed"),
    "C": mark("C: the company or institution"),
    "D": mark("D: press alone"),
}
_ROW = 27  # pixels
_LEAST_WIDTH = 1000


def coverage_matrix(dataset: Dataset, countries: tuple[str, ...], with_context_only: bool, order: str, style: Style) -> Chart:
    """Return countries by what facts are about: a square's colour is the best grade, its number the facts.

    ``with_context_only`` shows countries too of which nothing but figures of need and context is known; ``order`` is a
    code of ORDER_TEXTS.
    """
    cover = by_country(dataset)
    cover = cover[cover["iso3"].isin(countries)]
    curated = cover[~cover["group"].isin(COPIED_WHOLE)]
    known = set(curated["iso3"])
    places = _ordered(dataset, cover, [iso3 for iso3 in countries if with_context_only or iso3 in known], order)
    cells = cover[cover["iso3"].isin(places)].to_dict("records")
    title = _finding(curated, len(countries))
    return Chart(
        id="coverage-matrix",
        title=title,
        subtitle=_("Number of facts by country and by what they are about; colour: the best grade of their sources"),
        figure=_figure(dataset, style, cells, _rows(dataset, places, order)),
        alt=_alt(title, curated, len(countries)),
        table=_table(dataset, cells, places),
        fact_ids=tuple(dict.fromkeys(fact for cell in cells for fact in cell["fact_ids"])),
        caveat=_(
            "An approval by the European Commission counts for each country that it holds in. Facts on the world or on Europe as a whole stand in no row. Facts that others are preferred to are counted too."
        ),
        minimum_width=_LEAST_WIDTH,
        legend=tuple((_(GRADE_TEXTS[grade]), _colours(style)[grade]) for grade in GRADES if any(cell["grade"] == grade for cell in cells)),
        is_empty=not cells,
        targets={_key(cell): _target(cell) for cell in sorted(cells, key=lambda cell: (places.index(cell["iso3"]), _column(cell)))},
    )


def _ordered(dataset: Dataset, cover: pd.DataFrame, places: list[str], order: str) -> list[str]:
    names = {iso3: language.country_name(iso3) for iso3 in places}
    if order == "facts":
        counts = cover[~cover["group"].isin(COPIED_WHOLE)].groupby("iso3")["facts"].sum().to_dict()
        return sorted(places, key=lambda iso3: (-counts.get(iso3, 0), names[iso3]))
    regions = dataset["countries"].set_index("iso3")["un_m49_region"].to_dict() if order == "region" else {}
    return sorted(places, key=lambda iso3: (_(regions.get(iso3, "")) if regions else "", names[iso3]))


def _rows(dataset: Dataset, places: list[str], order: str) -> list[tuple[str, str]]:
    """Return the rows from the top, each the code of a country or "" with a region's name for the line above its countries."""
    if order != "region":
        return [(iso3, language.country_name(iso3)) for iso3 in places]
    regions = dataset["countries"].set_index("iso3")["un_m49_region"].to_dict()
    rows: list[tuple[str, str]] = []
    for number, iso3 in enumerate(places):
        if not number or regions[iso3] != regions[places[number - 1]]:
            rows.append(("", _(regions[iso3])))
        rows.append((iso3, language.country_name(iso3)))
    return rows


def _figure(dataset: Dataset, style: Style, cells: list[dict], rows: list[tuple[str, str]]) -> go.Figure:
    columns = list(GROUPS)
    built = figure(style, _ROW * len(rows) + 60, margin={"l": 8, "r": 8, "t": 36, "b": 8})
    height_of = {iso3: len(rows) - 1 - number for number, (iso3, _text) in enumerate(rows) if iso3}
    for grade in GRADES:
        group = [cell for cell in cells if cell["grade"] == grade]
        if group:
            built.add_trace(
                squares.squares(
                    style,
                    x=[columns.index(cell["group"]) for cell in group],
                    y=[height_of[cell["iso3"]] for cell in group],
                    colour=_colours(style)[grade],
                    text=[language.number(cell["facts"]) for cell in group],
                    hovers=[_hover(dataset, cell) for cell in group],
                    keys=[_key(cell) for cell in group],
                    name=_(GRADE_TEXTS[grade]),
                )
            )
    names = [_(GROUP_TITLES[group]) for group in columns]
    built.update_xaxes(
        side="top",
        tickvals=[*range(len(columns))],
        ticktext=names,
        range=[-0.6, len(columns) - 0.4],
        showgrid=False,
        tickangle=0,
        tickfont={"size": 12, "color": style.ink},
    )
    built.update_yaxes(
        tickvals=[len(rows) - 1 - number for number in range(len(rows))],
        ticktext=[text if iso3 else f"<b>{text}</b>" for iso3, text in rows],
        range=[-0.6, len(rows) - 0.4],
        tickfont={"color": style.ink},
    )
    # The columns' names once more at each region, for those at the top scroll away: one trace, as annotations are slow to add.
    again = [len(rows) - 1 - number for number, (iso3, _text) in enumerate(rows) if number and not iso3]
    built.add_trace(
        go.Scatter(
            x=[place for _height in again for place in range(len(names))],
            y=[height for height in again for _name in names],
            text=names * len(again),
            mode="text",
            textfont={"size": 12, "color": style.muted},
            hoverinfo="skip",
            showlegend=False,
        )
    )
    return built


def _colours(style: Style) -> dict[str, str]:
    """Return the colour of each grade, as the figure of grades by table has them."""
    return dict(zip(GRADES, (style.sequential[4], style.sequential[3], style.sequential[1], style.documented_none), strict=True))


def _key(cell: dict) -> str:
    return f"{cell['iso3']}.{cell['group']}"


def _column(cell: dict) -> int:
    return list(GROUPS).index(cell["group"])


def _says(cell: dict) -> str:
    text = ngettext("{count} fact, best grade {grade}, newest confirmed {day}", "{count} facts, best grade {grade}, newest confirmed {day}", cell["facts"])
    return text.format(count=language.number(cell["facts"]), grade=cell["grade"], day=language.day(cell["checked"]))


def _target(cell: dict) -> Target:
    heading = f"{_(GROUP_TITLES[cell['group']])}, {language.country_name(cell['iso3'])}"
    return Target(heading, _says(cell), cell["fact_ids"], place=cell["iso3"])


def _hover(dataset: Dataset, cell: dict) -> str:
    lines = [f"<b>{language.country_name(cell['iso3'])}</b>", _(GROUP_TITLES[cell["group"]]), _says(cell)]
    if cell["overdue"]:
        lines.append(ngettext("{count} of them overdue", "{count} of them overdue", cell["overdue"]).format(count=cell["overdue"]))
    return "<br>".join([*lines, source_line(dataset, cell["fact_ids"])])


def _finding(curated: pd.DataFrame, total: int) -> str:
    if not total:
        return _("No country passes these filters")
    have = curated["iso3"].nunique()
    if not have:
        text = ngettext(
            "Nothing beyond need and context is known of this country", "Nothing beyond need and context is known of any of {total} countries", total
        )
        return text.format(total=total)
    if total == 1:
        subjects = curated["group"].nunique()
        text = ngettext(
            "{country} has facts on {count} subject beyond need and context", "{country} has facts on {count} subjects beyond need and context", subjects
        )
        return language.capitalised(text.format(country=language.in_sentence(str(curated["iso3"].iloc[0])), count=subjects))
    text = ngettext(
        "{have} of {total} countries has facts beyond need and context", "{have} of {total} countries have facts beyond need and context", have
    ).format(have=have, total=total)
    groups = [group for group in GROUPS if group not in COPIED_WHOLE and group not in ("results", "policy")]
    all_five = int((curated[curated["group"].isin(groups)].groupby("iso3")["group"].nunique() == len(groups)).sum())
    more = ngettext(
        "; {count} has them on approvals, prices, payment, manufacture and care alike",
        "; {count} have them on approvals, prices, payment, manufacture and care alike",
        all_five,
    )
    return text + (more.format(count=all_five) if all_five else _("; none has them on approvals, prices, payment, manufacture and care alike"))


def _alt(title: str, curated: pd.DataFrame, total: int) -> str:
    parts = [title + "."]
    counts = curated.groupby("iso3")["facts"].sum()
    if len(counts):
        top = counts.idxmax()
        parts.append(_("Most facts: {country}, {count}.").format(country=language.country_name(str(top)), count=language.number(int(counts.max()))))
    parts.append(_("Countries without a fact beyond need and context: {count}.").format(count=total - len(counts)))
    return " ".join(parts)


def _table(dataset: Dataset, cells: list[dict], places: list[str]) -> pd.DataFrame:
    regions = dataset["countries"].set_index("iso3")["un_m49_region"].to_dict()
    ordered = sorted(cells, key=lambda cell: (places.index(cell["iso3"]), _column(cell)))
    rows = [
        {
            _("Country"): language.country_name(cell["iso3"]),
            _("ISO code"): cell["iso3"],
            _("Region"): _(regions[cell["iso3"]]),
            _("About"): _(GROUP_TITLES[cell["group"]]),
            _("Number of facts"): cell["facts"],
            _("Best grade"): cell["grade"],
            _("Newest confirmed"): cell["checked"],
            **provenance(dataset, cell["fact_ids"]),
        }
        for cell in ordered
    ]
    return pd.DataFrame(rows, index=[_key(cell) for cell in ordered])
