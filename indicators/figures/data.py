"""The figures of the data page: where there are facts, how good and how new they are."""

from __future__ import annotations

from indicators import jurisdictions
from indicators.charts import quality
from indicators.charts.coverage import ORDER_TEXTS, coverage_matrix
from indicators.figures.figure import Figure, drawing
from indicators.language import _, mark
from indicators.settings import Setting, one_of

WHICH_TEXTS = {"curated": mark("Countries with facts beyond need and context"), "all": mark("All countries and territories")}
WHICH = Setting("which", "curated", one_of(list(WHICH_TEXTS)))
ORDER = Setting("order", "region", one_of(list(ORDER_TEXTS)))
_COVERAGE, _QUALITY = {"section": "coverage"}, {"section": "quality"}

COVERAGE = Figure(
    "data",
    "coverage",
    mark("Facts by country and subject"),
    lambda scene: {
        "chart": drawing(
            coverage_matrix,
            scene.dataset,
            tuple(jurisdictions.select(scene.dataset["countries"], scene.regions)),
            scene.choice["which"] == "all",
            scene.choice["order"],
        )
    },
    lambda _scene, _style: _(
        "Each square is what we know of one country on one subject: the number says how many facts, the colour how good the best of their sources is. An empty place means that no fact was found, not that there is nothing. Results are turnaround and outcomes; need and context are copied from statistical offices. Select a square to read its facts."
    ),
    settings=lambda _dataset: (WHICH, ORDER),
    place=_COVERAGE,
)
GRADES = Figure(
    "data",
    "grades",
    mark("How well sourced each table is"),
    lambda scene: {"chart": drawing(quality.grades_by_table, scene.dataset)},
    lambda _scene, _style: _(
        "A: regulator, HTA body, ministry, official statistics. B: peer-reviewed. C: the company or institution on its own doings. D: press and encyclopaedias. A fact has the best grade of its sources."
    ),
    place=_QUALITY,
)
REACH = Figure(
    "data",
    "reach",
    mark("Countries with facts, by domain"),
    lambda scene: {"chart": drawing(quality.countries_by_domain, scene.dataset)},
    lambda _scene, _style: _(
        "Each bar counts the countries with at least one fact of a domain; its part in colour has a fact that does not rest on press alone."
    ),
    place=_QUALITY,
)
AGE = Figure(
    "data",
    "age",
    mark("How old the newest sources are"),
    lambda scene: {"chart": drawing(quality.age_by_table, scene.dataset)},
    lambda _scene, _style: _("Each bar is a table, cut by how old the newest source of each fact is, the newest first."),
    place=_QUALITY,
)
FIGURES = (COVERAGE, GRADES, REACH, AGE)
