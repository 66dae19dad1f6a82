"""Compare: any measure against any other, for any countries."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import streamlit as st

from indicators import catalog, language
from indicators.charts import axes, scatter
from indicators.figures import compare as figures
from indicators.figures.compare import AMONG, AMONG_TEXTS, MEASURES, OVER_TIME, SCALE_TEXTS, SIZE, TREND, X_SCALE, Y_SCALE, X, Y
from indicators.language import _, mark, ngettext
from indicators.observations import DOCUMENTED_NONE
from ui import controls, data, filters, shell, state
from ui.card import card
from ui.filters import View
from ui.shell import KeyFigures
from ui.state import Control


@dataclass(frozen=True, slots=True)
class Preset:
    """A comparison that people ask for, in one click."""

    text: str
    x: str
    y: str
    x_scale: str = "log"
    y_scale: str = "linear"
    size: str = "population"

    @property
    def settings(self) -> dict[Control, str]:
        """What its controls are set to."""
        return {X: self.x, Y: self.y, X_SCALE: self.x_scale, Y_SCALE: self.y_scale, SIZE: self.size}


PRESETS = {
    "approvals": Preset(mark("Approvals by GDP"), "gdp-per-head", "products-approved"),
    "prices": Preset(mark("List prices by GDP"), "gdp-per-head", "median-list-price"),
    "lag": Preset(mark("Approval lag by GDP"), "gdp-per-head", "median-approval-lag"),
    "cover": Preset(mark("Cover by health spending"), "health-spending-per-head", "products-covered"),
    "centres": Preset(mark("Centres by population"), "population", "treatment-centres", "log", "log", "new-cases-three-cancers"),
    "patients": Preset(mark("Patients by new cases"), "new-cases-three-cancers", "patients-treated", "log", "log"),
}


def set_up(preset: Preset) -> None:
    """Set the controls to a comparison."""
    for control, code in preset.settings.items():
        st.session_state[control.key] = code


def swap() -> None:
    """Let the axes change places, each with its scale."""
    kept = st.session_state
    for one, other in ((X, Y), (X_SCALE, Y_SCALE)):
        kept[one.key], kept[other.key] = kept[other.key], kept[one.key]


def measure_text(code: str) -> str:
    """Return a measure's name behind that of its domain."""
    indicator = catalog.get(code)
    return f"{_(catalog.DOMAIN_TITLES[indicator.domain])}: {_(indicator.short_title)}"


def key_figures(view: View, x: str, y: str) -> KeyFigures:
    """Return how many of the chosen countries have a value of one measure, of the other, and of both."""
    having = []
    for measure in (y, x):
        seen = view.chosen(catalog.observe(view.dataset, measure))
        is_value = (seen["status"] != DOCUMENTED_NONE) | (catalog.get(measure).value_type is catalog.ValueType.CATEGORY)
        having.append(set(seen.loc[seen["value"].notna() & is_value, "iso3"]))
    figures = [(len(view.countries), ngettext("country chosen", "countries chosen", len(view.countries)))]
    for measure, countries in zip((y, x), having, strict=True):
        text = ngettext("country with a value of “{measure}”", "countries with a value of “{measure}”", len(countries))
        figures.append((len(countries), text.format(measure=_(catalog.get(measure).short_title))))
    both = len(having[0] & having[1])
    figures.append((both, ngettext("country with both, which can be compared", "countries with both, which can be compared", both)))
    return [(language.number(count), text) for count, text in figures]


dataset = data.current()
current = filters.view(dataset)
for control in (X, Y, X_SCALE, Y_SCALE, SIZE, AMONG, OVER_TIME):  # some are shown for some measures only, but always in the address
    state.value(control)

shell.page_head(
    _("How do countries compare?"),
    _("Any measure against any other, for any countries: where they stand, who ranks where, and what changed.") + " " + filters.describe(current),
)
x_now, y_now = state.value(X), state.value(Y)
shell.key_figures(current.remember(f"compare-figures-{x_now}-{y_now}", lambda view: key_figures(view, x_now, y_now)))
filters.draw(dataset)

# On a phone the measures fold away behind a line of text, so that the figure comes first.
st.html(f"<details class='fold'><summary>{escape(_('Measures, scales and what the area of a dot stands for'))}</summary></details>")
with st.container(key="measures"):
    with st.container(horizontal=True, key="presets", gap="small"):
        for code, preset in PRESETS.items():
            is_on = all(state.value(control) == wanted for control, wanted in preset.settings.items())
            st.button(_(preset.text), key=f"preset-{code}", on_click=set_up, args=(preset,), icon=":material/check:" if is_on else None)

    left, between, right = st.columns([5, 1, 5])
    with left:
        y = controls.select(Y, _("Up: y axis"), MEASURES, measure_text)
        if axes.can_be_logarithmic(catalog.get(y)):
            controls.segments(Y_SCALE, _("Scale of the y axis"), list(SCALE_TEXTS), lambda code: _(SCALE_TEXTS[code]))
    with between:
        st.space("small")  # as high as the names of the menus beside it
        st.button(_("Swap"), key="swap", icon=":material/swap_horiz:", on_click=swap, help=_("Let the axes change places"), width="stretch")
    with right:
        x = controls.select(X, _("Across: x axis"), MEASURES, measure_text)
        if axes.can_be_logarithmic(catalog.get(x)):
            controls.segments(X_SCALE, _("Scale of the x axis"), list(SCALE_TEXTS), lambda code: _(SCALE_TEXTS[code]))
    size_column, trend_column, among_column = st.columns([5, 1.4, 4.6], vertical_alignment="bottom")
    with size_column:
        controls.select(SIZE, _("Area of a dot"), [*scatter.SIZES, "none"], lambda code: _("the same for all") if code == "none" else measure_text(code))
    with among_column:
        if figures.are_chosen(current):
            controls.select(AMONG, _("Chosen countries among"), list(AMONG_TEXTS), lambda code: _(AMONG_TEXTS[code]))
    with trend_column:
        state.value(TREND)
        st.pills(_("Trend"), ["line"], key=TREND.key, selection_mode="multi", format_func=lambda code: _("Trend line"), label_visibility="collapsed")

card(figures.SCATTER, current)
if x != y:
    y_column, x_column = st.columns(2, gap="medium")
    with y_column:
        card(figures.RANK_Y, current)
    with x_column:
        card(figures.RANK_X, current)
else:
    card(figures.RANK_Y, current)

shell.section(_("Over time"))
histories = figures.histories(x, y)
if len(histories) > 1 and x != y:
    controls.segments(OVER_TIME, _("Measure over time"), ["y", "x"], lambda axis: measure_text(y if axis == "y" else x))
if histories:
    card(figures.OVER_TIME_PANELS, current)
else:
    st.html(f"<p class='how-to-read'>{escape(_('Neither measure has a value for each year here: it is a date, or a figure of its newest year only.'))}</p>")
