"""Compare: any measure against any other, for any countries."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import streamlit as st

from indicators import catalog, jurisdictions, language, selection
from indicators.catalog import Domain
from indicators.charts import among, axes, scatter, small_multiples
from indicators.language import _, mark, ngettext
from indicators.observations import DOCUMENTED_NONE
from ui import controls, data, filters, shell, state
from ui.card import card, chart
from ui.filters import View
from ui.shell import KeyFigures
from ui.state import Control

MEASURES = [item.id for domain in Domain for item in catalog.in_domain(domain) if not item.by_product]
SCALE_TEXTS = {"linear": mark("Even"), "log": mark("Logarithmic")}
AMONG_TEXTS = {
    "all": mark("all other countries"),
    "income": mark("the same income group"),
    "region": mark("the same region"),
    "none": mark("nobody else"),
}
PANELS_BY_DEFAULT = 12

X = Control("x", "gdp-per-head", state.one_of(MEASURES))
Y = Control("y", "products-approved", state.one_of(MEASURES))
X_SCALE = Control("x_scale", "log", state.one_of(list(SCALE_TEXTS)))
Y_SCALE = Control("y_scale", "linear", state.one_of(list(SCALE_TEXTS)))
SIZE = Control("size", "population", state.one_of([*scatter.SIZES, "none"]))
TREND = Control("trend", (), state.one_of(["line"]), many=True)
AMONG = Control("among", "all", state.one_of(list(AMONG_TEXTS)))
OVER_TIME = Control("panels", "y", state.one_of(["y", "x"]))


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


def everyone(view: View) -> tuple[str, ...]:
    """Return the countries that the filters of region and income group leave, whichever of them are chosen."""
    return tuple(jurisdictions.select(view.dataset["countries"], view.regions, state.value(filters.INCOME)))


def compared(view: View, all_countries: tuple[str, ...], among_whom: str) -> tuple[str, ...]:
    """Return the countries that are drawn: the chosen ones, and around them the others that the reader wants."""
    if not view.countries or among_whom == "none":
        return view.countries
    if among_whom == "all":
        return all_countries
    return selection.peers(view.dataset, all_countries, view.countries, "wb_income_group" if among_whom == "income" else "un_m49_region")


def paneled(view: View, are_chosen: bool) -> tuple[tuple[str, ...], str]:
    """Return the countries that get a panel over time, and in words why these; ``are_chosen``: by the reader, one by one or as a group."""
    count, most = len(view.countries), small_multiples.MOST_PANELS
    if are_chosen and count > most:
        text = _("There is room for {most} countries: these are the {most} of the {count} chosen ones with the most people.")
        return selection.largest(view.dataset, view.countries, most), text.format(most=most, count=count)
    if count <= most:
        return view.countries, ""
    text = _("These are the {shown} of {count} countries with the most facts in the atlas; choose countries by name to see others, up to {most}.")
    return selection.most_documented(view.dataset, view.countries, PANELS_BY_DEFAULT), text.format(shown=PANELS_BY_DEFAULT, count=count, most=most)


dataset = data.current()
current = filters.view(dataset)
all_countries = everyone(current)
are_chosen = len(current.countries) < len(all_countries)
for control in (X, Y, X_SCALE, Y_SCALE, SIZE, AMONG, OVER_TIME):  # some are shown for some measures only, but always in the address
    state.value(control)

shell.page_head(
    _("How do countries compare?"),
    _("Any measure against any other, for any countries: where they stand, who ranks where, and what changed.") + " " + filters.describe(current),
)
x_now, y_now = state.value(X), state.value(Y)
shell.key_figures(current.remember(f"compare-figures-{x_now}-{y_now}", lambda view: key_figures(view, x_now, y_now)))
filters.draw(dataset)

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
    size = controls.select(SIZE, _("Area of a dot"), [*scatter.SIZES, "none"], lambda code: _("the same for all") if code == "none" else measure_text(code))
with among_column:
    if are_chosen:
        controls.select(AMONG, _("Chosen countries among"), list(AMONG_TEXTS), lambda code: _(AMONG_TEXTS[code]))
with trend_column:
    state.value(TREND)
    st.pills(_("Trend"), ["line"], key=TREND.key, selection_mode="multi", format_func=lambda code: _("Trend line"), label_visibility="collapsed")

countries = compared(current, all_countries, state.value(AMONG)) if are_chosen else current.countries
highlighted = current.countries if are_chosen else ()
logs = (state.value(X_SCALE) == "log", state.value(Y_SCALE) == "log")
has_trend_line = bool(state.value(TREND))

card(
    "scatter",
    current,
    {"chart": lambda: chart(scatter.scatter, current.dataset, x, y, "" if size == "none" else size, countries, highlighted, *logs, has_trend_line)},
    _(
        "The higher a dot, the higher the country in the first measure; the farther right, in the second. On a logarithmic axis equal distances are equal ratios. Only names that have room are written: point at a dot for the others."
    ),
)

if x != y:
    y_column, x_column = st.columns(2, gap="medium")
    with y_column:
        card(
            "rank_y",
            current,
            {"ranking": lambda: chart(among.ranking, current.dataset, y, countries, highlighted)},
            _("Countries in the order of the measure on the y axis."),
        )
    with x_column:
        card(
            "rank_x",
            current,
            {"ranking": lambda: chart(among.ranking, current.dataset, x, countries, highlighted)},
            _("Countries in the order of the measure on the x axis."),
        )
else:
    card("rank_y", current, {"ranking": lambda: chart(among.ranking, current.dataset, y, countries, highlighted)}, _("Countries in the order of the measure."))

shell.section(_("Over time"))
histories = [axis for axis, measure in (("y", y), ("x", x)) if small_multiples.has_history(catalog.get(measure))]
if len(histories) > 1 and x != y:
    controls.segments(OVER_TIME, _("Measure over time"), ["y", "x"], lambda axis: measure_text(y if axis == "y" else x))
if histories:
    axis = state.value(OVER_TIME) if len(histories) > 1 else histories[0]
    panels, why = paneled(current, are_chosen)
    card(
        "over_time",
        current,
        {"trend": lambda: chart(small_multiples.small_multiples, current.whole, y if axis == "y" else x, panels, current.day)},
        _("One panel for each country, from the same start to the same end, on the same axes; the first and the last known value are written out.")
        + (f" {why}" if why else ""),
    )
else:
    st.html(f"<p class='how-to-read'>{escape(_('Neither measure has a value for each year here: it is a date, or a figure of its newest year only.'))}</p>")
