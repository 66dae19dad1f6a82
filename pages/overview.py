"""Overview: the world by any indicator, and where access breaks off."""

from html import escape

import streamlit as st

from indicators import catalog, language
from indicators.catalog import observe
from indicators.figures import overview as figures
from indicators.language import _, ngettext
from indicators.measures.cascade import reached
from indicators.observations import DOCUMENTED_NONE, NO_EVIDENCE
from ui import changes, controls, data, filters, shell
from ui.card import card
from ui.filters import View
from ui.shell import KeyFigures


def key_figures(view: View) -> KeyFigures:
    """Return how many countries have reached a stage, and how many nothing is known of."""
    chosen = set(view.countries)
    numbers = {stage: len(chosen & set(rows["iso3"])) for stage, rows in reached(view.dataset).items()}
    approved = view.chosen(observe(view.dataset, "products-approved"))["status"]
    unknown, none = int((approved == NO_EVIDENCE).sum()), int((approved == DOCUMENTED_NONE).sum())
    return [
        (
            language.number(numbers["approved"]),
            ngettext(
                "country with at least one product authorised or under a hospital exemption",
                "countries with at least one product authorised or under a hospital exemption",
                numbers["approved"],
            ),
        ),
        (
            language.number(numbers["covered"]),
            ngettext(
                "where public money pays for at least one, in full or on conditions", "where public money pays for at least one, in full or on conditions", 2
            ),
        ),
        (language.number(numbers["made"]), _("that make their own, in a company's plant or a hospital")),
        (
            language.number(unknown),
            _("with no evidence of an approval either way") + (_("; a source documents that there is none in {none} more").format(none=none) if none else ""),
        ),
    ]


dataset = data.current()
current = filters.view(dataset)

shell.page_head(
    _("Who can get CAR-T cell therapy?"),
    _("Approval, price, payment and manufacture in every country with evidence, each number with its source.") + " " + filters.describe(current),
)
shell.key_figures(current.remember("overview-figures", key_figures))

filters.draw(dataset)
measure_column, note_column = st.columns([2, 3], vertical_alignment="bottom")
with measure_column:
    measure = controls.select(
        figures.MEASURE,
        _("Measure"),
        figures.MEASURES,
        lambda key: f"{_(catalog.DOMAIN_TITLES[catalog.get(key).domain])}: {_(catalog.get(key).short_title)}",
    )
with note_column:
    st.html(f"<p class='how-to-read'>{escape(_(catalog.get(measure).definition))}</p>")

card(figures.WORLD, current)

cascade_column, changes_column = st.columns([1.9, 1], gap="large")
with cascade_column:
    shell.section(_("Where access breaks off"))
    card(figures.CASCADE, current)
with changes_column:
    shell.section(_("What changed"))
    changes.draw(current)
