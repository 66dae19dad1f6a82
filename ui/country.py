"""The parts of a country's page that are text: who it is, its sites, its routes to treatment, its facts, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

import pandas as pd
import streamlit as st

from indicators import language
from indicators.catalog import DOMAIN_TITLES
from indicators.charts import country_routes
from indicators.charts.bars import INCOME_TEXTS
from indicators.charts.country_words import seen
from indicators.charts.matrices import product_name
from indicators.charts.site_map import SITE_STATUS_TEXTS, SITE_TYPE_TEXTS
from indicators.charts.wording import source_ids, source_urls
from indicators.country_facts import facts_of
from indicators.dataset import Dataset
from indicators.export.cells import csv_of
from indicators.fact_texts import METRIC_TEXTS, SCOPE_TEXTS, measured_text
from indicators.known_in_part import facts_in_part
from indicators.language import _, mark, ngettext
from indicators.measures.standing import missing
from indicators.observations import NO_EVIDENCE
from indicators.tables import PRODUCT_SPECIALS, TABLES
from ui.filters import REGION_TEXTS, View
from ui.sources import source_link

WHO_TEXTS = {
    "AFR": mark("African Region"),
    "AMR": mark("Region of the Americas"),
    "EMR": mark("Eastern Mediterranean Region"),
    "EUR": mark("European Region"),
    "SEAR": mark("South-East Asia Region"),
    "WPR": mark("Western Pacific Region"),
}
_SCOPES = ("national", "subnational", "cohort", "single-centre", "single-trial")  # the broadest first
_MOST_ROWS = 12  # of a table that are shown at once
_CENTRES_AND_PATIENTS = ("treatment-centres", "patients-treated-annual", "patients-treated-cumulative", "car-t-rate-per-10m", "clinical-trials")

# The widths are those of country.css: the page as it is laid out for paper, the space between two columns, the edges of a card.
# A card must fit on a sheet with the text around its figure.
_PRINT_SCRIPT = """<script>
if (!window.atlasPrint) {
  window.atlasPrint = true;
  const PAGE = 1088, GAP = 20, EDGES = 18, TALLEST = 1200;
  addEventListener("beforeprint", () => {
    for (const plot of document.querySelectorAll(".js-plotly-plot")) {
      const columns = plot.closest("[data-testid=stHorizontalBlock]:has(> [data-testid=stColumn])");
      const count = columns ? columns.querySelectorAll(":scope > [data-testid=stColumn]").length : 1;
      const room = (PAGE - GAP * (count - 1)) / count - EDGES;
      plot.style.setProperty("--on-paper", Math.min(room / plot.offsetWidth, TALLEST / plot.offsetHeight, 1.6));
    }
  });
}
</script>"""


def identity(dataset: Dataset, iso3: str) -> str:
    """Return who a country is, as HTML: regions, income group, population with its year, memberships."""
    country = dataset["countries"].set_index("iso3").loc[iso3]
    population = seen(dataset, "population", iso3)
    people = _("no figure found")
    if population["status"] != NO_EVIDENCE:
        people = _("{count} ({year})").format(count=language.number(population["value"]), year=int(population["year"]))
    clubs = ((_("European Union"), "eu_member"), (_("European Economic Area"), "eea_member"), (_("OECD"), "oecd_member"))
    member = ", ".join(name for name, column in clubs if country[column] == "yes")
    items = [
        (_("Region"), f"{_(REGION_TEXTS[country['un_m49_region']])}, {_(REGION_TEXTS.get(country['un_m49_subregion'], country['un_m49_subregion']))}"),
        (_("Income group (World Bank)"), _(INCOME_TEXTS[country["wb_income_group"]])),
        (_("Population"), people),
        (_("Member of"), member or _("none of EU, EEA and OECD")),
        (_("WHO region"), _(WHO_TEXTS[country["who_region"]]) if country["who_region"] else _("none")),
    ]
    cells = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>" for name, text in items)
    return f"<dl class='identity'>{cells}</dl>"


def _linked(dataset: Dataset, fact_ids: Iterable[str]) -> str:
    """Return the first source of facts as a link, and how many more there are."""
    ids = source_ids(dataset, tuple(fact_ids))
    if not ids:
        return ""
    return source_link(dataset.sources.loc[ids[0]], short=True) + (f" +{len(ids) - 1}" if len(ids) > 1 else "")


def _table(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table as HTML; cells are HTML already. What is beyond the first rows opens at a click, and is printed."""

    def cells(rest: Sequence[str]) -> str:  # on a phone each cell stands on a line of its own, after its heading
        return "".join(f"<td data-label='{escape(name, quote=True)}'>{cell}</td>" for name, cell in zip(headings[1:], rest, strict=True))

    def body(part: Sequence[Sequence[str]]) -> str:
        lines = "".join(f"<tr><th scope='row'>{first}</th>{cells(rest)}</tr>" for first, *rest in part)
        head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in headings)
        return f"<thead><tr>{head}</tr></thead><tbody>{lines}</tbody>"

    shown = f"<table><caption>{escape(caption)}</caption>{body(rows[:_MOST_ROWS])}</table>"
    more = len(rows) - _MOST_ROWS
    if more > 0:
        text = ngettext("{count} more row", "{count} more rows", more).format(count=more)
        shown += f"<details><summary>{escape(text)}</summary><table>{body(rows[_MOST_ROWS:])}</table></details>"
    return f"<div class='small-table country-table'>{shown}</div>"


