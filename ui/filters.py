"""The filters that hold on every page: as of which day, which regions, income groups and countries."""

from __future__ import annotations

from datetime import date

import streamlit as st

from indicators import groups, language, scene
from indicators.charts.bars import INCOME_TEXTS
from indicators.dataset import Dataset
from indicators.language import _
from indicators.scene import AS_OF, FIRST_DAY, INCOME, REGION, REGION_TEXTS, TODAY
from indicators.scene import Scene as View
from indicators.tables import INCOME_GROUPS
from ui import controls, state
from ui.state import Control

__all__ = ["AS_OF", "FIRST_DAY", "INCOME", "REGION", "REGION_TEXTS", "View", "describe", "draw", "stop_text", "stops", "view", "warn_if_nobody"]

_RECENT = "recent-countries"
_MOST_RECENT = 8


def _countries_control(dataset: Dataset) -> Control:
    return scene.countries_setting(dataset)


def view(dataset: Dataset) -> View:
    """Return what the filters say, before they are drawn."""
    return scene.compose(dataset, {control.name: state.value(control) for control in scene.global_settings(dataset)})


def draw(dataset: Dataset) -> None:
    """Draw the row of filters."""
    with st.container(key="filters"):
        region, income, countries, as_of = st.columns([1, 1, 1.4, 1.3], gap="medium")
        with region:
            controls.choose_many(REGION, _("Region"), list(REGION_TEXTS), lambda code: _(REGION_TEXTS[code]), _("World"))
        with income:
            controls.choose_many(INCOME, _("Income group"), INCOME_GROUPS, lambda code: _(INCOME_TEXTS[code]), _("All income groups"))
        with countries:
            _choose_countries(dataset)
        with as_of:
            controls.slide(AS_OF, _("As of"), stops(), stop_text)
    warn_if_nobody(view(dataset))


def warn_if_nobody(current: View) -> None:
    """Say so when no country passes the filters: then nothing below says anything about anybody."""
    if not current.countries:
        st.info(_("No country passes these filters together, so there is nothing to show. Take one of them out."))


def _choose_countries(dataset: Dataset) -> None:
    """Show the field of countries: found by name, ISO code or common short form; the last used first, then groups."""
    control = _countries_control(dataset)
    chosen = state.value(control)
    recent = [place for place in chosen if place not in groups.GROUPS]
    recent = list(dict.fromkeys([*recent, *st.session_state.get(_RECENT, [])]))[:_MOST_RECENT]
    st.session_state[_RECENT] = recent
    rest = [iso3 for iso3 in _by_name(dataset) if iso3 not in set(recent)]
    controls.choose_many(control, _("Countries or groups"), [*recent, *groups.GROUPS, *rest], lambda code: _place_text(dataset, code), _("All countries"))


def _place_text(dataset: Dataset, code: str) -> str:
    def write() -> dict[str, str]:
        texts = {one: f"{_(group.title)} · {language.number(len(groups.members(dataset, one)))}" for one, group in groups.GROUPS.items()}
        for iso3 in dataset["countries"]["iso3"]:
            name = language.country_name(iso3)
            other = [form for form in groups.SHORT_FORMS.get(iso3, ()) if form.casefold() not in name.casefold()]
            texts[iso3] = " · ".join(dict.fromkeys([*other[:1], name, iso3, *other[1:]] if iso3 in groups.KNOWN_BY_SHORT_FORM else [name, iso3, *other]))
        return texts

    return dataset.remember(("place_texts", language.current()), write)[code]


def _by_name(dataset: Dataset) -> tuple[str, ...]:
    return dataset.remember(
        ("countries_by_text", language.current()), lambda: tuple(sorted(dataset["countries"]["iso3"], key=lambda iso3: _place_text(dataset, iso3)))
    )


def stops() -> list[str]:
    """Return the ends of the years since the first approval, today, and a day that the address asks for."""
    days = {date(year, 12, 31).isoformat() for year in range(FIRST_DAY.year, date.today().year)}
    chosen = state.value(AS_OF)
    return [*sorted(days | ({chosen} if chosen != TODAY else set())), TODAY]


def stop_text(stop: str) -> str:
    """Return a stop of the slider in words: a year stands for its end."""
    if stop == TODAY:
        return _("today")
    return stop[:4] if stop.endswith("-12-31") else language.day(stop)


def describe(current: View) -> str:
    """Return the filters in words, for the head of a page."""
    return _("As known on {day}.").format(day=language.day(current.day))
