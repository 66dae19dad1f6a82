"""The figures of the hurdles page: what measures a hurdle, where it bites, who has a proposed remedy, and how well each is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indicators import catalog
from indicators.charts import hurdle_bites, hurdles, of_countries, proposal_dots, proposal_groups
from indicators.charts.template import Style
from indicators.dataset import Dataset
from indicators.figures.figure import Drawing, Figure, drawing
from indicators.language import _, mark
from indicators.measures.proposals import PROPOSALS
from indicators.scene import Scene
from indicators.settings import Setting, one_of

PROPOSAL = Setting("proposal", next(iter(PROPOSALS)), one_of(list(PROPOSALS)))
MAIN = "main"  # the indicator of a hurdle that has evidence on any country


def by_id(dataset: Dataset) -> dict[str, dict[str, Any]]:
    """Return the hurdles in the order of the patient's way, by id."""
    return dataset.remember("hurdles_in_order", lambda: hurdles.in_order(dataset).set_index("hurdle_id", drop=False).to_dict("index"))


def main_indicator(dataset: Dataset, hurdle: Mapping[str, Any]) -> str:
    """Return the indicator that measures a hurdle unless the reader chooses another; "" where there is none."""
    return dataset.remember(("main-indicator", hurdle["hurdle_id"]), lambda: hurdles.main_indicator(dataset, hurdle["indicators"]))


def hurdle_setting(dataset: Dataset) -> Setting:
    """Return the setting of the hurdle that is looked at."""
    names = list(by_id(dataset))
    return Setting("hurdle", "price" if "price" in names else next(iter(names), ""), one_of(names))


def _settings(dataset: Dataset) -> tuple[Setting, ...]:
    measuring = {indicator for hurdle in by_id(dataset).values() for indicator in hurdle["indicators"]}
    return hurdle_setting(dataset), Setting("measured_by", MAIN, one_of([MAIN, *sorted(measuring)]))


def _variants(dataset: Dataset) -> tuple[Mapping[str, str], ...]:
    return tuple({"hurdle": name} for name, hurdle in by_id(dataset).items() if hurdle["indicators"])


def measured_by(scene: Scene) -> str:
    """Return the indicator that measures the scene's hurdle: the chosen one where it belongs to the hurdle; "" where there is none."""
    hurdle = by_id(scene.whole).get(scene.choice["hurdle"])
    if hurdle is None or not hurdle["indicators"]:
        return ""
    chosen = scene.choice["measured_by"]
    return chosen if chosen in hurdle["indicators"] else main_indicator(scene.whole, hurdle)


def _measure(scene: Scene) -> Mapping[str, Drawing]:
    indicator_id = measured_by(scene)
    if not indicator_id:
        return {}
    return {
        "map": drawing(of_countries.world, scene.dataset, indicator_id, scene.countries, scene.regions),
        "ranking": drawing(of_countries.ranking, scene.dataset, indicator_id, scene.countries),
    }


def _measure_caption(scene: Scene, _style: Style) -> str:
    indicator = catalog.get(measured_by(scene))
    is_number = indicator.value_type is catalog.ValueType.NUMBER
    return _(indicator.definition) + (" " + _("The darker a country on the map, the higher its value.") if is_number else "")


def _bites(scene: Scene) -> Mapping[str, Drawing]:
    indicator_id = measured_by(scene)
    if not indicator_id:
        return {}
    spread = {"chart": drawing(hurdle_bites.spread, scene.dataset, indicator_id, scene.countries)}
    worst = {"ranking": drawing(hurdle_bites.bites, scene.dataset, indicator_id, scene.countries)}
    return {**worst, **spread} if catalog.get(indicator_id).direction else spread


def _bites_caption(scene: Scene, _style: Style) -> str:
    worst_first = _("Worst first, by the indicator; “Chart” shows each income group.") + " " if catalog.get(measured_by(scene)).direction else ""
    return worst_first + _(
        "In the chart a bar is the median of exact figures, an open dot a bound or an approximation. Countries without evidence are not judged."
    )


def _each_proposal(_dataset: Dataset) -> tuple[Mapping[str, str], ...]:
    return tuple({"proposal": one} for one in PROPOSALS)


MEASURE = Figure("hurdles", "measure", mark("What measures a hurdle"), _measure, _measure_caption, settings=_settings, variants=_variants)
BITES = Figure("hurdles", "bites", mark("Where a hurdle bites most"), _bites, _bites_caption, settings=_settings, variants=_variants)
PROPOSAL_DOTS = Figure(
    "hurdles",
    "proposal_dots",
    mark("Countries with and without a proposed remedy"),
    lambda scene: {
        "chart": drawing(proposal_dots.proposal_dots, scene.dataset, scene.choice["proposal"], scene.countries),
        "map": drawing(proposal_groups.proposal_map, scene.dataset, scene.choice["proposal"], scene.countries, scene.regions),
    },
    lambda _scene, _style: (
        _("Each dot is a country with a figure, its colour the income group; an open dot is a bound or an approximation, which enters no median.")
        + " "
        + _(proposal_dots.CONFOUNDERS)
    ),
    settings=lambda _dataset: (PROPOSAL,),
    variants=_each_proposal,
)
PROPOSAL_GROUPS = Figure(
    "hurdles",
    "proposal_groups",
    mark("A proposed remedy within income groups"),
    lambda scene: {"chart": drawing(proposal_groups.within_groups, scene.dataset, scene.choice["proposal"], scene.countries)},
    lambda _scene, _style: _(
        "Each square sets the median of the countries that have it against the median of those without evidence of it, among countries of one income group. Where a side has too few countries, the numbers of countries stand there instead."
    ),
    settings=lambda _dataset: (PROPOSAL,),
    variants=_each_proposal,
)
EVIDENCE = Figure(
    "hurdles",
    "evidence",
    mark("How well each hurdle is known"),
    lambda scene: {"chart": drawing(hurdles.evidence, scene.dataset, scene.countries)},
    lambda _scene, _style: _(
        "One row a hurdle, in the order of the patient's way; the number in a square counts facts, and no square means none. Select one to read them."
    ),
)
FIGURES = (MEASURE, BITES, PROPOSAL_DOTS, PROPOSAL_GROUPS, EVIDENCE)
