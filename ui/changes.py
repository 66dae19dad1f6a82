"""What changed since a day: how much, the newest changes, and the rest folded away; each change with its source."""

from __future__ import annotations

from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from indicators import language, periods
from indicators.charts.matrices import product_name
from indicators.charts.wording import source_ids
from indicators.dataset import Dataset
from indicators.fact_texts import fact_text
from indicators.language import _, ngettext
from indicators.measures.changes import APPROVED, COVERED, EVENT, PRICED, SITE, latest_changes
from ui import controls
from ui.filters import FIRST_DAY, View
from ui.state import Control

_SHOWN = 6
_MOST = 200  # since the beginning there are hundreds


def _since(text: str) -> str:
    if not text:
        return text
    day = periods.first_day(text) if len(text) in (4, 7) else date.fromisoformat(text)
    if not FIRST_DAY <= day <= date.today():
        raise ValueError(text)
    return day.isoformat()


def draw(current: View) -> None:
    """Draw what changed in the chosen countries since the day that the reader chooses; by default in the last year."""
    year_before = max(FIRST_DAY, (pd.Timestamp(current.day) - pd.DateOffset(years=1)).date())
    since = controls.choose_day(Control("since", "", _since), _("Since"), FIRST_DAY, current.day, year_before)
    found = current.remember(f"changes-{since}", lambda view: latest_changes(view.dataset, view.countries, since=since))
    st.html(current.remember(f"changes-listed-{since}", lambda view: _listed(view.dataset, found, since)))


def _counts(found: pd.DataFrame) -> str:
    counts = found["kind"].value_counts()
    texts = {
        APPROVED: lambda count: ngettext("{count} approval", "{count} approvals", count),
        COVERED: lambda count: ngettext("{count} decision to pay", "{count} decisions to pay", count),
        PRICED: lambda count: ngettext("{count} price", "{count} prices", count),
        SITE: lambda count: ngettext("{count} new site", "{count} new sites", count),
        EVENT: lambda count: ngettext("{count} event", "{count} events", count),
    }
    return ", ".join(text(int(counts[kind])).format(count=counts[kind]) for kind, text in texts.items() if kind in counts)


def _listed(dataset: Dataset, found: pd.DataFrame, since: date) -> str:
    if found.empty:
        text = _("No dated change is known here since {day}. Choose an earlier day, or more countries.").format(day=language.day(since))
        return f"<p class='how-to-read'>{escape(text)}</p>"
    items = []
    for change in found.head(_MOST).to_dict("records"):
        source = dataset.sources.loc[source_ids(dataset, change["fact_ids"])[0]]
        items.append(
            f"<li><span>{escape(language.day(change['date']))} · {escape(language.country_name(change['jurisdiction']))}</span><br>"
            f"{escape(_sentence(dataset, change))} "
            f"<a href='{escape(source['url'], quote=True)}' target='_blank' rel='noopener noreferrer' title='{escape(source['title'], quote=True)}'>"
            f"{escape(_('source'))}</a></li>"
        )
    # The rest is folded away as plain HTML: a grid of its own would hold up the first figure of the page.
    rest = ""
    if len(items) > _SHOWN:
        more = len(items) - _SHOWN
        text = ngettext("{count} more change since then", "{count} more changes since then", more).format(count=more)
        rest = f"<details class='more-changes'><summary>{escape(text)}</summary><ul class='changes'>{''.join(items[_SHOWN:])}</ul></details>"
    return f"<p class='how-to-read'>{escape(_counts(found))}</p><ul class='changes'>{''.join(items[:_SHOWN])}</ul>{rest}"


def _sentence(dataset: Dataset, change: dict) -> str:
    if change["kind"] == EVENT:
        return str(change["title"])
    if change["kind"] == SITE:
        return _("{site} makes CAR-T cells").format(site=change["title"])
    product = product_name(dataset, change["product_id"])
    if change["kind"] == PRICED:
        return _("{product} has a price: {price}").format(product=product, price=fact_text(dataset, change["fact_ids"][0]).headline)
    names = dataset.whole.remember("indication_texts", lambda: dataset["indications"].set_index("indication_id")["name"].to_dict())
    indication = _(names[change["indication_id"]])
    use = indication[0].lower() + indication[1:] if indication[1:2].islower() else indication
    if change["indications"] > 1:
        use = ngettext("{count} indication", "{count} indications", change["indications"]).format(count=change["indications"])
    template = _("{product} is approved: {use}") if change["kind"] == APPROVED else _("Public money pays for {product}: {use}")
    return template.format(product=product, use=use)
