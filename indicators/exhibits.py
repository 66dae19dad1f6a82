"""A finished figure with everything that must travel with it: what it shows, how to read it, its sources, its day and address."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from threading import Lock
from urllib.parse import urlencode

from indicators import groups, language
from indicators.charts.bars import INCOME_TEXTS
from indicators.charts.chart import Chart
from indicators.charts.template import STYLES, Style
from indicators.charts.wording import ranked_source_ids, short_publisher
from indicators.dataset import Dataset
from indicators.figures import registry
from indicators.figures.figure import Figure
from indicators.language import _, ngettext
from indicators.licences import LICENCE, further_terms
from indicators.scene import REGION_TEXTS, Scene

SITE_VARIABLE = "ATLAS_ADDRESS"  # where this atlas is published, such as https://atlas.example.org
_REMEMBERED = 64
_LONGEST_SHORT = 100  # characters of a path that somebody may copy from a slide
_MOST_NAMED = 8  # countries and groups that a footer names


def site() -> str:
    """Return the address that this atlas is published at, from the environment's ATLAS_ADDRESS; "" where none is given."""
    return os.environ.get(SITE_VARIABLE, "").strip().rstrip("/")


def without_scheme(address: str) -> str:
    """Return an address as people write it: without what every address begins with; a path stays as it is."""
    return address.split("://")[-1]


def page_path(page: str, parameters: registry.Parameters) -> str:
    """Return the path and query of a page's address."""
    return f"/{page}" + (f"?{urlencode(parameters, doseq=True)}" if parameters else "")


def place_text(code: str) -> str:
    """Return the name of a country, a group, an income group or a region by its code; the code where there is no such."""
    if code in groups.GROUPS:
        return _(groups.GROUPS[code].title)
    if code in INCOME_TEXTS:
        return _(INCOME_TEXTS[code])
    if code in REGION_TEXTS:
        return _(REGION_TEXTS[code])
    return language.country_name(code) if len(code) == 3 and code.isupper() else code


def source_names(dataset: Dataset, ids: list[str] | tuple[str, ...]) -> str:
    """Return the publishers of the first three of some ranked sources, and how many more sources there are, as a sentence."""
    if not ids:
        return ""
    publishers = list(dict.fromkeys(short_publisher(name) for name in dataset.sources.loc[list(ids), "publisher"]))[:3]
    text = ngettext("Source: {names}", "Sources: {names}", len(ids)).format(names="; ".join(publishers))
    more = len(ids) - len(publishers)
    return text + (" " + _("+{count} more").format(count=more) if more > 0 else "")


def boundaries_disclaimer() -> str:
    """Return what must stand below every map."""
    return _(
        "Boundaries: UN Geodata. The boundaries and names shown and the designations used do not imply official endorsement or acceptance by the United Nations, nor any position of the atlas on the status of a territory."
    )


def footer(dataset: Dataset, day: date, chart: Chart, names: str, terms: Sequence[str]) -> list[str]:
    """Return the parts of a figure's footer: sources, data version and day, licence and further terms, and what must be known to read it."""
    dated = _("Data {version}, as of {day}").format(version=dataset.version, day=language.day(day))
    return [part for part in (names, dated, LICENCE, *terms, chart.caveats, boundaries_disclaimer() if chart.has_boundaries else "") if part]


