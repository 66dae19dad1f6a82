"""Countries that have what is proposed beside those without evidence that they have it: as dots, and within income groups."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.catalog import Indicator, get, observe
from indicators.charts import findings
from indicators.charts.bars import INCOME_TEXTS
from indicators.charts.chart import Chart, Target
from indicators.charts.findings import Panel
from indicators.charts.template import Style
from indicators.charts.wording import hover, provenance, says, value_text
from indicators.dataset import Dataset
from indicators.language import _, mark, ngettext
from indicators.measures import proposals
from indicators.measures.proposals import APART, HAS, INEXACT, NO_EVIDENCE, NOT, PROPOSALS
from indicators.observations import DOCUMENTED_NONE, fact_ids

STANDING_TEXTS = {
    HAS: mark("has it"),
    APART: mark("a plan, a rule or an end of it only"),
    NOT: mark("a source says that it has not"),
    NO_EVIDENCE: mark("no evidence that it has"),
}
CONFOUNDERS = mark(
    "An association, never a proof: richer countries have more of everything, those that publish more are known for more, and a country may take up a proposal because access is good already, or because it is poor."
)
_ROW_TEXTS = {HAS: mark("They have it"), NO_EVIDENCE: mark("No evidence that they have it"), APART: mark("Kept apart")}
_ROW_HEIGHT = 40
_NOTES_FROM = 0.8
_SPREAD = 0.72  # of a row's height that dots at one value may take
_STEP = 0.17
_SKEWED = 40  # an axis is logarithmic where the highest value is this many times the median


def figures(dataset: Dataset, proposal_id: str, countries: tuple[str, ...]) -> pd.DataFrame:
    """Return the known values of the indicators that a proposal should move, in the chosen countries.

    Columns of the observations with ``indicator_id``, ``standing``, ``row`` (one of three rows of the figure),
    ``income``, ``member_facts`` and ``key``. Documented absences are left out: they are knowledge, but no value.
    """

    def compute() -> pd.DataFrame:
        stood = proposals.standings(dataset, proposal_id).rename(columns={"fact_ids": "member_facts"})
        income = dataset["countries"].set_index("iso3")["wb_income_group"]
        parts = []
        for indicator_id, _reason in PROPOSALS[proposal_id].moves:
            seen = observe(dataset, indicator_id)
            seen = seen[seen["value"].notna() & (seen["status"] != DOCUMENTED_NONE)]
            parts.append(seen.assign(indicator_id=indicator_id, key=indicator_id + "." + seen["iso3"]))
        together = pd.concat(parts, ignore_index=True).merge(stood, on="iso3")
        return together.assign(income=together["iso3"].map(income).fillna(""), row=together["standing"].replace({NOT: NO_EVIDENCE}))

    found = dataset.remember(("proposal-figures", proposal_id), compute)
    return found[found["iso3"].isin(countries)]


def comparisons(dataset: Dataset, proposal_id: str, countries: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """Return the medians of both sides for each indicator that a proposal should move; see proposals.compare.

    There is no ``difference``, and so no verdict, where a proposal can't have had an effect yet.
    """
    stood = proposals.standings(dataset, proposal_id)
    income = dataset["countries"].set_index("iso3")["wb_income_group"]
    compared = {
        indicator_id: proposals.compare(stood[stood["iso3"].isin(countries)], observe(dataset, indicator_id), income)
        for indicator_id, _reason in PROPOSALS[proposal_id].moves
    }
    if PROPOSALS[proposal_id].has_worked:
        return compared
    return {indicator_id: rows.assign(difference=float("nan")) for indicator_id, rows in compared.items()}


def verdict(indicator: Indicator, difference: float) -> str:
    """Return ``ahead``, ``behind`` or ``level`` for those that have it, by the indicator's direction; "" where none can be said."""
    if pd.isna(difference) or not indicator.direction:
        return ""
    return "level" if not difference else "ahead" if difference * indicator.direction > 0 else "behind"


