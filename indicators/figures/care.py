"""The figures of the care page: where CAR-T is given and to how many, the way there, and need against capacity."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from indicators.charts import animations, bars, care_dots, need_capacity, of_countries, patient_counts, treatment_rates
from indicators.charts.template import Style
from indicators.dataset import Dataset
from indicators.figures.figure import Drawing, Figure, drawing
from indicators.language import _, mark
from indicators.scene import Scene
from indicators.settings import Setting, one_of

CENTRE_MEASURES = ("treatment-centres", "centres-per-10-million")
PATIENT_MEASURES = ("patients-treated", "patients-per-million", "treatment-rate", "patients-treated-ever")
TRIAL_MEASURES = ("clinical-trials", "trials-per-10-million")

CENTRES_BY = Setting("centres_by", CENTRE_MEASURES[0], one_of(CENTRE_MEASURES))
PATIENTS_BY = Setting("patients_by", PATIENT_MEASURES[0], one_of(PATIENT_MEASURES))
COUNTED = Setting("counted", "patients-treated-annual", one_of(list(patient_counts.COUNTED_TEXTS)))
TRIALS_BY = Setting("trials_by", TRIAL_MEASURES[0], one_of(TRIAL_MEASURES))
AGAINST = Setting("against", need_capacity.AGAINST[0], one_of(need_capacity.AGAINST))

# What the readers of a country's figure must know before they set it beside another's.
HOW_TO_READ = {
    "treatment-centres": mark("Sources count differently: accredited hospitals, certified centres, or transplant teams with at least one patient in the year."),
    "centres-per-10-million": mark("Centres beside population. A small country with one centre can stand far ahead of a large one with twenty."),
    "patients-treated": mark(
        "The newest yearly figure for the whole country. Some count patients, some infusions; most come from transplant teams that report to EBMT."
    ),
    "patients-per-million": mark("The newest yearly figure beside the population of that year."),
    "treatment-rate": mark("Printed by one body with one method, so this is the fairest comparison; it covers only countries whose teams report to it."),
    "patients-treated-ever": mark("Sources begin to count in different years, so an older programme is not the only reason for a larger figure."),
    "clinical-trials": mark("Trials of any status with a site in the country; what only a national register lists is missing."),
    "trials-per-10-million": mark("Trials beside population. A trial in several countries counts in each of them."),
}


def _by_measure(setting: Setting) -> Callable[[Scene, Style], str]:
    return lambda scene, _style: _(HOW_TO_READ[scene.choice[setting.name]])


def _each(setting: Setting, options: tuple[str, ...]) -> Callable[[Dataset], tuple[Mapping[str, str], ...]]:
    return lambda _dataset: tuple({setting.name: option} for option in options)


def _map(scene: Scene, measure: str) -> Drawing:
    return drawing(of_countries.world, scene.dataset, measure, scene.countries, scene.regions)


def _ranking(scene: Scene, measure: str) -> Drawing:
    return drawing(of_countries.ranking, scene.dataset, measure, scene.countries)


def _over_time(scene: Scene, measure: str) -> dict[str, Drawing]:
    return {
        "trend": drawing(bars.trend, scene.whole, measure, scene.countries, scene.day),
        "play": drawing(animations.playing_map, scene.whole, measure, scene.countries, scene.regions, scene.day),
    }


def _centres(scene: Scene) -> Mapping[str, Drawing]:
    measure = scene.choice["centres_by"]
    return {"map": _map(scene, measure), "ranking": _ranking(scene, measure), **_over_time(scene, measure)}


def _patients(scene: Scene) -> Mapping[str, Drawing]:
    measure = scene.choice["patients_by"]
    return {"ranking": _ranking(scene, measure), "map": _map(scene, measure), **_over_time(scene, measure)}


CENTRES = Figure(
    "care",
    "centres",
    mark("Treatment centres"),
    _centres,
    _by_measure(CENTRES_BY),
    settings=lambda _dataset: (CENTRES_BY,),
    variants=_each(CENTRES_BY, CENTRE_MEASURES),
)
ROUTES = Figure(
    "care",
    "routes",
    mark("Best known route to treatment"),
    lambda scene: {"map": _map(scene, "route-to-treatment"), "ranking": _ranking(scene, "route-to-treatment")},
    lambda _scene, _style: _("The best route that is known in each country; a trial or a named patient can mean a handful of people a year."),
)
PATIENTS = Figure(
    "care",
    "patients",
    mark("Patients treated"),
    _patients,
    _by_measure(PATIENTS_BY),
    settings=lambda _dataset: (PATIENTS_BY,),
    variants=_each(PATIENTS_BY, PATIENT_MEASURES),
)
RATES = Figure(
    "care",
    "rates",
    mark("Treatment rates over time"),
    lambda scene: {"chart": drawing(treatment_rates.rates_over_time, scene.dataset, scene.countries)},
    lambda _scene, _style: _(
        "Each line is a country; the seven with the highest newest rate have a colour and a name, the others show theirs when you point at them."
    ),
)
COVERS = Figure(
    "care",
    "covers",
    mark("Figures of patients, by what they cover"),
    lambda scene: {"chart": drawing(patient_counts.patient_counts, scene.dataset, scene.countries, scene.choice["counted"])},
    lambda _scene, _style: _(
        "Each mark is one figure, its colour what it covers: a figure of one centre says nothing about the country. Triangles point to where a bound leaves room, open diamonds are plans. Each step of the scale is ten times the one before."
    ),
    settings=lambda _dataset: (COUNTED,),
    variants=_each(COUNTED, tuple(patient_counts.COUNTED_TEXTS)),
)
TRIALS = Figure(
    "care",
    "trials",
    mark("Clinical trials"),
    lambda scene: {"ranking": _ranking(scene, scene.choice["trials_by"]), "map": _map(scene, scene.choice["trials_by"])},
    _by_measure(TRIALS_BY),
    settings=lambda _dataset: (TRIALS_BY,),
    variants=_each(TRIALS_BY, TRIAL_MEASURES),
)
WAY = Figure(
    "care",
    "way",
    mark("Travel, waiting and other findings on the way to treatment"),
    lambda scene: {"chart": drawing(care_dots.on_the_way, scene.dataset, scene.countries)},
    lambda _scene, _style: _(
        "One line is one finding; its colour is what it covers, and the text at the right says who was counted. A dot is a figure, ≈ means about, a bar with end marks a range; a triangle points to where a bound leaves room."
    ),
)
REACH = Figure(
    "care",
    "reach",
    mark("Shares of patients who are reached"),
    lambda scene: {"chart": drawing(care_dots.reach, scene.dataset, scene.countries)},
    lambda _scene, _style: _(
        "Three shares that must not be compared with each other: of all who are eligible, of those enrolled, and of those whose cells were collected."
    ),
)
NEED = Figure(
    "care",
    "need",
    mark("Need against capacity"),
    lambda scene: {"chart": drawing(need_capacity.need_against, scene.dataset, scene.countries, scene.choice["against"])},
    lambda _scene, _style: _(
        "Each dot is a country: the further right, the more new cases; the lower, the less capacity for its people. Need is large and capacity small at the lower right. A triangle is a bound, and points to where it leaves room. Countries of which nothing is known, or of which a source documents that there is none, lie in lanes of their own below and are not zeros."
    ),
    settings=lambda _dataset: (AGAINST,),
    variants=_each(AGAINST, tuple(need_capacity.AGAINST)),
)
ELIGIBLE = Figure(
    "care",
    "eligible",
    mark("Estimates of eligible patients"),
    lambda scene: {"chart": drawing(care_dots.eligible, scene.dataset, scene.countries)},
    lambda _scene, _style: _("Bars run from the low to the high end of an estimate. Each step of the scale is ten times the one before."),
)
FIGURES = (CENTRES, ROUTES, PATIENTS, RATES, COVERS, TRIALS, WAY, REACH, NEED, ELIGIBLE)
