"""Care: where CAR-T is given and to how many, what it takes to get there, and where need is large and centres are few."""

from html import escape

import pandas as pd
import streamlit as st

from indicators import catalog, language
from indicators.catalog import observe
from indicators.charts import animations, bars, care_dots, need_capacity, of_countries, patient_counts, treatment_rates
from indicators.language import _, mark, ngettext
from indicators.measures import care, need
from indicators.observations import DOCUMENTED_NONE, NO_EVIDENCE
from ui import controls, data, filters, shell, state
from ui.card import card, chart
from ui.filters import View
from ui.shell import KeyFigures
from ui.state import Control

CENTRE_MEASURES = ("treatment-centres", "centres-per-10-million")
PATIENT_MEASURES = ("patients-treated", "patients-per-million", "treatment-rate", "patients-treated-ever")
TRIAL_MEASURES = ("clinical-trials", "trials-per-10-million")

CENTRES_BY = Control("centres_by", CENTRE_MEASURES[0], state.one_of(CENTRE_MEASURES))
PATIENTS_BY = Control("patients_by", PATIENT_MEASURES[0], state.one_of(PATIENT_MEASURES))
COUNTED = Control("counted", "patients-treated-annual", state.one_of(list(patient_counts.COUNTED_TEXTS)))
TRIALS_BY = Control("trials_by", TRIAL_MEASURES[0], state.one_of(TRIAL_MEASURES))
AGAINST = Control("against", need_capacity.AGAINST[0], state.one_of(need_capacity.AGAINST))

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


def counted(view: View, indicator_id: str) -> pd.DataFrame:
    """Return an indicator's observations in the chosen countries that carry a value; documented absences are none."""
    seen = view.chosen(observe(view.dataset, indicator_id))
    return seen[seen["value"].notna() & (seen["status"] != DOCUMENTED_NONE)]


def patients_figure(view: View) -> tuple[str, str]:
    """Return the sum of the newest yearly national figures, with how many countries and which years it is of."""
    patients = counted(view, "patients-treated")
    if patients.empty:
        return "–", _("no yearly figure of patients in a whole country is known")
    years = patients["year"].dropna()
    what = ngettext(
        "patients in a year in {count} country with such a figure ({years}): a floor",
        "patients in a year in {count} countries with such a figure ({years}), added up: a floor",
        len(patients),
    )
    span = f"{int(years.min())}" if years.min() == years.max() else f"{int(years.min())}–{int(years.max())}"
    return language.number(patients["value"].sum()), what.format(count=len(patients), years=span)


def uncovered_figure(view: View) -> tuple[str, str]:
    """Return the share of new cases in countries of which no count of centres is known."""
    cases = view.chosen(need.new_cases_of_three(view.dataset)).set_index("iso3")["value"].dropna()
    centres = view.chosen(observe(view.dataset, "treatment-centres")).set_index("iso3")["status"]
    if cases.empty or not cases.sum():
        return "–", _("no estimate of new cases is known")
    unknown = cases[centres.reindex(cases.index) == NO_EVIDENCE]
    return language.percent(unknown.sum() / cases.sum()), _("of new cases of the three cancers occur where no count of centres was found")


def key_figures(view: View) -> KeyFigures:
    """Return where CAR-T is known to be given, how many centres and patients are counted, and where need meets no known centre."""
    given = view.chosen(care.gives_treatment(view.dataset))
    places = int((given["label"] == "yes").sum())
    centres = counted(view, "treatment-centres")
    total = int(centres["value"].sum())
    return [
        (language.number(places), ngettext("country in which CAR-T is known to be given", "countries in which CAR-T is known to be given", places)),
        (
            language.number(total) if total else "–",
            ngettext("treatment centre counted", "treatment centres counted", total)
            + ngettext(", in {count} country", ", in {count} countries", len(centres)).format(count=len(centres))
            if total
            else _("no count of treatment centres is known"),
        ),
        patients_figure(view),
        uncovered_figure(view),
    ]


def choose(control: Control, label: str, options: tuple[str, ...]) -> str:
    """Show a menu of indicators with the definition of the one chosen beside it, and return its id."""
    menu, note = st.columns([2, 3], vertical_alignment="bottom")
    with menu:
        chosen = controls.select(control, label, options, lambda indicator_id: _(catalog.get(indicator_id).title))
    with note:
        st.html(f"<p class='how-to-read'>{escape(_(catalog.get(chosen).definition))}</p>")
    return chosen


dataset = data.current()
current = filters.view(dataset)

