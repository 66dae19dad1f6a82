"""Manufacturing: where CAR-T cells are made, how many, and how far away that is."""

from indicators import language
from indicators.catalog import observe
from indicators.figures import manufacturing as figures
from indicators.language import _, ngettext
from indicators.measures import manufacturing
from ui import data, filters, shell
from ui.card import card
from ui.filters import View
from ui.shell import KeyFigures


def key_figures(view: View) -> KeyFigures:
    """Return how many sites and countries, and how far the nearest site is."""
    running = view.chosen(manufacturing.operational_cell_sites(view.dataset))
    countries = running["iso3"].nunique()
    coming = view.chosen(manufacturing.coming_cell_sites(view.dataset))
    distance = view.chosen(observe(view.dataset, "distance-to-site"))["value"]
    return [
        (language.number(len(running)), ngettext("operating site that makes cells", "operating sites that make cells", len(running))),
        (language.number(countries), ngettext("country that makes its own", "countries that make their own", countries)),
        (language.number(len(coming)), ngettext("site planned or being built", "sites planned or being built", len(coming))),
        (
            _("{value} km").format(value=language.number(distance.median())) if distance.notna().any() else "–",
            _("from the capital to the nearest operating site, median country"),
        ),
    ]


dataset = data.current()
current = filters.view(dataset)

shell.page_head(
    _("Where is CAR-T made?"),
    _("Sites of companies, contract makers, hospitals and universities, with what sources say of their status and capacity.") + " " + filters.describe(current),
)
shell.key_figures(current.remember("manufacturing-figures", key_figures))
filters.draw(dataset)

card(figures.SITES, current)
card(figures.BY_COUNTRY, current)
card(figures.STATUS, current)
card(figures.CAPACITY, current)
card(figures.DISTANCE, current)

shell.section(_("How long it takes, and how often it fails"))
card(figures.TURNAROUND, current)
card(figures.FAILURES, current)

shell.section(_("Vector supply"))
card(figures.VECTORS, current)
