"""Planned against operating sites by country, and the plants that make vectors."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.charts import squares
from indicators.charts.chart import Chart, Target, legend_of
from indicators.charts.site_map import SITE_STATUS_TEXTS
from indicators.charts.template import Style, axis_style, figure, readable_on
from indicators.charts.wording import provenance, source_line
from indicators.dataset import Dataset
from indicators.language import _, ngettext
from indicators.measures.manufacturing import CELL_SITE_TYPES, COMING_STATUSES

# From running to only announced; what nobody has confirmed stands apart.
_SURE = ("operational", "under-construction", "approved-not-started", "planned")
UNVERIFIED = "unverified"
_MOST_NAMES = 12  # sites named in a hover


def _colours(style: Style) -> dict[str, str]:
    return {
        "operational": style.sequential[4],
        "under-construction": style.sequential[2],
        "approved-not-started": style.sequential[1],
        "planned": style.sequential[0],
        UNVERIFIED: style.documented_none,
        "closed": style.muted,
    }


def sites_by_status(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return the sites that make cells by country and status: running, being built, approved, planned; unconfirmed ones apart.

    Plants that make vectors are left out, closed sites are in the table.
    """
    sites = dataset["manufacturing_sites"]
    sites = sites[sites["iso3"].isin(countries) & sites["site_type"].isin(CELL_SITE_TYPES)]
    counts = sites.groupby(["iso3", "status"]).size().unstack(fill_value=0).reindex(columns=list(SITE_STATUS_TEXTS), fill_value=0)
    sure = counts[[*_SURE]].sum(axis=1)
    drawn = counts[(sure > 0) | (counts[UNVERIFIED] > 0)]
    order = sorted(drawn.index, key=lambda iso3: (sure[iso3], counts.at[iso3, "operational"], counts.at[iso3, UNVERIFIED], language.country_name(iso3)))
    names = [language.country_name(iso3) for iso3 in order]
    built = figure(style, max(200, 23 * len(order) + 130), margin={"l": 8, "r": 16, "t": 58, "b": 40})
    built.update_layout(
        barmode="stack",
        bargap=0.3,
        xaxis={**axis_style(style), "domain": [0, 0.74], "rangemode": "tozero", "dtick": 5 if len(order) and sure.max() > 8 else 1},
        xaxis2={
            **axis_style(style),
            "domain": [0.8, 1],
            "anchor": "y",
            "rangemode": "tozero",
            "dtick": 5 if len(order) and counts[UNVERIFIED].max() > 8 else 1,
        },
        legend={"y": -0.01, "yanchor": "top"},
    )
    built.update_yaxes(categoryorder="array", categoryarray=names, dtick=1, showgrid=False, tickfont={"size": 12, "color": style.ink})
    colours = _colours(style)
    for status in (*_SURE, UNVERIFIED):
        part = [iso3 for iso3 in order if counts.at[iso3, status]]
        if not part:
            continue
        groups = [sites[(sites["iso3"] == iso3) & (sites["status"] == status)] for iso3 in part]
        built.add_trace(
            go.Bar(
                x=[len(group) for group in groups],
                y=[language.country_name(iso3) for iso3 in part],
                orientation="h",
                xaxis="x2" if status == UNVERIFIED else "x",
                marker={"color": colours[status], "line": {"color": style.muted, "width": 0.5}},
                text=[len(group) for group in groups],
                textposition="inside",
                textangle=0,
                insidetextanchor="middle",
                insidetextfont={"size": 11, "color": readable_on(colours[status])},
                constraintext="none",
                hovertext=[_hover(dataset, iso3, status, group) for iso3, group in zip(part, groups, strict=True)],
                hovertemplate="%{hovertext}<extra></extra>",
                customdata=[f"{iso3}.{status}" for iso3 in part],
                name=language.capitalised(_(SITE_STATUS_TEXTS[status])),
            )
        )
    above = {"y": 1, "xref": "paper", "yref": "paper", "yshift": 8, "showarrow": False, "xanchor": "left", "yanchor": "bottom", "font": {"size": 13}}
    headings = [(0, _("Operating, and to come")), (0.8, _("Not confirmed"))]
    built.update_layout(annotations=[{**above, "x": left, "text": f"<b>{text}</b>"} for left, text in headings])
    table_order = sorted(counts.index, key=lambda iso3: (-sure[iso3], -counts.at[iso3, "operational"], language.country_name(iso3)))
    title = _status_finding(counts)
    return Chart(
        id="sites-by-status",
        title=title,
        subtitle=_("Sites that make cells, by country and status; plants for vectors are left out"),
        figure=built,
        alt=title + ". " + _status_alt(counts),
        table=_status_table(dataset, sites, counts, table_order),
        fact_ids=tuple(sites["fact_id"]),
        caveat=_("A plan counts until a source says that it runs, was given up or has closed."),
        minimum_width=520,
        is_empty=not order,
        legend=legend_of(built),
        targets=_status_targets(sites),
    )


