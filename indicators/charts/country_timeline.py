"""The time line of a country: what happened, one event a line, so that every label can be read."""

from __future__ import annotations

import textwrap

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.charts.chart import Chart, Target
from indicators.charts.matrices import product_name
from indicators.charts.template import Style, figure
from indicators.charts.wording import provenance, source_line
from indicators.dataset import Dataset
from indicators.jurisdictions import EU, WORLD
from indicators.language import _, mark, ngettext
from indicators.measures import approvals, reimbursement
from indicators.measures import country_events as events
from indicators.measures.first_known import known_before
from indicators.observations import fact_ids

KIND_TEXTS = {
    events.APPROVED: mark("Approved"),
    events.EXTENDED: mark("Further indication approved"),
    events.COVERED: mark("Covered"),
    events.DENIED: mark("Cover refused"),
    events.PRICED: mark("First price"),
    events.SITE: mark("Site starts"),
    events.EVENT: mark("Policy"),
}
MOST_EVENTS = 40
_LETTERS = 36  # a line's, so that it fits beside the date on a phone
_LINE = 16


def country_timeline(dataset: Dataset, iso3: str, style: Style) -> Chart:
    """Return the events of a country, the newest first; where there are more than 40, those that matter most to patients.

    Where a picture has no room for all it is cut from the end: what is left out is then the oldest.
    """
    found = events.country_events(dataset, iso3)
    shown = _chosen(found, iso3).iloc[::-1]
    kinds = looks(style)
    lines = {row["key"]: textwrap.wrap(sentence(dataset, row), _LETTERS, break_on_hyphens=False) for row in shown.to_dict("records")}
    heights: dict[str, float] = {}
    top = 8.0
    for key, text in lines.items():
        heights[key] = top + _LINE / 2
        top += len(text) * _LINE + 13
    built = figure(style, int(top) + 44, margin={"l": 90, "r": 4, "t": 36, "b": 4})
    if len(shown):
        built.add_shape(
            type="line", x0=0, x1=0, y0=heights[shown["key"].iloc[0]], y1=heights[shown["key"].iloc[-1]], line={"color": style.line, "width": 2}, layer="below"
        )
    for kind, (symbol, colour) in kinds.items():
        part = shown[shown["kind"] == kind].to_dict("records")
        if part:
            built.add_trace(
                go.Scatter(
                    x=[0] * len(part),
                    y=[heights[row["key"]] for row in part],
                    mode="markers",
                    marker={"symbol": symbol, "size": 12, "color": colour, "line": {"color": style.paper, "width": 1.5}},
                    hovertext=[_hover(dataset, row) for row in part],
                    customdata=[row["key"] for row in part],
                    hovertemplate="%{hovertext}<extra></extra>",
                    name=_(KIND_TEXTS[kind]),
                    cliponaxis=False,
                )
            )
    notes: list[dict] = []
    for row in shown.to_dict("records"):
        shared = {"showarrow": False, "x": 0, "y": heights[row["key"]] - _LINE / 2 - 3, "yanchor": "top"}
        label = {"text": "<br>".join(lines[row["key"]]), "xanchor": "left", "xshift": 9, "align": "left", "font": {"size": 12.5, "color": style.ink}}
        day = {"text": language.day(row["date"]), "xanchor": "right", "xshift": -10, "font": {"size": 12, "color": style.muted}}
        notes += [shared | label, shared | day]
    built.update_layout(annotations=notes)
    built.update_xaxes(range=[-0.04, 1], visible=False)  # a mark on the edge itself could not be selected
    built.update_yaxes(range=[top, 0], visible=False)
    title = finding(dataset, found, iso3)
    return Chart(
        id=f"country-timeline-{iso3.lower()}",
        title=title,
        subtitle=_(
            "Authorisations, decisions on cover, first prices, sites and events of policy, the newest first; what was decided for the EU or the world says so"
        ),
        figure=built,
        alt=title + ". " + " ".join(f"{language.day(row['date'])}: {sentence(dataset, row)}." for row in shown.head(8).iloc[::-1].to_dict("records")),
        table=_table(dataset, found),
        fact_ids=fact_ids(*found["fact_ids"]),
        caveat=_("Of more than 40 events those that matter most to patients are drawn; the atlas lists the others too.") if len(shown) < len(found) else "",
        is_empty=found.empty,
        legend=(),
        targets={
            row["key"]: Target(
                f"{language.country_name(row['jurisdiction'])}, {language.day(row['date'])}", sentence(dataset, row), row["fact_ids"], place=row["jurisdiction"]
            )
            for row in found.to_dict("records")
        },
    )


