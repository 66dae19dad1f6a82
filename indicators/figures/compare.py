"""The figures of the comparison: any measure against any other, both rankings, and one of them over time."""

from __future__ import annotations

from collections.abc import Mapping

from indicators import catalog, jurisdictions, selection
from indicators.charts import among, scatter, small_multiples
from indicators.charts.template import Style
from indicators.dataset import Dataset
from indicators.figures.figure import Drawing, Figure, drawing
from indicators.language import _, mark
from indicators.scene import Scene
from indicators.settings import Setting, one_of

MEASURES = tuple(item.id for domain in catalog.Domain for item in catalog.in_domain(domain) if not item.by_product)
SCALE_TEXTS = {"linear": mark("Even"), "log": mark("Logarithmic")}
AMONG_TEXTS = {
    "all": mark("all other countries"),
    "income": mark("the same income group"),
    "region": mark("the same region"),
    "none": mark("nobody else"),
}
PANELS_BY_DEFAULT = 12

X = Setting("x", "gdp-per-head", one_of(MEASURES))
Y = Setting("y", "products-approved", one_of(MEASURES))
X_SCALE = Setting("x_scale", "log", one_of(list(SCALE_TEXTS)))
Y_SCALE = Setting("y_scale", "linear", one_of(list(SCALE_TEXTS)))
SIZE = Setting("size", "population", one_of([*scatter.SIZES, "none"]))
TREND = Setting("trend", (), one_of(["line"]), many=True)
AMONG = Setting("among", "all", one_of(list(AMONG_TEXTS)))
OVER_TIME = Setting("panels", "y", one_of(["y", "x"]))


def everyone(scene: Scene) -> tuple[str, ...]:
    """Return the countries that the filters of region and income group leave, whichever of them are chosen."""
    return tuple(jurisdictions.select(scene.dataset["countries"], scene.regions, scene.incomes))


def are_chosen(scene: Scene) -> bool:
    """Tell whether the reader has chosen countries, one by one or as a group."""
    return len(scene.countries) < len(everyone(scene))


def compared(scene: Scene) -> tuple[str, ...]:
    """Return the countries that are drawn: the chosen ones, and around them the others that the reader wants."""
    whom = scene.choice["among"]
    if not scene.countries or not are_chosen(scene) or whom == "none":
        return scene.countries
    if whom == "all":
        return everyone(scene)
    return selection.peers(scene.dataset, everyone(scene), scene.countries, "wb_income_group" if whom == "income" else "un_m49_region")


def highlighted(scene: Scene) -> tuple[str, ...]:
    """Return the countries that stand out: those that the reader has chosen."""
    return scene.countries if are_chosen(scene) else ()


def paneled(scene: Scene) -> tuple[tuple[str, ...], str]:
    """Return the countries that get a panel over time, and in words why these."""
    count, most = len(scene.countries), small_multiples.MOST_PANELS
    if are_chosen(scene) and count > most:
        text = _("There is room for {most} countries: these are the {most} of the {count} chosen ones with the most people.")
        return selection.largest(scene.dataset, scene.countries, most), text.format(most=most, count=count)
    if count <= most:
        return scene.countries, ""
    text = _("These are the {shown} of {count} countries with the most facts in the atlas; choose countries by name to see others, up to {most}.")
    return selection.most_documented(scene.dataset, scene.countries, PANELS_BY_DEFAULT), text.format(shown=PANELS_BY_DEFAULT, count=count, most=most)


def histories(x: str, y: str) -> tuple[str, ...]:
    """Return the axes whose measure has a value for each year, ``y`` first."""
    return tuple(axis for axis, measure in (("y", y), ("x", x)) if small_multiples.has_history(catalog.get(measure)))


def _scatter(scene: Scene) -> Mapping[str, Drawing]:
    own = scene.choice
    size = "" if own["size"] == "none" else own["size"]
    scales = own["x_scale"] == "log", own["y_scale"] == "log"
    return {"chart": drawing(scatter.scatter, scene.dataset, own["x"], own["y"], size, compared(scene), highlighted(scene), *scales, bool(own["trend"]))}


def _ranking(scene: Scene, axis: str) -> Mapping[str, Drawing]:
    return {"ranking": drawing(among.ranking, scene.dataset, scene.choice[axis], compared(scene), highlighted(scene))}


def _over_time(scene: Scene) -> Mapping[str, Drawing]:
    axes = histories(scene.choice["x"], scene.choice["y"])
    if not axes:
        return {}
    axis = scene.choice["panels"] if scene.choice["panels"] in axes else axes[0]
    return {"trend": drawing(small_multiples.small_multiples, scene.whole, scene.choice[axis], paneled(scene)[0], scene.day)}


def _over_time_caption(scene: Scene, _style: Style) -> str:
    text = _("One panel for each country, from the same start to the same end, on the same axes; the first and the last known value are written out.")
    why = paneled(scene)[1]
    return f"{text} {why}" if why else text


def _settings(_dataset: Dataset) -> tuple[Setting, ...]:
    return X, Y, X_SCALE, Y_SCALE, SIZE, TREND, AMONG, OVER_TIME


SCATTER = Figure(
    "compare",
    "scatter",
    mark("Any measure against any other"),
    _scatter,
    lambda _scene, _style: _(
        "The higher a dot, the higher the country in the first measure; the farther right, in the second. On a logarithmic axis equal distances are equal ratios. Only names that have room are written: point at a dot for the others."
    ),
    settings=_settings,
)
RANK_Y = Figure(
    "compare",
    "rank_y",
    mark("Ranking by the measure on the y axis"),
    lambda scene: _ranking(scene, "y"),
    lambda scene, _style: (
        _("Countries in the order of the measure.") if scene.choice["x"] == scene.choice["y"] else _("Countries in the order of the measure on the y axis.")
    ),
    settings=_settings,
)
RANK_X = Figure(
    "compare",
    "rank_x",
    mark("Ranking by the measure on the x axis"),
    lambda scene: _ranking(scene, "x"),
    lambda _scene, _style: _("Countries in the order of the measure on the x axis."),
    settings=_settings,
)
OVER_TIME_PANELS = Figure("compare", "over_time", mark("A measure over time, country by country"), _over_time, _over_time_caption, settings=_settings)
FIGURES = (SCATTER, RANK_Y, RANK_X, OVER_TIME_PANELS)