def nothing(text: str) -> str:
    """Return a sentence that says what was looked for and not found, as HTML."""
    return f"<p class='nothing-found'>{escape(text)}</p>"


def sites(dataset: Dataset, iso3: str) -> str:
    """Return a country's manufacturing sites with their status, the operating ones first, as HTML."""
    frame = dataset["manufacturing_sites"]
    own = frame[frame["iso3"] == iso3]
    if own.empty:
        return nothing(_("We looked for sites that make CAR-T cells or their vectors, running or planned, and found no evidence of any."))
    order = {status: number for number, status in enumerate(SITE_STATUS_TEXTS)}
    rows = []
    for row in own.assign(order=own["status"].map(order)).sort_values(["order", "site_name"]).to_dict("records"):
        names = ", ".join(product_name(dataset, product, with_brand=False) for product in row["product_ids"].split(";") if product)
        capacity = row["capacity_patients_per_year"]
        status = _(SITE_STATUS_TEXTS[row["status"]]) + (f" ({row['status_as_of'][:4]})" if row["status_as_of"] else "")
        rows.append(
            (
                f"{escape(row['site_name'])}<br><span>{escape(row['operator'])}</span>",
                escape(row["city"] or "–"),
                escape(_(SITE_TYPE_TEXTS[row["site_type"]])),
                escape(status),
                escape(names or "–"),
                "–" if pd.isna(capacity) else escape(language.number(capacity)),
                _linked(dataset, (row["fact_id"],)),
            )
        )
    running = int((own["status"] == "operational").sum())
    caption = ngettext("{count} site, {running} of them operating", "{count} sites, {running} of them operating", len(own)).format(
        count=len(own), running=running or _("none")
    )
    return _table(caption, (_("Site"), _("City"), _("Kind"), _("Status"), _("Products"), _("Patients a year, as stated"), _("Source")), rows)


def care(dataset: Dataset, iso3: str) -> str:
    """Return the counts of centres, patients and trials that sources give for a country, the newest first, as HTML."""
    frame = dataset["care_capacity"]
    own = frame[(frame["jurisdiction"] == iso3) & frame["metric"].isin(_CENTRES_AND_PATIENTS)]
    if own.empty:
        return nothing(_("We looked for counts of treatment centres, of patients treated and of trials, and found no evidence of any."))
    order = {metric: number for number, metric in enumerate(_CENTRES_AND_PATIENTS)}
    scopes = {scope: number for number, scope in enumerate(_SCOPES)}
    ordered = own.assign(order=own["metric"].map(order), breadth=own["scope"].map(scopes)).sort_values("reference_date", ascending=False)
    rows = []
    for row in ordered.sort_values(["order", "breadth"], kind="stable").to_dict("records"):
        product = "" if row["product_id"] in PRODUCT_SPECIALS else product_name(dataset, row["product_id"], with_brand=False)
        who = "; ".join(part for part in (product, row["population_note"]) if part)
        rows.append(
            (
                escape(language.capitalised(_(METRIC_TEXTS[row["metric"]]))),
                escape(measured_text(row)),
                escape(language.day(row["reference_date"]) if row["reference_date"] else "–"),
                escape(_(SCOPE_TEXTS[row["scope"]])),
                escape(who or "–"),
                _linked(dataset, (row["fact_id"],)),
            )
        )
    caption = ngettext("{count} count that sources give", "{count} counts that sources give; definitions differ, so they are not added up", len(rows))
    return _table(caption.format(count=len(rows)), (_("What is counted"), _("Figure"), _("Date"), _("For"), _("Who or what"), _("Source")), rows)


def routes(dataset: Dataset, iso3: str) -> str:
    """Return how patients get treated: routes with whether they are open, in words, each with its source, as HTML."""
    caveat = country_routes.approval_caveat(dataset, iso3)
    lead = f"<p class='lead'>{escape(caveat)}</p>" if caveat else ""
    found = country_routes.routes(dataset, iso3)
    if not found:
        return lead + nothing(country_routes.nothing_found(dataset, iso3))
    listed = "".join(
        f"<li><b>{escape(one.name)}</b>{': ' if one.state else ''}{escape(one.state)}{f'<br>{escape(one.note)}' if one.note else ''}<br><span>{_linked(dataset, one.fact_ids)}</span></li>"
        for one in found
    )
    return f"{lead}<ul class='routes'>{listed}</ul>"


