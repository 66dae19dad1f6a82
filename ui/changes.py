"""The list of what changed lately, each change with its source."""

from __future__ import annotations

from html import escape

import streamlit as st

from indicators import language
from indicators.charts.matrices import product_name
from indicators.charts.wording import source_ids
from indicators.dataset import Dataset
from indicators.language import _, ngettext
from indicators.measures.changes import APPROVED, COVERED, latest_changes
from ui.filters import View


def draw(current: View, most: int = 6) -> None:
    """Draw the newest changes in the chosen countries."""
    st.html(current.remember(f"changes-{most}", lambda view: _listed(view.dataset, view.countries, most)))


def _listed(dataset: Dataset, countries: tuple[str, ...], most: int) -> str:
    changes = latest_changes(dataset, countries, most)
    if changes.empty:
        return f"<p class='how-to-read'>{escape(_('No dated change is known here.'))}</p>"
    items = []
    for change in changes.to_dict("records"):
        source = dataset.sources.loc[source_ids(dataset, change["fact_ids"])[0]]
        items.append(
            f"<li><span>{escape(language.day(change['date']))} · {escape(language.country_name(change['jurisdiction']))}</span><br>"
            f"{escape(_sentence(dataset, change))} "
            f"<a href='{escape(source['url'], quote=True)}' target='_blank' rel='noopener noreferrer' title='{escape(source['title'], quote=True)}'>"
            f"{escape(_('source'))}</a></li>"
        )
    return f"<ul class='changes'>{''.join(items)}</ul>"


def _sentence(dataset: Dataset, change: dict) -> str:
    if change["kind"] not in (APPROVED, COVERED):
        return str(change["title"])
    names = dataset.remember("indication_texts", lambda: dataset["indications"].set_index("indication_id")["name"].to_dict())
    indication = _(names[change["indication_id"]])
    use = indication[0].lower() + indication[1:] if indication[1:2].islower() else indication
    if change["indications"] > 1:
        use = ngettext("{count} indication", "{count} indications", change["indications"]).format(count=change["indications"])
    template = _("{product} is approved: {use}") if change["kind"] == APPROVED else _("Public money pays for {product}: {use}")
    return template.format(product=product_name(dataset, change["product_id"]), use=use)