def looks(style: Style) -> dict[str, tuple[str, str]]:
    """Return the symbol and colour of each kind: known apart by both."""
    return {
        events.APPROVED: ("circle", style.qualitative[0]),
        events.EXTENDED: ("circle-open", style.qualitative[0]),
        events.COVERED: ("square", style.qualitative[2]),
        events.DENIED: ("x", style.qualitative[1]),
        events.PRICED: ("diamond", style.qualitative[4]),
        events.SITE: ("triangle-up", style.qualitative[3]),
        events.EVENT: ("star", style.muted),
    }


def _chosen(found: pd.DataFrame, iso3: str) -> pd.DataFrame:
    """Return the events that are drawn: where there are too many, further indications, first prices and others' events go first."""
    shown = found
    for drop in (
        shown["kind"] == events.EXTENDED,
        (shown["kind"] == events.EVENT) & (shown["jurisdiction"] != iso3),
        shown["kind"] == events.PRICED,
        shown["kind"] == events.SITE,
    ):
        if len(shown) > MOST_EVENTS:
            shown = shown[~drop.reindex(shown.index)]
    return shown.tail(MOST_EVENTS)


def sentence(dataset: Dataset, row: dict) -> str:
    """Return an event in a line of words; what was decided for the EU, or said of the world, says so."""
    names = ", ".join(product_name(dataset, product, with_brand=False) for product in row["product_ids"])
    texts = {
        events.APPROVED: _("Approved: {products}"),
        events.EXTENDED: _("Approved for a further use: {products}"),
        events.COVERED: _("Public money covers: {products}"),
        events.DENIED: _("A public payer refuses: {products}"),
        events.PRICED: _("First known price: {products}"),
        events.SITE: _("Site starts: {title}"),
        events.EVENT: "{title}",
    }
    text = texts[row["kind"]].format(products=names, title=row["title"])
    if row["jurisdiction"] == EU:
        return _("{event} (via EU)").format(event=text) if row["kind"] != events.EVENT else _("{event} (EU)").format(event=text)
    return _("{event} (world)").format(event=text) if row["jurisdiction"] == WORLD else text


def _hover(dataset: Dataset, row: dict) -> str:
    text = "<br>".join(textwrap.wrap(sentence(dataset, row), 60))
    return "<br>".join([f"<b>{language.country_name(row['jurisdiction'])}</b>", text, language.day(row["date"]), source_line(dataset, row["fact_ids"])])


def finding(dataset: Dataset, found: pd.DataFrame, iso3: str) -> str:
    """Return in one sentence when the first approval and the first public cover came, or what is dated in their place."""
    country = language.in_sentence(iso3)
    if found[found["kind"] != events.EVENT].empty:
        return _("No dated approval, decision, price or site is known in {country}").format(country=country)
    first = found[found["kind"] == events.APPROVED]
    paid = found[found["kind"] == events.COVERED]
    if first.empty:
        own = int((found["jurisdiction"] == iso3).sum())  # what happened in the world is not the country's own
        text = ngettext("{count} dated event in {country}, none of them an approval", "{count} dated events in {country}, none of them an approval", own)
        return text.format(count=own, country=country)
    text = _first_approval(dataset, iso3, first["date"].iloc[0])
    return text + (_first_cover(dataset, iso3, paid["date"].iloc[0]) if len(paid) else _("; no dated public cover is known"))


def _first_approval(dataset: Dataset, iso3: str, day: str) -> str:
    """Return the first approval in words; where an undated one was known earlier, nobody knows the day of the first."""
    earlier = approvals.undated_before(dataset, iso3, day)
    text = _("First dated approval in {country}: {date}, an undated one was known by {earlier}") if earlier else _("First approval in {country}: {date}")
    return text.format(country=language.in_sentence(iso3), date=language.day(day), earlier=language.day(earlier) if earlier else "")


def _first_cover(dataset: Dataset, iso3: str, day: str) -> str:
    facts = dataset["reimbursement"]
    own = facts[(facts["jurisdiction"] == iso3) & (facts["preferred"] == "yes") & facts["scope"].isin(["national", "subnational"])]
    earlier = known_before(own[own["coverage"].isin(reimbursement.PUBLIC)], "decision_date", day)
    text = _("; first dated decision on public cover: {date}, though an earlier report exists") if earlier else _("; first public cover: {date}")
    return text.format(date=language.day(day))


def _table(dataset: Dataset, found: pd.DataFrame) -> pd.DataFrame:
    rows = [
        {
            _("Date"): row["date"],
            _("Kind"): _(KIND_TEXTS[row["kind"]]),
            _("Decided for"): language.country_name(row["jurisdiction"]),
            _("Event"): sentence(dataset, row),
            **provenance(dataset, row["fact_ids"]),
        }
        for row in found.to_dict("records")
    ]
    return pd.DataFrame(rows, index=found["key"].tolist())