def _hover(dataset: Dataset, iso3: str, status: str, group: pd.DataFrame) -> str:
    named = sorted(group["site_name"])
    more = len(named) - _MOST_NAMES
    lines = [
        f"<b>{language.country_name(iso3)}</b>",
        _("{status}: {count}").format(status=language.capitalised(_(SITE_STATUS_TEXTS[status])), count=len(group)),
        *named[:_MOST_NAMES],
        ngettext("and {count} more", "and {count} more", more).format(count=more) if more > 0 else "",
        source_line(dataset, tuple(group["fact_id"])),
    ]
    return "<br>".join(line for line in lines if line)


def _status_finding(counts: pd.DataFrame) -> str:
    if counts.empty:
        return _("No site is known here")
    running = int(counts["operational"].sum())
    coming = int(counts[[*COMING_STATUSES]].to_numpy().sum())
    unsure = int(counts[UNVERIFIED].sum())
    title = (
        ngettext("{count} site is known to run", "{count} sites are known to run", running).format(count=running)
        if running
        else _("No site is known to run here")
    )
    if coming:
        title += ngettext(", {count} is to come", ", {count} are to come", coming).format(count=coming)
    if unsure:
        title += ngettext("; {count} more is not confirmed", "; {count} more are not confirmed", unsure).format(count=unsure)
    # A site that nobody has confirmed may run, and one that is closed did run: what is to come there is not the first.
    had_none = counts[["operational", UNVERIFIED, "closed"]].sum(axis=1) == 0
    first = int((had_none & (counts[[*COMING_STATUSES]].sum(axis=1) > 0)).sum())
    if first and len(counts) > 1:
        title += ngettext(". In {count} country the first is to come", ". In {count} countries the first is to come", first).format(count=first)
    return title


def _status_alt(counts: pd.DataFrame) -> str:
    parts = []
    for status, text in SITE_STATUS_TEXTS.items():
        if len(counts) and counts[status].sum():
            iso3 = str(counts[status].idxmax())
            parts.append(
                _("{status}: {count}, most in {country} ({most}).").format(
                    status=language.capitalised(_(text)), count=int(counts[status].sum()), country=language.in_sentence(iso3), most=int(counts.at[iso3, status])
                )
            )
    return " ".join(parts) or _("Nothing is drawn.")