@dataclass(frozen=True)
class Exhibit:
    """A figure of the catalog, drawn for a scene in one language and style; never to be changed, for it is shared.

    ``chart.figure`` has neither title nor footer of its own: whoever sets it lays them out for the size that it has.
    ``site`` is where the atlas is published ("" where that is not known); ``notices`` are for the person who asked.
    """

    figure: Figure
    view: str
    scene: Scene
    chart: Chart
    style: Style
    parameters: dict[str, list[str]]
    notices: tuple[str, ...] = ()
    site: str = field(default_factory=site)

    @property
    def dataset(self) -> Dataset:
        """The dataset as of the exhibit's day."""
        return self.scene.dataset

    @property
    def reference(self) -> str:
        """The figure's id with its settings, as the command line, decks and addresses of exports say it."""
        return registry.reference(self.figure, self.parameters)

    @property
    def path(self) -> str:
        """The path and query of the page that shows exactly this, now and later: its day stands in it even when it is today."""
        return page_path(
            self.figure.page, {**{name: [text] for name, text in self.figure.place.items()}, **self.parameters, "as_of": [self.scene.day.isoformat()]}
        )

    @property
    def address(self) -> str:
        """The whole address of the page that shows exactly this; the path alone where no site is known."""
        return self.site + self.path

    @cached_property
    def source_ids(self) -> tuple[str, ...]:
        """All sources behind the figure, those that carry the most facts first."""
        return tuple(ranked_source_ids(self.dataset, self.chart.fact_ids))

    @cached_property
    def how_to_read(self) -> str:
        """How to read it, in plain words."""
        caption = self.figure.caption(self.scene, self.style)
        return caption if isinstance(caption, str) else caption.get(self.view, next(iter(caption.values())))

    @property
    def short_address(self) -> str:
        """The address as a footer has it: without what every address begins with, and no longer than somebody copies by hand.

        Where it is too long the countries are left out, which :attr:`selection` names, and at last all settings but the day.
        """
        place = {name: [text] for name, text in self.figure.place.items()}
        day = {"as_of": [self.scene.day.isoformat()]}
        without_countries = {name: texts for name, texts in self.parameters.items() if name != "countries"}
        paths = [self.path, page_path(self.figure.page, place | without_countries | day), page_path(self.figure.page, place | day)]
        return without_scheme(self.site) + next((path for path in paths if len(path) <= _LONGEST_SHORT), paths[-1])

    @cached_property
    def selection(self) -> str:
        """The countries that the figure was asked to show, in words; "" where it shows all, or is about one country by its nature."""
        if "country" in self.scene.choice:
            return ""
        places = [place_text(place) for place in (*self.parameters.get("countries", ()), *self.scene.regions, *self.scene.incomes)]
        if not places:
            return ""
        more = len(places) - _MOST_NAMED
        listed = ", ".join(places[:_MOST_NAMED]) + (" " + _("+{count} more").format(count=more) if more > 0 else "")
        return _("Chosen: {places}").format(places=listed)

    @cached_property
    def footer(self) -> list[str]:
        """The parts of the footer: what was chosen, sources, data version and day, licence, what must be known to read it; the short address last."""
        terms = further_terms(self.dataset, self.chart.fact_ids, is_short=True)
        parts = footer(self.dataset, self.scene.day, self.chart, source_names(self.dataset, self.source_ids), terms)
        return [*([self.selection] if self.selection else []), *parts, self.short_address]

    @property
    def file_name(self) -> str:
        """The name of a file with this exhibit, without its ending: the atlas, the figure, the data version, the day."""
        return f"car-t-access-atlas-{self.chart.id}-{self.scene.day.isoformat()}"


_kept: OrderedDict[tuple[str, ...], Exhibit] = OrderedDict()
_lock = Lock()


def exhibit(dataset: Dataset, reference: str, style: str = "light", published_at: str | None = None) -> Exhibit:
    """Return the exhibit that a reference asks for, in the current language; the last ones are kept.

    ``dataset`` is that of all time, ``style`` ``light`` or ``dark``, ``published_at`` the site's address where the
    environment's is not the right one. Raises UnknownFigure; broken settings fall back with a notice.
    """
    where = site() if published_at is None else published_at
    asked = registry.read(dataset, reference)
    key = (dataset.key, language.current(), style, where, asked.scene.day.isoformat(), registry.reference(asked.figure, asked.parameters), *asked.notices)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    chart = asked.drawing.build(asked.drawing.dataset, *asked.drawing.arguments, STYLES[style])
    made = Exhibit(asked.figure, asked.view, asked.scene, chart, STYLES[style], asked.parameters, asked.notices, where)
    with _lock:
        _kept[key] = made
        while len(_kept) > _REMEMBERED:
            _kept.popitem(last=False)
    return made
