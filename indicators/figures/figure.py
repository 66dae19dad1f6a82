"""What the catalog knows of a figure: where it stands, what it shows, the settings it follows, and how each view is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from indicators.charts.chart import Chart
from indicators.charts.template import Style
from indicators.dataset import Dataset
from indicators.language import mark
from indicators.scene import Scene
from indicators.settings import Setting, one_of

# The views of a figure, by the code that addresses use, in the words of their buttons.
VIEW_TEXTS = {"chart": mark("Chart"), "map": mark("Map"), "ranking": mark("Ranking"), "trend": mark("Trend"), "play": mark("Play"), "table": mark("Table")}
TABLE = "table"
PLAY = "play"  # moves in a browser; a picture of it would be the last view of the map or the lines

Caption = str | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Drawing:
    """How one view is drawn: ``build(dataset, *arguments, style)``. The arguments are texts, numbers, dates or tuples of them."""

    build: Callable[..., Chart]
    dataset: Dataset
    arguments: tuple[Any, ...]


def drawing(build: Callable[..., Chart], dataset: Dataset, *arguments: Any) -> Drawing:
    """Return how a view is drawn; nothing is drawn yet."""
    return Drawing(build, dataset, arguments)


def no_settings(_dataset: Dataset) -> tuple[Setting, ...]:
    """Return no settings: for a figure that follows the global ones alone."""
    return ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the catalog, drawn for a scene.

    ``page`` is the address of its page, ``name`` its card there, and the setting of its view in the address; ``title`` says
    what it shows whatever the data say (to be translated), for lists. ``views`` returns how each view is drawn, by the codes
    of VIEW_TEXTS, the usual one first; ``caption`` tells in plain words how to read it, for all views or for each by code.
    ``settings`` are those of its page that it follows, beside the global ones; ``variants`` the addresses' settings under
    which it is another figure altogether (the map of each indicator), for those who want all; ``place`` is what the address
    must say so that the page shows it at all (the section of a page in sections).
    """

    page: str
    name: str
    title: str
    views: Callable[[Scene], Mapping[str, Drawing]]
    caption: Callable[[Scene, Style], Caption]
    settings: Callable[[Dataset], tuple[Setting, ...]] = no_settings
    variants: Callable[[Dataset], tuple[Mapping[str, str], ...]] = lambda _dataset: ({},)
    place: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The figure's name in the whole atlas, such as ``prices-list``."""
        return f"{self.page or 'overview'}-{self.name}".replace("_", "-")

    def view_setting(self, views: Mapping[str, Drawing]) -> Setting:
        """Return the setting that says which view is shown, a table among them."""
        return Setting(self.name, next(iter(views)), one_of([*views, TABLE]))