def proposal_dots(dataset: Dataset, proposal_id: str, countries: tuple[str, ...], style: Style) -> Chart:
    """Return the countries with a figure as dots, those that have what is proposed above those without evidence of it.

    One panel for each indicator that the proposal should move, both rows on one axis, with the median of the exact
    figures. Bounds and approximations are open dots and enter no median.
    """
    proposal = PROPOSALS[proposal_id]
    found, compared = figures(dataset, proposal_id, countries), comparisons(dataset, proposal_id, countries)
    rows = [code for code in _ROW_TEXTS if code != APART or (found["row"] == APART).any()]
    panels = [_panel(get(one), found[found["indicator_id"] == one], rows, compared[one]) for one, _reason in proposal.moves]
    built = findings.panels(style, panels, row_height=_ROW_HEIGHT, notes_from=_NOTES_FROM)
    for number, ((indicator_id, _reason), panel) in enumerate(zip(proposal.moves, panels, strict=True), start=1):
        _draw(built, dataset, style, found[found["indicator_id"] == indicator_id], rows, compared[indicator_id], panel.is_log, number)
    built.update_layout(showlegend=False)
    title = _finding(proposal_id, compared, int((proposals.standings(dataset, proposal_id).query("standing == @HAS")["iso3"].isin(countries)).sum()))
    return Chart(
        id=f"proposal-{proposal_id}",
        title=title,
        subtitle=_("{proposal}: each dot is a country with a figure, the bar is the median of exact figures; both rows share an axis").format(
            proposal=_(proposal.title)
        ),
        figure=built,
        alt=" ".join([title + ".", *(_alt(get(one), rows_) for one, rows_ in compared.items())]),
        table=_table(dataset, found),
        fact_ids=fact_ids(*found["fact_ids"], *found["member_facts"]),
        caveat=_caveat(proposal_id),
        minimum_width=680,
        is_empty=found.empty,
        legend=tuple((_(text), style.income[code]) for code, text in INCOME_TEXTS.items() if (found["income"] == code).any()),
        targets={row["key"]: _target(row) for row in found.to_dict("records")},
    )


def _panel(indicator: Indicator, own: pd.DataFrame, rows: list[str], compared: pd.DataFrame) -> Panel:
    unit = f", {_(indicator.unit)}" if indicator.unit and indicator.unit.lower() not in indicator.title.lower() else ""
    everybody = compared.iloc[0]
    sides = {HAS: (everybody["have"], everybody["median_have"]), NO_EVIDENCE: (everybody["without"], everybody["median_without"])}
    notes = []
    for code in rows:
        if code not in sides:
            count = int((own["row"] == code).sum())
            notes.append(ngettext("{count} country, not compared", "{count} countries, not compared", count).format(count=count) if count else "")
            continue
        count, median = sides[code]
        if not count:
            notes.append(_("no exact figure"))
        else:
            notes.append(_("median {value} (n = {count})").format(value=value_text(indicator, float(median), short=True), count=int(count)))
    is_log = len(own) > 2 and own["value"].min() > 0 and own["value"].max() > _SKEWED * own["value"].median()
    heading = _(indicator.title) + unit + (", " + _("logarithmic scale") if is_log else "")
    return Panel(heading, tuple(_(_ROW_TEXTS[code]) for code in rows), tuple(notes), is_log)


def _draw(built: go.Figure, dataset: Dataset, style: Style, own: pd.DataFrame, rows: list[str], compared: pd.DataFrame, is_log: bool, number: int) -> None:
    indicator_axes = {"xaxis": f"x{number if number > 1 else ''}", "yaxis": f"y{number if number > 1 else ''}"}
    places = {code: float(len(rows) - 1 - place) for place, code in enumerate(rows)}
    for code, side in ((HAS, "median_have"), (NO_EVIDENCE, "median_without")):
        median = compared.iloc[0][side]
        if pd.notna(median):
            bar = {"symbol": "line-ns", "size": 30, "color": style.ink, "line": {"color": style.ink, "width": 2.5}}
            built.add_trace(go.Scatter(x=[median], y=[places[code]], mode="markers", marker=bar, hoverinfo="skip", showlegend=False, **indicator_axes))
    if own.empty:
        return
    moved, crowded = _apart(own, is_log)
    placed = own.assign(y=own["row"].map(places) + moved, crowded=crowded)
    for income in INCOME_TEXTS:
        group = placed[placed["income"] == income]
        if group.empty:
            continue
        is_open = group["label"].isin(INEXACT)
        colour = style.income[income]
        # Rims of paper would hide the dots of a crowd.
        widths = [2 if one else 0 if crowd else 1 for one, crowd in zip(is_open, group["crowded"], strict=True)]
        rim = {"color": [colour if one else style.paper for one in is_open], "width": widths}
        built.add_trace(
            go.Scatter(
                x=group["value"],
                y=group["y"],
                mode="markers",
                marker={"color": [style.paper if one else colour for one in is_open], "size": 10, "line": rim},
                text=[hover(dataset, get(row["indicator_id"]), row) + "<br>" + _(STANDING_TEXTS[row["standing"]]) for row in group.to_dict("records")],
                hovertemplate="%{text}<extra></extra>",
                customdata=group["key"].tolist(),
                name=_(INCOME_TEXTS[income]),
                showlegend=False,
                cliponaxis=False,
                **indicator_axes,
            )
        )
    if not is_log:
        built.update_layout({f"xaxis{number if number > 1 else ''}": {"range": findings.scale(float(own["value"].max()) or 1.0)}})


