"""The time line of a country: what happened, one event a line, so that every label can be read."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

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
_LETTER = 6.7  # pixels of one, on average
_LINE, _SPACE, _TOP = 16, 13, 8.0
_DAYS = 90  # pixels for the day of an event
_AROUND = 44  # above and below the events
_MOST_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class _Told:
    """An event in words: its key and kind, its day, a sentence, and what its mark says."""

    key: str
    kind: str
    day: str
    sentence: str
    hover: str


def country_timeline(dataset: Dataset, iso3: str, style: Style) -> Chart:
    """Return the events of a country, the newest first; where there are more than 40, those that matter most to patients.

    Where a picture has no room for all it is cut from the end: what is left out is then the oldest.
    """
    found = events.country_events(dataset, iso3)
    shown = _chosen(found, iso3).iloc[::-1]
    # In words once: what draws itself anew for each frame is kept, and must not keep the dataset.
    told = [_Told(row["key"], row["kind"], language.day(row["date"]), sentence(dataset, row), _hover(dataset, row)) for row in shown.to_dict("records")]
    title = finding(dataset, found, iso3)
    return Chart(
        id=f"country-timeline-{iso3.lower()}",
        title=title,
        subtitle=_(
            "Authorisations, decisions on cover, first prices, sites and events of policy, the newest first; what was decided for the EU or the world says so"
        ),
        figure=_drawn(told, style, _LETTERS),
        alt=title + ". " + " ".join(f"{language.day(row['date'])}: {sentence(dataset, row)}." for row in shown.head(8).iloc[::-1].to_dict("records")),
        table=_table(dataset, found),
        fact_ids=fact_ids(*found["fact_ids"]),
        caveat=_("Of more than 40 events those that matter most to patients are drawn; the atlas lists the others too.") if len(shown) < len(found) else "",
        is_empty=found.empty,
        for_frame=lambda width, height: _for_frame(told, style, width, height),
        targets={
            row["key"]: Target(
                f"{language.country_name(row['jurisdiction'])}, {language.day(row['date'])}", sentence(dataset, row), row["fact_ids"], place=row["jurisdiction"]
            )
            for row in found.to_dict("records")
        },
    )


def _for_frame(told: Sequence[_Told], style: Style, width: float, height: float) -> go.Figure | None:
    """Return the time line in as many columns as a frame has room for and needs; None where it does not fit."""
    for columns in range(1, _MOST_COLUMNS + 1):
        own = (width - _DAYS) / columns - (_DAYS if columns > 1 else 0)  # the days of the next column stand in this one's right part
        letters = int((own - 20) / _LETTER)
        if letters < _LETTERS and columns > 1:
            return None
        if _lowest(_places(_lines(told, max(letters, _LETTERS)), columns)) + _AROUND <= height:
            return _drawn(told, style, max(letters, _LETTERS), columns)
    return None


def _lines(told: Sequence[_Told], letters: int) -> dict[str, list[str]]:
    return {one.key: textwrap.wrap(one.sentence, letters, break_on_hyphens=False) for one in told}


def _drawn(told: Sequence[_Told], style: Style, letters: int, columns: int = 1) -> go.Figure:
    """Return the events below each other, in lines of so many letters; columns are read one after the other."""
    lines = _lines(told, letters)
    places = _places(lines, columns)
    lowest = _lowest(places)
    built = figure(style, int(lowest) + _AROUND, margin={"l": _DAYS, "r": 4, "t": 36, "b": 4})
    for column in range(columns):
        middles = [middle for at, middle, _below in places.values() if at == column]
        if middles:
            ends = {"y0": min(middles), "y1": max(middles)}
            built.add_shape(type="line", x0=column, x1=column, **ends, line={"color": style.line, "width": 2}, layer="below")
    for kind, (symbol, colour) in looks(style).items():
        part = [one for one in told if one.kind == kind]
        if part:
            built.add_trace(
                go.Scatter(
                    x=[places[one.key][0] for one in part],
                    y=[places[one.key][1] for one in part],
                    mode="markers",
                    marker={"symbol": symbol, "size": 12, "color": colour, "line": {"color": style.paper, "width": 1.5}},
                    hovertext=[one.hover for one in part],
                    customdata=[one.key for one in part],
                    hovertemplate="%{hovertext}<extra></extra>",
                    name=_(KIND_TEXTS[kind]),
                    cliponaxis=False,
                )
            )
    notes: list[dict] = []
    for one in told:
        column, middle, _below = places[one.key]
        shared = {"showarrow": False, "x": column, "y": middle - _LINE / 2 - 3, "yanchor": "top"}
        label = {"text": "<br>".join(lines[one.key]), "xanchor": "left", "xshift": 9, "align": "left", "font": {"size": 12.5, "color": style.ink}}
        day = {"text": one.day, "xanchor": "right", "xshift": -10, "font": {"size": 12, "color": style.muted}}
        notes += [shared | label, shared | day]
    built.update_layout(annotations=notes)
    built.update_xaxes(range=[-0.04, columns], visible=False)  # a mark on the edge itself could not be selected
    built.update_yaxes(range=[lowest, 0], visible=False)
    return built


def _places(lines: dict[str, list[str]], columns: int) -> dict[str, tuple[int, float, float]]:
    """Return each event's column, the place of its mark and where its text ends, in pixels from the top; columns are about equally high."""
    heights = {key: len(text) * _LINE + _SPACE for key, text in lines.items()}
    most, column, top = sum(heights.values()) / columns, 0, _TOP
    places = {}
    for key, height in heights.items():
        if column < columns - 1 and top > _TOP and top + height / 2 > _TOP + most:
            column, top = column + 1, _TOP
        places[key] = (column, top + _LINE / 2, top + height)
        top += height
    return places


def _lowest(places: dict[str, tuple[int, float, float]]) -> float:
    return max((below for _column, _middle, below in places.values()), default=_TOP)


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