def facts_table(dataset: Dataset, iso3: str) -> pd.DataFrame:
    """Return every fact about a country with readable headings: table, what it says, date, grade, confidence, note, source."""
    told = facts_of(dataset, iso3)
    urls = [source_urls(dataset, ids.split(";")) for ids in told["source_ids"]]
    return pd.DataFrame(
        {
            _("Table"): [_(TABLES[table].title) for table in told["table"]],
            _("What it says"): told["text"],
            _("Date"): told["date"],
            _("Decided for"): told["jurisdiction"].map(language.country_name),
            _("Grade"): told["grade"],
            _("Confidence"): told["confidence"],
            _("Used where facts disagree"): told["preferred"].map({"yes": _("yes"), "no": _("no")}),
            _("Note"): told["note"],
            _("Last confirmed"): told["checked"],
            _("Fact"): told["fact_id"],
            _("Sources"): urls,
        }
    )


def draw_facts(current: View, iso3: str) -> None:
    """Draw all facts of a country as a table to search and sort, with a download of the same."""
    table = current.remember(f"country-facts-{iso3}", lambda view: facts_table(view.dataset, iso3))
    sources = _("Sources")
    first = table.assign(**{sources: table[sources].str.split("; ").str[0]})
    st.dataframe(
        first,
        hide_index=True,
        width="stretch",
        height=min(36 * len(first) + 40, 480),
        key="all-facts",
        column_config={
            sources: st.column_config.LinkColumn(_("First source"), display_text=r"^https?://(?:www\.)?([^/]+)"),
            _("What it says"): st.column_config.TextColumn(width="large"),
            _("Grade"): st.column_config.TextColumn(width="small"),
        },
    )
    text = ngettext(
        "{count} fact. Point at the table and choose the magnifying glass to search in it.",
        "{count} facts. Point at the table and choose the magnifying glass to search in it.",
        len(table),
    )
    st.html(f"<p class='how-to-read'>{escape(text.format(count=len(table)))}</p>")
    st.download_button(
        _("All facts as CSV"),
        data=lambda: csv_of(table),
        file_name=f"car-t-access-atlas-{iso3.lower()}-{current.day.isoformat()}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="all-facts-csv",
    )


def facts_in_print(current: View, iso3: str, site: str) -> str:
    """Return a sentence that stands on paper in place of the table of all facts, as HTML: how many there are, and where."""
    count = current.remember(f"country-fact-count-{iso3}", lambda view: len(facts_of(view.dataset, iso3)))
    text = ngettext(
        "The atlas has {count} fact about {country}, listed with its sources at {address}, as a table and as a file.",
        "The atlas has {count} facts about {country}, listed with their sources at {address}, as a table and as a file.",
        count,
    ).format(count=language.number(count), country=language.in_sentence(iso3), address=f"{site}/country?country={iso3}")
    return f"<p class='only-in-print'>{escape(text)}</p>"


def prepare_print() -> None:
    """Let the figures fill their columns on paper; a figure is drawn for the width that it has on the screen."""
    st.html(_PRINT_SCRIPT, unsafe_allow_javascript=True)


def _in_part(dataset: Dataset, indicator_id: str, iso3: str) -> str:
    """Return a sentence on facts that speak of an indicator without giving its value."""
    count = len(facts_in_part(dataset, indicator_id, iso3))
    text = ngettext(" {count} fact above tells a part of it.", " {count} facts above tell a part of it.", count)
    return text.format(count=count) if count else ""


def gaps(dataset: Dataset, iso3: str) -> str:
    """Return what was looked for and not found, by domain with each indicator's definition, and facts that are overdue, as HTML."""
    unknown = missing(dataset, iso3)
    parts = []
    if unknown:
        text = ngettext(
            "On {count} indicator we found no figure for the whole country. If you know a source, tell us its address: a line in an official list is enough.",
            "On {count} indicators we found no figure for the whole country. If you know a source on one of them, tell us its address: a line in an official list is enough.",
            len(unknown),
        )
        parts.append(f"<p class='how-to-read'>{escape(text.format(count=len(unknown)))}</p>")
        for domain, group in groupby(unknown, key=lambda indicator: indicator.domain):
            items = "".join(
                f"<li><b>{escape(_(indicator.title))}</b><br><span>{escape(_(indicator.definition) + _in_part(dataset, indicator.id, iso3))}</span></li>"
                for indicator in group
            )
            parts.append(f"<section><h4>{escape(_(DOMAIN_TITLES[domain]))}</h4><ul>{items}</ul></section>")
    else:
        parts.append(f"<p class='how-to-read'>{escape(_('There is evidence on every indicator of the catalog.'))}</p>")
    told = facts_of(dataset, iso3)
    stale = told[told["stale"].astype(bool)]
    if len(stale):
        text = ngettext(
            "{count} fact has not been confirmed within its shelf life. Is it still true?",
            "{count} facts have not been confirmed within their shelf life. Are they still true?",
            len(stale),
        )
        items = "".join(
            f"<li>{escape(row['text'])}<br><span>{escape(_('last confirmed {day}').format(day=language.day(row['checked'])))} · {_linked(dataset, (row['fact_id'],))}</span></li>"
            for row in stale.to_dict("records")
        )
        parts.append(f"<section><h4>{escape(_('Overdue'))}</h4><p class='how-to-read'>{escape(text.format(count=len(stale)))}</p><ul>{items}</ul></section>")
    return f"<div class='gaps'>{''.join(parts)}</div>"
