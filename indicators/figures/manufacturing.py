"""The figures of the manufacturing page: where CAR-T is made, how much, how far away, how long it takes and how often it fails."""

from __future__ import annotations

import pandas as pd

from indicators.charts import animations, bars, of_countries, site_map, site_status, turnaround
from indicators.charts.chart import Chart
from indicators.charts.template import Style
from indicators.dataset import Dataset
from indicators.figures.figure import Figure, drawing
from indicators.language import _, mark
from indicators.scene import Scene


def sites_in(dataset: Dataset, countries: tuple[str, ...]) -> pd.DataFrame:
    """Return the sites in the chosen countries."""
    sites = dataset["manufacturing_sites"]
    return sites[sites["iso3"].isin(countries)]


def map_of_sites(dataset: Dataset, countries: tuple[str, ...], regions: tuple[str, ...], style: Style) -> Chart:
    """Return the map of the sites in the chosen countries."""
    return site_map.site_map(dataset, sites_in(dataset, countries), style, regions)


def sites_by_country(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return operating sites by country."""
    return bars.sites_by_country(dataset, sites_in(dataset, countries), style)


def _findings_caption(_scene: Scene, _style: Style) -> str:
    return _(
        "Each mark is one finding; colour tells what was measured in routine care or in a trial from what was only stated or designed. Bounds and ranges, where there are any, are drawn as triangles and bars. Point at a mark for its statistic and number of patients."
    )


SITES = Figure(
    "manufacturing",
    "sites",
    mark("Sites that make CAR-T"),
    lambda scene: {
        "map": drawing(map_of_sites, scene.dataset, scene.countries, scene.regions),
        "play": drawing(animations.playing_sites, scene.whole, scene.countries, scene.regions, scene.day),
    },
    lambda _scene, _style: _(
        "Each dot is a site. Hollow dots are planned, being built, closed, or not confirmed: nothing newer than 2020 shows that they run, or that CAR-T is made there."
    ),
)
BY_COUNTRY = Figure(
    "manufacturing",
    "by_country",
    mark("Operating sites by country"),
    lambda scene: {"chart": drawing(sites_by_country, scene.dataset, scene.countries)},
    lambda _scene, _style: _("A bar is a country's operating sites; its parts say who runs them. It counts sites, not what they can make."),
)
STATUS = Figure(
    "manufacturing",
    "status",
    mark("Sites by status"),
    lambda scene: {"chart": drawing(site_status.sites_by_status, scene.dataset, scene.countries)},
    lambda _scene, _style: _(
        "The first part of a bar runs; the further right a part stands, the further it is from running. Apart, at the right, stand sites that are not confirmed: nothing newer than 2020 shows that they run, or nothing shows that CAR-T is made there. No count of operating sites includes them."
    ),
)
CAPACITY = Figure(
    "manufacturing",
    "capacity",
    mark("Stated capacity of operating sites"),
    lambda scene: {"chart": drawing(of_countries.ranking, scene.dataset, "stated-capacity", scene.countries)},
    lambda _scene, _style: _("Only what sources state for operating sites: most state nothing, so this is a floor, not a comparison of industries."),
)
DISTANCE = Figure(
    "manufacturing",
    "distance",
    mark("Distance to the nearest operating site"),
    lambda scene: {
        "map": drawing(of_countries.world, scene.dataset, "distance-to-site", scene.countries, scene.regions),
        "ranking": drawing(of_countries.ranking, scene.dataset, "distance-to-site", scene.countries),
        "play": drawing(animations.playing_map, scene.whole, "distance-to-site", scene.countries, scene.regions, scene.day),
    },
    lambda _scene, _style: _("Straight line from the capital to the nearest operating site, wherever that is. It measures geography, not who supplies whom."),
)
TURNAROUND = Figure(
    "manufacturing",
    "turnaround",
    mark("Vein-to-vein and manufacturing times"),
    lambda scene: {"chart": drawing(turnaround.times, scene.dataset, scene.countries)},
    _findings_caption,
)
FAILURES = Figure(
    "manufacturing",
    "failures",
    mark("Manufacturing failures"),
    lambda scene: {"chart": drawing(turnaround.rates, scene.dataset, scene.countries)},
    _findings_caption,
)
VECTORS = Figure(
    "manufacturing",
    "vectors",
    mark("Vector supply"),
    lambda scene: {"chart": drawing(site_status.vector_supply, scene.dataset, scene.countries)},
    lambda _scene, _style: _(
        "Most CAR-T products need a viral vector to carry the gene into the cells. A line is a plant; its square stands below its status."
    ),
)
FIGURES = (SITES, BY_COUNTRY, STATUS, CAPACITY, DISTANCE, TURNAROUND, FAILURES, VECTORS)
