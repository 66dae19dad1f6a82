"""Manufacturing: where CAR-T cells are made, how many, and how far away that is."""

import pandas as pd

from indicators import language
from indicators.catalog import observe
from indicators.charts import animations, bars, maps, of_countries, site_status, turnaround
from indicators.charts.chart import Chart
from indicators.charts.template import Style
from indicators.dataset import Dataset
from indicators.language import _, ngettext
from indicators.measures import manufacturing
from ui import data, filters, shell
from ui.card import card, chart
from ui.filters import View
from ui.shell import KeyFigures


def sites_in(dataset: Dataset, countries: tuple[str, ...]) -> pd.DataFrame:
    """Return the sites in the chosen countries."""
    sites = dataset["manufacturing_sites"]
    return sites[sites["iso3"].isin(countries)]


def site_map(dataset: Dataset, countries: tuple[str, ...], regions: tuple[str, ...], style: Style) -> Chart:
    """Return the map of the sites in the chosen countries."""
    return maps.site_map(dataset, sites_in(dataset, countries), style, regions)


def sites_by_country(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return operating sites by country."""
    return bars.sites_by_country(dataset, sites_in(dataset, countries), style)


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

card(
    "sites",
    current,
    {
        "map": lambda: chart(site_map, current.dataset, current.countries, current.regions),
        "play": lambda: chart(animations.playing_sites, current.whole, current.countries, current.regions, current.day),
    },
    _(
        "Each dot is a site. Hollow dots are planned, being built, closed, or not confirmed: nothing newer than 2020 shows that they run, or that CAR-T is made there."
    ),
)
card(
    "by_country",
    current,
    {"chart": lambda: chart(sites_by_country, current.dataset, current.countries)},
    _("A bar is a country's operating sites; its parts say who runs them. It counts sites, not what they can make."),
)
card(
    "status",
    current,
    {"chart": lambda: chart(site_status.sites_by_status, current.dataset, current.countries)},
    _(
        "The first part of a bar runs; the further right a part stands, the further it is from running. Apart, at the right, stand sites that are not confirmed: nothing newer than 2020 shows that they run, or nothing shows that CAR-T is made there. No count of operating sites includes them."
    ),
)
card(
    "capacity",
    current,
    {"chart": lambda: chart(of_countries.ranking, current.dataset, "stated-capacity", current.countries)},
    _("Only what sources state for operating sites: most state nothing, so this is a floor, not a comparison of industries."),
)
card(
    "distance",
    current,
    {
        "map": lambda: chart(of_countries.world, current.dataset, "distance-to-site", current.countries, current.regions),
        "ranking": lambda: chart(of_countries.ranking, current.dataset, "distance-to-site", current.countries),
        "play": lambda: chart(animations.playing_map, current.whole, "distance-to-site", current.countries, current.regions, current.day),
    },
    _("Straight line from the capital to the nearest operating site, wherever that is. It measures geography, not who supplies whom."),
)

shell.section(_("How long it takes, and how often it fails"))
how_to_read = _(
    "Each mark is one finding; colour tells what was measured in routine care or in a trial from what was only stated or designed. Bounds and ranges, where there are any, are drawn as triangles and bars. Point at a mark for its statistic and number of patients."
)
card("turnaround", current, {"chart": lambda: chart(turnaround.times, current.dataset, current.countries)}, how_to_read)
card("failures", current, {"chart": lambda: chart(turnaround.rates, current.dataset, current.countries)}, how_to_read)

shell.section(_("Vector supply"))
card(
    "vectors",
    current,
    {"chart": lambda: chart(site_status.vector_supply, current.dataset, current.countries)},
    _("Most CAR-T products need a viral vector to carry the gene into the cells. A line is a plant; its square stands below its status."),
)
