"""Care: where CAR-T is given and to how many, what it takes to get there, and where need is large and centres are few."""

from html import escape

import pandas as pd
import streamlit as st

from indicators import catalog, language
from indicators.catalog import observe
from indicators.charts import need_capacity, patient_counts
from indicators.figures import care as figures
from indicators.language import _, ngettext
from indicators.measures import care, need
from indicators.observations import DOCUMENTED_NONE, NO_EVIDENCE
from ui import controls, data, filters, shell
from ui.card import card
from ui.filters import View
from ui.shell import KeyFigures
from ui.state import Control


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


def choose(control: Control, label: str, options: tuple[str, ...]) -> None:
    """Show a menu of indicators with the definition of the one chosen beside it."""
    menu, note = st.columns([2, 3], vertical_alignment="bottom")
    with menu:
        chosen = controls.select(control, label, options, lambda indicator_id: _(catalog.get(indicator_id).title))
    with note:
        st.html(f"<p class='how-to-read'>{escape(_(catalog.get(chosen).definition))}</p>")


dataset = data.current()
current = filters.view(dataset)

shell.page_head(
    _("Where is CAR-T given, and to how many?"),
    _("Treatment centres, patients, trials, waiting and travel as sources state them, beside the need.") + " " + filters.describe(current),
)
shell.key_figures(current.remember("care-figures", key_figures))
filters.draw(dataset)

shell.section(_("Where it is given"))
choose(figures.CENTRES_BY, _("Measure of centres"), figures.CENTRE_MEASURES)
card(figures.CENTRES, current)
card(figures.ROUTES, current)

shell.section(_("To how many"))
choose(figures.PATIENTS_BY, _("Measure of patients"), figures.PATIENT_MEASURES)
card(figures.PATIENTS, current)
card(figures.RATES, current)
with st.columns([2, 3])[0]:
    controls.select(figures.COUNTED, _("Patients counted"), list(patient_counts.COUNTED_TEXTS), lambda code: _(patient_counts.COUNTED_TEXTS[code]))
card(figures.COVERS, current)
choose(figures.TRIALS_BY, _("Measure of trials"), figures.TRIAL_MEASURES)
card(figures.TRIALS, current)

shell.section(_("What it takes to get there"))
card(figures.WAY, current)
card(figures.REACH, current)

shell.section(_("Need against capacity"))
choose(figures.AGAINST, _("Capacity"), need_capacity.AGAINST)
card(figures.NEED, current)
card(figures.ELIGIBLE, current)
