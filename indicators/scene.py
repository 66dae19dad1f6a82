"""What every figure shows: the dataset as of a day, and the countries that pass the filters; with the settings that say so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import pandas as pd

from indicators import groups, jurisdictions, language, periods
from indicators.dataset import Dataset
from indicators.language import _, mark
from indicators.settings import Setting, one_of
from indicators.tables import INCOME_GROUPS

FIRST_DAY = date(2017, 8, 30)  # the first approval of a CAR-T product anywhere
TODAY = "today"
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
class Scene:
    """What a page or figure shows: the dataset as of a day, the countries that pass the filters, and its own settings.

    ``whole`` is the dataset of all time, for charts that show how things came about; ``named`` are the countries that
    the reader has chosen one by one, without those of a chosen group; ``incomes`` the chosen income groups; ``choice`` has the values of a page's or figure's
    own settings by name.
    """

    dataset: Dataset
    whole: Dataset
    day: date
    countries: tuple[str, ...]
    regions: tuple[str, ...]
    named: tuple[str, ...]
    incomes: tuple[str, ...] = ()
    choice: Mapping[str, Any] = field(default_factory=dict)

    def chosen(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of a frame (column ``iso3``) that are about the chosen countries."""
        return frame[frame["iso3"].isin(self.countries)]

    def remember(self, name: str, compute: Callable[[Scene], _Result]) -> _Result:
        """Return what a page makes of this view, made once for each day, choice of countries and language.

        ``compute`` may read ``dataset`` and ``countries`` alone: ``whole`` and ``regions`` do not tell results apart.
        """
        return self.dataset.remember((name, self.countries, language.current()), lambda: compute(self))


def _day(text: str) -> str:
    if text == TODAY:
        return text
    # A year or a month by hand means its end, or today where that is still to come; but not one that has not begun.
    if len(text) in (4, 7) and text > date.today().isoformat()[: len(text)]:
        raise ValueError(text)
    day = min(periods.last_day(text), date.today()) if len(text) in (4, 7) else date.fromisoformat(text)
    if not FIRST_DAY <= day <= date.today():
        raise ValueError(text)
    return day.isoformat()


def _days() -> str:
    text = _("It can be any day from {first} to today, {last}, written as {example}.")
    return text.format(first=language.day(FIRST_DAY), last=language.day(date.today()), example=date.today().isoformat())


AS_OF = Setting("as_of", TODAY, _day, is_global=True, takes=_days)
REGION = Setting("region", (), one_of(list(REGION_TEXTS)), many=True, is_global=True)
INCOME = Setting("income", (), one_of(INCOME_GROUPS), many=True, is_global=True)


def countries_setting(dataset: Dataset) -> Setting:
    """Return the setting of countries and groups, which knows the dataset's."""
    return Setting("countries", (), lambda text: groups.place_code(dataset, text), many=True, is_global=True)


def global_settings(dataset: Dataset) -> tuple[Setting, ...]:
    """Return the settings that every page and figure has, in the order of the address."""
    return AS_OF, REGION, INCOME, countries_setting(dataset)


def compose(dataset: Dataset, values: Mapping[str, Any], choice: Mapping[str, Any] | None = None) -> Scene:
    """Return the scene that the values of the global settings ask for; ``dataset`` is that of all time."""
    chosen = values[AS_OF.name]
    day = date.today() if chosen == TODAY else date.fromisoformat(chosen)
    regions, incomes, places = values[REGION.name], values[INCOME.name], values["countries"]

    def select() -> tuple[str, ...]:
        wanted = groups.resolve(dataset, places)
        if places and not wanted:  # a group without known members is not everybody
            return ()
        return tuple(jurisdictions.select(dataset["countries"], regions, incomes, wanted))

    countries = dataset.remember(("selected", regions, incomes, places), select)
    named = tuple(place for place in places if place not in groups.GROUPS)
    return Scene(dataset.as_of(day), dataset, day, countries, regions, named, incomes, choice or {})
