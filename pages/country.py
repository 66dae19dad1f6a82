"""Country: one country's profile, from its approvals to what nobody could find out about it."""

from dataclasses import replace
from functools import partial
from html import escape
from pathlib import Path

import streamlit as st

from indicators import language
from indicators.catalog import Domain, get
from indicators.charts import country_timeline, country_words, ladder, price_peers, scorecard
from indicators.charts.country_words import seen
from indicators.charts.wording import value_text
from indicators.language import _, mark, ngettext
from indicators.measures.standing import peer_groups, peers
from indicators.observations import DOCUMENTED_NONE, NO_EVIDENCE
from ui import controls, country, data, filters, provenance, shell, state
from ui.card import Drawn, card, chart
from ui.filters import View
from ui.shell import KeyFigures
from ui.sitemap import SITE
from ui.state import Control
from ui.theme import style

DEFAULT = "DEU"  # rich evidence in every table
STYLESHEET = Path(__file__).parents[1] / "ui" / "country.css"
# Two figures, each of which fits on a sheet of paper.
ACCESS = (Domain.APPROVALS.value, Domain.PRICES.value, Domain.REIMBURSEMENT.value)
SETTING = (Domain.MANUFACTURING.value, Domain.CARE.value, Domain.NEED.value, Domain.CONTEXT.value)
PEER_TEXTS = {"income": mark("Same income group"), "region": mark("Same region"), "world": mark("World")}


def number_of(view: View, indicator_id: str, text: str) -> tuple[str, str]:
    """Return a number of the country with what it counts, or what is known in its place; ``text`` goes with the number."""
    row, indicator = seen(view.dataset, indicator_id, view.countries[0]), get(indicator_id)
    if row["status"] == NO_EVIDENCE:
        return "–", _("{indicator}: no evidence found").format(indicator=_(indicator.short_title))
    if row["status"] == DOCUMENTED_NONE:
        return _("none"), _("{indicator}: none, documented").format(indicator=_(indicator.short_title))
    year = row.get("year")
    told = text if year is None or year != year else _("{what} ({year})").format(what=text, year=int(year))
    number = value_text(indicator, row["value"], row["label"], short=True)
    return number, told


def count_of(view: View, indicator_id: str) -> int:
    """Return how many things a key figure speaks of, for its singular or plural; 0 for none known."""
    value = seen(view.dataset, indicator_id, view.countries[0])["value"]
    return 0 if value != value else int(value)


def key_figures(view: View) -> KeyFigures:
    """Return how many products are approved and covered, what they cost, and where they are made and given."""
    return [
        number_of(view, "products-approved", ngettext("product approved", "products approved", count_of(view, "products-approved"))),
        number_of(
            view, "products-covered", ngettext("product that public money pays for", "products that public money pays for", count_of(view, "products-covered"))
        ),
        number_of(view, "median-list-price", _("median list price of one treatment")),
        number_of(
            view, "manufacturing-sites", ngettext("operating site that makes cells", "operating sites that make cells", count_of(view, "manufacturing-sites"))
        ),
        number_of(view, "treatment-centres", ngettext("centre that gives CAR-T", "centres that give CAR-T", count_of(view, "treatment-centres"))),
    ]


def card_or_words(name: str, drawn: Drawn, caption: str, words: str) -> None:
    """Draw a card, or say in words what was looked for where there is nothing to draw."""
    if drawn.chart.is_empty:
        with st.container(border=True, key=f"card-{name}"):
            st.html(f"<h3 class='finding'>{escape(drawn.chart.title)}</h3>" + country.nothing(words))
        if provenance.opened_in(name) is not None:  # nothing here can be opened
            state.complain(provenance.OPEN)
    else:
        card(name, current, {"chart": lambda: drawn}, caption)


