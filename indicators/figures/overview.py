"""The figures of the overview: the world by any indicator, and where access breaks off."""

from __future__ import annotations

from collections.abc import Mapping

from indicators import catalog
from indicators.charts import animations, bars, cascade, of_countries
from indicators.dataset import Dataset
from indicators.figures import how_to_read
from indicators.figures.figure import Drawing, Figure, drawing
from indicators.language import _, mark
from indicators.scene import Scene
from indicators.settings import Setting, one_of

MEASURES = tuple(item.id for domain in catalog.Domain for item in catalog.in_domain(domain) if not item.by_product)
MEASURE = Setting("measure", "products-approved", one_of(MEASURES))


def _world(scene: Scene) -> Mapping[str, Drawing]:
    measure = scene.choice["measure"]
    views = {
        "map": drawing(of_countries.world, scene.dataset, measure, scene.countries, scene.regions),
        "ranking": drawing(of_countries.ranking, scene.dataset, measure, scene.countries),
    }
    if bars.has_trend(catalog.get(measure)):
        views["trend"] = drawing(bars.trend, scene.whole, measure, scene.countries, scene.day)
        views["play"] = drawing(animations.playing_map, scene.whole, measure, scene.countries, scene.regions, scene.day)
    return views


def _every_measure(_dataset: Dataset) -> tuple[Mapping[str, str], ...]:
    return tuple({"measure": measure} for measure in MEASURES)


WORLD = Figure(
    "",
    "world",
    mark("The world by an indicator"),
    _world,
    lambda scene, style: how_to_read.of_indicator(catalog.get(scene.choice["measure"]), style),
    settings=lambda _dataset: (MEASURE,),
    variants=_every_measure,
)
CASCADE = Figure(
    "",
    "cascade",
    mark("Where access breaks off, by income group"),
    lambda scene: {"chart": drawing(cascade.cascade_chart, scene.dataset, scene.countries)},
    lambda _scene, _style: _(
        "Each dot is a World Bank income group, the bar is everyone. A hollow dot at the left end: of no country of the group it is known that it has reached the stage. Stages are not nested: a hospital can make CAR-T where nothing is approved, so each stage counts on its own."
    ),
)
FIGURES = (WORLD, CASCADE)