def _apart(own: pd.DataFrame, is_log: bool) -> tuple[pd.Series, pd.Series]:
    """Return how far each dot moves up or down so that dots of one row at about one value stay visible, and where they still overlap."""
    moved, crowded = pd.Series(0.0, index=own.index), pd.Series(False, index=own.index)
    top = float(own["value"].max()) or 1.0
    for _row, group in own.groupby("row"):
        ordered = group.sort_values(["value", "iso3"])
        clusters: list[list[object]] = []
        last = None
        for index, value in ordered["value"].items():
            near = last is not None and (value <= last * 1.08 if is_log else value - last <= 0.012 * top)
            if near:
                clusters[-1].append(index)
            else:
                clusters.append([index])
            last = value
        for cluster in clusters:
            step = min(_STEP, _SPREAD / max(len(cluster) - 1, 1))
            for place, member in enumerate(cluster):
                moved[member] = (place - (len(cluster) - 1) / 2) * step
                crowded[member] = step < _STEP
    return moved, crowded


def _finding(proposal_id: str, compared: dict[str, pd.DataFrame], members: int) -> str:
    name = _(PROPOSALS[proposal_id].title)
    if not members:
        return _("{proposal}: no country here is known to have it").format(proposal=name)
    have = ngettext("{proposal}: {count} country has it", "{proposal}: {count} countries have it", members).format(proposal=name, count=members)
    if not PROPOSALS[proposal_id].has_worked:
        return have + _("; so far in trials only, which can't have moved access yet, so nothing is compared")
    told = [verdict(get(one), rows.iloc[0]["difference"]) for one, rows in compared.items()]
    counts = {word: told.count(word) for word in ("ahead", "behind", "level")}
    total = sum(counts.values())
    if not total:
        return have + _("; too few figures to compare, which takes {least} countries on each side").format(least=proposals.LEAST)
    if counts["behind"]:
        text = ngettext(
            "; before income is taken into account, the median is better there on {ahead} and worse on {behind} of {total} measure that can be compared",
            "; before income is taken into account, the median is better there on {ahead} and worse on {behind} of {total} measures that can be compared",
            total,
        )
    else:
        text = ngettext(
            "; before income is taken into account, the median is better there on {ahead} of {total} measure that can be compared",
            "; before income is taken into account, the median is better there on {ahead} of {total} measures that can be compared",
            total,
        )
    return have + text.format(total=total, **counts)


def _caveat(proposal_id: str) -> str:
    text = _("“No evidence that they have it” is not the same as not having it.")
    if not PROPOSALS[proposal_id].has_worked:
        return text
    return text + " " + _("Medians are compared only where both rows have {least} countries or more with an exact figure.").format(least=proposals.LEAST)


def _alt(indicator: Indicator, compared: pd.DataFrame) -> str:
    everybody = compared.iloc[0]
    return _("{measure}: median {have} in {n} countries that have it, {without} in {m} without evidence of it.").format(
        measure=_(indicator.short_title),
        have=value_text(indicator, everybody["median_have"]),
        n=int(everybody["have"]),
        without=value_text(indicator, everybody["median_without"]),
        m=int(everybody["without"]),
    )


def _target(row: dict) -> Target:
    indicator = get(row["indicator_id"])
    heading = _("{country}: {measure}").format(country=language.country_name(row["iso3"]), measure=_(indicator.short_title))
    text = _("{value}; {standing}").format(value=says(indicator, row), standing=_(STANDING_TEXTS[row["standing"]]))
    return Target(heading, text, fact_ids(row["fact_ids"], row["member_facts"]), indicator.id, row["iso3"])


def _table(dataset: Dataset, found: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for row in found.to_dict("records"):
        indicator = get(row["indicator_id"])
        rows.append(
            {
                _("Measure"): _(indicator.short_title),
                _("Country"): language.country_name(row["iso3"]),
                _("ISO code"): row["iso3"],
                _("Income group"): _(INCOME_TEXTS[row["income"]]),
                _("Stands to the proposal"): _(STANDING_TEXTS[row["standing"]]),
                _("Value"): says(indicator, row),
                **provenance(dataset, fact_ids(row["fact_ids"], row["member_facts"])),
            }
        )
    return pd.DataFrame(rows, index=found["key"].tolist())
