"""The figures of the approvals page: what is authorised where, for what and for whom, since when, how late, and what is still open."""

from __future__ import annotations

from indicators.charts import animations, applications, approval_kinds, approved_uses, matrices, timelines
from indicators.charts.chart import Chart
from indicators.charts.template import Style
from indicators.dataset import Dataset
from indicators.figures.figure import Figure, drawing
from indicators.language import _, mark
from indicators.settings import Setting, one_of

IN_SQUARE = Setting("in_square", "products", one_of(list(approved_uses.IN_SQUARE_TEXTS)))


def growing_approvals(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return the countries with an authorised product over time, as lines that grow when played."""
    return animations.growing(timelines.cumulative_approvals(dataset, countries, style), animations.year_ends(dataset.today), style)


MATRIX = Figure(
    "approvals",
    "matrix",
    mark("Authorised products by jurisdiction"),
    lambda scene: {"chart": drawing(matrices.approval_matrix, scene.dataset, scene.countries)},
    lambda _scene, _style: _(
        "Each square is one product in one jurisdiction, with the year of its first authorisation there; a square without a year is one of which no source gives the date. An empty place means that no authorisation was found."
    ),
)
USES = Figure(
    "approvals",
    "uses",
    mark("Approved indications by jurisdiction"),
    lambda scene: {"chart": drawing(approved_uses.indication_matrix, scene.dataset, scene.countries, scene.choice["in_square"])},
    lambda _scene, _style: _(
        "Each square is an indication in one jurisdiction: the darker or brighter it stands out, the more products are authorised for it. An empty place means that no authorisation was found."
    ),
    settings=lambda _dataset: (IN_SQUARE,),
)
AGES = Figure(
    "approvals",
    "ages",
    mark("Age groups for which products are authorised"),
    lambda scene: {"chart": drawing(approval_kinds.age_bars, scene.dataset, scene.countries)},
    lambda _scene, _style: _(
        "Each bar is a jurisdiction, cut by the age groups for which its products are authorised. The grey end is not a finding: sources do not say."
    ),
)
PATHWAYS = Figure(
    "approvals",
    "pathways",
    mark("Kinds of marketing authorisation"),
    lambda scene: {"chart": drawing(approval_kinds.pathway_bars, scene.dataset, scene.countries)},
    lambda _scene, _style: _(
        "Each bar counts a jurisdiction's authorisations by kind. Conditional and accelerated ones rest on early evidence and can be taken back; a hospital exemption is for one hospital's own product. The grey part is what no source states."
    ),
)
CUMULATIVE = Figure(
    "approvals",
    "cumulative",
    mark("Countries with a product authorised or under a hospital exemption, over time"),
    lambda scene: {
        "chart": drawing(timelines.cumulative_approvals, scene.dataset, scene.countries),
        "play": drawing(growing_approvals, scene.dataset, scene.countries),
    },
    lambda _scene, _style: _("Each line counts the countries of an income group from the day of their first authorisation."),
)
LAG = Figure(
    "approvals",
    "lag",
    mark("Years behind the first approval in the world"),
    lambda scene: {"chart": drawing(timelines.approval_lag_chart, scene.dataset, scene.countries)},
    lambda _scene, _style: _("Each dot is one product. At zero, the jurisdiction was the first in the world."),
)
UNDECIDED = Figure(
    "approvals",
    "undecided",
    mark("Applications without a known decision"),
    lambda scene: {"chart": drawing(applications.undecided_timeline, scene.dataset, scene.countries)},
    lambda _scene, _style: _(
        "Each line is one application, from the day that a source gives to the day of our last check, by which no decision was found. A hollow mark stands at the date of its source."
    ),
)
FIGURES = (MATRIX, USES, AGES, PATHWAYS, CUMULATIVE, LAG, UNDECIDED)
