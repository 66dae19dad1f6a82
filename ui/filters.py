"""The filters that hold on every page: as of which day, which regions, income groups and countries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import pandas as pd
import streamlit as st

from indicators import groups, jurisdictions, language, periods
from indicators.charts.bars import INCOME_TEXTS
from indicators.dataset import Dataset
from indicators.language import _, mark
from indicators.tables import INCOME_GROUPS
from ui import controls, state
from ui.state import Control

FIRST_DAY = date(2017, 8, 30)  # the first approval of a CAR-T product anywhere
TODAY = "today"
_RECENT = "recent-countries"
_MOST_RECENT = 8
_Result = TypeVar("_Result")

REGION_TEXTS = {
    "Africa": mark("Africa"),
    "Americas": mark("Americas"),
    "Asia": mark("Asia"),
    "Europe": mark("Europe"),
    "Oceania": mark("Oceania"),
    # Subregions of the same standard, for those who ask about one.
    "Northern Africa": mark("Northern Africa"),
    "Sub-Saharan Africa": mark("Sub-Saharan Africa"),
    "Latin America and the Caribbean": mark("Latin America and the Caribbean"),
    "Northern America": mark("Northern America"),
    "Central Asia": mark("Central Asia"),
    "Eastern Asia": mark("Eastern Asia"),
    "South-eastern Asia": mark("South-eastern Asia"),
    "Southern Asia": mark("Southern Asia"),
    "Western Asia": mark("Western Asia"),
    "Eastern Europe": mark("Eastern Europe"),
    "Northern Europe": mark("Northern Europe"),
    "Southern Europe": mark("Southern Europe"),
    "Western Europe": mark("Western Europe"),
    "Australia and New Zealand": mark("Australia and New Zealand"),
    "Melanesia": mark("Melanesia"),
    "Micronesia": mark("Micronesia"),
    "Polynesia": mark("Polynesia"),
}


@dataclass(frozen=True, slots=True)
class View:
    """What every page shows: the dataset as of a day, and the countries that pass the filters.

    ``whole`` is the dataset of all time, for charts that show how things came about; ``named`` are the countries that
    the reader has chosen one by one, without those of a chosen group.
    """

    dataset: Dataset
    whole: Dataset
    day: date
    countries: tuple[str, ...]
    regions: tuple[str, ...]
    named: tuple[str, ...]

    def chosen(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of a frame (column ``iso3``) that are about the chosen countries."""
        return frame[frame["iso3"].isin(self.countries)]

    def remember(self, name: str, compute: Callable[[View], _Result]) -> _Result:
        """Return what a page makes of this view, made once for each day, choice of countries and language.

        ``compute`` may read ``dataset`` and ``countries`` alone: ``whole`` and ``regions`` do not tell results apart.
        """
        return self.dataset.remember((name, self.countries, language.current()), lambda: compute(self))


def _day(text: str) -> str:
    if text == TODAY:
        return text
    # A year or a month by hand means its end, or today where that is still to come.
    day = min(periods.last_day(text), date.today()) if len(text) in (4, 7) else date.fromisoformat(text)
    if not FIRST_DAY <= day <= date.today():
        raise ValueError(text)
    return day.isoformat()


AS_OF = Control("as_of", TODAY, _day, is_global=True)
REGION = Control("region", (), state.one_of(list(REGION_TEXTS)), many=True, is_global=True)
INCOME = Control("income", (), state.one_of(INCOME_GROUPS), many=True, is_global=True)


def _countries_control(dataset: Dataset) -> Control:
    return Control("countries", (), lambda text: groups.place_code(dataset, text), many=True, is_global=True)


def view(dataset: Dataset) -> View:
    """Return what the filters say, before they are drawn."""
    chosen = state.value(AS_OF)
    day = date.today() if chosen == TODAY else date.fromisoformat(chosen)
    regions, incomes, places = state.value(REGION), state.value(INCOME), state.value(_countries_control(dataset))

    def select() -> tuple[str, ...]:
        wanted = groups.resolve(dataset, places)
        if places and not wanted:  # a group without known members is not everybody
            return ()
        return tuple(jurisdictions.select(dataset["countries"], regions, incomes, wanted))

    countries = dataset.remember(("selected", regions, incomes, places), select)
    return View(dataset.as_of(day), dataset, day, countries, regions, tuple(place for place in places if place not in groups.GROUPS))


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
        ("countries_by_name", language.current()), lambda: tuple(sorted(dataset["countries"]["iso3"], key=lambda iso3: _place_text(dataset, iso3)))
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