shell.page_head(
    _("Where is CAR-T given, and to how many?"),
    _("Treatment centres, patients, trials, waiting and travel as sources state them, beside the need.") + " " + filters.describe(current),
)
shell.key_figures(current.remember("care-figures", key_figures))
filters.draw(dataset)

shell.section(_("Where it is given"))
centres_by = choose(CENTRES_BY, _("Measure of centres"), CENTRE_MEASURES)
card(
    "centres",
    current,
    {
        "map": lambda: chart(of_countries.world, current.dataset, centres_by, current.countries, current.regions),
        "ranking": lambda: chart(of_countries.ranking, current.dataset, centres_by, current.countries),
        "trend": lambda: chart(bars.trend, current.whole, centres_by, current.countries, current.day),
        "play": lambda: chart(animations.playing_map, current.whole, centres_by, current.countries, current.regions, current.day),
    },
    _(HOW_TO_READ[centres_by]),
)
card(
    "routes",
    current,
    {
        "map": lambda: chart(of_countries.world, current.dataset, "route-to-treatment", current.countries, current.regions),
        "ranking": lambda: chart(of_countries.ranking, current.dataset, "route-to-treatment", current.countries),
    },
    _("The best route that is known in each country; a trial or a named patient can mean a handful of people a year."),
)

shell.section(_("To how many"))
patients_by = choose(PATIENTS_BY, _("Measure of patients"), PATIENT_MEASURES)
card(
    "patients",
    current,
    {
        "ranking": lambda: chart(of_countries.ranking, current.dataset, patients_by, current.countries),
        "map": lambda: chart(of_countries.world, current.dataset, patients_by, current.countries, current.regions),
        "trend": lambda: chart(bars.trend, current.whole, patients_by, current.countries, current.day),
        "play": lambda: chart(animations.playing_map, current.whole, patients_by, current.countries, current.regions, current.day),
    },
    _(HOW_TO_READ[patients_by]),
)
card(
    "rates",
    current,
    {"chart": lambda: chart(treatment_rates.rates_over_time, current.dataset, current.countries)},
    _("Each line is a country; the seven with the highest newest rate have a colour and a name, the others show theirs when you point at them."),
)
with st.columns([2, 3])[0]:
    metric = controls.select(COUNTED, _("Patients counted"), list(patient_counts.COUNTED_TEXTS), lambda code: _(patient_counts.COUNTED_TEXTS[code]))
card(
    "covers",
    current,
    {"chart": lambda: chart(patient_counts.patient_counts, current.dataset, current.countries, metric)},
    _(
        "Each mark is one figure, its colour what it covers: a figure of one centre says nothing about the country. Triangles point to where a bound leaves room, open diamonds are plans. Each step of the scale is ten times the one before."
    ),
)
trials_by = choose(TRIALS_BY, _("Measure of trials"), TRIAL_MEASURES)
card(
    "trials",
    current,
    {
        "ranking": lambda: chart(of_countries.ranking, current.dataset, trials_by, current.countries),
        "map": lambda: chart(of_countries.world, current.dataset, trials_by, current.countries, current.regions),
    },
    _(HOW_TO_READ[trials_by]),
)

shell.section(_("What it takes to get there"))
card(
    "way",
    current,
    {"chart": lambda: chart(care_dots.on_the_way, current.dataset, current.countries)},
    _(
        "One line is one finding; its colour is what it covers, and the text at the right says who was counted. A dot is a figure, ≈ means about, a bar with end marks a range; a triangle points to where a bound leaves room."
    ),
)
card(
    "reach",
    current,
    {"chart": lambda: chart(care_dots.reach, current.dataset, current.countries)},
    _("Three shares that must not be compared with each other: of all who are eligible, of those enrolled, and of those whose cells were collected."),
)

shell.section(_("Need against capacity"))
against = choose(AGAINST, _("Capacity"), need_capacity.AGAINST)
card(
    "need",
    current,
    {"chart": lambda: chart(need_capacity.need_against, current.dataset, current.countries, against)},
    _(
        "Each dot is a country: the further right, the more new cases; the lower, the less capacity for its people. Need is large and capacity small at the lower right. A triangle is a bound, and points to where it leaves room. Countries of which nothing is known, or of which a source documents that there is none, lie in lanes of their own below and are not zeros."
    ),
)
card(
    "eligible",
    current,
    {"chart": lambda: chart(care_dots.eligible, current.dataset, current.countries)},
    _("Bars run from the low to the high end of an estimate. Each step of the scale is ten times the one before."),
)