def _status_table(dataset: Dataset, sites: pd.DataFrame, counts: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    rows = [
        {
            _("Country"): language.country_name(iso3),
            _("ISO code"): iso3,
            **{language.capitalised(_(text)): int(counts.at[iso3, status]) for status, text in SITE_STATUS_TEXTS.items()},
            **provenance(dataset, tuple(sites.loc[sites["iso3"] == iso3, "fact_id"])),
        }
        for iso3 in order
    ]
    return pd.DataFrame(rows, index=order)


def _status_targets(sites: pd.DataFrame) -> dict[str, Target]:
    """Return what opens for a bar (country and status) and for a row of the table (country)."""
    opened = {}
    for (iso3, status), group in sites.groupby(["iso3", "status"]):
        says = _("{status}: {count}").format(status=language.capitalised(_(SITE_STATUS_TEXTS[status])), count=len(group))
        opened[f"{iso3}.{status}"] = Target(language.country_name(iso3), says, tuple(group["fact_id"]), place=iso3)
    for iso3, group in sites.groupby("iso3"):
        says = ngettext("{count} site that makes cells, of any status", "{count} sites that make cells, of any status", len(group)).format(count=len(group))
        opened[str(iso3)] = Target(language.country_name(str(iso3)), says, tuple(group["fact_id"]), place=str(iso3))
    return opened


def vector_supply(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return the plants that make viral vectors: one row each, a square below its status, with operator and place."""
    sites = dataset["manufacturing_sites"]
    sites = sites[sites["iso3"].isin(countries) & (sites["site_type"] == "vector")]
    rank = {status: number for number, status in enumerate((*_SURE, UNVERIFIED, "closed"))}
    sites = sites.assign(rank=sites["status"].map(rank), country=[language.country_name(iso3) for iso3 in sites["iso3"]])
    sites = sites.sort_values(["rank", "country", "site_name"])
    present = [status for status in rank if (sites["status"] == status).any()]
    headings = {status: language.capitalised(_(SITE_STATUS_TEXTS[status])) for status in present}
    built = figure(style, 34 * len(sites) + 110, margin={"l": 8, "r": 8, "t": 8, "b": 8})
    built.update_xaxes(
        side="top",
        categoryorder="array",
        categoryarray=list(headings.values()),
        range=[-0.6, len(present) - 0.4],
        domain=[0, 0.5],
        showgrid=False,
        tickangle=-30,
        tickfont={"size": 12, "color": style.ink},
    )
    labels = _unlike(
        [_("{country}, {city}").format(country=row["country"], city=row["city"]) if row["city"] else row["country"] for row in sites.to_dict("records")]
    )
    built.update_yaxes(categoryorder="array", categoryarray=labels[::-1], range=[-0.6, len(labels) - 0.4], dtick=1, tickfont={"size": 13, "color": style.ink})
    colours = _colours(style)
    for status in present:
        part = [number for number, own in enumerate(sites["status"]) if own == status]
        rows = [sites.iloc[number].to_dict() for number in part]
        built.add_trace(
            squares.squares(
                style,
                x=[headings[status]] * len(part),
                y=[labels[number] for number in part],
                colour=colours[status],
                text=[row["status_as_of"][2:4] and "’" + row["status_as_of"][2:4] for row in rows],
                hovers=[_vector_hover(dataset, row) for row in rows],
                keys=[row["site_id"] for row in rows],
                name=headings[status],
            )
        )
    beside = {"x": 0.52, "xref": "paper", "showarrow": False, "xanchor": "left", "font": {"size": 13, "color": style.muted}}
    notes = [{**beside, "y": label, "text": operator} for label, operator in zip(labels, sites["operator"], strict=True)]
    built.update_layout(showlegend=False, annotations=notes)
    running = sites[sites["status"] == "operational"]
    title = _vector_finding(len(sites), len(running), running["iso3"].nunique())
    return Chart(
        id="vector-supply",
        title=title,
        subtitle=_("Plants that make viral vectors for CAR-T, by status; in each square the year of the evidence"),
        figure=built,
        alt=title + ". " + " ".join(f"{headings[status]}: {int((sites['status'] == status).sum())}." for status in present),
        table=pd.DataFrame(
            [
                {
                    _("Country"): row["country"],
                    _("ISO code"): row["iso3"],
                    _("Site"): row["site_name"],
                    _("Operator"): row["operator"],
                    _("City"): row["city"],
                    _("Status"): _(SITE_STATUS_TEXTS[row["status"]]),
                    _("Status as of"): row["status_as_of"],
                    _("Products"): row["product_ids"].replace(";", ", "),
                    _("Note"): row["note"],
                    **provenance(dataset, (row["fact_id"],)),
                }
                for row in sites.to_dict("records")
            ],
            index=sites["site_id"].tolist(),
        ),
        fact_ids=tuple(sites["fact_id"]),
        caveat=_("Plants that also make cells may be listed among the sites above, and makers that publish nothing are missing."),
        minimum_width=720,
        is_empty=sites.empty,
        targets={
            row["site_id"]: Target(row["site_name"], f"{_('Vectors')}, {_(SITE_STATUS_TEXTS[row['status']])}", (row["fact_id"],), place=row["iso3"])
            for row in sites.to_dict("records")
        },
    )


def _unlike(labels: list[str]) -> list[str]:
    """Return labels of which no two are alike: rows of one name would be drawn upon each other. What is added can't be seen."""
    seen: dict[str, int] = {}
    for label in labels:
        seen[label] = seen.get(label, -1) + 1
    made, used = [], dict.fromkeys(seen, 0)
    for label in labels:
        made.append(label + "\u200b" * used[label])
        used[label] += 1
    return made


def _vector_hover(dataset: Dataset, row: dict) -> str:
    lines = [
        f"<b>{row['site_name']}</b>",
        _("{country}, {city}").format(country=row["country"], city=row["city"]) if row["city"] else row["country"],
        row["operator"],
        _(SITE_STATUS_TEXTS[row["status"]]) + (f" ({row['status_as_of'][:4]})" if row["status_as_of"] else ""),
        row["product_ids"].replace(";", ", "),
        source_line(dataset, (row["fact_id"],)),
    ]
    return "<br>".join(line for line in lines if line)


def _vector_finding(known: int, running: int, countries: int) -> str:
    if not known:
        return _("No plant for vectors is known here")
    if not running:
        return ngettext(
            "No plant for vectors is known to run here; {count} has another status",
            "No plant for vectors is known to run here; {count} have another status",
            known,
        ).format(count=known)
    title = ngettext("{count} plant is known to make vectors for CAR-T", "{count} plants are known to make vectors for CAR-T", running).format(count=running)
    title += ngettext(", in {count} country", ", in {count} countries", countries).format(count=countries)
    rest = known - running
    return title + (
        ngettext("; {count} more is planned, closed or not confirmed", "; {count} more are planned, closed or not confirmed", rest).format(count=rest)
        if rest
        else ""
    )