dataset = data.current()
shared = filters.view(dataset)
codes = dataset.remember(("countries_by_name", language.current()), lambda: tuple(sorted(dataset["countries"]["iso3"], key=language.country_name)))
# Who has chosen one country on other pages has it here too.
COUNTRY = Control("country", shared.named[0] if len(shared.named) == 1 else DEFAULT, state.one_of(codes))
iso3 = state.value(COUNTRY)
current = replace(shared, countries=(iso3,), regions=(), named=())
groups = peer_groups(dataset, iso3)
PEERS = Control("peers", groups[0], state.one_of(groups))
group = state.value(PEERS)
group_text = country_words.peers_text(dataset, iso3, group)
members = peers(dataset, iso3, group)

st.html(STYLESHEET)
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
        controls.select(COUNTRY, _("Country"), codes, language.country_name)
    with peers_column:
        st.html(f"<p class='control-label'>{escape(_('Peers to compare with'))}</p>")
        controls.segments(PEERS, _("Peers to compare with"), groups, lambda code: _(PEER_TEXTS[code]))
    with day_column:
        controls.slide(filters.AS_OF, _("As of"), filters.stops(), filters.stop_text)
shell.key_figures(current.remember("country-figures", key_figures))
compare = next((page for page in SITE if page.address == "compare"), None)
if compare:
    with st.container(key="country-links"):
        st.page_link(
            compare.file, label=_("Compare with other countries"), icon=":material/compare_arrows:", query_params=state.global_parameters(countries=iso3)
        )

ladder_column, routes_column = st.columns([1.7, 1], gap="large")
with ladder_column:
    shell.section(_("How far each product has come"))
    card_or_words(
        "ladder",
        chart(ladder.ladder, current.dataset, iso3),
        _(
            "A row is a product, a column a step towards patients; steps are not nested. A small square means that we looked and found nothing. Covered is what public money pays for."
        ),
        _("We looked for products that are approved, priced, reviewed, covered, made or given here, and found no evidence of any."),
    )
with routes_column:
    shell.section(_("How patients get treated"))
    st.html(current.remember("country-routes", lambda view: country.routes(view.dataset, iso3)))

shell.section(_("Among its peers"))
access_column, setting_column = st.columns(2, gap="medium")
with access_column:
    card(
        "access",
        current,
        {"chart": lambda: chart(scorecard.scorecard, current.dataset, iso3, members, group_text, ACCESS)},
        _(
            "Each grey dot is one of {count} {group}, the large dot is this country, the upright line the median of the others. Further right is better for patients. "
            "A square beside the strip has no place on it: hollow, no evidence found; filled, a source documents that there is none."
        ).format(count=len(members), group=group_text),
    )
with setting_column:
    card(
        "setting",
        current,
        {"chart": lambda: chart(scorecard.scorecard, current.dataset, iso3, members, group_text, SETTING)},
        _(
            "Read like the figure before it. Where neither more nor less is better (“largest”), further right is only more. Values that differ very much are spaced by their logarithm."
        ),
    )

timeline_column, prices_column = st.columns(2, gap="large")
with timeline_column:
    shell.section(_("What happened when"))
    card_or_words(
        "timeline",
        chart(country_timeline.country_timeline, current.dataset, iso3),
        _(
            "From the first event to the last, evenly spaced: the distance between two says nothing about the time between them. Dates that are only an article's are left out."
        ),
        _("We looked for dated approvals, decisions, prices, sites and events, and found no evidence of any."),
    )
with prices_column:
    shell.section(_("Prices beside its peers"))
    card_or_words(
        "prices",
        chart(price_peers.prices_against_peers, current.dataset, iso3, members, group_text),
        _(
            "Diamonds are this country's prices; triangles point to where a bound leaves room, open diamonds are targets, a bar is a range. Grey dots are the same product in peer countries."
        ),
        _("We looked for list, negotiated, self-pay and production prices, and found no evidence of any."),
    )

shell.section(_("Where it is made"))
st.html(current.remember("country-sites", lambda view: country.sites(view.dataset, iso3)))
shell.section(_("Where it is given"))
st.html(current.remember("country-care", lambda view: country.care(view.dataset, iso3)))

with st.container(key="country-facts"):
    shell.section(_("All facts"))
    country.draw_facts(current, iso3)

shell.section(_("What we could not find"))
st.html(current.remember("country-gaps", partial(lambda code, view: country.gaps(view.dataset, code), iso3)))
