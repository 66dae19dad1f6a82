"""Country: one country's profile, from its approvals to what nobody could find out about it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from html import escape
from pathlib import Path

import streamlit as st

from indicators import language
from indicators.charts import country_key_figures, country_words
from indicators.figures import country as figures
from indicators.figures.figure import Figure
from indicators.language import _, mark
from indicators.measures.standing import peer_groups
from ui import addresses, controls, country, data, files, filters, provenance, shell, state
from ui.card import card, first_drawn
from ui.filters import View
from ui.shell import KeyFigures
from ui.sitemap import COMPARE_PAGE
from ui.theme import style

STYLESHEET = Path(__file__).parents[1] / "ui" / "country.css"
PEER_TEXTS = {"income": mark("Same income group"), "region": mark("Same region"), "world": mark("World")}


def key_figures(view: View) -> KeyFigures:
    """Return how many products are approved and covered, what they cost, and where they are made and given."""
    return [(one.number, one.text) for one in country_key_figures.key_figures(view.dataset, view.countries[0])]


def card_or_words(figure: Figure, words: str) -> None:
    """Draw a card, or say in words what was looked for where there is nothing to draw."""
    drawn = first_drawn(figure, current)
    if drawn.chart.is_empty:
        with st.container(border=True, key=f"card-{figure.name}"):
            st.html(f"<h3 class='finding'>{escape(drawn.chart.title)}</h3>" + country.nothing(words))
        if provenance.opened_in(figure.name) is not None:  # nothing here can be opened
            state.complain(provenance.OPEN)
    else:
        card(figure, current)


def write_brief() -> Callable[[], bytes]:
    """Return what writes the country's brief when somebody asks for it."""
    whole, code, day, site = dataset, iso3, current.day, addresses.published("country")

    def write() -> bytes:
        from indicators.export.brief import brief  # loads the typesetter

        return brief(whole, code, day, site)

    return files.later(write)


dataset = data.current()
shared = filters.view(dataset)
# Who has chosen one country on other pages has it here too.
COUNTRY = figures.country_setting(dataset, shared.named[0] if len(shared.named) == 1 else figures.DEFAULT)
iso3 = state.value(COUNTRY)
current = replace(shared, countries=(iso3,), regions=(), named=())
PEERS = figures.peers_setting(dataset, iso3)
state.value(PEERS)

st.html(STYLESHEET)
country.prepare_print()
if style().name == "dark":  # paper is white
    st.html("<style>@media print { .js-plotly-plot, ul.legend i { filter: invert(1) hue-rotate(180deg); } }</style>")
shell.page_head(
    _("Who gets CAR-T in {country}?").format(country=language.in_sentence(iso3)),
    current.remember("country-finding", lambda view: country_words.finding(view.dataset, iso3)) + " " + filters.describe(current),
)
st.html(current.remember("country-identity", lambda view: country.identity(view.dataset, iso3)))
with st.container(key="country-controls"):
    country_column, peers_column, day_column = st.columns([1.2, 1.5, 1.5], gap="medium", vertical_alignment="bottom")
    with country_column:
        controls.select(COUNTRY, _("Country"), figures.codes(dataset), language.country_name)
    with peers_column:
        st.html(f"<p class='control-label'>{escape(_('Peers to compare with'))}</p>")
        controls.segments(PEERS, _("Peers to compare with"), peer_groups(dataset, iso3), lambda code: _(PEER_TEXTS[code]))
    with day_column:
        controls.slide(filters.AS_OF, _("As of"), filters.stops(), filters.stop_text)
shell.key_figures(current.remember("country-figures", key_figures))
with st.container(key="country-links", horizontal=True, vertical_alignment="center", gap="medium"):
    st.download_button(
        _("Two-page brief (PDF)"),
        data=write_brief(),
        file_name=f"car-t-access-atlas-brief-{iso3}-{current.day.isoformat()}.pdf",
        mime="application/pdf",
        icon=":material/picture_as_pdf:",
        key="brief",
        on_click="ignore",
        help=_("The scorecard, the ladder, prices beside peers, the time line and the sources, on two pages"),
    )
    st.page_link(COMPARE_PAGE, label=_("Compare with other countries"), icon=":material/compare_arrows:", query_params=state.global_parameters(countries=iso3))

shell.section(_("How far each product has come"))
card_or_words(figures.LADDER, _("We looked for products that are approved, priced, reviewed, covered, made or given here, and found no evidence of any."))
shell.section(_("How patients get treated"))
st.html(current.remember("country-routes", lambda view: country.routes(view.dataset, iso3)))

shell.section(_("Among its peers"))
access_column, setting_column = st.columns(2, gap="medium")
with access_column:
    card(figures.ACCESS, current)
with setting_column:
    card(figures.SETTING, current)

timeline_column, prices_column = st.columns(2, gap="large")
with timeline_column:
    shell.section(_("What happened when"))
    card_or_words(figures.TIMELINE, _("We looked for dated approvals, decisions, prices, sites and events, and found no evidence of any."))
with prices_column:
    shell.section(_("Prices beside its peers"))
    card_or_words(figures.PRICES, _("We looked for list, negotiated, self-pay and production prices, and found no evidence of any."))

shell.section(_("Where it is made"))
st.html(current.remember("country-sites", lambda view: country.sites(view.dataset, iso3)))
shell.section(_("Where it is given"))
st.html(current.remember("country-care", lambda view: country.care(view.dataset, iso3)))

st.html(country.facts_in_print(current, iso3, addresses.published("country")))
with st.container(key="country-facts"):
    shell.section(_("All facts"))
    country.draw_facts(current, iso3)

shell.section(_("What we could not find"))
st.html(current.remember("country-gaps", partial(lambda code, view: country.gaps(view.dataset, code), iso3)))
