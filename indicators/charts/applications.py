"""What regulators have not granted: applications under review, refusals and withdrawals, on a line of time."""

from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from indicators import language, periods
from indicators.charts.chart import Chart, Target
from indicators.charts.matrices import APPROVAL_TEXTS, product_name
from indicators.charts.template import Style, figure, year_axis
from indicators.charts.wording import provenance, source_line
from indicators.dataset import Dataset
from indicators.language import _, ngettext
from indicators.measures import approvals

_SYMBOLS = {"under-review": "circle", "refused": "x", "withdrawn": "square"}


def undecided_timeline(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return one line for each application under review, refusal and withdrawal, from its date to when it was last checked."""
    facts = approvals.not_granted(dataset)
    facts = facts[facts["jurisdiction"].isin(approvals.seen_in(dataset, countries))]
    rows = sorted((_row(dataset, fact) for fact in facts.to_dict("records")), key=lambda row: (row["start"], row["fact_id"]), reverse=True)
    built = figure(style, 76 + 46 * max(len(rows), 1), margin={"l": 8, "r": 24, "t": 34, "b": 8})
    colours = {"under-review": style.accent, "refused": style.approval["refused"], "withdrawn": style.approval["withdrawn"]}
    for row in rows:
        if row["status"] == "under-review":  # what was granted or ended has no length
            line = {"color": colours["under-review"], "width": 3}
            built.add_trace(go.Scatter(x=[row["start"], row["end"]], y=[row["fact_id"]] * 2, mode="lines", line=line, hoverinfo="skip", showlegend=False))
    for status, symbol in _SYMBOLS.items():
        for is_dated, text in ((True, _(APPROVAL_TEXTS[status])), (False, _("{status}, dated by its source only").format(status=_(APPROVAL_TEXTS[status])))):
            own = [row for row in rows if row["status"] == status and bool(row["day"]) == is_dated]
            if own:
                built.add_trace(_marks(own, text, colours[status], symbol if is_dated else f"{symbol}-open", style))
    for row in rows:  # above its line: beside it there is no room on a small screen
        day = language.day(row["day"]) if row["day"] else _("undated")
        text = f"{row['name']}  <span style='color:{style.muted}'>{day}</span>"
        built.add_annotation(x=0, xref="paper", y=row["fact_id"], text=text, showarrow=False, xanchor="left", yanchor="bottom", yshift=7, font={"size": 13})
    if rows:
        first, last = pd.Timestamp(min(row["start"] for row in rows)), pd.Timestamp(dataset.today)
        room = max((last - first) * 0.03, pd.Timedelta(days=30))
        built.update_xaxes(year_axis(), range=[str(first - room)[:10], str(last + room)[:10]])
    order = [row["fact_id"] for row in rows][::-1]
    built.update_yaxes(type="category", categoryorder="array", categoryarray=order, showticklabels=False, range=[-0.4, max(len(rows), 1) - 0.1])
    title = _finding(facts)
    return Chart(
        id="approvals-undecided",
        title=title,
        subtitle=_("Applications under review, refusals and withdrawals that a source names, by date"),
        figure=built,
        alt=title + ". " + " ".join(f"{row['name']}: {row['says']}." for row in rows),
        table=_table(dataset, facts, rows),
        fact_ids=tuple(facts["fact_id"]),
        caveat=_(
            "Regulators seldom publish what is under review or was withdrawn early, so more exists than is listed. An application that has been decided since is not listed."
        ),
        is_empty=facts.empty,
        targets={row["fact_id"]: Target(row["name"], row["says"], (row["fact_id"],), place=row["place"], product_id=row["product_id"]) for row in rows},
    )


def _row(dataset: Dataset, fact: dict) -> dict:
    """Return what is drawn of one fact. ``day`` is its own date, empty where it has none; ``start`` where the line begins."""
    names = dataset.whole.remember("indication_names", lambda: dataset["indications"].set_index("indication_id")["short_name"].to_dict())
    own = [text for text in (fact["status_date"], fact["approval_date"]) if text]
    start = periods.first_day(own[0]) if own else fact["known_from"].date()
    checked = min(periods.last_day(fact["checked"]), dataset.today)
    name = _("{product}, {place}: {indication}").format(
        product=product_name(dataset, fact["product_id"]), place=language.country_name(fact["jurisdiction"]), indication=_(names[fact["indication_id"]])
    )
    says = _(APPROVAL_TEXTS[fact["status"]]) + ", " + (language.day(own[0]) if own else _("undated"))
    lines = [f"<b>{language.country_name(fact['jurisdiction'])}</b>", f"{product_name(dataset, fact['product_id'])}: {says}", fact["regulator"]]
    return {
        "fact_id": fact["fact_id"],
        "status": fact["status"],
        "place": fact["jurisdiction"],
        "product_id": fact["product_id"],
        "day": own[0] if own else "",
        "start": start.isoformat(),
        "end": _later(start, checked).isoformat(),
        "name": name,
        "says": says,
        "hover": "<br>".join([*lines, source_line(dataset, (fact["fact_id"],))]),
    }


def _later(one: date, other: date) -> date:
    return max(one, other)


def _marks(rows: list[dict], text: str, colour: str, symbol: str, style: Style) -> go.Scatter:
    return go.Scatter(
        x=[row["start"] for row in rows],
        y=[row["fact_id"] for row in rows],
        mode="markers",
        marker={"symbol": symbol, "size": 12, "color": colour, "line": {"width": 2 if symbol.endswith("-open") else 1, "color": colour}},
        name=text,
        hovertext=[row["hover"] for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[row["fact_id"] for row in rows],
        showlegend=True,
    )


def _finding(facts: pd.DataFrame) -> str:
    counts = facts["status"].value_counts()
    waiting, refused, withdrawn = (int(counts.get(status, 0)) for status in _SYMBOLS)
    if not len(facts):
        return _("No application under review, refusal or withdrawal is known here")
    parts = [
        ngettext("{count} application is under review as far as is known", "{count} applications are under review as far as is known", waiting).format(
            count=waiting
        )
        if waiting
        else "",
        ngettext("{count} was refused", "{count} were refused", refused).format(count=refused) if refused else "",
        ngettext("{count} was withdrawn", "{count} were withdrawn", withdrawn).format(count=withdrawn) if withdrawn else "",
        _("no refusal or withdrawal is recorded") if not refused and not withdrawn else "",
    ]
    return "; ".join(part for part in parts if part)


def _table(dataset: Dataset, facts: pd.DataFrame, rows: list[dict]) -> pd.DataFrame:
    names = dataset["indications"].set_index("indication_id")["name"]
    by_id = facts.set_index("fact_id", drop=False).to_dict("index")
    ordered = [by_id[row["fact_id"]] for row in rows]
    return pd.DataFrame(
        [
            {
                _("Jurisdiction"): language.country_name(fact["jurisdiction"]),
                _("Code"): fact["jurisdiction"],
                _("Product"): product_name(dataset, fact["product_id"]),
                _("Indication"): _(str(names[fact["indication_id"]])),
                _("Status"): _(APPROVAL_TEXTS[fact["status"]]),
                _("Date"): fact["status_date"] or fact["approval_date"],
                _("Regulator"): fact["regulator"],
                _("Note"): fact["note"],
                **provenance(dataset, (fact["fact_id"],)),
            }
            for fact in ordered
        ],
        index=[fact["fact_id"] for fact in ordered],
    )
