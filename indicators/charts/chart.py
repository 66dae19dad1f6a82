"""What a figure is made of: the finding, the picture, its text for those who can't see it, its table and its facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd
import plotly.graph_objects as go

from indicators.language import _, ngettext


@dataclass(frozen=True, slots=True)
class Target:
    """What opens when a reader selects a mark or a row: whose it is, what it says, and the facts behind it.

    ``heading`` names the thing (a country, a product in a country, a site), ``says`` is what the mark shows, in words.
    With ``indicator_id`` the mark is an observation of that indicator, and the reader is shown how it was computed.
    ``place`` is the country (or EU) that it is about, for the way to the country's page.
    """

    heading: str
    says: str
    fact_ids: tuple[str, ...]
    indicator_id: str = ""
    place: str = ""
    product_id: str = ""


@dataclass(frozen=True, slots=True)
class Leading:
    """What a map shows, as a list in words: pairs of a name and what is said of it ("" where the name says all).

    ``heading`` is marked for translation. It stands below the map on pages that are taller than maps are.
    """

    heading: str
    rows: tuple[tuple[str, str], ...]

    def title(self, shown: int) -> str:
        """Return the heading of a list of which so many rows are shown; it says so where they are not all."""
        if shown >= len(self.rows):
            return _(self.heading)
        return _("{heading}: the first {shown} of {total}").format(heading=_(self.heading), shown=shown, total=len(self.rows))


@dataclass(frozen=True)
class Chart:
    """One finished figure, in one language and one style.

    ``title`` is the finding, computed from the data on screen; ``subtitle`` the measure and unit; ``table`` what is
    shown, with readable headings (the column on overdue facts is left out where none is); ``fact_ids`` every fact behind it; ``caveat`` what a reader must know to read it
    right; ``has_boundaries`` marks maps, which carry the disclaimer on boundaries; ``minimum_width`` (pixels) makes a
    wide figure scroll on a small screen. ``legend`` has the text and colour of each kind of square, for a page that sets
    the legend itself, so that it does not scroll away with the figure.

    ``targets`` says what opens for each key: marks carry the key as ``customdata``, rows of the table as their index.
    ``leading`` is a map's list in words, for pages where it leaves room. ``rest`` is how many countries with a value are
    in the table but not drawn. ``for_frame`` draws the figure anew for a frame of a width and height in pixels, where
    stretching it would waste the room; None where it does not fit.
    ``focus`` is the share of a wide figure's width that a small screen shows first.
    """

    id: str
    title: str
    subtitle: str
    figure: go.Figure
    alt: str
    table: pd.DataFrame
    fact_ids: tuple[str, ...]
    caveat: str = ""
    has_boundaries: bool = False
    minimum_width: int = 0
    is_empty: bool = False
    legend: tuple[tuple[str, str], ...] = ()
    targets: Mapping[str, Target] = field(default_factory=dict)
    leading: Leading | None = None
    rest: int = 0
    for_frame: Callable[[float, float], go.Figure | None] | None = None
    focus: float | None = None

    def __post_init__(self) -> None:
        overdue = _("Overdue")
        if overdue in self.table and not self.table[overdue].any():
            object.__setattr__(self, "table", self.table.drop(columns=overdue))

    @property
    def caveats(self) -> str:
        """What a reader must know: the caveat, and how many countries are not drawn. Whoever cuts rows counts these himself."""
        text = ngettext("{count} more country is listed in the atlas.", "{count} more countries are listed in the atlas.", self.rest)
        return " ".join(part for part in (self.caveat, text.format(count=self.rest) if self.rest else "") if part)


def legend_of(built: go.Figure) -> tuple[tuple[str, str], ...]:
    """Return the name and colour of each kind of mark in a figure whose traces are its kinds, in their order; see Chart.legend."""
    return tuple((trace.name, trace.marker.color) for trace in built.data)
