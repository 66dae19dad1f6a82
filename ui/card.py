"""A card: the finding as title, measure and unit below, a switch of views, the figure, and a footer with its sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import streamlit as st

from indicators import language
from indicators.charts.chart import Chart
from indicators.charts.template import PLOTLY_CONFIG
from indicators.charts.wording import ranked_source_ids, short_publisher
from indicators.dataset import Dataset
from indicators.language import _, mark, ngettext
from ui import controls, state
from ui.filters import View
from ui.state import Control
from ui.theme import style

TABLE = "table"
VIEW_TEXTS = {"chart": mark("Chart"), "map": mark("Map"), "ranking": mark("Ranking"), "trend": mark("Trend"), TABLE: mark("Table")}
_LISTED_SOURCES = 60


@st.cache_resource(max_entries=400, show_spinner=False)
def _built(dataset_identity: int, language_code: str, style_name: str, name: str, arguments: tuple[Any, ...], _build: Callable[[], Chart]) -> Chart:
    return _build()


def chart(build: Callable[..., Chart], dataset: Dataset, *arguments: Any) -> Chart:
    """Return ``build(dataset, *arguments, style)``, made once for each dataset, language, style and arguments.

    ``arguments`` must be hashable texts, numbers, dates or tuples of them.
    """
    own_style = style()
    name = f"{build.__module__}.{build.__qualname__}"
    # The dataset is kept alive by its own cache for as long as its identity can be asked for.
    return _built(id(dataset), language.current(), own_style.name, name, arguments, lambda: build(dataset, *arguments, own_style))


def card(name: str, current: View, views: Mapping[str, Callable[[], Chart]], caption: str = "") -> None:
    """Draw a card. ``views`` maps codes of VIEW_TEXTS to what makes the chart; a table of the first is added.

    Only the view on screen is made. ``name`` is the card's setting in the address; ``caption`` tells how to read it.
    """
    codes = [*views, TABLE]
    control = Control(name, codes[0], state.one_of(codes))
    chosen = state.value(control)
    shown = views.get(chosen, views[codes[0]])()
    with st.container(border=True, key=f"card-{name}"):
        head, switch = st.columns([4, 1.6] if len(codes) > 2 else [5, 1], vertical_alignment="top")
        with head:
            st.html(f"<h3 class='finding'>{escape(shown.title)}</h3><p class='measure'>{escape(shown.subtitle)}</p>")
        with switch, st.container(key=f"views-{name}", horizontal=True, horizontal_alignment="right"):
            controls.segments(control, _("View"), codes, lambda code: _(VIEW_TEXTS[code]))
        if shown.is_empty:
            st.info(_("Nothing is known here. Widen the filters: another region, all income groups, or a later day."))
        elif chosen == TABLE:
            _table(name, shown)
        else:
            shape = "map" if shown.has_boundaries else "wide" if shown.minimum_width else "fluid"
            with st.container(key=f"figure-{name}-{shape}"):
                st.plotly_chart(
                    shown.figure,
                    theme=None,
                    config=PLOTLY_CONFIG,
                    key=f"plot-{name}-{chosen}-{shown.id}",
                    alt=shown.alt,
                    width="stretch",
                    height="stretch" if shape == "map" else "content",
                )
        if caption:
            st.html(f"<p class='how-to-read'>{escape(caption)}</p>")
        _footer(name, current, shown)


def _table(name: str, shown: Chart) -> None:
    table, sources = shown.table, _("Sources")
    columns = {}
    if sources in table:  # the first source can be followed from its row, the rest are counted
        addresses = table[sources].str.split("; ")
        more = _("More sources")
        table = table.drop(columns=sources).assign(**{sources: addresses.str[0], more: addresses.str.len().clip(lower=1) - 1})
        columns = {sources: st.column_config.LinkColumn(display_text=r"^https?://(?:www\.)?([^/]+)"), more: st.column_config.NumberColumn(width="small")}
    st.dataframe(table, hide_index=True, width="stretch", height=min(36 * len(table) + 40, 520), column_config=columns, key=f"table-{name}", alt=shown.alt)


def _footer(name: str, current: View, shown: Chart) -> None:
    ids = ranked_source_ids(current.dataset, shown.fact_ids)
    left, right = st.columns([3, 1.5], vertical_alignment="center")
    with left:
        st.html(f"<p class='source-line'>{escape(footer_text(current, shown, ids))}</p>")
    with right, st.container(key=f"actions-{name}", horizontal=True, horizontal_alignment="right"):
        st.download_button(
            _("CSV"),
            data=lambda: shown.csv,
            file_name=f"car-t-access-atlas-{shown.id}-{current.day.isoformat()}.csv",
            mime="text/csv",
            icon=":material/download:",
            type="tertiary",
            key=f"csv-{name}",
            on_click="ignore",
            help=_("Download what is shown, with its sources, as a table"),
        )
        if ids:
            with st.popover(_("Sources"), icon=":material/menu_book:", type="tertiary", key=f"sources-{name}"):
                st.html(_source_list(current.dataset, ids))


def footer_text(current: View, shown: Chart, ids: list[str]) -> str:
    """Return the footer of a figure: top three sources, data version, day, licence, and what must be known to read it."""
    sources = current.dataset.sources
    publishers = list(dict.fromkeys(short_publisher(sources.at[source_id, "publisher"]) for source_id in ids))
    parts = []
    if ids:
        named = "; ".join(publishers[:3])
        more = len(ids) - min(len(publishers), 3)
        text = ngettext("Source: {names}", "Sources: {names}", len(ids)).format(names=named)
        parts.append(text + (" " + _("+{count} more").format(count=more) if more > 0 else ""))
    parts.append(_("Data {version}, as of {day}").format(version=current.dataset.version, day=language.day(current.day)))
    parts.append("CC BY 4.0")
    if shown.caveat:
        parts.append(shown.caveat)
    if shown.has_boundaries:
        parts.append(
            _(
                "Boundaries: UN Geodata. The boundaries and names shown and the designations used do not imply official endorsement or acceptance by the United Nations, nor any position of the atlas on the status of a territory."
            )
        )
    return " · ".join(parts)


def _source_list(dataset: Dataset, ids: list[str]) -> str:
    items = []
    for source_id in ids[:_LISTED_SOURCES]:
        source = dataset.sources.loc[source_id]
        where = ", ".join(part for part in (source["publisher"], source["published"]) if part)
        items.append(
            f"<li><a href='{escape(source['url'], quote=True)}' target='_blank' rel='noopener noreferrer'>{escape(source['title'])}</a>"
            f"<br><span>{escape(where)} · {_('grade')} {source['grade']}</span></li>"
        )
    more = len(ids) - _LISTED_SOURCES
    if more > 0:
        items.append(f"<li><span>{escape(_('… and {count} more, each beside its row in the table').format(count=more))}</span></li>")
    return f"<ol class='source-list'>{''.join(items)}</ol>"
